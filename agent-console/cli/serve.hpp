// `bannette serve`: queue, router and console in one process.
#pragma once
#include <filesystem>
#include <iosfwd>
#include <string>

namespace bannette::console {

struct ServeOptions {
  std::filesystem::path config;
  std::filesystem::path data;
  std::string http = "127.0.0.1:8080";
  std::string zmq = "tcp://127.0.0.1:5570";
  std::filesystem::path tls_cert;
  std::filesystem::path tls_key;
  bool behind_proxy = false;
  std::string public_url;  // of the console, as people reach it: for the links in webhooks. May be empty
  bool demo = false;
};

// Runs until SIGTERM or SIGINT, then drains. Exit 0; 1 when it could not start or had to stop; 2 for wrong
// use.
int run_serve(const ServeOptions& options, std::ostream& err);

}  // namespace bannette::console
