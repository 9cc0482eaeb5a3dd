// Files -> Program: types first, then elements and what they may see, then their logic.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/did_you_mean.hpp"
#include "core/dmn/inside.hpp"
#include "core/feel/juel.hpp"
#include "core/feel/parser.hpp"

namespace weir::dmn {

namespace {

constexpr std::uint32_t none = 0xffffffffu;

bool is_long_name(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 &&
           !(c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
  });
}

bool names_juel(std::string_view attribute) {
  return attribute.find("juel") != std::string_view::npos || attribute.find("JUEL") != std::string_view::npos;
}

class Compiler {
 public:
  Compiler(std::span<const Definitions* const> files, Inside& inside, Diagnostics& diagnostics)
      : files_(files), inside_(inside), diagnostics_(diagnostics), units_(files.size()) {}

  void run();

 private:
  struct Unit {                                                     // one file
    std::vector<std::pair<std::string_view, std::size_t>> imports;  // name, file
    std::map<std::string_view, const ItemDefinition*> items;
    std::map<std::string_view, const Type*> types;
    std::map<std::string_view, std::uint32_t> by_id;
    std::vector<std::string_view> all_names;  // in reach of its expressions, sorted
    std::vector<std::string_view> names;      // of several words among them
    std::vector<feel::NamedType> feel_types;
    std::vector<std::uint32_t> elements;
  };

  void complain(std::string code, std::string message, Span span, const std::string& element = {},
                Severity severity = Severity::error) {
    Diagnostic made;
    made.severity = severity;
    made.code = std::move(code);
    made.group = made.code.starts_with("dmn-") ? "decisions" : "feel";
    made.message = std::move(message);
    made.span = span;
    made.element = element;
    diagnostics_.add(std::move(made));
  }
  Key key(std::string_view text) { return Key(text.empty() ? std::string_view{} : inside_.names.copy(text)); }

  void resolve_imports(std::size_t file);
  void gather_names(std::size_t file, std::vector<bool>& visited, std::vector<std::string_view>& names);
  void item_names(const ItemDefinition& item, std::vector<std::string_view>& names);
  void boxed_names(const Boxed& boxed, std::vector<std::string_view>& names);

  const Type* type(std::size_t file, std::string_view name, Span span, int depth = 0);
  const Type* simple_type(std::string_view name);
  /// The type as `instance of` sees it: without constraints.
  const feel::Type* feel_type(const Type* type, int depth = 0);
  const Type* item_type(std::size_t file, const ItemDefinition& item, int depth);

  std::optional<feel::Expression> expression(std::size_t file, const Text& text, feel::Language language);
  std::uint32_t resolve(std::size_t file, const Reference& reference, Key* alias);
  void declare(std::size_t file);
  void connect(std::size_t file);
  Logic logic(std::size_t file, const Boxed& boxed);
  std::unique_ptr<CompiledTable> table(std::size_t file, const Boxed& boxed);
  void find_cycles();

