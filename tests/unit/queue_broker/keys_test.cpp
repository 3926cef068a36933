// The ring of keys sees each change, also one that leaves the folder's time as it was.
#include "queue/broker/keys.hpp"

#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>

using namespace bannette;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path;
  Folder() {
    std::string name = (fs::temp_directory_path() / "bannette-keys-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
};

}  // namespace

TEST_CASE("A key that comes within one tick of the file system's clock is seen") {
  const Folder folder;
  const auto first = broker::new_key_pair(), second = broker::new_key_pair();
  REQUIRE(broker::add_key(folder.path, "unit:est", first.public_key).has_value());
  struct stat before{};
  REQUIRE(::stat((folder.path / "keys").c_str(), &before) == 0);
  broker::KeyRing ring(folder.path);
  REQUIRE(ring.principal_of(first.public_key) == "unit:est");

  REQUIRE(broker::add_key(folder.path, "unit:ouest", second.public_key).has_value());
  const timespec times[2]{before.st_atim, before.st_mtim};
  REQUIRE(::utimensat(AT_FDCWD, (folder.path / "keys").c_str(), times, 0) == 0);
  CHECK(ring.refresh());
  CHECK(ring.principal_of(second.public_key) == "unit:ouest");
}

TEST_CASE("A folder that has long been as it is is not read again") {
  const Folder folder;
  REQUIRE(broker::add_key(folder.path, "unit:est", broker::new_key_pair().public_key).has_value());
  const timespec long_ago[2]{{1'000'000, 0}, {1'000'000, 0}};
  REQUIRE(::utimensat(AT_FDCWD, (folder.path / "keys").c_str(), long_ago, 0) == 0);
  broker::KeyRing ring(folder.path);
  CHECK_FALSE(ring.refresh());
}
