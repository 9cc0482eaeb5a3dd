// Document first, then the typed arrays, then the references between them.
#include "formats/bpmn/reader.hpp"

#include "formats/bpmn/context.hpp"
#include "formats/bpmn/dialects/dialects.hpp"
#include "formats/bpmn/document_builder.hpp"

namespace weir::formats::bpmn {

using model::ElementId;
using model::ElementKind;
using model::Namespace;

namespace {

void read_root(model::Definitions& model) {
  const model::Document& document = model.document;
  constexpr ElementId root{0};
  model.id = trim(document.value(root, "id"));
  model.name = document.value(root, "name");
  model.target_namespace = trim(document.value(root, "targetNamespace"));
  model.expression_language = trim(document.value(root, "expressionLanguage"));
  if (const model::Attribute* found = document.attribute(root, Namespace::modeler, "executionPlatform"))
    model.execution_platform = trim(found->value);
  if (const model::Attribute* found =
          document.attribute(root, Namespace::modeler, "executionPlatformVersion"))
    model.execution_platform_version = trim(found->value);
}

}  // namespace

bool read(std::string_view text, FileId file, const XmlFacts& facts, std::string_view read_as_bpmn,
          model::Definitions& model, Diagnostics& diagnostics) {
  model.file = file;
  if (!build_document(text, file, facts, read_as_bpmn, model.document, diagnostics)) return false;
  read_root(model);
  model.dialect = dialects::detect(model);
  Context context(model, diagnostics);
  collect(context);
  resolve(context);
  perform_global_tasks(context);
  dialects::fill_data(context);
  dialects::fill_embedded_forms(model);
  dialects::list_ignored(model);
  check_references(context);
  context.report_omitted();
  return true;
}

}  // namespace weir::formats::bpmn
