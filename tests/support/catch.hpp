// Catch2 2 and 3 behind one include; keep to TEST_CASE, SECTION, CHECK, REQUIRE, CAPTURE, INFO, GENERATE.
#pragma once

#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#else
#include <catch2/catch.hpp>
#endif
