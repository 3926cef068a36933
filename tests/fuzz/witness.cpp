#include "tests/fuzz/witness.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <vector>

#include <google/protobuf/message.h>

namespace bannette::fuzz {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

[[noreturn]] void broken(const std::string& promise, const v1::Envelope& answer) {
  throw std::logic_error(promise + ": " + answer.ShortDebugString());
}

bool belongs(const std::string& bannette, const std::string& owner) {
  return bannette == owner || bannette.starts_with(owner + "/");
}

bool sees(const std::set<std::string>& owners, const std::string& bannette) {
  for (const auto& owner : owners)
    if (belongs(bannette, owner)) return true;
  return false;
}

// Whose bannettes a key opens by itself.
std::set<std::string> owners_of(const std::string& principal) {
  if (principal.starts_with("unit:")) return {principal.substr(5)};
  if (principal.starts_with("service:")) return {principal};
  return {};
}

// Every message of these kinds in an answer, wherever it stands.
template <class Visit>
void each_part(const Message& message, const Visit& visit) {
  visit(message);
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      each_part(reflection->GetMessage(message, field), visit);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i)
      each_part(reflection->GetRepeatedMessage(message, field, i), visit);
  }
}

// One that left for another's bannette is told as gone, no more.
bool only_gone(const v1::Header& header) {
  v1::Header gone;
  gone.set_id(header.id());
  gone.set_reference(header.reference());
  gone.set_bannette(header.bannette());
  gone.set_changed_seq(header.changed_seq());
  gone.set_fence(header.fence());  // the one that was given, of a repeated request
  return gone.SerializeAsString() == header.SerializeAsString();
}

bool by_copy(const std::set<std::string>& owners, const v1::Header& header) {
  return std::any_of(header.copies().begin(), header.copies().end(),
                     [&](const std::string& copy) { return sees(owners, copy); });
}

bool may_see(const std::set<std::string>& owners, const v1::Header& header) {
  return sees(owners, header.bannette()) || by_copy(owners, header) ||
         (header.has_proposal() && sees(owners, header.proposal().to())) || only_gone(header);
}

// Why these may not see this answer, or nothing.
std::optional<std::string> breach(const std::set<std::string>& owners, const v1::Envelope& answer) {
  // The one who gave it away is told so, once: the header as that very change left it.
  const bool own_doing = answer.has_done() && answer.done().seq() == answer.done().header().changed_seq();
  std::optional<std::string> why;
  each_part(answer, [&](const Message& part) {
    if (const auto* header = dynamic_cast<const v1::Header*>(&part); header != nullptr && !own_doing)
      if (!may_see(owners, *header)) why = "a dossier of others";
    if (const auto* count = dynamic_cast<const v1::BannetteCount*>(&part))
      if (!sees(owners, count->bannette())) why = "a count of others";
  });
  for (const auto& item : answer.tray().items())
    if (!sees(owners, item.bannette())) why = "an item of others";
  const v1::Dossier& shown = answer.dossier();
  const bool reads = sees(owners, shown.header().bannette()) || by_copy(owners, shown.header()) ||
                     !shown.header().restricted();
  if (!reads && (shown.has_content() || shown.history_size() > 0)) why = "content of a restricted topic";
  return why;
}

void check_content(const v1::Envelope& answer, journal::Journal& journal) {
  const v1::Dossier& shown = answer.dossier();
  const auto id = uuid_from_bytes(shown.header().id());
  const auto kept = id ? journal.content(dossier_number(*id)) : std::nullopt;
  v1::Content content;
  if (!kept || !content.ParseFromString(*kept) ||
      content.SerializeAsString() != shown.content().SerializeAsString())
    broken("content that is not this dossier's", answer);
}

}  // namespace

void Witness::asked(std::size_t caller, const std::string& principal, const v1::Envelope& request) {
  const Asked asked{caller, request.request_id()};
  ++(request.has_credit() ? perhaps_ : owed_)[asked];
  Request& known = requests_[asked];
  if (!request.idempotency_key().empty()) known.keys.insert(request.idempotency_key());
  known.relayed = known.relayed || request.has_classify() || request.has_suggest() ||
                  request.has_log_call() || request.has_outbox_state() || request.has_list_outbox() ||
                  request.has_retry_letter() || request.has_discard_letter() || request.has_similar();
  const bool of_units =
      request.actor().role() == v1::ROLE_AGENT || request.actor().role() == v1::ROLE_MANAGER;
  known.sees_all = known.sees_all || !of_units;
  if (principal == "console")
    known.units.insert(request.actor().units().begin(), request.actor().units().end());
}

void Witness::answered(std::size_t caller, const std::string& principal, const v1::Envelope& answer,
                       journal::Journal& journal) {
  const Asked asked{caller, answer.request_id()};
  const bool hint = answer.request_id() == 0 && (answer.has_deliver() || answer.has_subscribed());
  if (!hint && owed_[asked]-- <= 0) {
    ++owed_[asked];
    if (perhaps_[asked]-- <= 0) broken("an answer that nobody asked for", answer);
  }
  const Request request = hint ? Request{} : requests_[asked];
  if (request.relayed) return;  // the router answers for itself
  const bool console_of_units = principal == "console" && !hint && !request.sees_all;
  const auto owners = console_of_units ? request.units : owners_of(principal);
  if (!owners.empty())
    if (const auto why = breach(owners, answer)) broken(*why + " for " + principal, answer);
  if (answer.dossier().has_content()) check_content(answer, journal);
  if ((!answer.has_receipt() && !answer.has_done()) || request.keys.size() != 1) return;
  const std::string change =
      answer.has_receipt() ? answer.receipt().SerializeAsString() : std::to_string(answer.done().seq());
  const auto [first, is_new] = changes_.try_emplace({principal, *request.keys.begin()}, change);
  if (!is_new && first->second != change) broken("another change of the same key", answer);
}

void Witness::settled() const {
  for (const auto& [asked, count] : owed_)
    if (count != 0)
      throw std::logic_error("request " + std::to_string(asked.second) + " of caller " +
                             std::to_string(asked.first) + " lacks " + std::to_string(count) + " answers");
}

void Witness::left(std::size_t caller) {
  for (auto& [asked, count] : owed_) {
    if (asked.first != caller) continue;
    perhaps_[asked] += count;
    count = 0;
  }
}

void Witness::restarted() {
  owed_.clear();
  perhaps_.clear();
}

}  // namespace bannette::fuzz