  std::span<const Definitions* const> files_;
  Inside& inside_;
  Diagnostics& diagnostics_;
  std::vector<Unit> units_;
  std::string element_;                  // being compiled, for diagnostics
  std::vector<std::string_view> names_;  // instead of the file's
};

void Compiler::resolve_imports(std::size_t file) {
  for (const Import& import : files_[file]->imports) {
    std::size_t found = files_.size();
    for (std::size_t i = 0; i < files_.size(); ++i)
      if (files_[i]->uri == import.uri && i != file) found = i;
    if (found < files_.size())
      units_[file].imports.emplace_back(import.name, found);
    else
      complain("dmn-unresolved-import",
               fmt::format("there is no DMN file with the namespace '{}' of this import", import.uri),
               import.span);
  }
}

void Compiler::item_names(const ItemDefinition& item, std::vector<std::string_view>& names) {
  names.push_back(item.name.name);
  for (const ItemDefinition& component : item.components) item_names(component, names);
}

void Compiler::boxed_names(const Boxed& boxed, std::vector<std::string_view>& names) {
  for (const Named& each : boxed.names)
    if (each.name.find('.') == std::string::npos) names.push_back(each.name);
  for (const Boxed& part : boxed.parts) boxed_names(part, names);
  if (boxed.table)
    for (const Table::Output& output : boxed.table->outputs) names.push_back(output.name.name);
}

void Compiler::gather_names(std::size_t file, std::vector<bool>& visited,
                            std::vector<std::string_view>& names) {
  if (visited[file]) return;
  visited[file] = true;
  for (const ItemDefinition& item : files_[file]->items) item_names(item, names);
  for (const Element& each : files_[file]->elements) {
    names.push_back(each.name);
    boxed_names(each.logic, names);
  }
  for (const auto& [name, target] : units_[file].imports) {
    names.push_back(name);
    gather_names(target, visited, names);
  }
}

// ---- types

const Type* Compiler::simple_type(std::string_view name) {
  feel::Type known = feel::named_type(name);
  if (known.form == feel::Type::Form::unknown) {
    const auto prefix = name.find_first_of(":.");
    if (prefix != std::string_view::npos) known = feel::named_type(name.substr(prefix + 1));
  }
  for (const auto& [old, now] : {std::pair<std::string_view, std::string_view>{"integer", "number"},
                                 {"long", "number"},
                                 {"double", "number"},
                                 {"decimal", "number"}})
    if (known.form == feel::Type::Form::unknown && name == old) known = feel::named_type(now);
  if (known.form == feel::Type::Form::unknown) return nullptr;
  Type& made = inside_.types.emplace_back();
  made.name = name;
  if (known.form == feel::Type::Form::simple) {
    made.form = Type::Form::simple;
    made.kind = known.kind;
  }
  return &made;
}

const Type* Compiler::item_type(std::size_t file, const ItemDefinition& item, int depth) {
  Type made;
  made.name = item.name.name;
  if (item.function) {
    made.form = Type::Form::function;
    made.element = type(file, item.output, item.name.span, depth + 1);
    for (const ItemDefinition& parameter : item.components) {
      made.names.push_back(key(parameter.name.name));
      made.parts.push_back(type(file, parameter.name.type, parameter.name.span, depth + 1));
    }
  } else if (!item.components.empty()) {
    made.form = Type::Form::context;
    for (const ItemDefinition& component : item.components) {
      made.names.push_back(key(component.name.name));
      made.parts.push_back(item_type(file, component, depth + 1));
    }
  } else if (const Type* base = type(file, item.name.type, item.name.span, depth + 1)) {
    // A copy of the structure; its constraint holds too.
    made.form = base->form;
    made.kind = base->kind;
    made.element = base->element;
    made.parts = base->parts;
    made.names = base->names;
    made.allowed_text = base->allowed_text;
    if (base->allowed && !item.allowed.written)
      made.allowed =
          expression(file, {base->allowed_text, item.name.span, true}, feel::Language::unary_tests);
  }
  if (item.allowed.written && !item.allowed.text.empty()) {
    made.allowed = expression(file, item.allowed, feel::Language::unary_tests);
    made.allowed_text = item.allowed.text;
  }
  if (!item.collection) {
    if (item.constraint.written && !item.constraint.text.empty()) {
      made.allowed = expression(file, item.constraint, feel::Language::unary_tests);
      made.allowed_text = item.constraint.text;
    }
    return &inside_.types.emplace_back(std::move(made));
  }
  Type list;
  list.name = item.name.name;
  list.form = Type::Form::list;
  list.element = &inside_.types.emplace_back(std::move(made));
  if (item.constraint.written && !item.constraint.text.empty()) {
    list.allowed = expression(file, item.constraint, feel::Language::unary_tests);
    list.allowed_text = item.constraint.text;
  }
  return &inside_.types.emplace_back(std::move(list));
}

const Type* Compiler::type(std::size_t file, std::string_view name, Span span, int depth) {
  if (name.empty()) return nullptr;
  Unit& unit = units_[file];
  if (const auto found = unit.types.find(name); found != unit.types.end()) return found->second;
  constexpr int deepest = 100;
  if (depth > deepest) {
    complain("dmn-cycle", fmt::format("the type '{}' is defined by itself", name), span);
    return nullptr;
  }
  const auto item = unit.items.find(name);
  if (item != unit.items.end()) {
    unit.types.emplace(name, nullptr);  // a type inside of itself: anything
    const Type* made = item_type(file, *item->second, depth + 1);
    unit.types[name] = made;
    return made;
  }
  for (const auto& [alias, target] : unit.imports) {
    if (alias.empty()) {
      if (units_[target].items.contains(name)) return type(target, name, span, depth + 1);
    } else if (name.size() > alias.size() + 1 && name.starts_with(alias) &&
               (name[alias.size()] == '.' || name[alias.size()] == ':')) {
      return type(target, name.substr(alias.size() + 1), span, depth + 1);
    }
  }
  // DMN 1.1 writes qualified names, whose prefix is that of a namespace: this file's or an imported one's.
  if (const auto colon = name.find(':'); colon != std::string_view::npos) {
    const std::string_view local = name.substr(colon + 1);
    if (unit.items.contains(local)) return type(file, local, span, depth + 1);
    for (const auto& [alias, target] : unit.imports)
      if (units_[target].items.contains(local)) return type(target, local, span, depth + 1);
  }
  const Type* made = simple_type(name);
  unit.types.emplace(name, made);
  if (made == nullptr) {
    std::vector<std::string_view> known{"number", "string",        "boolean", "date",
                                        "time",   "date and time", "Any"};
    for (const auto& [each, definition] : unit.items) known.push_back(each);
    complain("dmn-unknown-type", fmt::format("there is no type '{}'{}", name, did_you_mean_text(name, known)),
             span, element_, Severity::warning);
  }
  return made;
}

const feel::Type* Compiler::feel_type(const Type* type, int depth) {
  feel::Type made;
  constexpr int deepest = 20;
  if (type != nullptr && depth < deepest) {
    std::vector<const feel::Type*> parts;
    for (const Type* part : type->parts) parts.push_back(feel_type(part, depth + 1));
    const auto* stored = inside_.names.array<const feel::Type*>(parts.size());
    std::copy(parts.begin(), parts.end(), const_cast<const feel::Type**>(stored));
    using Form = feel::Type::Form;
    switch (type->form) {
      case Type::Form::any:
        break;
      case Type::Form::simple:
        made.form = Form::simple;
        made.kind = type->kind;
        break;
      case Type::Form::list:
        made.form = Form::list;
        made.element = feel_type(type->element, depth + 1);
        break;
      case Type::Form::context:
        made.form = Form::context;
        made.names = type->names;
        made.parts = {stored, parts.size()};
        break;
      case Type::Form::function:
        made.form = Form::function;
        made.element = feel_type(type->element, depth + 1);
        made.parts = {stored, parts.size()};
        break;
    }
  }
  return &inside_.feel_types.emplace_back(made);
}

// ---- expressions

}  // namespace

