// Lets FEEL's `from json` and `to json` use our reader and writer.
#pragma once

namespace weir::formats::json {

/// Once, before other threads begin.
void teach_feel();

}  // namespace weir::formats::json
