// The scrubber on the sample's training notes, whose people are invented: no name is left, and little else
// goes.
#include <filesystem>
#include <fstream>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "router/core/scrub.hpp"
#include "tests/unit/router_config/sample_site.hpp"

using namespace bannette::router;

namespace {

std::vector<std::string> notes() {
  std::vector<std::string> all;
  for (const auto& entry : std::filesystem::directory_iterator(test::sample_folder() / "notes")) {
    if (entry.path().extension() != ".jsonl") continue;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);)
      all.emplace_back(boost::json::parse(line).at("note").as_string());
  }
  return all;
}

// "Mme Vandeputte", "monsieur Six": each title with the capitalised word behind it.
std::vector<std::string> behind_titles(const std::string& note) {
  std::vector<std::string> all;
  const Words words = words_of(note);
  for (std::size_t at = 0; at + 1 < words.list.size(); ++at) {
    const auto& title = words.list[at];
    const auto& name = words.list[at + 1];
    const bool is_title = title.text == "mme" || title.text == "madame" || title.text == "monsieur" ||
                          title.text == "mr" || title.text == "mlle";
    if (!is_title || name.end - name.begin < 4 || !scrubbing::is_capitalised(words, at + 1)) continue;
    const char second = words.text[name.begin + 1];
    if (second >= 'A' && second <= 'Z') continue;  // "Mr BRSA", "mme CHUCHOTE": shouted, not named
    all.push_back(words.text.substr(title.begin, name.end - title.begin));
  }
  return all;
}

}  // namespace

TEST_CASE("nobody of the training notes is left in them, and few other words go") {
  const Scrubber scrubber(test::sample_site());
  std::size_t words = 0, marks = 0;
  std::string all;
  for (const auto& note : notes()) {
    const std::string left = scrubber.scrub(note);
    words += words_of(note).list.size();
    for (const auto& who : behind_titles(note)) {
      CAPTURE(note);
      CHECK(left.find(who) == std::string::npos);
    }
    for (auto at = left.find('['); at != std::string::npos; at = left.find('[', at + 1)) ++marks;
    all += left + "\n";
  }
  REQUIRE(words > 50'000);
  for (const char* name : {"Vandeputte",    "Ginette",
                           "Delbecque",     "Lepers",
                           "Verhaeghe",     "Olszewski",
                           "Traoré",        "Ndiaye",
                           "Kaddour",       "Bouzidi",
                           "Haddad",        "Karine",
                           "Sidiki",        "Mamadou",
                           "Kylian",        "Yanis",
                           "Sandrine",      "Van den Bossche",
                           "Fauquembergue", "Nowak",
                           "Dhaene",        "Bécu",
                           "Prévost",       "Fiévet",
                           "Madame Six",    "Monsieur Carette",
                           "dubrulle",      "06 39",
                           "03 53",         "zéro trois cinquante",
                           "86 boulevard",  "jules guesde"}) {
    CAPTURE(name);
    CHECK(all.find(name) == std::string::npos);
  }
  CHECK(marks > 150);
  CHECK(marks * 40 < words);  // most of these notes, the lists of words have never seen
}