std::string foreign_text(const Boxed& function) {
  std::string called;  // class and method as the context of the body names them
  if (!function.parts.empty() && function.parts[0].form == Boxed::Form::context)
    for (const Boxed& part : function.parts[0].parts)
      if (const std::string& text = part.text.text; text.size() > 2 && text.front() == '"')
        called += (called.empty() ? " (" : ", ") + text.substr(1, text.size() - 2);
  if (!called.empty()) called += ")";
  const std::string& kind = function.language;
  return fmt::format(
      "the function is in {}{}, which cannot run here, so its calls are null: write its body in FEEL, or "
      "hand "
      "its result in as an input",
      kind == "J"   ? "Java"
      : kind == "P" ? "PMML"
                    : kind,
      called);
}

feel::Language language_of(const Text& from, const std::string& definitions_language) {
  const std::string_view text = from.text;
  const std::string& attribute = from.language.empty() ? definitions_language : from.language;
  const auto first = text.find_first_not_of(" \t\r\n");
  const std::string_view trimmed = first == std::string_view::npos ? text : text.substr(first);
  const feel::Choice choice = feel::choose_language("x", attribute);
  if (choice.language == feel::Language::foreign) return feel::Language::foreign;
  if (names_juel(attribute)) return feel::Language::juel;
  const bool says_feel = !choice.guessed;
  if (!says_feel && (trimmed.starts_with("${") || trimmed.starts_with("#{"))) return feel::Language::juel;
  return feel::Language::feel;
}

