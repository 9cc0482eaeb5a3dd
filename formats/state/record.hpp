// Records of the journal and of checkpoints <-> one line of JSON each (weir.state/1).
//
//   {"seq":1,"time":"2026-11-25T09:14:03.120Z","instance":"pa-1",
//    "definition":"<sha256>","process":"purchase-approval","key":"R1","started":"...",   first record of an
//    instance
//    "by":"bob","op":"<batch>:17","steps":[["purchase-approval","requested","start",""],["purchase-approval","amount","flows","f1","amount
//    > 1000 (amount = 2400)"]], "status":"waiting",
//    "waits":[{"number":1,"kind":"user-task","element":"manager-approval",...}],"gone":[],
//    "slots":[tokens,scopes,first free token,first free scope],
//    "tokens":[[slot,generation,"working","manager-approval","flow",scope,child,next,previous,count]],
//    "scopes":[[slot,generation,"body","",parent,host,first,live,remaining]],
//    "names":[[slot,generation,"purchase-approval"]],"opened":{"purchase-approval":1},"visits":{"manager-approval":1},
//    "variables":{"amount":2400},"local":[[token,generation,{"item":1}]],"collections":[[token,generation,[...]]],
//    "set":{"amount":2400}}
//
// "caught_by":"order-1" stands before the status; "set" is what somebody has set from outside when steps
// followed. What is empty or said already is left out ("started" and "created" are "time" then), and so are a
// count of 0 and slots that are not there at the end of a row; -1 is no slot; a step is [scope, element, ask,
// answer, why].
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/execute/journal.hpp"
#include "core/execute/store.hpp"
#include "core/value/arena.hpp"
#include "formats/json/writer.hpp"

namespace weir::formats::state {

inline constexpr std::string_view schema = "weir.state/2";
/// Read too. It has no single items of lists, and a checkpoint is one batch.
inline constexpr std::string_view older_schema = "weir.state/1";

/// One line, with its end.
std::string write_record(const execute::Record& record);
/// The same behind what is there already; the writer only lends its memory.
void append_record(const execute::Record& record, json::Writer& writer, std::string& lines);
/// What is the same in all records that are like one another.
class Pattern {
 public:
  /// Of the first record of an instance that nobody has called.
  explicit Pattern(const execute::Record& record);
  /// As append_record() of the one with these of its own.
  void append(const execute::Like& like, std::uint64_t sequence, std::uint64_t begun, json::Writer& writer,
              std::string& lines);

 private:
  std::string origin_, by_, course_;  // pieces of its line
  std::string time_text_;             // the last one that was written
  value::Instant time_ = 0;
};

/// `head`: who, how it stands and what it waits for, without data and control flow; twice as fast.
enum class Part : std::uint8_t { all, head };
/// Texts of the record point into the arena.
Result<execute::Record> read_record(std::string_view line, value::Arena& arena, Part part = Part::all);

/// The instance of a line that we wrote, without reading all of it.
std::string_view instance_of(std::string_view line);
/// Its number among all records, likewise; 0 = none.
std::uint64_t sequence_of(std::string_view line);
/// Its operation, likewise; empty = none.
std::string_view operation_of(std::string_view line);
/// Whether the first line of an instance can stand in a checkpoint as it is, seen without reading all of it:
/// what a whole record of it would leave out is only how it came about.
bool stands_alone(std::string_view line);
bool stands_alone(const execute::Record& record);
/// Whether a line is a whole record, without reading all of it.
bool tells_whole(std::string_view line);
/// Whether a line says that its instance was removed, without reading all of it.
bool tells_removal(std::string_view line);

/// The fields of a wait, inside an object that is open.
void write_wait(json::Writer& json, const execute::Wait& wait);

}  // namespace weir::formats::state
