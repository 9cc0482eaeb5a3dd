// What stands behind an activity: who does it, which connector or job is called with what, which variables go
// in and out. BPMN has names for a few of these (potentialOwner, humanPerformer); everything else is of the
// dialects, which all fill the same fields.
//
// A *data text* is FEEL after a leading '=', else literal text. (weir writes text with ${holes}, Camunda 8
// writes '='; readers give the latter.)
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/event.hpp"

namespace weir::model {

/// A value that an author wrote as data: settings of connectors, defaults of variables.
struct Parameter {
  enum class Kind : std::uint8_t { none, text, number, boolean, temporal, list, table };
  Kind kind = Kind::none;
  std::string_view key;          // inside a table
  std::string_view text;         // text: a data text; number: digits as in JSON; boolean; ISO 8601
  std::vector<Parameter> items;  // of lists and tables, in source order
  Span key_span, span;

  /// The item of a table with this key, or null.
  [[nodiscard]] const Parameter* find(std::string_view wanted) const {
    for (const Parameter& each : items)
      if (each.key == wanted) return &each;
    return nullptr;
  }
};

/// An assignment at the border of an activity or of a called process: `target` = value of `source`.
struct Mapping {
  /// What `source` is. text: an expression of the dialect, else literal text; variable: the name of one;
  /// expression: of `language`, whatever it looks like; data: nothing, the value is in `data`.
  enum class From : std::uint8_t { text, variable, expression, data };
  std::string_view target;
  std::string_view source;  // as written
  Span span;                // of the source
  From from = From::text;
  std::string_view language = {};  // empty = of the dialect
  Parameter data = {};             // lists and maps of Camunda 7
  bool local = false;              // what a called process gives: a variable of the call activity only
};

/// What is done when a job fails, before the failure becomes an error or an incident.
struct Retry {
  bool written = false;
  std::uint32_t times = 0;                    // further attempts after the first
  std::string_view wait;                      // ISO 8601 duration before the second attempt, empty = none
  std::vector<std::string_view> waits;        // ... or one for each of them, the last one for all that follow
  double backoff = 1;                         // factor from one wait to the next
  bool jitter = true;                         // waits are drawn between zero and full length
  std::vector<std::string_view> error_codes;  // only these are tried again, empty = all
  Span span;
};

/// One field of the form of a user task or start event. Texts are empty when nothing is written.
struct FormField {
  std::string_view variable;
  bool asked = false;     // to be filled in, else only shown
  bool required = false;  // must be filled in
  Span span;
  std::string_view label = {};
  std::string_view type = {};                    // as of a Variable, empty = any
  std::string_view default_value = {};           // data text
  std::string_view minimum = {}, maximum = {};   // of a number
  std::string_view shortest = {}, longest = {};  // of a text, in characters
  std::string_view pattern = {};                 // of JavaScript: some part of the text matches
  std::vector<std::string_view> values = {};     // the only ones allowed, empty = any
};

/// A form in a file of its own, by one of its names.
struct FormReference {
  std::string_view file;     // "order.form", in whatever folder
  std::string_view id;       // of the form: data text
  std::string_view binding;  // latest (also when empty), deployment, version
  std::string_view version;  // data text: the number that the binding wants
  Span span;

  [[nodiscard]] bool written() const { return !file.empty() || !id.empty(); }
};

/// What such a file says.
struct Form {
  std::string id;
  std::vector<FormField> fields;
  std::deque<std::string> texts;  // that the fields point to
};

/// What a worker is told beside the variables: taskHeaders of Camunda 8, properties of Camunda 7.
struct Header {
  std::string_view name, value;
};

/// Which process a call activity starts, and what goes into it and comes back.
struct CalledProcess {
  std::string_view binding;       // latest (also when empty), deployment, version, versionTag
  std::string_view version;       // data text: the number or tag that the binding wants
  bool local_in = false;          // what inputs of the activity have set, when not all
  bool all_in = true;             // every variable that the caller sees
  bool all_out = true;            // every variable of the called process
  std::vector<Mapping> in, out;   // the source is seen from where the value comes from
  std::string_view business_key;  // data text
};

/// The decision that a task asks. Texts are as the author wrote them; readers fill in what the dialect means
/// when nothing is written.
struct DecisionCall {
  std::string_view reference;  // data text: id or name of the decision, or file.dmn#id; empty = none is asked
  Span span;
  std::string_view binding;  // which version: latest, deployment, version, versionTag
  std::string_view version;  // data text: the number or tag that the binding wants
  /// How the result becomes variables. Camunda 7: singleEntry, singleResult, collectEntries, resultList.
  /// Camunda 8: value, the result as DMN has it. weir and Flowable: outputs, a variable for each output.
  std::string_view mapping;
  bool must_match = false;  // Flowable: it is a failure when no rule matches

