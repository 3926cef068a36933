// The connectors of a site's PBXs: Asterisk by AMI (router/telephony/ami_connection.hpp), as the desk of
// calls sees them.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "queue/async/tasks.hpp"
#include "router/core/telephony.hpp"
#include "router/switchboard/pbx.hpp"

namespace bannette::router {

// Those that are active and speak AMI. `tasks` outlives them; `changed`: a state is other than before. A
// secret is read from `data` (mode 0600) or from systemd's credentials; one that cannot be read is told as
// the PBX's trouble, and tried again when the configuration is read anew.
[[nodiscard]] std::vector<std::unique_ptr<Pbx>> connect_pbxs(Tasks& tasks,
                                                             boost::asio::any_io_executor executor,
                                                             const Telephony& telephony,
                                                             const std::filesystem::path& data,
                                                             const std::filesystem::path& config,
                                                             const std::function<void()>& changed);

}  // namespace bannette::router
