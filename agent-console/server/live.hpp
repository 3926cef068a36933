// Live updates: one subscription for the process, handed out to each browser by what its person may list.
// Hints only.
#pragma once
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "agent-console/server/metrics.hpp"
#include "agent-console/server/render.hpp"
#include "agent-console/server/sessions.hpp"

namespace bannette::console {

// One open browser, without its socket.
class LiveClient {
 public:
  using Message = std::shared_ptr<const std::string>;
  LiveClient(Person person, std::shared_ptr<Session> session, const Limits& limits)
      : person_(std::move(person)), session_(std::move(session)), limits_(limits) {}

  // Beyond the bound all that waits is dropped for one "resync"; a second time the connection is given up.
  void push(Message message, Metrics& metrics);
  // Ends after what waits: the close reason is for the browser's log.
  void close(std::string reason);

  // For the writing side: the next message, or nothing. `wake` is called when there is something to do.
  [[nodiscard]] Message next();
  [[nodiscard]] bool closing() const { return closing_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }
  [[nodiscard]] const Person& person() const { return person_; }
  [[nodiscard]] const std::shared_ptr<Session>& session() const { return session_; }
  std::function<void()> wake;
  std::function<void()> abort;                                    // drops the connection without a word
  std::optional<std::chrono::steady_clock::time_point> attended;  // when the queue was last told of it
  std::string call_told, line_told;  // the last of each, so that nothing is said twice

 private:
  Person person_;
  std::shared_ptr<Session> session_;
  const Limits& limits_;
  std::deque<Message> waiting_;
  std::size_t bytes_ = 0;
  bool overrun_ = false;  // since the queue was last empty
  bool closing_ = false;
  std::string reason_;
};

class Live {
 public:
  Live(const Render& render, Metrics& metrics) : render_(render), metrics_(metrics) {}

  void add(const std::shared_ptr<LiveClient>& client);
  void remove(const std::shared_ptr<LiveClient>& client);
  [[nodiscard]] std::size_t size() const { return clients_.size(); }

  void hello(LiveClient& client, std::uint64_t as_of, bool demo, bool queue_up);
  void deliver(const v1::Deliver& hint);
  void counts(const v1::Counts& counts);
  // What the desk of calls shows now. The call of a post goes to the one person who sits there, at each
  // change; the line to who may see it. Nothing is said twice.
  void calls(const v1::CallsNow& now);
  // A draft was offered, or is with somebody else now: whoever types calls looks again.
  void draft(const std::string& key, const std::string& owner, bool offered);
  void resync();
  void link(bool up);
  // Whose presence the queue is to be told of now: who works in units, at once and then every `again`. They
  // count as told.
  [[nodiscard]] std::vector<Person> unattended(std::chrono::steady_clock::time_point now,
                                               std::chrono::steady_clock::duration again);
  void forget_attendance();  // a new session with the queue knows of nobody
  void close_ended();        // those whose session has ended
  void close_all(const std::string& reason);

 private:
  template <class Text>
  void each(Text text);

  const Render& render_;
  Metrics& metrics_;
  std::set<std::shared_ptr<LiveClient>> clients_;
};

}  // namespace bannette::console
