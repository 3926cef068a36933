#include "agent-console/webhooks/test_post.hpp"

#include <stdexcept>

#include "agent-console/webhooks/body.hpp"
#include "agent-console/webhooks/post.hpp"
#include "agent-console/webhooks/signature.hpp"
#include "queue/async/tasks.hpp"

namespace bannette::console::webhook {
namespace {

asio::awaitable<void> post_one(Poster& poster, Target target, Message message, Lane::Answer& answer) {
  Stop stop;
  auto answered = co_await poster.post(target, message, stop);
  answer = std::move(answered);
}

}  // namespace

Lane::Answer post_test(const Endpoint& endpoint, std::int64_t now_ms) {
  Lane::Answer answer;
  const auto target = parse_target(endpoint.url, endpoint.insecure);
  if (target.has_error()) {
    answer.error = target.error().detail;
    return answer;
  }
  Event event;
  event.id = "test-" + std::to_string(now_ms);
  event.kind = "test";
  event.at_ms = now_ms;
  Message message;
  message.id = event.id;
  message.timestamp_s = now_ms / 1'000;
  message.body = body_of(event, {});
  message.signature = signatures(endpoint.secrets, message.id, message.timestamp_s, message.body);
  if (message.signature.empty()) {
    answer.error = "le secret ne se lit pas : « bannette webhook rotate »";
    return answer;
  }
  const auto context = std::make_shared<asio::io_context>(1);
  Poster poster(context, {});
  Tasks tasks(context->get_executor(), [](const std::string& why) { throw std::runtime_error(why); });
  tasks.start("test", post_one(poster, target.value(), message, answer));
  context->run();
  return answer;
}

}  // namespace bannette::console::webhook
