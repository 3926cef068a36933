#include "queue/core/restricted.hpp"

#include <algorithm>

namespace bannette {
namespace {

bool may_know(const Authority& who, const Dossier& d) {
  if (who.kind == Authority::Kind::router || may_supervise(who)) return true;
  if (who.kind == Authority::Kind::console && !who.person) return true;
  return may_work_restricted(who, d.bannette) || (d.proposal && may_work_restricted(who, d.proposal->to)) ||
         std::any_of(d.copies.begin(), d.copies.end(), [&](const auto& to) { return may_work(who, to); });
}

}  // namespace

Restricted::Restricted(const Rules& rules) {
  for (const auto& rule : rules.topics)
    if (!rule.restricted) open_.insert(rule.code);
}

TopicSight Restricted::shown_to(const Authority& who, const Dossier& dossier) const {
  if (!topic(dossier.topic)) return TopicSight::open;
  return may_know(who, dossier) ? TopicSight::restricted : TopicSight::hidden;
}

}  // namespace bannette
