// Codes and sentences of troubles.
#include "core/feel/workspace.hpp"

#include "core/value/print.hpp"

namespace weir::feel {

std::string_view trouble_code(TroubleKind kind) {
  switch (kind) {
    case TroubleKind::unknown_variable:
      return "feel-unknown-variable";
    case TroubleKind::unknown_function:
      return "feel-unknown-function";
    case TroubleKind::no_entry:
      return "feel-no-entry";
    case TroubleKind::type_mismatch:
      return "feel-type-mismatch";
    case TroubleKind::argument:
      return "feel-argument";
    case TroubleKind::arity:
      return "feel-arity";
    case TroubleKind::index:
      return "feel-index";
    case TroubleKind::arithmetic:
      return "feel-arithmetic";
    case TroubleKind::null_operand:
      return "feel-null-operand";
    case TroubleKind::limit:
      return "feel-limit";
    case TroubleKind::unsupported:
      return "feel-unsupported";
  }
  return "feel-argument";
}

namespace {
void append_short(std::string& out, const Value& value) {
  constexpr std::size_t longest = 60;
  std::string literal = value.depth() <= 3 && (value.kind() != Kind::string || value.text().size() < 200) &&
                                (value.kind() != Kind::list || value.items().size() < 50)
                            ? value::to_literal(value)
                            : "a large " + std::string(value::kind_name(value.kind()));
  if (literal.size() > longest) {
    std::size_t cut = longest - 3;
    while (cut > 0 && (static_cast<unsigned char>(literal[cut]) & 0xC0u) == 0x80u) --cut;
    literal.resize(cut);
    literal += "...";
  }
  out += literal;
}
}  // namespace

std::string trouble_text(const Trouble& trouble) {
  std::string out;
  const std::string_view message = trouble.message;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const std::string_view rest = message.substr(i);
    if (rest.starts_with("{0}") || rest.starts_with("{1}")) {
      append_short(out, rest[1] == '0' ? trouble.first : trouble.second);
      i += 2;
    } else if (rest.starts_with("{0:n}") || rest.starts_with("{1:n}")) {  // a name: without quotes
      out += value::to_text(rest[1] == '0' ? trouble.first : trouble.second);
      i += 4;
    } else if (rest.starts_with("{0:t}") || rest.starts_with("{1:t}")) {  // the type
      out += value::kind_name((rest[1] == '0' ? trouble.first : trouble.second).kind());
      i += 4;
    } else {
      out += message[i];
    }
  }
  return out;
}

}  // namespace weir::feel
