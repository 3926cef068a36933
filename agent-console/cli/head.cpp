#include "agent-console/cli/head.hpp"

#include <ostream>

#include "queue/journal/chain.hpp"
#include "queue/journal/head_file.hpp"
#include "queue/journal/reader.hpp"

namespace bannette::console {
namespace {

// Read before the journal, which a running service only makes longer.
std::optional<journal::Head> told_head(const std::filesystem::path& data, std::ostream& err, bool& readable) {
  try {
    return journal::read_head_file(data);
  } catch (const journal::Damaged& e) {
    err << e.what() << '\n';
    readable = false;
    return std::nullopt;
  }
}

}  // namespace

int run_head(const std::filesystem::path& data, std::ostream& out, std::ostream& err) {
  if (!std::filesystem::exists(data / "queue.db")) {
    err << "--data : " << data.string() << " ne contient pas de journal (queue.db)\n";
    return 2;
  }
  try {
    bool readable = true;
    const auto told = told_head(data, err, readable);
    const auto head = journal::read_head(data);
    out << head.seq << ' ' << journal::to_hex(head.hash) << std::endl;
    const auto wrong = journal::head_disagreement(
        head, told, [&](std::uint64_t seq) { return journal::read_hash(data, seq); });
    if (wrong && readable) err << *wrong << '\n';
    return out.good() && !(wrong && told) ? 0 : 1;
  } catch (const std::exception& e) {
    err << e.what() << '\n';
    return 1;
  }
}

}  // namespace bannette::console
