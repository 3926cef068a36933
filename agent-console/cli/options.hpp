// Subcommands, and their options with their BANNETTE_* environment variables (BANNETTE_SERVER_KEY for
// --server-key).
#pragma once
#include <cctype>
#include <cstdlib>
#include <functional>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>

#include "agent-console/cli/connection.hpp"

namespace bannette::console {

using Run = std::function<int()>;

// What was chosen on the command line, to be run after parsing.
struct Chosen {
  Run run;
};

inline void on_chosen(CLI::App& sub, Chosen& chosen, Run run) {
  sub.parse_complete_callback([&chosen, run = std::move(run)] { chosen.run = run; });
}

// Options and environment variables are read only for the subcommand that was asked for, each with options
// of its own: a variable that another one knows must never reach what was written out for this one.
inline CLI::App& command(CLI::App& app, const char* name, const char* help, Chosen& chosen, Run run) {
  CLI::App& sub = *app.add_subcommand(name, help);
  on_chosen(sub, chosen, std::move(run));
  return sub;
}

inline std::string variable_of(const CLI::Option& option) {
  std::string variable = "BANNETTE_" + option.get_lnames().front();
  for (char& c : variable)
    c = c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return variable;
}

// A long option with its environment variable.
template <class T>
CLI::Option* option(CLI::App& app, const std::string& names, T& value, const std::string& help) {
  auto* added = app.add_option(names, value, help);
  return added->envname(variable_of(*added));
}

inline CLI::Option* flag(CLI::App& app, const std::string& names, bool& value, const std::string& help) {
  auto* added = app.add_flag(names, value, help);
  return added->envname(variable_of(*added));
}

// One of two options, for choose_one(): the variable is shown, and read there.
template <class T>
CLI::Option* alternative(CLI::App& app, const std::string& names, T& value, const std::string& help) {
  auto* added = app.add_option(names, value, help);
  return added->description(help + " (variable:" + variable_of(*added) + ")");
}

// Exactly one of them, or wrong use that says `instead`. Both by variables only would be a guess.
template <class A, class B>
void choose_one(const CLI::Option& first, A& first_value, const CLI::Option& second, B& second_value,
                const std::string& instead) {
  const auto read = [](const CLI::Option& from, auto& into) {
    if (const char* text = std::getenv(variable_of(from).c_str())) into = text;
  };
  if (first.count() == 0 && second.count() == 0) {
    read(first, first_value);
    read(second, second_value);
  }
  if (first_value.empty() == second_value.empty()) throw WrongUse(instead);
}

}  // namespace bannette::console
