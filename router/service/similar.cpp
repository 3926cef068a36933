#include "router/service/similar.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "queue/codec/wire.hpp"
#include "queue/core/limits.hpp"
#include "router/core/phone.hpp"
#include "router/service/intake.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t kMost = 8;

// A dossier, or what is on its way to become one, that may be the same matter.
struct Draft {
  std::uint64_t number = 0;
  std::optional<Earlier> match;      // remembered
  std::optional<v1::Header> header;  // the queue's word
  bool same_number = false;
};

// One question on its way: the last answer of the queue completes it.
struct Asked {
  std::shared_ptr<const Site> site;
  Forwarding::Told told;
  v1::Alike out;
  std::vector<Draft> drafts;
  std::string insee, topic;
  std::size_t open = 0;

  Draft& draft(std::uint64_t number) {
    const auto known = std::find_if(drafts.begin(), drafts.end(),
                                    [&](const Draft& each) { return number != 0 && each.number == number; });
    if (known != drafts.end()) return *known;
    drafts.push_back({});
    drafts.back().number = number;
    return drafts.back();
  }
};

void add_reason(v1::Likeness& item, const char* code, std::string text) {
  auto& reason = *item.add_because();
  reason.set_code(code);
  reason.set_text(std::move(text));
}

// Which sorts first: the caller's own, then the likest, the newest of equals.
int weight(const Draft& draft) {
  const int alike = draft.match ? draft.match->percent : 0;
  return draft.same_number ? 1'000 + alike : alike;
}

std::int64_t arrived_ms(const Draft& draft) {
  return draft.header ? draft.header->arrived_ms() : draft.match ? draft.match->seen.at_ms : 0;
}

void explain(v1::Likeness& item, const Draft& draft, const Asked& asked, const std::string& topic,
             const std::string& insee, bool restricted) {
  if (draft.same_number) add_reason(item, "same_number", "même numéro");
  if (restricted) {  // neither its topic nor how its note reads is told
    if (!draft.same_number) add_reason(item, "like_call", "appel semblable");
    return;
  }
  if (!asked.insee.empty() && insee == asked.insee) add_reason(item, "same_commune", "même commune");
  if (!asked.topic.empty() && topic == asked.topic) add_reason(item, "same_topic", "même motif");
  if (!draft.match || draft.match->percent < Recent::alike_percent) return;
  item.set_percent(static_cast<std::uint32_t>(draft.match->percent));
  add_reason(item, "like_notes", "notes semblables à " + std::to_string(draft.match->percent) + " %");
}

void put(v1::Likeness& item, const Draft& draft, const Asked& asked) {
  const Seen remembered = draft.match ? draft.match->seen : Seen{};
  const std::string& topic = draft.header ? draft.header->topic() : remembered.topic;
  const std::string& insee = draft.header ? draft.header->insee() : remembered.insee;
  const Topic* known = find_topic(*asked.site, topic);
  const bool restricted = known == nullptr || known->restricted;
  item.set_bannette(draft.header ? draft.header->bannette() : remembered.bannette);
  item.set_arrived_ms(arrived_ms(draft));
  if (draft.number != 0) item.set_reference(make_reference(draft.number));
  if (draft.header) {
    item.set_state(draft.header->state());
    item.set_changed_ms(draft.header->changed_ms());
    if (!restricted) item.set_outcome(draft.header->outcome());
  }
  if (!restricted) item.set_topic(topic);
  explain(item, draft, asked, topic, insee, restricted);
}

void complete(Asked& asked) {
  // What the queue, having answered, does not know is no dossier (a backup was restored).
  if (!asked.out.partial())
    std::erase_if(asked.drafts, [](const Draft& each) { return each.number != 0 && !each.header; });
  std::sort(asked.drafts.begin(), asked.drafts.end(), [](const Draft& a, const Draft& b) {
    const bool newer = arrived_ms(a) > arrived_ms(b);
    if (a.same_number && b.same_number) return newer;
    return weight(a) != weight(b) ? weight(a) > weight(b) : newer;
  });
  for (const auto& draft : asked.drafts)
    if (asked.out.items_size() < static_cast<int>(kMost)) put(*asked.out.add_items(), draft, asked);
  v1::Envelope reply;
  *reply.mutable_alike() = std::move(asked.out);
  asked.told(std::move(reply));
}

void heard(const std::shared_ptr<Asked>& asked, const v1::Envelope& reply, bool by_number) {
  if (reply.has_error()) asked->out.set_partial(true);
  for (const auto& header : reply.found().items()) {
    const auto id = uuid_from_bytes(header.id());
    if (!id) continue;
    Draft& draft = asked->draft(dossier_number(*id));
    draft.header = header;
    draft.same_number = draft.same_number || by_number;
  }
  if (--asked->open == 0) complete(*asked);
}

void find(Forwarding& forwarding, const std::shared_ptr<Asked>& asked, v1::Find find, bool by_number) {
  v1::Envelope question;
  *question.mutable_find() = std::move(find);
  forwarding.ask(std::move(question),
                 [asked, by_number](v1::Envelope&& reply) { heard(asked, reply, by_number); });
}

void ask_queue(Forwarding& forwarding, const std::shared_ptr<Asked>& asked) {
  std::vector<v1::Find> finds;
  if (!asked->out.contact().empty()) finds.emplace_back().set_contact(asked->out.contact());
  for (const auto& draft : asked->drafts)
    if (draft.number != 0) finds.emplace_back().set_reference(make_reference(draft.number));
  asked->open = finds.size();
  if (finds.empty() || !forwarding.queue_up() || forwarding.is_full()) {
    asked->out.set_partial(!finds.empty());
    return complete(*asked);
  }
  for (auto& each : finds) {
    const bool by_number = !each.contact().empty();
    find(forwarding, asked, std::move(each), by_number);
  }
}

v1::Envelope error(const Refusal& refusal) {
  return codec::error(0, refusal);
}

}  // namespace

void ask_similar(std::shared_ptr<const Site> site, const Memory& memory, Forwarding& forwarding,
                 const v1::Similar& in, std::int64_t wall_ms, Forwarding::Told told) {
  if (auto ok = codec::check_text(in.phone(), limits::phone, "phone"); ok.has_error())
    return told(error(ok.error()));
  v1::Classify typed;
  typed.set_note(in.note());
  typed.set_commune(in.commune());
  typed.set_address(in.address());
  typed.set_topic(in.topic());
  typed.set_insee(in.insee());
  const auto classified = classify(*site, typed, day_of(*site, wall_ms));
  if (classified.has_error()) return told(error(classified.error()));
  const Phone phone = read_phone(in.phone());

  const auto asked = std::make_shared<Asked>(Asked{std::move(site), std::move(told), {}, {}, {}, {}, 0});
  asked->insee = classified.value().insee();
  asked->topic = in.topic().empty() ? classified.value().topic() : in.topic();
  asked->out.set_contact(phone.e164);
  asked->out.set_withheld(phone.kind == Phone::Kind::withheld);
  const Question question{wall_ms, memory.caller(phone.e164), asked->insee, asked->topic,
                          memory.sketch(in.note())};
  for (auto& match : memory.recent().like(question, kMost)) {
    Draft& draft = asked->draft(match.seen.number);
    draft.same_number = match.same_caller;
    draft.match = std::move(match);
  }
  ask_queue(forwarding, asked);
}

}  // namespace bannette::router
