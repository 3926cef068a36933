#include "router/core/text.hpp"

#include <catch2/catch.hpp>

using namespace bannette::router;

namespace {

std::string joined(std::string_view text) {
  std::string out;
  for (const auto& word : words_of(text).list) out += (out.empty() ? "" : " ") + word.text;
  return out;
}

}  // namespace

TEST_CASE("folding makes typed names comparable") {
  struct Row {
    std::string_view typed, folded;
  };
  for (const auto& [typed, folded] :
       {Row{"Saint-André-lez-Lille", "saint andre lez lille"},
        Row{"  MARCQ   en Barœul ", "marcq en baroeul"}, Row{"L'Orée de Mormal", "l oree de mormal"},
        Row{"Ærø ß Ł", "aero ss l"}, Row{"e\u0301te\u0301", "ete"},  // combining accents
        Row{"ﬁle ２０", "file 20"},                                  // compatibility forms
        Row{"", ""}, Row{" \t\n ", ""}, Row{"😀🏠", ""}, Row{"a\u0000b", "a"},
        Row{"<b>x</b>'; --", "b x b"}}) {
    CAPTURE(typed);
    CHECK(fold(typed) == folded);
  }
}

TEST_CASE("text that went through the wrong code page is repaired") {
  struct Row {
    std::string_view typed, meant;
  };
  for (const auto& [typed, meant] :
       {Row{"Ã©lectricitÃ©", "électricité"}, Row{"Ã  Lille", "à Lille"}, Row{"BarÅ“ul", "Barœul"},
        Row{"l\xE2\x80\x99\xC3\xA9t\xC3\xA9", "l’été"}, Row{"\xE9t\xE9", "été"},  // Windows-1252 bytes
        Row{"\x80 5", "€ 5"}, Row{"São Ã", "São Ã"},                              // not mojibake: kept
        Row{"a\x01\x1F\x7F"
            "b",
            "a   b"},
        Row{"a\u200Bb\uFEFF", "a b "}}) {
    CAPTURE(typed);
    CHECK(clean(typed) == meant);
  }
}

TEST_CASE("words, clauses and numbers") {
  CHECK(joined("J'ai 18a, l'aide-ménagère") == "j ai 18 a l aide menagere");
  CHECK(joined("quatre-vingt-six ans et dix-huit, vingt et un") == "86 ans et 18 21");
  CHECK(joined("soixante-douze quatre vingt treize septante-deux") == "72 93 72");
  CHECK(joined("deux cent dix euros, mille euros, cent quatre-vingts") == "210 euros 1000 euros 180");
  CHECK(joined("deux trois enfants, un an, une fille") == "2 3 enfants un an une fille");
  CHECK(joined("le 06 12 34") == "le 06 12 34");
  const auto words = words_of("Il crie, mme. Durand a peur. Elle part").list;
  CHECK(words[0].clause == 0);
  CHECK(words[2].clause == 1);
  CHECK(words[3].sentence == 1);  // a capital after the point: it may be a sentence
  CHECK(words.back().sentence == 2);
  CHECK(words_of("18 ans").list[0].number == 18);
  CHECK(words_of("123456").list[0].number == -1);
}

TEST_CASE("positions point into the cleaned text") {
  const auto words = words_of("Très âgée, quatre-vingt-six ans");
  const auto& age = words.list[2];
  CHECK(age.text == "86");
  CHECK(words.text.substr(age.begin, age.end - age.begin) == "quatre-vingt-six");
}

TEST_CASE("hostile texts are read in bounds") {
  CHECK(words_of(std::string(10'000, 'a')).list.size() == 1);
  CHECK(clean(std::string(50'000, 'x')).size() == text_max);
  std::string marks = "e";
  for (int i = 0; i < 5'000; ++i) marks += "\u0301";
  CHECK(fold(marks).substr(0, 1) == "e");
  std::string every;
  for (int byte = 0; byte < 256; ++byte) every += static_cast<char>(byte);
  CHECK_NOTHROW(words_of(every));
  CHECK(bannette::cut("été", 2) == "é");
  CHECK(bannette::cut("été", 1).empty());
  CHECK(bannette::cut("abc", 9) == "abc");
}
