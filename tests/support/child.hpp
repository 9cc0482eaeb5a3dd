// Other processes of tests: started with arguments, killed at a moment, waited for.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace weir::test {

/// weir itself as another process, with nothing to read; what it writes is kept.
class Child {
 public:
  /// `environment`: NAME=value, beside ours.
  explicit Child(const std::vector<std::string>& arguments, const std::vector<std::string>& environment = {});
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  struct End {
    int code = -1;        // exit code; -1 = it was killed
    std::string written;  // both streams
  };
  End wait();
  /// Kills it after this time, unless it has ended by then.
  End kill_after(std::chrono::microseconds time);

 private:
  bool read_some(std::string& written);

  pid_t process_ = -1;
  int output_ = -1;
};

}  // namespace weir::test
