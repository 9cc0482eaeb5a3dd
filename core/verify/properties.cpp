// The table of properties.
#include "core/verify/properties.hpp"

namespace weir::verify {

namespace {

constexpr std::array<PropertyFacts, property_count> table{{
    {Property::safe, "safe", "lack-of-synchronization",
     "no sequence flow ever holds two tokens of one instance"},
    {Property::no_deadlock, "no-deadlock", "deadlock",
     "whenever there are tokens, something can still happen"},
    {Property::option_to_complete, "option-to-complete", "livelock",
     "from every state that can be reached, the end can be reached"},
    {Property::proper_completion, "proper-completion", "improper-completion",
     "no end event of the process happens twice in one instance"},
    {Property::no_dead_element, "no-dead-element", "dead-element", "every element can be reached"},
    {Property::bounded, "bounded", "unbounded", "no place collects more and more tokens"},
}};

}  // namespace

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return "holds";
    case Verdict::violated:
      return "violated";
    case Verdict::unknown:
      return "unknown";
  }
  return "unknown";
}

const PropertyFacts& facts(Property property) {
  return table[static_cast<std::size_t>(property)];
}
const std::array<PropertyFacts, property_count>& all_properties() {
  return table;
}

Verdict Report::sound() const {
  Verdict all = Verdict::holds;
  for (const Property each :
       {Property::option_to_complete, Property::proper_completion, Property::no_dead_element}) {
    if ((*this)[each] == Verdict::violated) return Verdict::violated;
    if ((*this)[each] == Verdict::unknown) all = Verdict::unknown;
  }
  return all;
}

}  // namespace weir::verify