  [[nodiscard]] bool written() const { return !reference.empty(); }
};
inline constexpr std::array<std::string_view, 4> decision_bindings{"latest", "deployment", "version",
                                                                   "versionTag"};
inline constexpr std::array<std::string_view, 6> decision_mappings{
    "singleEntry", "singleResult", "collectEntries", "resultList", "value", "outputs"};

/// See the head of the file. Empty texts and vectors are what is not written.
struct Work {
  std::string_view human_performer;                // data text: the one who shall do it (assignee)
  std::vector<std::string_view> potential_users;   // potentialOwner: data texts, one user each
  std::vector<std::string_view> potential_groups;  // potentialOwner: data texts, one group each
  std::string_view due_date;                       // data text: date-time, or duration after creation
  std::string_view follow_up_date;                 // data text, as due_date: not before
  std::string_view priority;                       // data text
  std::string_view form;                           // reference to a form
  FormReference form_file;                         // the same, when it is a file
  std::vector<FormField> fields;

  std::string_view job_type;  // done by external workers that ask for jobs of this type
  std::vector<Header> headers;
  std::string_view connection;  // id of a Connection; may be empty when parameters name the destination
  Span connection_span;
  Parameter parameters;  // a table: what the connector is called with
  Retry retry;
  std::string_view timeout;  // ISO 8601 duration of one attempt

  std::vector<Mapping> assignments;  // script task of weir's dialect: one after the other
  DecisionCall decision;             // of a business rule task, in Flowable of a service task

  std::string_view cost_center;
  std::vector<std::string_view> tags;
};

/// A variable of a process, or a field of a type.
struct Variable {
  std::string_view name;
  std::string_view type;  // string number integer boolean date time datetime duration any list<T> or a type
  bool required = false;
  Parameter default_value;  // none when there is none
  std::string_view label, pattern, minimum, maximum;
  std::vector<Parameter> values;  // the only ones allowed, empty = any
  Span span;
};

/// A structured type (itemDefinition).
struct Type {
  std::string_view name;
  std::vector<Variable> fields;
  Span span;
};

/// How to reach a system; work.connection refers to it.
struct Connection {
  std::string_view id;
  std::string_view type;  // shell, http, sql ...
  Parameter settings;     // a table, without the type
  Span span;
};

/// What does the jobs of a type, or of the element with that id, in models that do not say it themselves.
struct Handler {
  std::string_view job_type;
  std::string_view connection;   // id of a Connection; empty when the parameters say it all
  Parameter parameters;          // a table, as Work::parameters
  std::vector<Mapping> outputs;  // FEEL on what the connector gives -> variables
  std::string_view timeout;      // ISO 8601 duration of one attempt
  Span span;
};

/// What engines need to know about a message besides its name.
struct MessageSettings {
  std::string_view correlation_key;       // FEEL on the waiting instance
  std::string_view payload_key;           // FEEL on what comes in
  std::vector<std::string_view> sources;  // where it comes from: "http POST /orders"
  std::vector<Mapping> assignments;       // payload -> variables
  std::string_view time_to_live;          // ISO 8601 duration that it waits for somebody
  std::string_view unique;                // FEEL on what comes in: the same value = the same message
  Span correlation_key_span;
};

}  // namespace weir::model