namespace {

std::optional<feel::Expression> Compiler::expression(std::size_t file, const Text& text,
                                                     feel::Language language) {
  const std::string& attribute = text.language.empty() ? files_[file]->expression_language : text.language;
  std::string wrapped;
  std::string_view body = text.text;
  switch (language_of(text, files_[file]->expression_language)) {
    case feel::Language::juel:
      if (!feel::looks_like_juel(body)) body = wrapped = "${" + text.text + "}";
      language = feel::Language::juel;
      break;
    case feel::Language::foreign:
      complain("expression-language",
               fmt::format("an expression in {} cannot be evaluated here: use FEEL", attribute), text.span,
               element_, Severity::warning);
      return std::nullopt;
    default:
      break;
  }
  feel::CompileOptions options;
  options.names = names_.empty() ? units_[file].names : names_;
  options.functions = units_[file].all_names;
  options.platform =
      feel::camunda_version(files_[file]->execution_platform, files_[file]->execution_platform_version);
  options.types = units_[file].feel_types;
  options.span = text.span;
  options.element = element_;
  const std::size_t before = diagnostics_.size();
  auto made = feel::compile(body, language, options, diagnostics_);
  if (!made && diagnostics_.size() == before)
    complain("feel-syntax", "the expression cannot be read", text.span, element_);
  return made;
}

Logic Compiler::logic(std::size_t file, const Boxed& boxed) {
  Logic made;
  made.form = boxed.form;
  made.source = &boxed;
  made.type = type(file, boxed.type, boxed.span);
  for (const Named& name : boxed.names) {
    made.names.push_back(key(name.name));
    made.types.push_back(type(file, name.type, name.span));
  }
  made.foreign = boxed.form == Boxed::Form::function && !boxed.language.empty() && boxed.language != "FEEL" &&
                 boxed.language != "F";
  if (boxed.form == Boxed::Form::literal) {
    const bool empty = boxed.text.text.find_first_not_of(" \t\r\n") == std::string::npos;
    if (!empty) made.expression = expression(file, boxed.text, feel::Language::feel);
  }
  if (made.foreign) {
    complain("feel-unsupported", foreign_text(boxed), boxed.span, element_, Severity::warning);
    return made;
  }
  for (const Boxed& part : boxed.parts) made.parts.push_back(logic(file, part));
  if (boxed.table) made.table = table(file, boxed);
  return made;
}

std::unique_ptr<CompiledTable> Compiler::table(std::size_t file, const Boxed& boxed) {
  const Table& from = *boxed.table;
  auto made = std::make_unique<CompiledTable>();
  made->source = &from;
  made->element = element_;
  for (const Table::Input& input : from.inputs) {
    CompiledTable::Input& to = made->inputs.emplace_back();
    Logic inner = logic(file, input.expression);
    to.variable = key(input.variable.empty() ? "cellInput" : std::string_view(input.variable));
    to.expression = std::move(inner.expression);
    to.type = inner.type;
    if (input.values.written && !input.values.text.empty())
      to.allowed = expression(file, input.values, feel::Language::unary_tests);
  }
  for (const Table::Output& output : from.outputs) {
    CompiledTable::Output& to = made->outputs.emplace_back();
    to.name = key(output.name.name);
    to.type = type(file, output.name.type, output.name.span);
    Text order = output.values;
    if (order.written && !order.text.empty())
      to.allowed = expression(file, output.values, feel::Language::unary_tests);
    else if (to.type != nullptr && !to.type->allowed_text.empty())
      order.text = to.type->allowed_text;
    const bool ordered = from.hit_policy == HitPolicy::priority || from.hit_policy == HitPolicy::output_order;
    if (ordered && !order.text.empty()) {
      order.text = "[" + order.text + "]";
      to.order_list = expression(file, order, feel::Language::feel);
      if (to.order_list)
        if (const Value* list = to.order_list->constant(); list != nullptr && list->is(value::Kind::list))
          to.order.assign(list->items().begin(), list->items().end());
    }
    if (output.default_entry.written && !output.default_entry.text.empty())
      to.default_entry = expression(file, output.default_entry, feel::Language::feel);
  }
  std::unordered_map<std::string_view, std::uint32_t> known[2];
  const auto cell = [&](const Text* text, bool output) {
    if (text == nullptr) return CompiledTable::any;
    const auto first = text->text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return CompiledTable::any;
    if (!output && text->text == "-") return CompiledTable::any;
    const auto [at, fresh] = known[output ? 1 : 0].try_emplace(text->text, 0);
    if (!fresh) return at->second;
    auto compiled = expression(file, *text, output ? feel::Language::feel : feel::Language::unary_tests);
    if (!compiled)  // reported; the cell never matches
      compiled = feel::compile("null", feel::Language::feel, {}, diagnostics_);
    at->second = static_cast<std::uint32_t>(made->expressions.size());
    made->expressions.push_back(std::move(*compiled));
    return at->second;
  };
  const std::size_t inputs = from.inputs.size();
  const std::size_t outputs = from.outputs.size();
  made->tests.reserve(from.rules.size() * inputs);
  made->entries.reserve(from.rules.size() * outputs);
  for (const Table::Rule& rule : from.rules) {
    for (std::size_t i = 0; i < inputs; ++i)
      made->tests.push_back(cell(i < rule.inputs.size() ? &rule.inputs[i] : nullptr, false));
    for (std::size_t i = 0; i < outputs; ++i)
      made->entries.push_back(cell(i < rule.outputs.size() ? &rule.outputs[i] : nullptr, true));
  }
  std::vector<const feel::Expression*> tests;
  tests.reserve(made->tests.size());
  for (const std::uint32_t test : made->tests)
    tests.push_back(test == CompiledTable::any ? nullptr : &made->expressions[test]);
  made->index.build(from.rules.size(), inputs, tests);
  return made;
}

// ---- elements

std::uint32_t Compiler::resolve(std::size_t file, const Reference& reference, Key* alias) {
  std::string_view id = reference.href;
  std::size_t target = file;
  const auto hash = id.rfind('#');
  if (hash != std::string_view::npos) {
    const std::string_view uri = id.substr(0, hash);
    id = id.substr(hash + 1);
    if (!uri.empty() && uri != files_[file]->uri) {
      target = files_.size();
      for (const auto& [name, imported] : units_[file].imports) {
        if (files_[imported]->uri != uri) continue;
        target = imported;
        if (alias != nullptr) *alias = key(name);
      }
    }
  }
  if (target < files_.size())
    if (const auto found = units_[target].by_id.find(id); found != units_[target].by_id.end())
      return found->second;
  complain("dmn-unresolved-href", fmt::format("'{}' refers to nothing", reference.href), reference.span,
           element_);
  return none;
}

void Compiler::declare(std::size_t file) {
  for (const Element& each : files_[file]->elements) {
    const auto index = static_cast<std::uint32_t>(inside_.elements.size());
    Compiled& made = inside_.elements.emplace_back();
    made.source = &each;
    made.file = files_[file];
    units_[file].elements.push_back(index);
    made.name = key(each.name);
    if (!each.id.empty() && !units_[file].by_id.emplace(each.id, index).second)
      complain("dmn-schema", fmt::format("the id '{}' is taken already", each.id), each.span, each.id);
    if (each.kind == Element::Kind::knowledge_source) continue;
    inside_.by_name.try_emplace(each.name, index);
    inside_.by_id.try_emplace(each.id, index);
    if (file == 0) inside_.declared.push_back(made.name);
    if (each.result_name.empty() && each.logic.form == Boxed::Form::table &&
        each.logic.table->outputs.size() == 1)
      if (const std::string& output = each.logic.table->outputs[0].name.name;
          !output.empty() && output != each.name) {
        made.output = key(output);
        if (file == 0) inside_.declared.push_back(made.output);
      }
  }
}

void Compiler::connect(std::size_t file) {
  for (const std::uint32_t index : units_[file].elements) {
    Compiled& made = inside_.elements[index];
    const Element& from = *made.source;
    element_ = from.id;
    made.type = type(file, from.variable.type, from.variable.span);
    for (const Reference& each : from.requirements) {
      if (each.kind == Reference::Kind::authority) continue;
      Need need;
      need.element = resolve(file, each, &need.alias);
      if (need.element == none) continue;
      made.any_alias = made.any_alias || need.alias.size != 0;
      made.needs.push_back(need);
    }
    const auto add = [&](const std::vector<Reference>& references, std::vector<std::uint32_t>& to) {
      for (const Reference& each : references)
        if (const std::uint32_t found = resolve(file, each, nullptr); found != none) to.push_back(found);
    };
    add(from.outputs, made.outputs);
    add(from.input_data, made.parameters);
    add(from.input_decisions, made.parameters);
    // Names of one import stand together.
    std::stable_sort(made.needs.begin(), made.needs.end(),
                     [](const Need& a, const Need& b) { return a.alias.text() < b.alias.text(); });
    // "Person.Name" may be a parameter; elsewhere it is an entry of Person.
    names_ = units_[file].names;
    if (from.logic.form == Boxed::Form::function)
      for (const Named& parameter : from.logic.names)
        if (parameter.name.find('.') != std::string::npos) names_.push_back(parameter.name);
    made.logic = logic(file, from.logic);
    names_.clear();
  }
  element_.clear();
}

/// Decisions that need themselves; knowledge models may.
void Compiler::find_cycles() {
  enum class Mark : std::uint8_t { fresh, open, done };
  std::vector<Mark> marks(inside_.elements.size(), Mark::fresh);
  std::vector<std::pair<std::uint32_t, std::size_t>> path;
  for (std::uint32_t start = 0; start < inside_.elements.size(); ++start) {
    if (marks[start] != Mark::fresh) continue;
    path.emplace_back(start, 0);
    marks[start] = Mark::open;
    while (!path.empty()) {
      const auto current = path.back().first;
      const Compiled& from = inside_.elements[current];
      if (path.back().second == from.needs.size()) {
        marks[current] = Mark::done;
        path.pop_back();
        continue;
      }
      const std::uint32_t next = from.needs[path.back().second++].element;
      if (inside_.elements[next].source->kind != Element::Kind::decision) continue;
      if (marks[next] == Mark::open) {
        const Element& at = *from.source;
        complain("dmn-cycle",
                 fmt::format("'{}' requires '{}', which requires '{}' in the end: neither has a value",
                             at.name, inside_.elements[next].source->name, at.name),
                 at.span, at.id);
      } else if (marks[next] == Mark::fresh) {
        marks[next] = Mark::open;
        path.emplace_back(next, 0);
      }
    }
  }
}

void Compiler::run() {
  const std::size_t before = diagnostics_.size();
  for (std::size_t i = 0; i < files_.size(); ++i) {
    resolve_imports(i);
    for (const ItemDefinition& item : files_[i]->items) units_[i].items.emplace(item.name.name, &item);
  }
  for (std::size_t i = 0; i < files_.size(); ++i) {
    std::vector<bool> visited(files_.size());
    std::vector<std::string_view>& names = units_[i].all_names;
    gather_names(i, visited, names);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::copy_if(names.begin(), names.end(), std::back_inserter(units_[i].names), is_long_name);
  }
  for (std::size_t i = 0; i < files_.size(); ++i) {
    for (const ItemDefinition& item : files_[i]->items) type(i, item.name.name, item.name.span);
    for (const ItemDefinition& item : files_[i]->items)
      units_[i].feel_types.push_back({item.name.name, feel_type(units_[i].types[item.name.name])});
    declare(i);
  }
  for (std::size_t i = 0; i < files_.size(); ++i) connect(i);
  find_cycles();
  for (std::size_t i = before; i < diagnostics_.size(); ++i)
    if (diagnostics_.list()[i].severity == Severity::error) inside_.complete = false;
}

}  // namespace

