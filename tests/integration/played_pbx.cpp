#include "tests/integration/played_pbx.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "router/telephony/challenge.hpp"

namespace bannette::test {
namespace {

const std::string kChallenge = "113739945";

std::string get(const Fields& fields, const std::string& key, const std::string& otherwise = "") {
  const auto found = fields.find(key);
  return found == fields.end() ? otherwise : found->second;
}

std::string line(const std::string& key, const std::string& value) {
  return key + ": " + value + "\r\n";
}

std::string answered(bool good, const std::string& id, const std::string& message) {
  return line("Response", good ? "Success" : "Error") + line("ActionID", id) + line("Message", message) +
         "\r\n";
}

std::string list_begins(const std::string& id, const std::string& message) {
  return line("Response", "Success") + line("ActionID", id) + line("EventList", "start") +
         line("Message", message) + "\r\n";
}

std::string list_ends(const std::string& event, const std::string& id, std::size_t items) {
  return line("Event", event) + line("ActionID", id) + line("EventList", "Complete") +
         line("ListItems", std::to_string(items)) + "\r\n";
}

}  // namespace

PlayedPbx::PlayedPbx(const Script& script, PbxAccount account)
    : script_(script), account_(std::move(account)) {}

std::string PlayedPbx::connect() {
  disconnect();
  connected_ = true;
  return "Asterisk Call Manager/13.0.0\r\n";
}

void PlayedPbx::disconnect() {
  connected_ = logged_in_ = closed_ = listens_ = false;
  heard_.clear();
  challenge_.clear();
}

std::string PlayedPbx::hear(const std::string& bytes) {
  heard_ += bytes;
  std::string out;
  for (std::size_t end = 0; !closed_ && (end = heard_.find("\r\n\r\n")) != std::string::npos;) {
    const auto action = fields_of(heard_.substr(0, end));
    heard_.erase(0, end + 4);
    out += answer(action);
  }
  return out;
}

std::string PlayedPbx::log_in(const Fields& action) {
  const bool right =
      get(action, "Username") == account_.user &&
      (challenge_.empty() ? get(action, "Secret") == account_.secret
                          : get(action, "Key") == telephony::md5_answer(challenge_, account_.secret));
  const auto id = get(action, "ActionID");
  if (!right) {
    ++refused;
    closed_ = true;
    return answered(false, id, "Authentication failed");
  }
  ++logins;
  logged_in_ = listens_ = true;
  return answered(true, id, "Authentication accepted") + line("Event", "FullyBooted") +
         line("Privilege", "system,all") + line("Status", "Fully Booted") + "\r\n";
}

std::string PlayedPbx::answer(const Fields& action) {
  const auto name = get(action, "Action"), id = get(action, "ActionID");
  actions.push_back(name);
  if (name == "Challenge") {
    challenge_ = kChallenge;
    return line("Response", "Success") + line("ActionID", id) + line("Challenge", challenge_) + "\r\n";
  }
  if (name == "Login") return log_in(action);
  if (!logged_in_) return answered(false, id, "Permission denied");
  if (name == "Events") {
    listens_ = get(action, "EventMask").find("agent") != std::string::npos;
    return line("Response", "Success") + line("ActionID", id) + line("Events", listens_ ? "On" : "Off") +
           "\r\n";
  }
  if (name == "Ping")
    return line("Response", "Success") + line("ActionID", id) + line("Ping", "Pong") + "\r\n";
  if (name == "QueueStatus") return queue_status(id);
  if (name == "CoreShowChannels") return show_channels(id);
  if (name == "Logoff") {
    closed_ = true;
    return line("Response", "Goodbye") + line("ActionID", id) + "\r\n";
  }
  // Our client may be quicker than the captured one was: what came by itself until then comes now.
  std::string out;
  while (next_ms()) out += play();
  if (over() || script_.scenes[next_].action != name)
    return out + answered(false, id, "Invalid/unknown command: " + name + ".");
  orders.push_back(action);
  const auto& scene = script_.scenes[next_];
  ours_[scene.action_id] = id;
  caller_ids_[scene.action_id] = get(action, "CallerID");
  const auto channel = get(action, "ChannelId");
  for (std::size_t i = next_; !channel.empty() && i < script_.scenes.size(); ++i) {
    const auto fields = fields_of(script_.scenes[i].bytes);
    if (get(fields, "Event") != "Newchannel") continue;
    channel_ids_[get(fields, "Uniqueid")] = channel;  // what the captured channel was called
    break;
  }
  return out + play();
}

std::optional<std::int64_t> PlayedPbx::next_ms() const {
  if (over() || !script_.scenes[next_].action.empty()) return std::nullopt;
  return script_.scenes[next_].at_ms;
}

// Our client's ActionID and ChannelId in place of the captured client's.
std::string PlayedPbx::with_ours(const Scene& scene) const {
  auto bytes = scene.bytes;
  const auto put = [&](const std::string& old, const std::string& ours) {
    for (std::size_t at = 0; (at = bytes.find(old, at)) != std::string::npos; at += ours.size())
      bytes.replace(at, old.size(), ours);
  };
  if (const auto id = ours_.find(scene.action_id); id != ours_.end())
    put("ActionID: " + scene.action_id + "\r\n", "ActionID: " + id->second + "\r\n");
  // OriginateResponse bears the CallerID that was ordered.
  if (const auto shown = caller_ids_.find(scene.action_id); shown != caller_ids_.end())
    if (const auto at = bytes.find("CallerIDNum: "); at != std::string::npos)
      bytes.replace(at + 13, bytes.find("\r\n", at) - at - 13, shown->second);
  for (const auto& [captured, ours] : channel_ids_) put(": " + captured + "\r\n", ": " + ours + "\r\n");
  return bytes;
}

std::string PlayedPbx::play() {
  const auto& scene = script_.scenes[next_++];
  now_ms_ = std::max(now_ms_, scene.at_ms);
  const auto fields = fields_of(scene.bytes);
  const bool event = fields.contains("Event");
  if (event) happen(fields);
  const bool told = logged_in_ && (listens_ || !event);
  return told ? with_ours(scene) : std::string();
}

void PlayedPbx::happen(const Fields& event) {
  const auto name = get(event, "Event"), uniqueid = get(event, "Uniqueid");
  if (name == "QueueCallerJoin") {
    waiting_[uniqueid] = {event, now_ms_};
    channels_[uniqueid].queue = get(event, "Queue");
  } else if (name == "QueueCallerLeave") {
    waiting_.erase(uniqueid);
  } else if (name == "QueueMemberRemoved") {
    members_.erase(get(event, "Queue") + " " + get(event, "Interface"));
  } else if (name.starts_with("QueueMember")) {
    members_[get(event, "Queue") + " " + get(event, "Interface")] = event;
  }
  happen_to_channel(event, name);
}

void PlayedPbx::happen_to_channel(const Fields& event, const std::string& name) {
  const auto uniqueid = get(event, "Uniqueid");
  if (const auto channel = channels_.find(uniqueid); channel != channels_.end() && event.contains("Priority"))
    for (const char* key : {"Context", "Exten", "Priority"}) channel->second.made[key] = get(event, key);
  if (name == "QueueCallerAbandon" || name == "AgentComplete") {  // the dialplan goes on behind Queue()
    channels_[uniqueid].queue.clear();
  } else if (name == "BlindTransfer") {
    channels_[get(event, "TransfereeUniqueid")].queue.clear();
  }
  if (name == "Newchannel") {
    channels_[uniqueid].made = event;
  } else if (name == "Hangup") {
    channels_.erase(uniqueid);
    waiting_.erase(uniqueid);
  } else if (name == "AgentCalled") {
    channels_[get(event, "DestUniqueid")].agent = true;
  } else if (name == "BridgeEnter") {
    channels_[uniqueid].bridge = get(event, "BridgeUniqueid");
  } else if (name == "BridgeLeave") {
    if (const auto found = channels_.find(uniqueid); found != channels_.end()) found->second.bridge.clear();
  }
}

std::string PlayedPbx::queue_status(const std::string& id) const {
  std::string out = list_begins(id, "Queue status will follow");
  std::size_t items = 0;
  for (const auto& [key, member] : members_) {
    ++items;
    out += line("Event", "QueueMember") + line("Queue", get(member, "Queue")) +
           line("Name", get(member, "MemberName")) + line("Location", get(member, "Interface")) +
           line("Status", get(member, "Status")) + line("Paused", get(member, "Paused")) +
           line("PausedReason", get(member, "PausedReason")) + line("ActionID", id) + "\r\n";
  }
  for (const auto& [uniqueid, caller] : waiting_) {
    ++items;
    out += line("Event", "QueueEntry") + line("Queue", get(caller.join, "Queue")) + line("Position", "1") +
           line("Channel", get(caller.join, "Channel")) + line("Uniqueid", uniqueid) +
           line("CallerIDNum", get(caller.join, "CallerIDNum")) +
           line("CallerIDName", get(caller.join, "CallerIDName")) +
           line("Wait", std::to_string((now_ms_ - caller.since_ms) / 1'000)) + line("ActionID", id) + "\r\n";
  }
  return out + list_ends("QueueStatusComplete", id, items);
}

std::string PlayedPbx::show_channels(const std::string& id) const {
  std::string out = list_begins(id, "Channels will follow");
  std::size_t items = 0;
  for (const auto& [uniqueid, channel] : channels_) {
    if (!channel.made.contains("Linkedid")) continue;  // made before the script begins
    ++items;
    out += line("Event", "CoreShowChannel") + line("ActionID", id);
    for (const char* key : {"Channel", "CallerIDNum", "CallerIDName", "Context", "Exten", "Priority"})
      out += line(key, get(channel.made, key));
    out += line("Uniqueid", uniqueid) + line("Linkedid", get(channel.made, "Linkedid"));
    if (!channel.queue.empty())
      out += line("Application", "Queue") + line("ApplicationData", channel.queue + ",tT,,,60");
    else if (channel.agent)
      out += line("Application", "AppQueue") + line("ApplicationData", "(Outgoing Line)");
    out += line("BridgeId", channel.bridge) + "\r\n";
  }
  return out + list_ends("CoreShowChannelsComplete", id, items);
}

}  // namespace bannette::test
