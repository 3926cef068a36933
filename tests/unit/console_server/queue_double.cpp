#include "tests/unit/console_server/queue_double.hpp"

#include "tests/unit/console_server/calls_double.hpp"
#include "tests/unit/console_server/harness.hpp"

namespace bannette::console::testing {
namespace {

std::string dossier_of(const v1::Envelope& question) {
  switch (question.body_case()) {
    case v1::Envelope::kShow:
      return question.show().dossier();
    case v1::Envelope::kTake:
      return question.take().dossier();
    case v1::Envelope::kReserve:
      return question.reserve().dossier();
    case v1::Envelope::kAccept:
      return question.accept().dossier();
    case v1::Envelope::kRenew:
      return question.renew().dossier();
    case v1::Envelope::kRelease:
      return question.release().dossier();
    case v1::Envelope::kNote:
      return question.note().dossier();
    case v1::Envelope::kHandle:
      return question.handle().dossier();
    case v1::Envelope::kHold:
      return question.hold().dossier();
    case v1::Envelope::kResume:
      return question.resume().dossier();
    case v1::Envelope::kSendBack:
      return question.send_back().dossier();
    case v1::Envelope::kPropose:
      return question.propose().dossier();
    case v1::Envelope::kWithdrawProposal:
      return question.withdraw_proposal().dossier();
    case v1::Envelope::kAcceptProposal:
      return question.accept_proposal().dossier();
    case v1::Envelope::kRefuseProposal:
      return question.refuse_proposal().dossier();
    case v1::Envelope::kCopy:
      return question.copy().dossier();
    case v1::Envelope::kMerge:
      return question.merge().dossier();
    case v1::Envelope::kAcknowledge:
      return question.acknowledge().dossier();
    case v1::Envelope::kReopen:
      return question.reopen().dossier();
    case v1::Envelope::kClose:
      return question.close().dossier();
    case v1::Envelope::kReassign:
      return question.reassign().dossier();
    case v1::Envelope::kMove:
      return question.move().dossier();
    case v1::Envelope::kListEvents:
      return question.list_events().dossier();
    default:
      return {};
  }
}

}  // namespace

std::optional<v1::Envelope> queue(const v1::Envelope& question) {
  v1::Envelope reply;
  const std::string& unit = question.actor().units_size() > 0 ? question.actor().units(0) : std::string();
  const std::string dossier = dossier_of(question);
  const std::string owner = dossier == kOwn ? "u1" : dossier == kOther ? "u2" : "";
  // Whoever has no unit and reaches a dossier all the same: on call, or a supervisor.
  const bool everywhere = unit.empty() && !owner.empty();
  if (!dossier.empty() && owner != unit && !everywhere)
    return error_reply("not_found", "dossier", "dossier " + dossier);
  v1::Header header;
  header.set_bannette(owner.empty() ? "u1/social" : owner + "/social");
  header.set_state(v1::STATE_WAITING);
  header.set_insee("59512");
  switch (question.body_case()) {
    case v1::Envelope::kShow:
      *reply.mutable_dossier()->mutable_header() = header;
      break;
    case v1::Envelope::kFind:
      *reply.mutable_found()->add_items() = header;
      break;
    case v1::Envelope::kCount:
      reply.mutable_counts()->add_bannettes()->set_bannette("u1/social");
      reply.mutable_counts()->add_bannettes()->set_bannette("u2/social");
      reply.mutable_counts()->mutable_bannettes(0)->set_unattended(true);
      reply.mutable_counts()->mutable_bannettes(1)->set_restricted_unattended(true);
      reply.mutable_counts()->mutable_bannettes(0)->set_unacknowledged(2);
      reply.mutable_counts()->add_slow()->set_program("vieux-poste");
      break;
    case v1::Envelope::kListEvents:
      reply.mutable_events()->set_scanned_seq(question.list_events().after_seq() + 1);
      reply.mutable_events()->add_items()->set_change("clock_jumped");
      break;
    case v1::Envelope::kListTray:
      for (auto* list : {reply.mutable_tray()->mutable_offered(), reply.mutable_tray()->mutable_copies()}) {
        v1::Header& others = *list->Add();
        others.set_bannette("u2/social");
        list->Add()->set_bannette("u2/social");
      }
      reply.mutable_tray()->mutable_offered(0)->mutable_proposal()->set_to("u1/social");
      reply.mutable_tray()->mutable_copies(0)->add_copies("u1/social");
      *reply.mutable_tray()->add_items() = header;
      header.set_bannette("u2/social");
      *reply.mutable_tray()->add_items() = header;
      break;
    default:
      *reply.mutable_done()->mutable_header() = header;
  }
  return reply;
}

std::optional<v1::Envelope> router_says(const v1::Envelope& question) {
  v1::Envelope reply;
  if (question.has_classify()) {
    reply.mutable_classified()->set_topic("social.budget");
  } else if (question.has_similar()) {
    auto& item = *reply.mutable_alike()->add_items();
    item.set_bannette("u1/social");
    item.add_because()->set_code("like_call");
    reply.mutable_alike()->set_withheld(true);
  } else if (question.has_list_outbox()) {
    auto& letters = *reply.mutable_outbox_letters();
    letters.set_at_ms(1'773'738'090'500);
    letters.mutable_report()->set_waiting(1);
    auto& letter = *letters.add_items();
    letter.set_place(7);
    letter.set_since_ms(1'773'738'000'000);
    letter.set_urgency(v1::URGENCY_URGENT);
    letters.add_acts()->set_act("discarded");
  } else if (question.has_retry_letter() || question.has_discard_letter()) {
    reply.mutable_letter_settled()->mutable_letter()->set_place(question.retry_letter().place() +
                                                                question.discard_letter().place());
  } else if (question.has_suggest()) {
    auto& item = *reply.mutable_suggested()->add_items();
    item.set_insee(question.suggest().insee());
    item.set_street(question.suggest().query());
    item.add_postal_codes(std::to_string(question.suggest().limit()));
  } else if (auto calls = answer_about_calls(question)) {
    return calls;
  } else {
    reply.mutable_receipt()->set_reference("K7F-3MX");
  }
  return reply;
}

}  // namespace bannette::console::testing
