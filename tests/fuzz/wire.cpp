#include "queue/codec/frame.hpp"
#include "tests/fuzz/office.hpp"
#include "tests/fuzz/targets.hpp"

namespace bannette::fuzz {
namespace {

constexpr std::size_t kMessages = 64;

void message(Office& office, std::uint8_t control, std::string_view bytes) {
  if ((control & 32) != 0) office.pass(6'000);
  const std::size_t who = control & 3;
  if ((control & 4) != 0) office.greet(who);
  std::vector<std::string_view> frames{codec::kHeader, bytes};
  if ((control & 64) != 0 && bytes.size() >= 4) frames = {bytes.substr(0, 4), bytes.substr(4)};
  if ((control & 128) != 0)
    office.router_says(frames);
  else
    office.say(who, frames);
  if ((control & 8) != 0) (void)office.commit((control & 16) != 0);
}

}  // namespace

void wire(std::span<const std::uint8_t> input) {
  Office office;
  for (std::size_t i = 0; i < kMessages && input.size() >= 3; ++i) {
    const std::size_t asked = input[1] + 256U * input[2];
    const std::size_t length = std::min(asked, input.size() - 3);
    message(office, input[0], {reinterpret_cast<const char*>(input.data()) + 3, length});
    input = input.subspan(3 + length);
  }
  office.end();
}

}  // namespace bannette::fuzz
