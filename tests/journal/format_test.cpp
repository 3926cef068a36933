// What is kept for years: the bytes of a record, its checksum, its seals. The expected values were computed
// apart, with a few lines of Python (hashlib, struct), from queue/journal/README.md.
#include <catch2/catch.hpp>
#include <sodium.h>

#include "queue/codec/record.hpp"
#include "queue/codec/state.hpp"
#include "queue/journal/chain.hpp"
#include "queue/journal/dossier_seal.hpp"
#include "tests/journal/story.hpp"

#include "bannette/v1/record.pb.h"

using namespace bannette;
using namespace bannette::test;
using journal::to_hex;

namespace {

std::string hex(std::string_view bytes) {
  std::string text(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                 bytes.size());
  text.pop_back();
  return text;
}

template <std::size_t N>
std::string hex(const std::array<std::uint8_t, N>& bytes) {
  return hex(std::string_view(reinterpret_cast<const char*>(bytes.data()), N));
}

std::string from_hex(std::string_view text) {
  std::string bytes(text.size() / 2, '\0');
  sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(),
                 nullptr, nullptr, nullptr);
  return bytes;
}

std::string encoded(const Change& change) {
  std::string bytes;
  codec::encode_record(change, 3, bytes);
  return bytes;
}

v1::Record message(const Change& change) {
  v1::Record m;
  REQUIRE(m.ParseFromString(encoded(change)));
  return m;
}

bool newer(const std::string& bytes) {
  try {
    (void)codec::decode_record(bytes);
  } catch (const codec::BadRecord& e) {
    return e.newer;
  }
  FAIL("it was decoded");
  return false;
}

seal::Key counting_key() {
  seal::Key key;
  for (std::size_t i = 0; i < key.bytes.size(); ++i) key.bytes[i] = static_cast<std::uint8_t>(i);
  return key;
}

}  // namespace

TEST_CASE("The chain's checksums are those of the specification") {
  const auto genesis = journal::genesis("essai");
  CHECK(to_hex(genesis) == "cb7c3f8f0d995852e4a2d1008f07c8e6355db142f35c4c20ce10931c29e697b9");
  const auto first = journal::next_hash(genesis, 1, 7, "corps", "scelle");
  CHECK(to_hex(first) == "be4e4ac063af4b533aa4b5431854544c2c66ffc77eb8b64aa26c4dfc24fdbe89");
  CHECK(to_hex(journal::next_hash(first, (1ULL << 40) + 3, 1ULL << 33, "", "")) ==
        "16b8c5844f34ba0d444dbc2c923d42a2e0a7b7f7b642d815ffc787b304589ea2");
}

TEST_CASE("Moving a byte from body to sealed gives another checksum") {
  const auto genesis = journal::genesis("essai");
  CHECK(journal::next_hash(genesis, 1, 1, "ab", "c") != journal::next_hash(genesis, 1, 1, "a", "bc"));
  CHECK(journal::genesis("essai") != journal::genesis("essaj"));
}

TEST_CASE("Subkeys and contact hashes are those of the specification") {
  const auto master = counting_key();
  CHECK(hex(seal::subkey(master, seal::Use::wrap_dossier_keys).bytes) ==
        "a1a7a173a7256a929694eef2532b5e9736d716ff6303c4720553d11b449a54bc");
  CHECK(hex(seal::subkey(master, seal::Use::contact_hashes).bytes) ==
        "751ca145542885a54b05012c6a2b374a7c32c9b8e626a26727317b6a8391a8dc");
  CHECK(hex(seal::subkey(master, seal::Use::recognise_master).bytes) ==
        "0841dcb74c098644ab559ecc9aff7adbf221654176d0a593e3084e0cf34fa1bc");
  CHECK(hex(seal::subkey(master, seal::Use::derive_dossier_keys).bytes) ==
        "b950bbc04504a1afe62e02919714096dada8ba204e45a9f1479a46245f2eb46e");
  CHECK(hex(journal::DossierSeal(master, "essai").contact_hash("+33612345678")) ==
        "8da40820254ef518e9d4b9344f146f1a");
  CHECK(hex(seal::subkey(master, seal::Use::mark_erasures).bytes) ==
        "63b6fb6f3117624544691101b18f0d01f4e557ad820dbddb4e07536ce1909593");
  Uuid id;
  for (std::size_t i = 0; i < id.bytes.size(); ++i) id.bytes[i] = static_cast<std::uint8_t>(i);
  CHECK(hex(journal::DossierSeal(master, "essai").erasure_mark(7, id)) == "73f87138a7d63f842e7c359bf8a49735");
}

