#include "router/calls/posts.hpp"

#include <algorithm>

#include "router/calls/limits.hpp"
#include "router/calls/set.hpp"

namespace bannette::calls {

namespace {

std::string_view without_number(std::string_view channel) {
  return channel.substr(0, channel.rfind('-'));
}

}  // namespace

std::string Posts::id(std::string_view pbx, std::string_view post) {
  std::string id;
  id.reserve(pbx.size() + 1 + post.size());
  return id.append(pbx).append(":").append(post);
}

const Post* Posts::find(std::string_view id) const {
  const auto found = posts_.find(id);
  return found == posts_.end() ? nullptr : &found->second;
}

bool Posts::known(std::string_view pbx, std::string_view channel) const {
  return posts_.contains(id(pbx, interface_of(pbx, channel)));
}

std::string Posts::interface_of(std::string_view pbx, std::string_view channel) const {
  std::string interface(without_number(channel));
  // A member "Local/1010@poste/n" has the channels "Local/1010@poste-00000001;1" and ";2".
  if (!posts_.contains(id(pbx, interface)) && posts_.contains(id(pbx, interface + "/n"))) interface += "/n";
  return interface;
}

Post* Posts::get(const Event& event) {
  if (event.post.empty()) return nullptr;
  auto key = id(event.pbx, event.post);
  const auto found = posts_.find(key);
  if (found != posts_.end()) return &found->second;
  if (posts_.size() >= limits::posts) return nullptr;
  auto& post = posts_[std::move(key)];
  post.pbx = event.pbx;
  post.post = event.post;
  return &post;
}

bool Posts::apply(const Event& event) {
  if (event.kind == Kind::post_gone) {
    const auto found = posts_.find(id(event.pbx, event.post));
    if (found == posts_.end() || std::erase(found->second.queues, event.queue) == 0) return false;
    if (found->second.queues.empty() && found->second.person.empty() && found->second.call.empty())
      posts_.erase(found);
    return true;
  }
  auto* post = get(event);
  if (post == nullptr) return false;
  bool other = false;
  if (event.kind == Kind::bound) {
    other = set(post->person, event.name);
  } else {
    if (!event.post_name.empty()) other |= set(post->name, event.post_name);
    if (!event.queue.empty() && post->queues.size() < limits::queues_of_post &&
        std::ranges::find(post->queues, event.queue) == post->queues.end()) {
      post->queues.push_back(event.queue);
      other = true;
    }
    if (event.status >= 0) other |= set(post->status, event.status);
    if (event.paused >= 0) {
      other |= set(post->paused, event.paused > 0);
      other |= set(post->pause_reason, event.reason);
    }
  }
  if (other) post->since_ms = event.timed ? event.at_ms : -1;
  return other;
}

bool Posts::busy(const Event& event, std::string_view call, bool talking) {
  auto* post = get(event);
  if (post == nullptr) return false;
  bool other = set(post->call, std::string(call));
  other |= set(post->talking, talking);
  if (!event.post_name.empty()) other |= set(post->name, event.post_name);
  if (other) post->since_ms = event.timed ? event.at_ms : -1;
  return other;
}

bool Posts::free(std::string_view pbx, std::string_view post, std::string_view call, std::int64_t at_ms) {
  const auto found = posts_.find(id(pbx, post));
  if (found == posts_.end() || found->second.call != call) return false;
  found->second.call.clear();
  found->second.talking = false;
  found->second.since_ms = at_ms;
  return true;
}

void Posts::lose(std::string_view pbx, std::int64_t at_ms) {
  for (auto& [id, post] : posts_)
    if (post.pbx == pbx && post.status > 0 && set(post.status, std::int32_t{0})) post.since_ms = at_ms;
}

}  // namespace bannette::calls
