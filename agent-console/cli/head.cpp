#include "agent-console/cli/head.hpp"

#include <ostream>

#include "queue/journal/chain.hpp"
#include "queue/journal/reader.hpp"

namespace bannette::console {

int run_head(const std::filesystem::path& data, std::ostream& out, std::ostream& err) {
  if (!std::filesystem::exists(data / "queue.db")) {
    err << "--data : " << data.string() << " ne contient pas de journal (queue.db)\n";
    return 2;
  }
  try {
    const auto head = journal::read_head(data);
    out << head.seq << ' ' << journal::to_hex(head.hash) << std::endl;
    return out.good() ? 0 : 1;
  } catch (const std::exception& e) {
    err << e.what() << '\n';
    return 1;
  }
}

}  // namespace bannette::console