TEST_CASE("What was sealed opens only with its key, for its place, unchanged") {
  seal::start();
  const auto key = seal::random_key();
  journal::DossierSeal one(counting_key(), "essai");
  std::string sealed;
  one.seal(key, 5, 9, "secret", sealed);
  CHECK(sealed.size() == 6 + seal::overhead);
  CHECK(one.open(key, 5, 9, sealed) == "secret");
  CHECK_FALSE(one.open(seal::random_key(), 5, 9, sealed));
  CHECK_FALSE(one.open(key, 6, 9, sealed));
  CHECK_FALSE(one.open(key, 5, 10, sealed));
  CHECK_FALSE(journal::DossierSeal(counting_key(), "ailleurs").open(key, 5, 9, sealed));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] ^= 1;
    CHECK_FALSE(one.open(key, 5, 9, changed));
    CHECK_FALSE(one.open(key, 5, 9, std::string_view(sealed).substr(0, i)));
  }
  std::string again;
  one.seal(key, 5, 9, "secret", again);
  CHECK(again != sealed);  // a fresh nonce

  one.seal_first(key, 5, 9, "secret", sealed);
  CHECK(sealed.size() == 6 + seal::overhead_once);
  CHECK(one.open(key, 5, 9, sealed) == "secret");
  CHECK_FALSE(one.open(seal::random_key(), 5, 9, sealed));
  CHECK_FALSE(one.open(key, 6, 9, sealed));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] ^= 1;
    CHECK_FALSE(one.open(key, 5, 9, changed));
    CHECK_FALSE(one.open(key, 5, 9, std::string_view(sealed).substr(0, i)));
  }
}

TEST_CASE("A dossier's key comes from its row and the master key, and from nothing else") {
  seal::start();
  journal::DossierSeal one(counting_key(), "essai");
  const Uuid id{{1, 2, 3}};
  std::string kept, again;
  const auto key = one.make_key(5, id, kept);
  CHECK(kept.size() == 32);
  CHECK(one.key(5, id, kept)->bytes == key.bytes);
  CHECK(journal::DossierSeal(counting_key(), "essai").key(5, id, kept)->bytes == key.bytes);
  CHECK(one.make_key(5, id, again).bytes != key.bytes);  // a fresh secret
  CHECK(again != kept);
  CHECK_FALSE(one.key(6, id, kept));
  CHECK_FALSE(one.key(5, Uuid{{9}}, kept));
  CHECK_FALSE(one.key(5, id, ""));
  CHECK_FALSE(journal::DossierSeal(counting_key(), "ailleurs").key(5, id, kept));
  CHECK_FALSE(journal::DossierSeal(seal::random_key(), "essai").key(5, id, kept));
  for (std::size_t i = 0; i < kept.size(); ++i) {
    std::string changed = kept;
    changed[i] ^= 1;
    CHECK_FALSE(one.key(5, id, changed));
    CHECK_FALSE(one.key(5, id, std::string_view(kept).substr(0, i)));
  }
}

TEST_CASE("A dossier's key is that of the specification, of either version") {
  const auto counting = [](std::size_t size, int from) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(from + static_cast<int>(i));
    return bytes;
  };
  journal::DossierSeal one(counting_key(), "essai");
  const auto id = uuid_from_bytes(counting(16, 0));
  // bytes 0x40 to 0x57, and the first 8 of the sum's last
  const auto key = one.key(7, *id, counting(24, 0x40) + from_hex("7fb24f04a36b130a"));
  REQUIRE(key);
  CHECK(hex(key->bytes) == "18d3253bc63136df5ffab2a82a08147c2cb4e085ee9c38b0c98fce08adc25ce2");
  // Version 1: the key itself, sealed under K(1).
  const std::string bound = "bannette.dossier-key.v1" + counting(1, 5) + std::string(7, '\0') + "essai" +
                            counting(1, 7) + std::string(7, '\0') + counting(16, 0);
  const auto wrapped =
      seal::seal(seal::subkey(counting_key(), seal::Use::wrap_dossier_keys), bound, counting(32, 9));
  CHECK(wrapped.size() == 73);
  REQUIRE(one.key(7, *id, wrapped));
  CHECK(hex(one.key(7, *id, wrapped)->bytes) == hex(counting(32, 9)));
  CHECK_FALSE(one.key(8, *id, wrapped));
}

TEST_CASE("Every change comes back from its bytes") {
  Story story(3);
  story.walk(300);
  story.life();
  for (const Change& change : story.changes) {
    auto decoded = codec::decode_record(encoded(change));
    CHECK(decoded.change.seq == 0);  // its row says these
    CHECK(decoded.change.number == 0);
    decoded.change.seq = change.seq;
    decoded.change.number = change.number;
    CHECK(decoded.change == change);
    CHECK(decoded.epoch == 3);
  }
}

