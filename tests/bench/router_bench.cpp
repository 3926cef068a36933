// ./dev bench router: figures, never a pass or a failure. JSON on stdout, a table for people on stderr.
#include <iostream>

#include <CLI/CLI.hpp>

#include "tests/bench/router_measures.hpp"

int main(int argc, char** argv) {
  CLI::App app("Figures of the router: decisions");
  std::string site = BANNETTE_SITE;
  int rounds = 3;
  app.add_option("--config", site, "a site whose notes are in notes/")->check(CLI::ExistingDirectory);
  app.add_option("--rounds", rounds, "over all notes (3)")->check(CLI::Range(1, 1000));
  CLI11_PARSE(app, argc, argv);
  try {
    boost::json::object figures;
    figures["decisions"] = bannette::bench::measure_decisions(site, rounds);
    std::cout << boost::json::serialize(figures) << '\n';
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
