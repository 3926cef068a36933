#include "tests/integration/pbx_script.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <boost/json.hpp>

#include "router/telephony/ami_reader.hpp"

namespace bannette::test {
namespace {

namespace json = boost::json;

struct Read {
  std::size_t end = 0;  // offset behind its last byte
  std::int64_t at_ms = 0;
};

std::vector<Read> read_index(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<Read> reads;
  for (std::string line; std::getline(in, line);) {
    const auto each = json::parse(line).as_object();
    if (each.at("dir") != "in" || !each.contains("len")) continue;
    reads.push_back({each.at("off").to_number<std::size_t>() + each.at("len").to_number<std::size_t>(),
                     static_cast<std::int64_t>(each.at("t").to_number<double>() * 1'000)});
  }
  if (reads.empty()) throw std::runtime_error(file.string() + ": no index");
  return reads;
}

// The captured client's actions by their ids. Only those that ours sends too are waited for.
std::map<std::string, std::string> actions_of(const std::filesystem::path& file) {
  std::map<std::string, std::string> actions;
  const auto text = file_text(file);
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find("\r\n\r\n", at), text.size());
    const auto fields = fields_of(text.substr(at, end - at));
    if (const auto id = fields.find("ActionID"); id != fields.end() && fields.contains("Action"))
      actions[id->second] = fields.at("Action");
    at = end + 4;
  }
  return actions;
}

bool is_ours(const std::string& action) {
  return action == "Originate" || action == "QueuePause";
}

}  // namespace

std::filesystem::path capture(const std::string& name, const char* ending) {
  return std::filesystem::path(BANNETTE_SOURCE_DIR) / "tests/data/telephony" / (name + ending);
}

std::string file_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(file.string() + ": cannot be read");
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Fields fields_of(const std::string& message) {
  Fields fields;
  for (std::size_t at = 0; at < message.size();) {
    const auto end = std::min(message.find("\r\n", at), message.size());
    const auto line = message.substr(at, end - at);
    if (const auto colon = line.find(':'); colon != std::string::npos)
      fields.emplace(line.substr(0, colon), colon + 2 <= line.size() ? line.substr(colon + 2) : "");
    at = end + 2;
  }
  return fields;
}

Script Script::of(const std::filesystem::path& ami) {
  auto index = ami, sent = ami;
  const auto reads = read_index(index.replace_extension(".idx.jsonl"));
  const auto actions = actions_of(sent.replace_extension(".sent"));
  const auto text = file_text(ami);
  Script script;
  script.name = ami.stem().string();
  std::size_t at = text.find("\r\n") + 2;  // behind the greeting
  while (at < text.size()) {
    const auto end = text.find("\r\n\r\n", at);
    if (end == std::string::npos) break;  // torn: the captured PBX was killed
    Scene scene;
    scene.bytes = text.substr(at, end + 4 - at);
    at = end + 4;
    while (text.compare(at, 2, "\r\n") == 0) at += 2;  // some lists end in two blank lines
    const auto fields = fields_of(scene.bytes);
    const auto read =
        std::find_if(reads.begin(), reads.end(), [&](const Read& each) { return each.end >= end; });
    scene.at_ms = read == reads.end() ? reads.back().at_ms : read->at_ms;
    if (const auto id = fields.find("ActionID"); id != fields.end()) {
      const auto action = actions.find(id->second);
      if (action == actions.end() || !is_ours(action->second)) continue;
      scene.action_id = id->second;
      if (!fields.contains("Event")) scene.action = action->second;  // OriginateResponse comes by itself
    } else if (!fields.contains("Privilege") || fields.at("Event") == "FullyBooted") {
      continue;  // an answer, or what a login brings
    }
    for (const char* key : {"Uniqueid", "DestUniqueid"}) {
      const auto made = fields.find(key);
      if (made == fields.end()) continue;
      if (const auto epoch = telephony::uniqueid_epoch(made->second))
        script.began_ms = std::max(script.began_ms, *epoch * 1'000 - scene.at_ms);
    }
    script.scenes.push_back(std::move(scene));
  }
  return script;
}

}  // namespace bannette::test
