// A value, or a sentence for the user why there is none. Spelled like std::expected so that it can be
// replaced by it; clang 14 cannot compile libstdc++'s.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "core/base/check.hpp"

namespace weir {

struct Error {
  std::string message;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}      // NOLINT: implicit like std::expected
  Result(Error error) : value_(std::move(error)) {}  // NOLINT
  [[nodiscard]] bool has_value() const { return value_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  T& operator*() {
    WEIR_CHECK(has_value());
    return std::get<0>(value_);
  }
  const T& operator*() const {
    WEIR_CHECK(has_value());
    return std::get<0>(value_);
  }
  T* operator->() { return &**this; }
  const T* operator->() const { return &**this; }
  [[nodiscard]] const Error& error() const {
    WEIR_CHECK(!has_value());
    return std::get<1>(value_);
  }

 private:
  std::variant<T, Error> value_;
};

}  // namespace weir
