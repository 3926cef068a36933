// Past calls made by hand: content and history as a journal would give them.
#pragma once
#include "router/review/past.hpp"
#include "tests/unit/router_core/small_site.hpp"

namespace bannette::router::test {

inline v1::Content content_of(const std::string& note, const std::string& topic,
                              const std::string& bannette) {
  v1::Content content;
  content.set_note(note);
  content.set_commune("Hem");
  content.set_insee("59299");
  content.set_unit("hem");
  content.set_proposed_topic(topic);
  content.set_proposed_urgency(v1::URGENCY_NORMAL);
  content.set_proposed_bannette(bannette);
  return content;
}

// As proposed: nobody has decided otherwise.
inline Past past_as_proposed(const std::string& note = "facture impayée") {
  Past past;
  past.content = content_of(note, "budget", "hem/social");
  past.dossier.number = 7;
  past.dossier.arrived_ms = 1'764'061'200'000;
  Change submitted;
  submitted.kind = ChangeKind::submitted;
  submitted.topic = "budget";
  submitted.bannette = "hem/social";
  past.history = {submitted};
  return past;
}

inline Change redirected(const std::string& from, const std::string& to, Why why,
                         ChangeKind kind = ChangeKind::proposal_accepted) {
  Change change;
  change.kind = kind;
  change.bannette = from;
  change.to = to;
  change.reason = name(why);
  return change;
}

}  // namespace bannette::router::test
