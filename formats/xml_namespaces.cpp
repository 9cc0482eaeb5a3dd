// Files declare a handful of prefixes on the root, so a backward search is fastest; the map takes over when
// there are many (20,000 declarations on one element are legal and must stay linear).
#include "formats/xml_namespaces.hpp"

namespace weir::formats {

namespace {
constexpr std::size_t many = 24;
}

XmlNamespaces::XmlNamespaces() {
  bindings_.push_back({"xml", xml_namespace, 0, 0});
  by_prefix_.emplace("xml", 1);
}

std::uint32_t XmlNamespaces::look_up(std::string_view prefix) const {
  if (bindings_.size() > many) {
    const auto found = by_prefix_.find(prefix);
    return found == by_prefix_.end() ? 0 : found->second;
  }
  for (std::size_t i = bindings_.size(); i > 0; --i)
    if (bindings_[i - 1].prefix == prefix) return static_cast<std::uint32_t>(i);
  return 0;
}

void XmlNamespaces::declare(std::string_view prefix, std::string_view uri, std::uint32_t user) {
  auto& newest = by_prefix_[prefix];
  bindings_.push_back({prefix, uri, user, newest});
  newest = static_cast<std::uint32_t>(bindings_.size());
  last_valid_ = false;
}

void XmlNamespaces::close(std::size_t mark) {
  if (bindings_.size() == mark) return;
  while (bindings_.size() > mark) {
    by_prefix_[bindings_.back().prefix] = bindings_.back().shadowed;
    bindings_.pop_back();
  }
  last_valid_ = false;
}

const XmlNamespaces::Binding* XmlNamespaces::find(std::string_view prefix) {
  if (!last_valid_ || prefix != last_prefix_) {
    last_ = look_up(prefix);
    last_prefix_ = prefix;
    last_valid_ = true;
  }
  return last_ == 0 ? nullptr : &bindings_[last_ - 1];
}

}  // namespace weir::formats
