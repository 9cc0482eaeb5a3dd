// All built-in functions, by group; builtins.cpp puts them into the table.
#pragma once

#include "core/feel/builtins.hpp"

namespace weir::feel::functions {

// number.cpp
Value decimal(const Call&);
Value floor(const Call&);
Value ceiling(const Call&);
Value round_up(const Call&);
Value round_down(const Call&);
Value round_half_up(const Call&);
Value round_half_down(const Call&);
Value absolute(const Call&);
Value modulo(const Call&);
Value square_root(const Call&);
Value logarithm(const Call&);
Value exponential(const Call&);
Value odd(const Call&);
Value even(const Call&);
Value random_number(const Call&);

// text.cpp
Value substring(const Call&);
Value string_length(const Call&);
Value upper_case(const Call&);
Value lower_case(const Call&);
Value substring_before(const Call&);
Value substring_after(const Call&);
Value contains(const Call&);
Value starts_with(const Call&);
Value ends_with(const Call&);
Value string_join(const Call&);
Value trim(const Call&);
Value is_blank(const Call&);

// encoding.cpp
Value to_base64(const Call&);
Value from_base64(const Call&);
Value from_json(const Call&);
Value to_json(const Call&);
Value uuid(const Call&);

// pattern.cpp
Value matches(const Call&);
Value replace(const Call&);
Value split(const Call&);
Value extract(const Call&);

// list.cpp
Value list_contains(const Call&);
Value list_replace(const Call&);
Value count(const Call&);
Value all(const Call&);
Value any(const Call&);
Value sublist(const Call&);
Value append(const Call&);
Value concatenate(const Call&);
Value insert_before(const Call&);
Value remove(const Call&);
Value reverse(const Call&);
Value index_of(const Call&);
Value union_of(const Call&);
Value distinct_values(const Call&);
Value duplicate_values(const Call&);
Value flatten(const Call&);
Value sort(const Call&);
Value is_empty(const Call&);
Value partition(const Call&);

// statistics.cpp
Value minimum(const Call&);
Value maximum(const Call&);
Value sum(const Call&);
Value mean(const Call&);
Value product(const Call&);
Value median(const Call&);
Value standard_deviation(const Call&);
Value mode(const Call&);

// context.cpp
Value get_value(const Call&);
Value get_entries(const Call&);
Value context_put(const Call&);
Value context_merge(const Call&);
Value context_of(const Call&);

// conversion.cpp
Value not_of(const Call&);
Value is(const Call&);
Value string_of(const Call&);
Value number_of(const Call&);
Value is_defined(const Call&);
Value get_or_else(const Call&);
Value assert_that(const Call&);
Value from_ai(const Call&);

// temporal.cpp
Value date_from(const Call&);
Value date_of_parts(const Call&);
Value time_from(const Call&);
Value time_of_parts(const Call&);
Value date_and_time_from(const Call&);
Value date_and_time_of(const Call&);
Value date_and_time_of_parts(const Call&);
Value duration_from(const Call&);
Value years_and_months_between(const Call&);
Value now(const Call&);
Value today(const Call&);
Value day_of_year(const Call&);
Value day_of_week(const Call&);
Value month_of_year(const Call&);
Value week_of_year(const Call&);
Value last_day_of_month(const Call&);

// range.cpp
Value range_from(const Call&);
Value before(const Call&);
Value after(const Call&);
Value meets(const Call&);
Value met_by(const Call&);
Value overlaps(const Call&);
Value overlaps_before(const Call&);
Value overlaps_after(const Call&);
Value finishes(const Call&);
Value finished_by(const Call&);
Value includes(const Call&);
Value during(const Call&);
Value starts(const Call&);
Value started_by(const Call&);
Value coincides(const Call&);

}  // namespace weir::feel::functions
