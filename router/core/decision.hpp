// From a call to a bannette: the machine proposes and explains; a human decides.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "router/core/site.hpp"

namespace bannette::router {

// As typed by the operator; any of them may be empty. Bounds: text_max; what is beyond is not read.
struct Call {
  std::string note;
  std::string commune;
  std::string address;
  date::local_days day{};  // of the call, in the site's zone: sectors may change from one day to the next
  bool commune_chosen = false;  // by a person, among the candidates: nothing goes before it
};

struct TopicScore {
  std::string code;
  double score = 0;  // 0..1
};

struct Reason {
  std::string code;  // "model:TOPIC", "model:danger", "safety:ID", "territory:commune", "runner-up" ...
  std::string text;  // French, at most 300 bytes
  bool operator==(const Reason&) const = default;
};

struct Candidate {
  std::string insee;
  std::string name;
  std::string unit;    // empty: outside the units
  std::string reason;  // French, at most 120 bytes: why it may be the one
  bool operator==(const Candidate&) const = default;
};

struct Decision {
  std::string topic;
  std::vector<TopicScore>
      topics;  // at least three (or all, where the site has fewer), best first; the first is `topic`
  Urgency urgency = Urgency::normal;
  bool danger = false;  // then the urgency is at least urgent
  std::string insee;    // empty: cannot be told, or outside
  std::string commune_name;
  std::string unit;          // territorial unit by address, whatever the topic
  std::string without_unit;  // where a territorial topic goes as long as there is no unit
  std::string bannette;    // "UNIT/SERVICE", "service:CODE", "arbitrage", "" for an outcome without a dossier
  bool uncertain = false;  // topic or territory: a human should look before sending
  std::vector<Reason> because;        // at most 16
  std::vector<Candidate> candidates;  // at most 12, where the commune or the unit could not be told
  std::string rules_version;
  std::string model_version;  // empty: no model
};

// "immédiate", "urgente" ...: for reasons.
[[nodiscard]] std::string_view in_french(Urgency urgency);

// Pure and bounded: same site and call, same decision. `site` must be prepared.
[[nodiscard]] Decision decide(const Site& site, const Call& call);

}  // namespace bannette::router
