// Namespace prefixes in scope (Namespaces in XML 1.0 section 6): a stack of declarations, one level per open
// element that declares any.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace weir::formats {

inline constexpr std::string_view xml_namespace = "http://www.w3.org/XML/1998/namespace";

class XmlNamespaces {
 public:
  struct Binding {
    std::string_view prefix;     // empty: the default namespace
    std::string_view uri;        // empty: no namespace
    std::uint32_t user = 0;      // whatever the caller wants to remember about the URI
    std::uint32_t shadowed = 0;  // 1 + index of the binding of the same prefix that this one hides
  };

  XmlNamespaces();
  /// Declares a prefix until close() gets the mark that was taken before. The views must outlive the object.
  void declare(std::string_view prefix, std::string_view uri, std::uint32_t user = 0);
  [[nodiscard]] std::size_t mark() const { return bindings_.size(); }
  /// Forgets every declaration made after the mark was taken.
  void close(std::size_t mark);
  /// The innermost declaration of a prefix, or null. The pointer is valid until the next declare() or
  /// close().
  [[nodiscard]] const Binding* find(std::string_view prefix);

 private:
  [[nodiscard]] std::uint32_t look_up(std::string_view prefix) const;
  std::vector<Binding> bindings_;
  std::unordered_map<std::string_view, std::uint32_t> by_prefix_;  // 1 + index; used once there are many
  std::string_view last_prefix_;  // the prefix asked for last: elements of one kind stand together
  std::uint32_t last_ = 0;        // its answer, 1 + index
  bool last_valid_ = false;
};

}  // namespace weir::formats
