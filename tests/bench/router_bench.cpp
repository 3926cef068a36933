// ./dev bench router: figures, never a pass or a failure. JSON on stdout, a table for people on stderr.
#include <filesystem>
#include <iostream>

#include <unistd.h>

#include <CLI/CLI.hpp>

#include "tests/bench/figures.hpp"
#include "tests/bench/router_measures.hpp"

int main(int argc, char** argv) {
  CLI::App app("Figures of the router: decisions, territory");
  std::string site = BANNETTE_SITE;
  int rounds = 3;
  app.add_option("--config", site, "a site whose notes are in notes/")->check(CLI::ExistingDirectory);
  app.add_option("--rounds", rounds, "over all notes (3)")->check(CLI::Range(1, 1000));
  CLI11_PARSE(app, argc, argv);
  const auto scratch =
      std::filesystem::temp_directory_path() / ("bannette-bench-router-" + std::to_string(::getpid()));
  int status = 0;
  try {
    std::filesystem::create_directories(scratch);
    boost::json::object figures{{"machine", bannette::bench::machine(scratch)}};
    figures["decisions"] = bannette::bench::measure_decisions(site, rounds);
    figures["territory"] = bannette::bench::measure_territory(site, scratch);
    std::cout << boost::json::serialize(figures) << '\n';
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    status = 1;
  }
  std::error_code ignored;
  std::filesystem::remove_all(scratch, ignored);
  return status;
}
