// ./dev bench: figures, never a pass or a failure. JSON on stdout, a table for people on stderr.
#include <iostream>
#include <string>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <sodium.h>
#include <spdlog/spdlog.h>

#include "tests/bench/compare.hpp"
#include "tests/bench/intake.hpp"
#include "tests/bench/million.hpp"

using namespace bannette;
namespace fs = std::filesystem;

namespace {

// A folder of this run on the disk that is to be measured; removed at the end.
struct Scratch {
  explicit Scratch(const std::string& under)
      : path(fs::path(under) / ("bench-" + std::to_string(::getpid()))) {
    fs::create_directories(path);
    path = fs::canonical(path);
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  fs::path path;
};

}  // namespace

int main(int argc, char** argv) {
  if (sodium_init() < 0) return 1;
  spdlog::set_level(spdlog::level::warn);
  CLI::App app("Figures of the queue, side by side with what people would use instead");
  app.require_subcommand(0, 1);
  std::string folder = "build";
  bench::Compare how;
  std::int64_t dossiers = 1'000'000;
  app.add_option("--folder", folder, "where: its disk is measured (build)")->check(CLI::ExistingDirectory);
  app.add_subcommand("compare", "submissions, cycles, a human pace, and the ratios (the default)");
  app.add_option("--runs", how.runs, "interleaved runs; medians are told (3)")->check(CLI::Range(1, 100));
  app.add_option("--scale", how.scale, "of the number of requests of a run (1)")
      ->check(CLI::Range(0.01, 100.0));
  app.add_option("--only", how.only, "measures whose name contains this: submit-64, cycles, paced ...");
  app.add_option("--systems", how.systems, "of bannette,bannette-inproc,redis,postgresql");
  const auto* million = app.add_subcommand("million", "very many open dossiers: memory, disk, start, drain");
  app.add_option("--dossiers", dossiers, "how many (1000000)")->check(CLI::Range(1'000, 4'000'000));
  const auto* whole =
      app.add_subcommand("intake", "a call over HTTP to its durable receipt, beside a bare Beast echo");
  const auto* serve = app.add_subcommand("serve", "")->group("");
  app.fallthrough();
  for (auto* each : app.get_subcommands({})) each->fallthrough();
  CLI11_PARSE(app, argc, argv);
  try {
    if (serve->parsed()) bench::serve(folder);
    const Scratch scratch(folder);
    const auto figures =
        whole->parsed() ? bench::intake(scratch.path, {BANNETTE_PROGRAM, BANNETTE_SITE, how.runs, how.scale})
        : million->parsed() ? bench::million(fs::canonical("/proc/self/exe").string(), scratch.path, dossiers)
                            : bench::compare(scratch.path, how);
    std::cout << boost::json::serialize(figures) << '\n';
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
