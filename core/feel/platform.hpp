// Which built-in functions the FEEL of Camunda 8 has, by version: a model says which one it was made for
// (modeler:executionPlatformVersion).
#pragma once

#include <string>
#include <string_view>

namespace weir::feel {

/// A version of Camunda 8; 0.0 when a model is for another platform or says nothing.
struct CamundaVersion {
  int major = 0;
  int minor = 0;
  [[nodiscard]] bool known() const { return major != 0; }
  friend auto operator<=>(const CamundaVersion&, const CamundaVersion&) = default;
};

/// From modeler:executionPlatform and modeler:executionPlatformVersion as written.
CamundaVersion camunda_version(std::string_view platform, std::string_view version);

/// What a model for this version misses: "'trim' needs Camunda 8.6, the model is for 8.4"; empty when the
/// version has the function.
std::string missing_builtin(std::string_view name, CamundaVersion version);

/// The version in which Camunda 8 got a function that weir does not have, else unknown.
CamundaVersion only_in_camunda(std::string_view name);

}  // namespace weir::feel
