// The connector of a site's PBX: Asterisk by AMI (router/telephony/ami_connection.hpp), as the desk of
// calls sees them.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/any_io_executor.hpp>

#include "queue/async/tasks.hpp"
#include "router/core/telephony.hpp"
#include "router/switchboard/pbx.hpp"

namespace bannette::router {

// The PBX `code`, which is there and speaks AMI. `tasks` outlives it; `changed`: its state is other than
// before. Its secret is read from `data` (mode 0600) or from systemd's credentials; one that cannot be read
// is told as the PBX's trouble, and tried again when the configuration is read anew.
[[nodiscard]] std::unique_ptr<Pbx> connect_pbx(Tasks& tasks, boost::asio::any_io_executor executor,
                                               const Telephony& telephony, std::string_view code,
                                               const std::filesystem::path& data,
                                               const std::function<void()>& changed);

}  // namespace bannette::router
