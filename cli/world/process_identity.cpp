#include "cli/world/process_identity.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace weir::cli::world {

namespace {

std::string boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  file >> id;
  return id;
}

std::string process_name(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::size_t close = text.rfind(')');
  if (close == std::string::npos) return {};
  std::string_view rest = std::string_view(text).substr(close + 1);
  // proc(5): fields from the third on follow the name; the 22nd is when the process began.
  for (int field = 3; field < 22 && !rest.empty(); ++field)
    rest.remove_prefix(std::min(rest.size(), rest.find(' ', 1)));
  if (!rest.empty()) rest.remove_prefix(1);
  return fmt::format("{} {} {}", pid, rest.substr(0, rest.find(' ')), boot_id());
}

}  // namespace

std::string this_process() {
  return process_name(::getpid());
}

bool is_alive(std::string_view owner) {
  const int pid = std::atoi(std::string(owner.substr(0, owner.find(' '))).c_str());
  return pid > 0 && process_name(pid) == owner;
}

}  // namespace weir::cli::world
