// The table of all rules. To add one: its file in rules/, its name and its row here, its fixtures in
// tests/rules/.
#pragma once

#include "core/lint/rule.hpp"

namespace weir::lint {

namespace rules {
extern const Rule boundary_host, conditional_default, conditional_flows, dangling_flow, default_not_outgoing,
    end_with_outgoing, event_sub_process_typed_start_event, fake_join, flow_crosses_scope, link_event,
    no_duplicate_sequence_flows, start_with_incoming, unknown_rule, unused_suppression;
}  // namespace rules

inline constexpr const Rule* all_rules[] = {
    &rules::dangling_flow,
    &rules::flow_crosses_scope,
    &rules::default_not_outgoing,
    &rules::boundary_host,
    &rules::no_duplicate_sequence_flows,
    &rules::conditional_default,
    &rules::conditional_flows,
    &rules::fake_join,
    &rules::start_with_incoming,
    &rules::end_with_outgoing,
    &rules::event_sub_process_typed_start_event,
    &rules::link_event,
    &rules::unknown_rule,
    &rules::unused_suppression,
};

}  // namespace weir::lint
