#include "agent-console/cli/submit.hpp"

#include <deque>
#include <future>
#include <istream>
#include <optional>
#include <ostream>

#include <boost/json.hpp>

#include "agent-console/server/fields.hpp"
#include "agent-console/server/render.hpp"
#include "queue/core/dossier.hpp"
#include "queue/core/limits.hpp"
#include "queue/system/random.hpp"

namespace bannette::console {
namespace {

namespace json = boost::json;

constexpr std::size_t kOutstanding = 64;
constexpr std::size_t kLine = 256 * 1024;

struct Line {
  std::string key;
  std::future<v1::Envelope> reply;
  json::object error;  // where it was refused before it was sent
};

json::object refusal(const std::string& code, const std::string& field, const std::string& detail) {
  return {{"code", code}, {"field", field}, {"detail", detail}};
}

// The members of a line as a request; the first that is wrong is refused by name.
Result<void> read(const std::string& text, std::string& key, v1::Envelope& request) {
  if (text.size() > kLine) return Refusal{Code::too_large, "", "Une ligne fait 256 Kio au plus."};
  auto parsed = parse_object(text);
  if (parsed.has_error()) return parsed.error();
  Fields fields(parsed.value());
  key = fields.text("key", 36);
  auto& call = *request.mutable_log_call();
  call.set_note(fields.text("note", limits::note));
  call.set_commune(fields.text("commune", limits::commune));
  call.set_address(fields.text("address", limits::address));
  fields.object("caller", [&](Fields& caller) {
    call.mutable_caller()->set_name(caller.text("name", limits::caller_name));
    call.mutable_caller()->set_phone(caller.text("phone", limits::phone));
  });
  call.set_topic(fields.text("topic", limits::code));
  const std::string urgency = fields.text("urgency", limits::code);
  if (!urgency.empty()) {
    if (const auto known = parse_urgency(urgency))
      call.set_urgency(static_cast<v1::Urgency>(*known));
    else
      fields.refuse(Code::unknown_enum, "urgency", "Écrire plutôt immediate, urgent, priority ou normal.");
  }
  if (const auto danger = fields.boolean("danger")) call.set_danger(*danger);
  call.set_bannette(fields.text("bannette", limits::bannette));
  call.set_insee(fields.text("insee", 5));
  if (auto ok = fields.finish(); ok.has_error()) return ok;
  if (key.empty()) key = to_string(system::new_uuid7());
  const auto id = parse_uuid(key);
  if (!id) return Refusal{Code::malformed, "key", "La clé n'est pas un UUID (version 7)."};
  request.set_idempotency_key(to_bytes(*id));
  return {};
}

bool print(Line line, std::ostream& out) {
  static const Catalogue none;
  static const Render render(none);
  json::object told;
  bool confirmed = false;
  if (line.error.empty()) {
    const v1::Envelope reply = line.reply.get();
    confirmed = reply.has_receipt();
    if (confirmed) {
      told = render.receipt(line.key, reply.receipt());
      told["seq"] = reply.receipt().seq();
    } else if (reply.has_recorded()) {
      told = render.recorded(line.key, reply.recorded());
    } else {
      line.error = refusal(reply.error().code(), reply.error().field(), reply.error().detail());
    }
  }
  if (told.empty()) told = {{"key", line.key}, {"error", line.error}};
  out << json::serialize(told) << std::endl;  // flushed: a pipe's reader acts on each line
  return confirmed;
}

}  // namespace

int run_submit(const QueueConnectionOptions& options, std::istream& in, std::ostream& out) {
  // Without a session each line still gets its answer: whoever reads them counts on one line each.
  std::optional<QueueConnection> connection;
  json::object no_session;
  try {
    connection.emplace(options);
  } catch (const Refused& error) {
    no_session = refusal(error.code, error.field, error.what());
  }
  std::deque<Line> lines;
  bool all = connection.has_value();
  const auto is_ready = [](Line& line) {
    return !line.error.empty() || line.reply.wait_for(std::chrono::seconds{0}) == std::future_status::ready;
  };
  for (std::string text; out && std::getline(in, text);) {
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    Line line;
    v1::Envelope request;
    if (auto ok = read(text, line.key, request); ok.has_error()) {
      line.error = refusal(std::string(name(ok.error().code)), ok.error().field, ok.error().detail);
    } else if (!connection) {
      line.error = no_session;
    } else {
      connection->put_actor(request);
      auto promise = std::make_shared<std::promise<v1::Envelope>>();
      line.reply = promise->get_future();
      connection->ask(std::move(request),
                      [promise](v1::Envelope&& reply) { promise->set_value(std::move(reply)); });
    }
    lines.push_back(std::move(line));
    // A person or a slow pipe gets each answer as soon as it is there; a fast one keeps several under way.
    while (!lines.empty() &&
           (lines.size() >= kOutstanding || in.rdbuf()->in_avail() <= 0 || is_ready(lines.front()))) {
      all &= print(std::move(lines.front()), out);
      lines.pop_front();
    }
  }
  for (; !lines.empty(); lines.pop_front()) all &= print(std::move(lines.front()), out);
  return all && out ? 0 : 1;
}

}  // namespace bannette::console
