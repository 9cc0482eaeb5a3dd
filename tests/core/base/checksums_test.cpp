#include <string>

#include "core/base/crc32c.hpp"
#include "core/base/sha256.hpp"
#include "tests/support/catch.hpp"

using namespace weir;

TEST_CASE("crc32c gives the sums of RFC 3720 and the check value") {
  CHECK(crc32c("") == 0);
  CHECK(crc32c("a") == 0xc1d04330u);
  CHECK(crc32c("123456789") == 0xe3069283u);
  CHECK(crc32c(std::string(32, '\0')) == 0x8a9136aau);
  CHECK(crc32c(std::string(32, '\xff')) == 0x62a8ab43u);
  std::string rising, falling;
  for (char byte = 0; byte < 32; ++byte) rising += byte;
  for (char byte = 31; byte >= 0; --byte) falling += byte;
  CHECK(crc32c(rising) == 0x46dd794eu);
  CHECK(crc32c(falling) == 0x113fdb5cu);
}

TEST_CASE("crc32c goes on from the sum of what came before") {
  const std::string text = "The quick brown fox jumps over the lazy dog";
  CHECK(crc32c(text) == 0x22620404u);
  for (std::size_t cut = 0; cut <= text.size(); ++cut)
    CHECK(crc32c(text.substr(cut), crc32c(text.substr(0, cut))) == crc32c(text));
}

TEST_CASE("sha256 gives the digests of FIPS 180-4 and of lengths around the padding") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  CHECK(sha256(std::string(55, 'x')) == "d5e285683cd4efc02d021a5c62014694958901005d6f71e89e0989fac77e4072");
  CHECK(sha256(std::string(56, 'x')) == "04c26261370ee7541549d16dee320c723e3fd14671e66a099afe0a377c16888e");
  CHECK(sha256(std::string(64, 'x')) == "7ce100971f64e7001e8fe5a51973ecdfe1ced42befe7ee8d5fd6219506b5393c");
}
