#include "tests/fuzz/wire.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include "queue/codec/frame.hpp"
#include "queue/desk/desk.hpp"
#include "tests/sim/sim_journal.hpp"
#include "tests/unit/queue_core/world.hpp"

namespace bannette::fuzz {
namespace {

constexpr std::int64_t kThen = 1'645'557'742'000;  // the time of the golden messages' key
constexpr std::size_t kMessages = 64;

Rules rules() {
  Rules all = test::site_rules();
  all.bannettes = {"utpas-roubaix-est/pmi", "utpas-roubaix-est/enfance", "lille/pmi", "service:mdph"};
  all.topics.push_back({"pmi.petite-enfance", {Delay::Unit::working_days, 5}});
  return all;
}

const std::vector<Authority>& senders() {
  static const std::vector<Authority> all{*authority_of("unit:utpas-roubaix-est"), *authority_of("router"),
                                          *authority_of("console"), *authority_of("unit:lille")};
  return all;
}

class Office {
 public:
  void message(std::uint8_t control, std::string_view bytes) {
    if ((control & 32) != 0) pass();
    const std::size_t who = control & 3;
    const session::Peer peer{0, std::to_string(who)};
    if ((control & 4) != 0) {
      v1::Envelope hello;
      hello.set_request_id(1);
      hello.mutable_hello()->set_protocol(1);
      const std::string greeting = codec::encode(hello);
      desk_.receive(peer, senders()[who], {codec::kHeader, greeting}, now_);
    }
    std::vector<std::string_view> frames{codec::kHeader, bytes};
    if ((control & 64) != 0 && bytes.size() >= 4) frames = {bytes.substr(0, 4), bytes.substr(4)};
    if ((control & 128) != 0)
      desk_.relayed(frames);
    else
      desk_.receive(peer, senders()[who], frames, now_);
    if ((control & 8) != 0) commit((control & 16) != 0);
    send();
  }

  void end() {
    pass();
    while (commit(false)) send();
    send();
    if (!desk_.idle()) throw std::logic_error("something waits for ever");
  }

 private:
  void pass() {
    now_.wall_ms += 6'000;
    now_.boot_ms += 6'000;
    desk_.tick(now_);
  }

  bool commit(bool fails) {
    const auto batch = desk_.start_commit();
    if (!batch) return false;
    if (fails)
      desk_.failed({Code::disk_full, "", ""}, desk::reload(rules(), journal_, now_), now_);
    else
      desk_.committed(journal_.append(*batch).seq);
    return true;
  }

  void send() {
    for (const auto& relay : desk_.relays()) readable(relay);
    for (auto& out : desk_.outgoing()) {
      desk::fulfil(out, journal_);
      readable(out.envelope);
    }
  }

  static void readable(const v1::Envelope& envelope) {
    const std::string bytes = codec::encode(envelope);  // throws beyond 64 KiB
    if (codec::decode({codec::kHeader, bytes}).has_error())
      throw std::logic_error("the desk sent what is no message");
  }

  test::SimDisk disk_;
  test::SimJournal journal_{disk_, "essai"};
  Instant now_{kThen, 1'000'000, 1};
  desk::Desk desk_{{"essai", 1}, desk::reload(rules(), journal_, now_), 0};
};

}  // namespace

void wire(std::span<const std::uint8_t> input) {
  Office office;
  for (std::size_t i = 0; i < kMessages && input.size() >= 3; ++i) {
    const std::size_t asked = input[1] + 256U * input[2];
    const std::size_t length = std::min(asked, input.size() - 3);
    office.message(input[0], {reinterpret_cast<const char*>(input.data()) + 3, length});
    input = input.subspan(3 + length);
  }
  office.end();
}

}  // namespace bannette::fuzz
