#include "cli/world/disk.hpp"

#include <unistd.h>

#include <fstream>

#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

using namespace weir::cli;
namespace fs = std::filesystem;

namespace {

/// A new folder below the build folder with these files in it.
fs::path folder(const std::string& name, std::initializer_list<std::pair<const char*, const char*>> files) {
  const fs::path root = weir::test::binary_dir() / "disk_test" / name;
  fs::remove_all(root);
  fs::create_directories(root /
                         ".git");  // the top of a repository: the project's own .gitignore does not count
  for (const auto& [path, text] : files) {
    fs::create_directories((root / path).parent_path());
    std::ofstream(root / path) << text;
  }
  return root;
}

std::vector<std::string> found(const fs::path& root, const world::Inputs& inputs) {
  std::vector<std::string> paths;
  for (const world::Input& each : inputs.files)
    paths.push_back(fs::path(each.path).lexically_relative(root).string());
  return paths;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("directories are searched for definitions, in the order of names") {
  const fs::path root = folder("walk", {{"b.bpmn", ""},
                                        {"a/z.bpmn20.xml", ""},
                                        {"a/y.dmn", ""},
                                        {"c.bpmn2", ""},
                                        {"plain.xml", ""},
                                        {"ours.toml", "# a comment\n\nweir = 1\n"},
                                        {"theirs.toml", "weird = 1\n"},
                                        {".bpmn", ""},
                                        {"z/deep/er/x.bpmn", ""}});
  const world::Inputs inputs = world::find_inputs({root.string()});
  CHECK(inputs.errors.empty());
  CHECK(found(root, inputs) ==
        Paths{"a/y.dmn", "a/z.bpmn20.xml", "b.bpmn", "c.bpmn2", "ours.toml", "z/deep/er/x.bpmn"});
  CHECK_FALSE(inputs.files.front().named);
}

TEST_CASE("what ignore files exclude is not seen, unless it is named") {
  const fs::path root = folder("ignore", {{".gitignore", "*.tmp.bpmn\n/old/\n"},
                                          {"a.bpmn", ""},
                                          {"a.tmp.bpmn", ""},
                                          {"old/b.bpmn", ""},
                                          {"sub/old/c.bpmn", ""},
                                          {"sub/d.tmp.bpmn", ""},
                                          {"sub/.gitignore", "!d.tmp.bpmn\n"},
                                          {"sub/.weirignore", "e.bpmn\n"},
                                          {"sub/e.bpmn", ""}});
  CHECK(found(root, world::find_inputs({root.string()})) ==
        Paths{"a.bpmn", "sub/d.tmp.bpmn", "sub/old/c.bpmn"});
  CHECK(found(root, world::find_inputs({root / "old", root / "a.tmp.bpmn"})) ==
        Paths{"old/b.bpmn", "a.tmp.bpmn"});
  // Ignore files above the named directory hold too.
  CHECK(found(root, world::find_inputs({(root / "sub").string()})) ==
        Paths{"sub/d.tmp.bpmn", "sub/old/c.bpmn"});
}

TEST_CASE("patterns that the shell did not expand") {
  const fs::path root = folder("glob", {{"a.bpmn", ""}, {"x/b.bpmn", ""}, {"x/c.xml", ""}});
  CHECK(found(root, world::find_inputs({root / "**" / "*.bpmn"})) == Paths{"a.bpmn", "x/b.bpmn"});
  CHECK(found(root, world::find_inputs({root / "x" / "*"})) == Paths{"x/b.bpmn", "x/c.xml"});
  CHECK(world::find_inputs({root / "*.dmn"}).errors.size() == 1);
  CHECK(world::find_inputs({root / "none" / "*.bpmn"}).errors.size() == 1);
}

TEST_CASE("each file comes once, and what is missing is said") {
  const fs::path root = folder("once", {{"a.bpmn", ""}, {"empty/readme.txt", ""}});
  const std::string a = root / "a.bpmn";
  const world::Inputs inputs = world::find_inputs({a, a, root / "b.bpmn", root / "empty", a + "/x"});
  CHECK(inputs.files.size() == 1);
  CHECK(inputs.files[0].named);
  REQUIRE(inputs.errors.size() == 3);
  CHECK(inputs.errors[0].find("No such file") != std::string::npos);
  CHECK(inputs.errors[1].find("holds no BPMN") != std::string::npos);
  CHECK(inputs.errors[2].find("Not a directory") != std::string::npos);
}

TEST_CASE("what belongs with a folder is the same for all files of it") {
  const fs::path root = folder("around", {{"weir.toml", "weir = 1\n"},
                                          {"a/p.bpmn", ""},
                                          {"a/q.bpmn", ""},
                                          {"f.form", "{}"},
                                          {"theirs.form", "<form/>"}});
  const auto paths = [&](const std::vector<world::Input>& files) {
    Paths out;
    for (const world::Input& each : files)
      out.push_back(fs::path(each.path).lexically_relative(root).string());
    return out;
  };
  CHECK(world::folder_of("p.bpmn") == ".");
  CHECK(world::folder_of("a/p.bpmn") == "a/");
  CHECK(paths(world::find_around(root / "a/")) == Paths{"a/p.bpmn", "a/q.bpmn", "f.form", "weir.toml"});
  CHECK(paths(world::find_neighbours(root / "a/./p.bpmn")) == Paths{"a/q.bpmn", "f.form", "weir.toml"});
}

TEST_CASE("symbolic links to directories are not followed, those to files are") {
  const fs::path root = folder("links", {{"a/a.bpmn", ""}});
  fs::create_directory_symlink(root / "a", root / "a" / "again");
  fs::create_symlink(root / "a" / "a.bpmn", root / "b.bpmn");
  CHECK(found(root, world::find_inputs({root.string()})) == Paths{"a/a.bpmn", "b.bpmn"});
}

TEST_CASE("files are read as they are") {
  const fs::path root = folder("read", {{"a.bpmn", "one\r\ntwo"}, {"empty.bpmn", ""}});
  CHECK(*world::read_file(root / "a.bpmn") == "one\r\ntwo");
  CHECK(world::read_file(root / "empty.bpmn")->empty());
  CHECK_FALSE(world::read_file(root / "none.bpmn"));
  CHECK_FALSE(world::read_file(root.string()));            // a directory
  CHECK(world::read_file("/proc/self/stat")->size() > 9);  // its size is said to be 0
}

TEST_CASE("a directory that cannot be listed is an error") {
  if (::geteuid() == 0) return;  // root may list everything
  const fs::path root = folder("closed", {{"a.bpmn", ""}, {"shut/b.bpmn", ""}});
  fs::permissions(root / "shut", fs::perms::none);
  const world::Inputs inputs = world::find_inputs({root.string()});
  fs::permissions(root / "shut", fs::perms::owner_all);
  CHECK(inputs.files.size() == 1);
  CHECK(inputs.errors.size() == 1);
}
