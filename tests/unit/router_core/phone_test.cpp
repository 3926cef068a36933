#include "router/core/phone.hpp"

#include <catch2/catch.hpp>

using bannette::router::e164;
using bannette::router::Phone;
using bannette::router::read_phone;

TEST_CASE("one key per telephone number") {
  struct Row {
    std::string_view typed, key;
  };
  for (const auto& [typed, key] : {Row{"0612345678", "+33612345678"},
                                   Row{"06 12 34 56 78", "+33612345678"},
                                   Row{"06.12.34.56.78", "+33612345678"},
                                   Row{"06-12/34 56 78", "+33612345678"},
                                   Row{"+33 6 12 34 56 78", "+33612345678"},
                                   Row{"+33 (0)6 12 34 56 78", "+33612345678"},
                                   Row{"0033612345678", "+33612345678"},
                                   Row{"00 33 (0) 320 12 34 56", "+33320123456"},
                                   Row{"+330612345678", "+33612345678"},
                                   Row{"33612345678", "+33612345678"},
                                   Row{"612345678", "+33612345678"},
                                   Row{"03 20 12 34 56", "+33320123456"},
                                   Row{"0262 12 34 56", "+262262123456"},
                                   Row{"0692123456", "+262692123456"},
                                   Row{"0590 12 34 56", "+590590123456"},
                                   Row{"0694123456", "+594694123456"},
                                   Row{"0696123456", "+596696123456"},
                                   Row{"+262 692 12 34 56", "+262692123456"},
                                   Row{"+32 56 12 34 56", "+3256123456"},
                                   Row{"0032 475 12 34 56", "+32475123456"},
                                   Row{"+1 202 555 0143", "+12025550143"},
                                   Row{"(+33) 6 12 34 56 78", "+33612345678"},
                                   Row{"00 33 06 12 34 56 78", "+33612345678"},
                                   Row{"06\u201012\u201334\u202F56 78", "+33612345678"},
                                   Row{"06\t12\t34\t56\t78", "+33612345678"},
                                   Row{"0800 12 34 56", "+33800123456"},
                                   Row{"09 72 12 34 56", "+33972123456"},
                                   Row{"07 00 00 00 01", "+33700000001"},
                                   Row{"0269 61 23 45", "+262269612345"},
                                   Row{"0639 12 34 56", "+262639123456"},
                                   Row{"0263 12 34 56", "+262263123456"},
                                   Row{"0693 12 34 56", "+262693123456"},
                                   Row{"0690 12 34 56", "+590690123456"},
                                   Row{"0691 12 34 56", "+590691123456"},
                                   Row{"0594 12 34 56", "+594594123456"},
                                   Row{"0596 12 34 56", "+596596123456"},
                                   Row{"0697 12 34 56", "+596697123456"},
                                   Row{"0508 41 23 45", "+508412345"},
                                   Row{"0708 12 34 56", "+508708123456"},
                                   Row{"+508 41 23 45", "+508412345"},
                                   Row{"00 508 41 23 45", "+508412345"},
                                   Row{"+508 0508 41 23 45", "+508412345"},
                                   Row{"+33 262 12 34 56", "+262262123456"},
                                   Row{"+262 0262 12 34 56", "+262262123456"},
                                   Row{"+262 (0)262 12 34 56", "+262262123456"},
                                   Row{"+590 690 12 34 56", "+590690123456"},
                                   Row{"+594 694 12 34 56", "+594694123456"},
                                   Row{"00596 696 12 34 56", "+596696123456"},
                                   Row{"+687 12 34 56", "+687123456"},
                                   Row{"+689 40 12 34 56", "+68940123456"},
                                   Row{"00 689 87 12 34 56", "+68987123456"},
                                   Row{"+681 12 34 56", "+681123456"},
                                   Row{"+32 (0)56 12 34 56", "+3256123456"},
                                   Row{"+32 056/12.34.56", "+3256123456"},
                                   Row{"00 32 (0)475 12 34 56", "+32475123456"},
                                   Row{"+44 (0)20 7946 0123", "+442079460123"},
                                   Row{"+49 030 123456", "+4930123456"},
                                   Row{"+39 06 1234 5678", "+390612345678"},
                                   Row{"+212 0612 34 56 78", "+212612345678"},
                                   Row{"+213 5 51 23 45 67", "+213551234567"},
                                   Row{"+40 712 345 678", "+40712345678"},
                                   Row{"06\u00A012\u00A034\u00A056\u00A078", "+33612345678"}}) {
    CAPTURE(typed);
    CHECK(e164(typed) == std::string(key));
  }
}

TEST_CASE("what is no number has no key") {
  for (const auto typed : {"",
                           "masqué",
                           "inconnu",
                           "anonyme",
                           "115",
                           "3919",
                           "17",
                           "06123",
                           "061234567",
                           "06123456789",
                           "+",
                           "00",
                           "++33612345678",
                           "0000000000",
                           "+3361234",
                           "+1234567890123456",
                           "06 12 34 56 78 ou 79",
                           "tel: 0612345678",
                           "0612345678<script>",
                           "😀",
                           "+0612345678"}) {
    CAPTURE(typed);
    CHECK_FALSE(e164(typed));
  }
  CHECK_FALSE(e164(std::string(10'000, '0')));
}

TEST_CASE(
    "a number that is hidden, however that is written, is told from none, a short one and what cannot be "
    "read") {
  using enum Phone::Kind;
  for (const auto typed : {"masqué",
                           "MASQUÉ",
                           "Numéro masqué",
                           "n° masqué",
                           "num. masque",
                           "appel masqué",
                           "anonyme",
                           "Anonyme",
                           "ANONYME.",
                           "appelant anonyme",
                           "privé",
                           "Numéro privé",
                           "num privé",
                           "inconnu",
                           "Inconnue",
                           "numéro inconnu",
                           "tél. inconnu",
                           "caché",
                           "secret",
                           "confidentiel",
                           "non communiqué",
                           "refusé",
                           "Anonymous",
                           "anonymous@anonymous.invalid",
                           "Private Number",
                           "Unknown caller ID",
                           "withheld",
                           "Restricted",
                           "unavailable",
                           "masque\xCC\x81",
                           "masquÃ©",
                           "0000000000",
                           "NP"}) {
    CAPTURE(typed);
    CHECK(read_phone(typed) == Phone{withheld, {}});
  }
  for (const auto typed : {"15", "17", "112", "119", "115", "3919", "39 77", "118 712"}) {
    CAPTURE(typed);
    CHECK(read_phone(typed) == Phone{short_number, {}});
  }
  for (const auto typed : {"06123", "061234567", "+3361234", "06 12 34 56 78 ou 79", "voir fiche",
                           "Mme Inconnu Paul", "<script>", "'; DROP TABLE", "😀", "+", "1"}) {
    CAPTURE(typed);
    CHECK(read_phone(typed) == Phone{unreadable, {}});
  }
  CHECK(read_phone("") == Phone{none, {}});
  CHECK(read_phone("  -- ") == Phone{none, {}});
  CHECK(read_phone("06 12 34 56 78") == Phone{number, "+33612345678"});
  CHECK(read_phone(std::string(10'000, 'x')).kind == unreadable);
}
