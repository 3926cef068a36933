#include "queue/journal/check.hpp"

#include <algorithm>
#include <vector>

#include "queue/core/lifecycle.hpp"
#include "queue/journal/chain.hpp"

namespace bannette::journal {
namespace {

constexpr std::size_t records_a_step = 5'000;
constexpr std::size_t dossiers_a_step = 200;
constexpr std::size_t all = static_cast<std::size_t>(-1);

std::string record_name(std::uint64_t seq) {
  return "enregistrement " + std::to_string(seq) + " : ";
}
std::string dossier_name(std::uint64_t number) {
  return "dossier n° " + std::to_string(number) + " : ";
}

// The chain, from its first record to its last.
class ChainCheck {
 public:
  ChainCheck(Reader& reader, const std::optional<Head>& told,
             const std::function<void(const Finding&)>& found)
      : reader_(reader), told_(told), found_(found), last_{0, genesis(reader.site())} {}

  Head run() {
    const Head mark = reader_.mark();  // before the records: a running service moves both
    std::size_t count = 0;
    do {
      count = reader_.each_raw(last_.seq, records_a_step, [this](RawRecord&& raw) { one(std::move(raw)); });
    } while (count == records_a_step);
    if (told_ && told_->seq > last_.seq)
      found_({last_.seq + 1, 0,
              record_name(last_.seq + 1) + "il manque, comme tous jusqu'à " + std::to_string(told_->seq) +
                  " que queue.head a vu : la fin a été perdue ou effacée"});
    if (told_ && told_->seq == 0 && told_->hash != genesis(reader_.site()))
      found_({0, 0, record_name(0) + "sa somme de contrôle n'est pas celle que queue.head a gardée"});
    if (const auto wrong = mark_disagreement(reader_, last_, mark)) found_({mark.seq, 0, *wrong});
    return last_;
  }
  // Of each dossier, by number: its last record.
  [[nodiscard]] const std::vector<std::uint64_t>& last_of() const { return last_of_; }

 private:
  void one(RawRecord&& raw) {
    const std::uint64_t seq = raw.seq;
    const Head before = last_;
    last_ = {seq, hash_from_bytes(raw.hash).value_or(Hash{})};
    if (told_ && told_->seq == seq && told_->hash != last_.hash)
      found_({seq, 0, record_name(seq) + "sa somme de contrôle n'est pas celle que queue.head a gardée"});
    try {
      if (seq == before.seq + 1) return follow(check_record(std::move(raw), before.hash, reader_.site()));
      gap(before.seq + 1, seq - 1);
      follow(decode_row(std::move(raw), reader_.site()));
    } catch (const Damaged& e) {
      found_({seq, 0, e.what()});
    }
  }

  void gap(std::uint64_t first, std::uint64_t last) {
    found_({first, 0,
            record_name(first) +
                (first == last ? "il manque" : "il manque, comme tous jusqu'à " + std::to_string(last)) +
                " : on l'a effacé, la suite ne peut plus être rattachée au début"});
  }

  void follow(const Record& record) {
    const Change& change = record.change;
    const auto complain = [&](const std::string& what) {
      found_({change.seq, change.number, record_name(change.seq) + what});
    };
    if (record.epoch < epoch_) complain("son époque est antérieure à celle de l'enregistrement précédent");
    epoch_ = std::max(epoch_, record.epoch);
    if (change.kind == ChangeKind::submitted && change.number != last_of_.size() + 1)
      complain("il ouvre le dossier n° " + std::to_string(change.number) + ", on attendait le n° " +
               std::to_string(last_of_.size() + 1));
    if (change.number == 0) {
      if (change.previous_seq != last_of_site_)
        complain("il dit suivre l'enregistrement " + std::to_string(change.previous_seq) +
                 " du site, qui en est à " + std::to_string(last_of_site_));
      last_of_site_ = change.seq;
      return;
    }
    if (change.number > last_of_.size() + records_a_step) return;  // a number that cannot be; told above
    if (change.number > last_of_.size()) last_of_.resize(change.number);
    std::uint64_t& last = last_of_[change.number - 1];
    if (change.previous_seq != last)
      complain("il dit suivre l'enregistrement " + std::to_string(change.previous_seq) +
               " de son dossier, qui en est à " + std::to_string(last));
    last = change.seq;
  }

