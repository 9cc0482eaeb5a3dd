#include "formats/json/feel.hpp"

#include "core/feel/json.hpp"
#include "formats/json/value.hpp"

namespace weir::formats::json {

void teach_feel() {
  feel::Json json;
  json.read = [](std::string_view text, value::Arena& arena) { return read(text, arena); };
  json.write = [](const value::Value& value) {
    Writer writer;
    write(writer, value);
    return std::string(writer.text());
  };
  feel::use_json(json);
}

}  // namespace weir::formats::json
