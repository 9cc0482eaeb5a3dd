// The one door in: bytes of any file -> model, texts for spans, diagnostics. Never throws, never touches the
// disk.
#pragma once

#include <string>

#include "core/base/diagnostic.hpp"
#include "core/base/source_map.hpp"
#include "core/dmn/definitions.hpp"
#include "core/model/definitions.hpp"

namespace weir::formats {

enum class FileKind : std::uint8_t { unknown, bpmn, dmn, toml, form };

struct ReadResult {
  // In the .cpp file: else every file that has one compiles all of this again.
  ReadResult();
  ReadResult(ReadResult&&) noexcept;
  ReadResult& operator=(ReadResult&&) noexcept;
  ~ReadResult();

  FileKind kind = FileKind::unknown;
  FileId file = FileId::none;
  /// False when the file is no model at all (not well-formed, no BPMN): `definitions` is then empty and the
  /// diagnostics say why, with an error unless it is a TOML file of somebody else or a weir.toml.
  bool has_model = false;
  model::Definitions definitions;
  /// A DMN file, or a definition with decisions of its own: `decisions` holds what it says.
  bool has_decisions = false;
  weir::dmn::Definitions decisions;
  /// A .form file.
  bool has_form = false;
  model::Form form;
};

/// Sniffs the format of `bytes` (any encoding the XML declaration or a byte order mark names), adds its text
/// to `sources` as UTF-8 and reads it. What is wrong goes to `diagnostics`; the rest of the model is still
/// returned.
ReadResult read(std::string name, std::string bytes, SourceMap& sources, Diagnostics& diagnostics);

}  // namespace weir::formats
