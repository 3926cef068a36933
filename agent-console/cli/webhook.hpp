// `bannette webhook ...`: who is told of escalations, breaches and alarms. All of it works while the service
// runs.
#pragma once
#include <filesystem>
#include <iosfwd>
#include <string>

namespace bannette::console {

struct WebhookOptions {
  std::filesystem::path data;
  std::string name;
  std::string url;
  std::string from;            // add: a sequence; replay: a sequence, or "failed"
  bool insecure_http = false;  // add: http in clear beyond this machine
  bool finish = false;         // rotate: the older secret goes
  bool json = false;           // list
};

// Prints the secret, alone on a line, on `out`: the only time that it is shown. Exit codes of all: 0 done, 1
// failed or refused, 2 wrong use.
int run_webhook_add(const WebhookOptions& options, std::ostream& out, std::ostream& err);
int run_webhook_list(const WebhookOptions& options, std::ostream& out, std::ostream& err);
int run_webhook_remove(const WebhookOptions& options, std::ostream& err);
int run_webhook_enable(const WebhookOptions& options, bool enabled, std::ostream& err);
// A new secret beside the one before: both sign until --finish. Prints it like add.
int run_webhook_rotate(const WebhookOptions& options, std::ostream& out, std::ostream& err);
int run_webhook_replay(const WebhookOptions& options, std::ostream& out, std::ostream& err);
// Posts an event of kind "test" at once, from here, and says what was answered.
int run_webhook_test(const WebhookOptions& options, std::ostream& out, std::ostream& err);

}  // namespace bannette::console