namespace {

Change some_change() {
  Change change;
  change.seq = 2;
  change.previous_seq = 1;
  change.at = {1'764'061'200'123, 4'567, 0x0102030405060708};
  change.kind = ChangeKind::reserved;
  change.id = *parse_uuid("01920000-0000-7000-8000-000000000001");
  change.number = 1;
  change.principal = "unit:ubt";
  change.actor = "unit:ubt/zoé";
  change.reason = "next";
  change.key = *parse_uuid("01920000-0000-7000-8000-0000000000ff");
  change.digest.fill(0xaa);
  change.fence = 1;
  change.lease_ms = 120'000;
  return change;
}

}  // namespace

TEST_CASE("Bytes of a record, as format 1 was") {
  Change change = some_change();
  change.by_person = true;  // it was not said: the actor is more than the key
  const auto decoded = codec::decode_record(
      from_hex("08011205657373616918032002280130fbfdf6d1ab3338d72341080706050403020148025210019200000000"
               "7000800000000000000158016208756e69743a7562746a0d756e69743a7562742f7a6fc3a972046e6578747a"
               "10019200000000700080000000000000ff820110aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa00104b80101c001"
               "c0a907"));
  CHECK(decoded.change == change);
  CHECK(decoded.site == "essai");
}

TEST_CASE("Bytes of a record, as format 2 is") {
  const Change change = some_change();
  const std::string bytes = encoded(change);
  CHECK(hex(bytes) ==
        "08021803280130fbfdf6d1ab3338d72341080706050403020148025210019200000000700080000000000000016208"
        "756e69743a7562746a0d756e69743a7562742f7a6fc3a972046e657874"
        "7a10019200000000700080000000000000ff820110aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa00104b80101c001c0a907");
  auto decoded = codec::decode_record(bytes).change;
  decoded.seq = 2;
  decoded.number = 1;
  CHECK(decoded == change);
  CHECK_FALSE(newer(bytes + from_hex("2002")));    // a sequence, which its row says
  CHECK_FALSE(newer(bytes + from_hex("120161")));  // a site
}

TEST_CASE("A dossier's whole state comes back from its bytes") {
  Dossier d;
  d.id = *parse_uuid("01920000-0000-7000-8000-000000000001");
  d.bannette = "utpas-roubaix-est/pmi";
  d.topic = "pmi-suivi";
  d.insee = "59512";
  d.arrived_ms = 1'764'061'200'123;
  std::string bytes;
  const auto comes_back = [&] {
    codec::encode_state(d, bytes);
    Dossier read;
    codec::decode_state(bytes, read);
    return read == d;
  };
  CHECK(comes_back());
  d.deadline_ms = d.arrived_ms;  // at once is not never
  CHECK(comes_back());
  d.deadline_ms = d.arrived_ms + 172'800'000;
  d.clock = Delay::Unit::working_days;
  d.paused_ms = -5;
  d.breached = d.starved = d.seen = true;
  d.changed_ms = d.arrived_ms - 3'600'000;  // a clock that jumped
  d.taken_ms = d.arrived_ms;
  d.holder = "unit:ubt/zoé";
  d.lease_ms = 120'000;
  d.lease_until_wall_ms = d.arrived_ms + 120'000;
  d.lease_until_boot_ms = 124'567;
  d.lease_boot_id = 0xfedcba9876543210;
  d.until_ms = d.held_ms = d.arrived_ms + 1;
  d.hold_why = "awaiting_person";
  d.hops = 3;
  d.merged_into = 1ULL << 40;
  d.proposal = Proposal{"arbitrage", "unit:ubt/zoé", "wrong_topic", d.arrived_ms + 9};
  d.copies = {"service:crip", "standard"};
  d.climb = {7, {d.arrived_ms, 4'567, 0x0102030405060708}, "standard/éléonore"};
  d.outcome = Outcome::duplicate;
  CHECK(comes_back());
  CHECK_THROWS_AS(codec::decode_state(bytes.substr(0, bytes.size() - 1), d), codec::BadRecord);
  CHECK_THROWS_AS(codec::decode_state("", d), codec::BadRecord);
  const auto newer_state = [&](const std::string& more) {
    try {
      codec::decode_state(bytes + from_hex(more), d);
    } catch (const codec::BadRecord& e) {
      return e.newer;
    }
    return false;
  };
  CHECK(newer_state("f80701"));        // field 127
  CHECK(newer_state("6807"));          // outcome 7
  CHECK(newer_state("7004"));          // clock 4
  CHECK(newer_state("c20103f80701"));  // field 127 within the proposal
}

TEST_CASE("Not a record, and a record of a later version, are told apart") {
  Story story;
  story.life();
  const Change& submitted = story.changes.front();
  auto m = message(submitted);
  SECTION("damage") {
    CHECK_FALSE(newer(""));
    CHECK_FALSE(newer("\xff\xff\xff"));
    CHECK_FALSE(newer(encoded(submitted).substr(0, 40)));
    SECTION("kind 0") {
      m.set_kind(0);
    }
    SECTION("format 0") {
      m.set_format(0);
    }
    SECTION("urgency 0 of a first change") {
      m.set_urgency(0);
    }
    SECTION("id") {
      m.set_dossier_id("court");
    }
    SECTION("key") {
      m.set_key("court");
    }
    SECTION("digest") {
      m.set_digest("court");
    }
    CHECK_FALSE(newer(m.SerializeAsString()));
  }
  SECTION("a later version") {
    std::string more;
    SECTION("format") {
      m.set_format(3);
    }
    SECTION("kind") {
      m.set_kind(static_cast<std::uint32_t>(kLastChange) + 1);
    }
    SECTION("urgency") {
      m.set_urgency(5);
    }
    SECTION("outcome") {
      m.set_outcome(7);
    }
    SECTION("field") {
      more = "\xf8\x07\x01";
    }  // number 127, varint 1
    CHECK(newer(m.SerializeAsString() + more));
  }
}
