// One place for the version text.
namespace weir::cli {
const char* version() { return WEIR_VERSION; }
}  // namespace weir::cli
