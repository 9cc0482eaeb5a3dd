// Forms as JSON: form-js of Camunda 7 and 8 ("components"), forms of Flowable ("fields"). Fields may be shown
// under conditions and inside of groups; only what a process gets from them is read. The texts come from
// anybody.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/base/source_map.hpp"
#include "core/model/work.hpp"
#include "core/value/value.hpp"

namespace weir::formats::forms {

inline constexpr std::size_t most_fields = 1'000;  // of one form

struct Fields {
  bool whole = true;                  // false: there are too many, and the rest is missing
  std::size_t size = 0;               // fields and the values that they allow
  std::vector<std::string> problems;  // sentences about limits that are not read
};

/// Adds the fields of a form; they point into `texts` and are said to stand at `span`.
Fields read_components(const value::Value& form, Span span, std::deque<std::string>& texts,
                       std::vector<model::FormField>& fields);

/// Reads the text of a .form file. False: it is no form, and `diagnostics` says why.
bool read(FileId file, const SourceMap& sources, model::Form& form, Diagnostics& diagnostics);

}  // namespace weir::formats::forms
