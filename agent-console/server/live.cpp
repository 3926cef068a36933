#include "agent-console/server/live.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "agent-console/core/permissions.hpp"
#include "agent-console/core/views.hpp"
#include "agent-console/server/calls_json.hpp"
#include "agent-console/server/json_parts.hpp"
#include "agent-console/server/sight.hpp"
#include "agent-console/server/site_json.hpp"

namespace bannette::console {
namespace {

namespace json = boost::json;

LiveClient::Message message(const json::object& object) {
  return std::make_shared<const std::string>(json::serialize(object));
}

const LiveClient::Message& resync_message() {
  static const LiveClient::Message text = message({{"type", "resync"}});
  return text;
}

}  // namespace

void LiveClient::push(Message text, Metrics& metrics) {
  if (closing_) return;
  bytes_ += text->size();
  waiting_.push_back(std::move(text));
  if (waiting_.size() > limits_.live_queue || bytes_ > limits_.live_queue_bytes) {
    metrics.live_resync();
    waiting_.assign(1, resync_message());
    bytes_ = resync_message()->size();
    if (overrun_) {
      closing_ = true;
      if (abort) abort();
      return;
    }
    overrun_ = true;
  }
  if (wake) wake();
}

void LiveClient::close(std::string reason) {
  if (closing_) return;
  closing_ = true;
  reason_ = std::move(reason);
  if (wake) wake();
}

LiveClient::Message LiveClient::next() {
  if (waiting_.empty()) {
    overrun_ = false;
    return nullptr;
  }
  Message text = std::move(waiting_.front());
  waiting_.pop_front();
  bytes_ -= text->size();
  return text;
}

void Live::add(const std::shared_ptr<LiveClient>& client) {
  clients_.insert(client);
  ++client->session()->live;
}

void Live::remove(const std::shared_ptr<LiveClient>& client) {
  if (clients_.erase(client) == 0) return;
  --client->session()->live;
  client->session()->seen = std::chrono::steady_clock::now();
}

void Live::hello(LiveClient& client, std::uint64_t as_of, bool demo, bool queue_up) {
  client.push(
      message({{"type", "hello"}, {"user", render_.user(client.person())}, {"as_of", as_of}, {"demo", demo}}),
      metrics_);
  client.push(message({{"type", "link"}, {"up", queue_up}}), metrics_);
}

// `text` gives a client's message, or nothing. A client may be given up while it is being told: the set
// stays.
template <class Text>
void Live::each(Text text) {
  for (const auto& client : clients_) {
    if (LiveClient::Message said = text(client->person())) client->push(std::move(said), metrics_);
  }
}

namespace {

// Those who lose sight of it are told that, once, by its id alone.
bool leaves_a_bannette(const std::string& change) {
  return change == "proposal_accepted" || change == "moved" || change == "returned";
}

json::object tray_message(const v1::Deliver& hint, bool with_topic, const Render& render) {
  json::object header = render.header(hint.header());
  if (!with_topic) header["topic"] = "";
  return {{"type", "tray"},
          {"bannette", hint.header().bannette()},
          {"seq", hint.seq()},
          {"change", hint.change()},
          {"step", text_or_null(step_name(hint.step()))},
          {"header", std::move(header)}};
}

}  // namespace

// A change of the site comes to people with the figures, which are asked for after each hint.
void Live::deliver(const v1::Deliver& hint) {
  if (!hint.has_header()) return;
  const v1::Header& header = hint.header();
  LiveClient::Message said, said_without_topic, gone;
  each([&](const Person& person) -> LiveClient::Message {
    if (may_list(person, header.bannette())) {
      const bool knows = may_know(person, header);
      LiveClient::Message& text = knows ? said : said_without_topic;
      if (!text) text = message(tray_message(hint, knows, render_));
      return text;
    }
    // Reading what is offered or copied is recorded: fetching again for that would be read, and recorded,
    // again.
    if (hint.change() == "read") return nullptr;
    // Offered, copied, or no longer so: not a line of their own list; they fetch again.
    if (concerns(person, header) || may_work(person, hint.to())) return resync_message();
    if (!leaves_a_bannette(hint.change()) || !may(person.role, Action::list)) return nullptr;
    if (!gone)
      gone = message({{"type", "gone"}, {"id", render_.header(header).at("id")}, {"seq", hint.seq()}});
    return gone;
  });
}

void Live::counts(const v1::Counts& counts) {
  each([&](const Person& person) -> LiveClient::Message {
    if (!may(person.role, Action::count)) return nullptr;
    json::array items;
    for (const auto& count : counts.bannettes()) {
      if (may_count(person, count.bannette())) items.push_back(render_.count(count));
    }
    json::object said{{"type", "counts"}, {"at", iso8601(counts.at_ms())}, {"items", std::move(items)}};
    if (may(person.role, Action::watch)) said["slow"] = slow_json(counts);
    return message(said);
  });
}

void Live::calls(const v1::CallsNow& now) {
  LiveClient::Message line_of[2];  // the same for all who take calls, and for all who see everything
  const auto tell = [&](LiveClient& client, std::string& told, LiveClient::Message said) {
    if (told == *said) return;
    told = *said;
    client.push(std::move(said), metrics_);
  };
  for (const auto& client : clients_) {
    const Person& person = client->person();
    if (!may(person.role, Action::answer) || client->closing()) continue;
    json::object own = own_call_json(now, person);
    own["type"] = "call";
    tell(*client, client->call_told, message(own));
    LiveClient::Message& line = line_of[may(person.role, Action::supervise) ? 1 : 0];
    if (!line) {
      json::object told = line_json(now, person);
      told["type"] = "line";
      line = message(told);
    }
    tell(*client, client->line_told, line);
  }
}

std::vector<Person> Live::unattended(std::chrono::steady_clock::time_point now,
                                     std::chrono::steady_clock::duration again) {
  std::vector<Person> due;
  for (const auto& client : clients_) {
    const bool works = may(client->person().role, Action::work) && !client->person().units.empty();
    if (!works || client->session()->ended || client->closing()) continue;
    if (client->attended && now - *client->attended < again) continue;
    client->attended = now;
    due.push_back(client->person());
  }
  return due;
}

void Live::forget_attendance() {
  for (const auto& client : clients_) client->attended.reset();
}

void Live::draft(const std::string& key, const std::string& owner, bool offered) {
  const LiveClient::Message said =
      message({{"type", "draft"}, {"key", key}, {"owner", owner}, {"offered", offered}});
  each([&](const Person& person) { return may(person.role, Action::submit) ? said : nullptr; });
}

void Live::resync() {
  each([](const Person&) { return resync_message(); });
}

void Live::link(bool up) {
  const LiveClient::Message said = message({{"type", "link"}, {"up", up}});
  each([&](const Person&) { return said; });
}

void Live::close_ended() {
  for (const auto& client : clients_) {
    if (client->session()->ended) client->close("session ended");
  }
}

void Live::close_all(const std::string& reason) {
  for (const auto& client : clients_) client->close(reason);
}

}  // namespace bannette::console