Program::Program() : inside_(std::make_unique<Inside>()) {}
Program::~Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;

Program compile(std::span<const Definitions* const> files, Diagnostics& diagnostics) {
  Program program;
  if (!files.empty()) Compiler(files, *program.inside_, diagnostics).run();
  return program;
}

Decision Program::find(std::string_view name_or_id) const {
  if (const auto found = inside_->by_name.find(name_or_id); found != inside_->by_name.end())
    return {inside_.get(), found->second};
  if (const auto found = inside_->by_id.find(name_or_id); found != inside_->by_id.end())
    return {inside_.get(), found->second};
  return {};
}

std::vector<Decision> Program::all(Element::Kind kind) const {
  std::vector<Decision> found;
  for (std::uint32_t i = 0; i < inside_->elements.size(); ++i)
    if (inside_->elements[i].source->kind == kind && inside_->elements[i].file == inside_->elements[0].file)
      found.push_back({inside_.get(), i});
  return found;
}

std::vector<Decision> Program::inputs_of(Decision decision) const {
  std::vector<bool> seen(inside_->elements.size());
  std::vector<std::uint32_t> open{decision.index};
  std::vector<Decision> found;
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    if (seen[at]) continue;
    seen[at] = true;
    const Compiled& from = inside_->elements[at];
    if (from.source->kind == Element::Kind::input_data) found.push_back({inside_.get(), at});
    for (const Need& need : from.needs) open.push_back(need.element);
    for (const std::uint32_t each : from.parameters) open.push_back(each);
  }
  return found;
}

bool Program::complete() const {
  return inside_->complete;
}

const Element& element(Decision decision) {
  return *decision.program->elements[decision.index].source;
}

std::string_view type_name(Decision input) {
  const Type* type = input.program->elements[input.index].type;
  if (type == nullptr || type->form == Type::Form::any) return "Any";
  switch (type->form) {
    case Type::Form::simple:
      return value::kind_name(type->kind);
    case Type::Form::list:
      return "list";
    case Type::Form::context:
      return "context";
    default:
      return "function";
  }
}

}  // namespace weir::dmn
