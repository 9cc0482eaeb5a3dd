#include "core/base/printable.hpp"

#include "tests/support/catch.hpp"

using namespace weir;

TEST_CASE("texts of users cannot disturb a terminal") {
  CHECK(printable("Größe › 100 €") == "Größe › 100 €");
  CHECK(printable("\x1b[31mred") == "\\u{1b}[31mred");
  CHECK(printable("\xC2\x9B"
                  "31m") == "\\u{9b}31m");                          // C1: a control sequence of one character
  CHECK(printable("X\xE2\x80\xAEtxt.exe") == "X\\u{202e}txt.exe");  // right-to-left override
  CHECK(printable("a\tb\nc\x7f") == "a b\\u{0a}c\\u{7f}");
  CHECK(printable("a\nb", true) == "a\nb");
  CHECK(printable("\xff"
                  "a\xC0\xAF") ==
        "\xEF\xBF\xBD"
        "a\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(printable("\xED\xA0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // a surrogate
}

TEST_CASE("display width") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("Größe") == 5);
  CHECK(display_width("承認") == 4);
  CHECK(display_width("e\xCC\x81") == 1);  // combining acute
}