  Reader& reader_;
  const std::optional<Head>& told_;
  const std::function<void(const Finding&)>& found_;
  Head last_;
  std::uint64_t epoch_ = 0;
  std::uint64_t last_of_site_ = 0;
  std::vector<std::uint64_t> last_of_;
};

// The names of what differs, for people.
std::string differences(const Dossier& row, const Dossier& folded) {
  std::string names;
  const auto compare = [&](bool same, const char* name) {
    if (!same) names += (names.empty() ? "" : ", ") + std::string(name);
  };
  compare(row.id == folded.id, "identifiant");
  compare(row.bannette == folded.bannette, "bannette");
  compare(row.state == folded.state, "état");
  compare(row.topic == folded.topic, "motif");
  compare(row.urgency == folded.urgency && row.danger == folded.danger, "urgence");
  compare(row.arrived_ms == folded.arrived_ms && row.arrival_seq == folded.arrival_seq, "arrivée");
  compare(row.deadline_ms == folded.deadline_ms, "échéance");
  compare(row.holder == folded.holder && row.fence == folded.fence, "détenteur");
  compare(row.outcome == folded.outcome, "issue");
  return names.empty() ? "bail ou date" : names;
}

// The dossiers' rows, keys, contacts and sealed parts.
class DossierCheck {
 public:
  DossierCheck(Reader& reader, const std::vector<std::uint64_t>& last_of,
               const std::function<void(const Finding&)>& found)
      : reader_(reader), last_of_(last_of), found_(found) {}

  void run(CheckReport& report) {
    std::uint64_t after = 0;
    for (;;) {
      const auto snapshot = reader_.snapshot();
      const auto page = reader_.numbers(after, dossiers_a_step);
      for (const std::uint64_t number : page) {
        for (std::uint64_t missing = after + 1; missing < number && missing <= last_of_.size(); ++missing)
          complain(missing, "sa ligne manque");
        after = number;
        row(number, report);
      }
      if (page.size() < dossiers_a_step) break;
    }
    for (std::uint64_t missing = after + 1; missing <= last_of_.size(); ++missing)
      complain(missing, "sa ligne manque");
  }

 private:
  void complain(std::uint64_t number, const std::string& what) {
    found_({0, number, dossier_name(number) + what});
  }
  void complain_of(std::uint64_t number, const Damaged& error) {
    const std::string front = dossier_name(number), what = error.what();
    complain(number, what.starts_with(front) ? what.substr(front.size()) : what);
  }

  // A row that cannot be read does not stop the others.
  void row(std::uint64_t number, CheckReport& report) {
    ++report.dossiers;
    std::optional<Dossier> dossier;
    try {
      dossier = reader_.dossier(number);
    } catch (const Damaged& e) {
      return complain_of(number, e);
    }
    if (dossier) one(*dossier, report);
  }

  void one(const Dossier& row, CheckReport& report) {
    if (row.number <= last_of_.size() && row.changed_seq < last_of_[row.number - 1])
      complain(row.number, "sa ligne en est à l'enregistrement " + std::to_string(row.changed_seq) +
                               ", son dernier est " + std::to_string(last_of_[row.number - 1]));
    std::vector<Record> history;
    try {
      history = reader_.history(row.number, row.changed_seq, all);
      std::optional<Dossier> folded;
      for (const Record& record : history) folded = evolve(folded, record.change);
      if (folded != row)
        complain(row.number,
                 "sa ligne diffère de son histoire (" + (folded ? differences(row, *folded) : "vide") + ")");
    } catch (const Damaged& e) {
      complain(row.number, std::string("son histoire ne se lit pas (") + e.what() + ")");
    } catch (const std::logic_error& e) {
      complain(row.number, std::string("son histoire ne se tient pas (") + e.what() + ")");
    }
    open_all(row, history, report);
  }

  void open_all(const Dossier& row, const std::vector<Record>& history, CheckReport& report) {
    try {
      const auto mark = reader_.erasure(row.number, row.id);
      if (mark == Reader::Mark::forged)
        complain(row.number, "sa marque d'effacement n'est pas de ce programme");
      const auto key = reader_.key(row.number, row.id);
      if (!key) return without_key(row.number, mark, report);
      if (mark != Reader::Mark::none) complain(row.number, "il a été effacé, mais une clé est là");
      for (const Record& record : history) {
        const Personal personal = reader_.open(record, *key);
        if (!personal.contact.empty() && !reader_.has_contact(personal.contact, row.number))
          complain(row.number, "son contact ne se retrouve plus (table contact)");
      }
    } catch (const Damaged& e) {
      complain_of(row.number, e);
    }
  }

  // Every dossier gets a key when it arrives; only erasing takes it away, and leaves a mark.
  void without_key(std::uint64_t number, Reader::Mark mark, CheckReport& report) {
    if (mark == Reader::Mark::erased)
      ++report.erased;
    else if (mark == Reader::Mark::none)
      complain(number, "contenu effacé sans trace dans le journal (sa clé a disparu)");
  }

  Reader& reader_;
  const std::vector<std::uint64_t>& last_of_;
  const std::function<void(const Finding&)>& found_;
};

}  // namespace

CheckReport check_journal(Reader& reader, const std::optional<Head>& told,
                          const std::function<void(const Finding&)>& found) {
  CheckReport report;
  const std::function<void(const Finding&)> count = [&](const Finding& finding) {
    ++report.findings;
    found(finding);
  };
  ChainCheck chain(reader, told, count);
  report.head = chain.run();
  DossierCheck(reader, chain.last_of(), count).run(report);
  return report;
}

}  // namespace bannette::journal
