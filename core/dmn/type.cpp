#include "core/dmn/type.hpp"

namespace weir::dmn {

namespace {
Fit structure_fits(const Value& value, const Type& type, feel::Workspace& workspace) {
  switch (type.form) {
    case Type::Form::any:
      return Fit::yes;
    case Type::Form::simple:
      return value.is(type.kind) ? Fit::yes : Fit::wrong_type;
    case Type::Form::list:
      if (!value.is(Kind::list)) return Fit::wrong_type;
      if (type.element->form == Type::Form::any && !type.element->allowed) return Fit::yes;
      for (const Value& item : value.items())
        if (const Fit fit = fits(item, *type.element, workspace); fit != Fit::yes) return fit;
      return Fit::yes;
    case Type::Form::context:
      if (!value.is(Kind::context)) return Fit::wrong_type;
      for (std::size_t i = 0; i < type.names.size(); ++i) {
        const Value* entry = value.find(type.names[i]);
        if (entry == nullptr) return Fit::wrong_type;
        if (const Fit fit = fits(*entry, *type.parts[i], workspace); fit != Fit::yes) return fit;
      }
      return Fit::yes;
    case Type::Form::function:
      return value.is(Kind::function) ? Fit::yes : Fit::wrong_type;
  }
  return Fit::yes;
}
}  // namespace

Fit fits(const Value& value, const Type& type, feel::Workspace& workspace) {
  if (value.is_null()) return Fit::yes;
  if (const Fit fit = structure_fits(value, type, workspace); fit != Fit::yes) return fit;
  if (!type.allowed) return Fit::yes;
  const std::size_t before = workspace.trouble_count();
  const Value answer = feel::evaluate_further(*type.allowed, {}, workspace, value);
  workspace.drop_troubles_after(before);
  return answer.is_true() ? Fit::yes : Fit::not_allowed;
}

Fit convert(Value& value, const Type& type, feel::Workspace& workspace) {
  const Fit fit = fits(value, type, workspace);
  if (fit == Fit::yes) return fit;
  Value changed = value;
  if (value.is(Kind::list) && value.items().size() == 1 && type.form != Type::Form::list) {
    changed = Value(value.items()[0]);
  } else if (type.form == Type::Form::list && !value.is(Kind::list)) {
    changed = Value::list({workspace.arena.make(value), 1});
  } else if (type.form == Type::Form::simple && value.is(Kind::date) && type.kind == Kind::date_time) {
    changed = Value::date_time(value::at(value.date(), {0, value::Zone::offset(0)}));
  } else if (type.form == Type::Form::simple && value.is(Kind::date_time) && type.kind == Kind::date) {
    changed = Value::date(value::date_of(value.date_time()));
  } else {
    return fit;
  }
  const Fit after = fits(changed, type, workspace);
  if (after == Fit::yes) value = changed;
  return after;
}

}  // namespace weir::dmn
