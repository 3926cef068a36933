// The control of the power cut's test: loaded into the service (LD_PRELOAD), it opens the same journal with
// PRAGMA synchronous=OFF. No switch of the program does that.
#include <cstring>

#include <dlfcn.h>
#include <unistd.h>

struct sqlite3;
using Row = int (*)(void*, int, char**, char**);

extern "C" int sqlite3_exec(sqlite3* db, const char* sql, Row row, void* with, char** error) {
  static const auto real = reinterpret_cast<int (*)(sqlite3*, const char*, Row, void*, char**)>(
      ::dlsym(RTLD_NEXT, "sqlite3_exec"));
  if (std::strcmp(sql, "PRAGMA synchronous=FULL") != 0) return real(db, sql, row, with, error);
  constexpr char told[] = "control: PRAGMA synchronous=OFF\n";
  (void)!::write(2, told, sizeof told - 1);
  return real(db, "PRAGMA synchronous=OFF", row, with, error);
}
