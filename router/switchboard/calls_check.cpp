#include "router/switchboard/calls_check.hpp"

#include <map>
#include <optional>

#include "queue/journal/chain.hpp"
#include "queue/journal/head_file.hpp"
#include "router/switchboard/calls_rows.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t kStep = 2'000;

std::string name_of(std::uint64_t seq) {
  return "calls.db, enregistrement " + std::to_string(seq) + " : ";
}

class Check {
 public:
  Check(const std::filesystem::path& data, const seal::Key& master,
        const std::function<void(const std::string&)>& found)
      : told_(journal::read_head_file(data, "calls")),
        db_(data / "calls.db", sqlite::Database::Mode::read_only),
        meta_(CallsRows::meta(db_)),
        rows_(db_, master, meta_.site),
        found_(found),
        last_{0, CallsRows::genesis(meta_.site)} {
    if (meta_.recognition != CallsRows::recognition(master, meta_.site))
      throw journal::CannotOpen("calls.db : la clé maîtresse n'est pas la sienne");
  }

  CallsReport run() {
    while (rows_.each_raw(last_.seq, kStep, [this](const CallsRows::Raw& raw) { one(raw); }) == kStep) {
    }
    if (told_ && told_->seq > last_.seq)
      found_(name_of(last_.seq + 1) + "il manque, comme tous jusqu'à " + std::to_string(told_->seq) +
             " que calls.head a vu : la fin a été perdue ou effacée");
    if (!told_ && last_.seq > 0) found_("calls.head : ce fichier manque, une fin effacée ne se verrait pas");
    check_index();
    report_.records = last_.seq;
    return report_;
  }

 private:
  void one(const CallsRows::Raw& raw) {
    if (raw.seq != last_.seq + 1) found_(name_of(last_.seq + 1) + "il manque");
    const auto hash = journal::hash_from_bytes(raw.hash);
    const bool emptied = raw.sealed.empty() && raw.day < meta_.erased_before_day;
    const auto kind = static_cast<CallRecordKind>(raw.kind);
    const bool follows =
        hash && raw.seq == last_.seq + 1 &&
        *hash == next_hash(last_.hash, raw.seq, kind, raw.day, raw.call, raw.clear, raw.sealed);
    if (!follows && !emptied) found_(name_of(raw.seq) + "sa somme de contrôle n'est pas la bonne");
    last_ = {raw.seq, hash.value_or(journal::Hash{})};
    if (told_ && told_->seq == raw.seq && told_->hash != last_.hash)
      found_(name_of(raw.seq) + "sa somme de contrôle n'est pas celle que calls.head a gardée");
    try {
      const std::string hidden = rows_.opened(raw.seq, raw.day, raw.sealed);
      if (!readable(kind, raw.clear, hidden, emptied)) found_(name_of(raw.seq) + "illisible");
    } catch (const journal::Damaged& damaged) {
      found_(damaged.what());
    }
    if (kind == CallRecordKind::call) calls_[raw.call] = raw.seq;
  }

  static bool readable(CallRecordKind kind, const std::string& clear, const std::string& hidden,
                       bool emptied) {
    switch (kind) {
      case CallRecordKind::fact:
        return emptied || event_of(hidden).has_value();
      case CallRecordKind::callback:
        return emptied || callback_of(hidden).has_value();
      case CallRecordKind::call:
        return call_of(clear, hidden).has_value();
      case CallRecordKind::link:
        return link_of(clear).has_value();
      case CallRecordKind::post_time:
        return post_time_of(clear).has_value();
    }
    return false;
  }

  // A running service may have gone on since the records were read.
  void check_index() {
    sqlite::Statement select(db_, "SELECT id, seq FROM call");
    sqlite::Rows rows(select);
    while (rows.next()) {
      ++report_.calls;
      const std::string id(select.text(0));
      const std::uint64_t seq = select.unsigned_integer(1);
      if (seq > last_.seq) continue;
      const auto known = calls_.find(id);
      if (known == calls_.end() || known->second != seq)
        found_("calls.db : l'appel " + id + " n'est pas à sa place dans l'index");
      if (known != calls_.end()) calls_.erase(known);
    }
    for (const auto& [id, seq] : calls_) found_("calls.db : l'appel " + id + " manque dans l'index");
  }

  std::optional<journal::Head> told_;
  sqlite::Database db_;
  CallsMeta meta_;
  CallsRows rows_;
  const std::function<void(const std::string&)>& found_;
  journal::Head last_;
  std::map<std::string, std::uint64_t> calls_;
  CallsReport report_;
};

}  // namespace

CallsReport check_calls(const std::filesystem::path& data, const seal::Key& master,
                        const std::function<void(const std::string&)>& found) {
  return Check(data, master, found).run();
}

void begin_restored_calls(const std::filesystem::path& data) {
  sqlite::Database db(data / "calls.db", sqlite::Database::Mode::read_only);
  const CallsMeta meta = CallsRows::meta(db);
  const journal::Head head = CallsRows(db, seal::Key{}, meta.site).head();
  const journal::HeadFile made(data, head, "calls");
}

}  // namespace bannette::router
