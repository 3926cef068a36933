#include "agent-console/cli/demo.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <iostream>
#include <random>
#include <thread>
#include <vector>

#include <boost/json.hpp>

#include "agent-console/cli/connection.hpp"
#include "agent-console/cli/http_client.hpp"
#include "queue/system/random.hpp"

namespace bannette::console {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using Clock = std::chrono::steady_clock;

constexpr int kKeystrokes = 4;  // looks at the proposal while a note is typed

struct Note {
  std::string note, commune, address;
};

std::string member(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->as_string()) : std::string{};
}

std::vector<Note> read_notes(const fs::path& from) {
  std::vector<fs::path> files;
  if (fs::is_directory(from)) {
    for (const auto& entry : fs::directory_iterator(from))
      if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
  } else {
    files.push_back(from);
  }
  std::sort(files.begin(), files.end());
  std::vector<Note> notes;
  for (const auto& file : files) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
      boost::system::error_code error;
      const json::value value = json::parse(line, error);
      if (error || !value.is_object()) continue;
      const auto& object = value.as_object();
      notes.push_back({member(object, "note"), member(object, "commune"), member(object, "address")});
    }
  }
  if (notes.empty()) throw WrongUse("--notes : aucune note dans " + from.string());
  return notes;
}

// Invented people, with numbers that Arcep keeps for fiction (06 39 98 00 00 to 06 39 98 99 99, decision
// 2018-0881).
json::object invented_caller(std::mt19937& random) {
  static constexpr std::array first{"Nadia", "Karim",  "Lucie",   "Bernard", "Fatou",
                                    "Hugo",  "Maryse", "Youssef", "Élodie",  "Jean-Paul"};
  static constexpr std::array last{"Delattre", "Benali", "Vanhoutte", "Diallo", "Lefebvre",
                                   "Moreau",   "Dubois", "Haddad",    "Petit",  "Carlier"};
  const auto one_of = [&](const auto& from) {
    return std::string(from[std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(random)]);
  };
  const int tail = std::uniform_int_distribution<int>(0, 9999)(random);
  std::string digits = std::to_string(10'000 + tail).substr(1);
  return {{"name", one_of(first) + " " + one_of(last)},
          {"phone", "06 39 98 " + digits.substr(0, 2) + " " + digits.substr(2)}};
}

// As much of the text as is typed by then, never within a character.
std::string typed(const std::string& text, int step) {
  auto end = text.size() * static_cast<std::size_t>(step) / kKeystrokes;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return text.substr(0, end);
}

void log_in(HttpClient& client, const DemoOptions& options) {
  const auto answer =
      client.post("/api/v1/login", {{"name", options.name}, {"password", options.password}}, {});
  if (answer.status != 200)
    throw Refused("not_authenticated", "--name", "La connexion a été refusée : " + answer.body);
  client.page_token(std::string(boost::json::parse(answer.body).at("csrf").as_string()));
}

void call_comes_in(HttpClient& client, const Note& note, std::mt19937& random, Clock::duration typing,
                   std::ostream& out) {
  client.post("/api/v1/me/active", {{"ago_s", 0}}, {});  // keys, as those of a person, keep the session
  for (int step = 1; step <= kKeystrokes; ++step) {
    client.post("/api/v1/classify",
                {{"note", typed(note.note, step)}, {"commune", note.commune}, {"address", note.address}}, {});
    std::this_thread::sleep_for(typing / kKeystrokes);
  }
  const auto answer = client.post("/api/v1/requests",
                                  {{"note", note.note},
                                   {"commune", note.commune},
                                   {"address", note.address},
                                   {"caller", invented_caller(random)}},
                                  to_string(system::new_uuid7()));
  boost::system::error_code error;
  const json::value value = json::parse(answer.body, error);
  const json::object told = !error && value.is_object() ? value.as_object() : json::object{};
  if (answer.status == 201)
    out << member(told, "reference") << "  " << member(told, "bannette") << std::endl;
  else
    out << answer.status << "  " << member(told, "code") << std::endl;
}

}  // namespace

int run_demo(const DemoOptions& options, std::ostream& out, std::ostream& err) {
  if (options.per_hour < 1 || options.per_hour > 3'600) throw WrongUse("--per-hour va de 1 à 3600");
  std::vector<Note> notes = read_notes(options.notes);
  std::mt19937 random{std::random_device{}()};
  std::shuffle(notes.begin(), notes.end(), random);
  HttpClient client(options.http);
  log_in(client, options);
  const Clock::duration between = std::chrono::milliseconds{3'600'000 / options.per_hour};
  auto next = Clock::now();
  for (std::size_t i = 0; out && (options.calls == 0 || i < options.calls); ++i) {
    try {
      call_comes_in(client, notes[i % notes.size()], random, between / 2, out);
      if (client.logged_out()) log_in(client, options);
    } catch (const boost::system::system_error& error) {
      err << "erreur : " << error.what() << '\n';
      return 1;
    }
    next += between;
    std::this_thread::sleep_until(next);
  }
  return 0;
}

}  // namespace bannette::console
