#include "agent-console/cli/reload.hpp"

#include <algorithm>
#include <chrono>

#include <boost/json.hpp>
#include <spdlog/spdlog.h>

#include "agent-console/core/views.hpp"
#include "queue/core/leftover.hpp"
#include "router/config/difference.hpp"
#include "router/config/rules.hpp"

namespace bannette::console {
namespace {

namespace json = boost::json;

constexpr std::size_t waiting_most = 4;
constexpr std::chrono::seconds patience{20};  // for queue and router: each needs milliseconds

json::array texts(const std::vector<std::string>& lines) {
  return json::array(lines.begin(), lines.end());
}

// Both at once: while router and queue change over, neither is told a name that the other does not know yet.
Rules both(Rules fresh, const Rules& old) {
  for (const auto& bannette : old.bannettes)
    if (std::find(fresh.bannettes.begin(), fresh.bannettes.end(), bannette) == fresh.bannettes.end())
      fresh.bannettes.push_back(bannette);
  for (const auto& topic : old.topics)
    if (std::none_of(fresh.topics.begin(), fresh.topics.end(),
                     [&](const TopicRule& each) { return each.code == topic.code; }))
      fresh.topics.push_back(topic);
  return fresh;
}

// The answer of another thread, or what stands for its absence.
template <class T>
T come(std::future<T> answer, const char* whose) {
  if (answer.wait_for(patience) != std::future_status::ready)
    throw std::runtime_error(std::string(whose) + " ne répond pas");
  return answer.get();
}

std::string told(const Leftover& left) {
  return left.bannette + " a encore " + std::to_string(left.dossiers) + " dossier" +
         (left.dossiers > 1 ? "s ouverts" : " ouvert");
}

}  // namespace

json::array findings_json(const std::vector<router::Finding>& all) {
  json::array findings;
  for (const auto& each : all)
    findings.push_back(
        json::object{{"severity", each.severity == router::Severity::error ? "error" : "warning"},
                     {"file", each.file},
                     {"line", each.line},
                     {"column", each.column},
                     {"message", each.message},
                     {"instead", each.instead}});
  return findings;
}

std::string to_json(const ReloadReport& report) {
  return json::serialize(json::object{{"switched", report.switched},
                                      {"before", report.before},
                                      {"after", report.after},
                                      {"findings", findings_json(report.findings)},
                                      {"refused", texts(report.refused)},
                                      {"changes", texts(report.changes)},
                                      {"remarks", texts(report.remarks)}});
}

Reloading::Reloading(std::filesystem::path config, std::shared_ptr<const router::Site> site, Parts parts)
    : config_(std::move(config)),
      site_(std::move(site)),
      parts_(std::move(parts)),
      accounts_(parts_.data),
      version_(site_->rules_version),
      thread_([this] { run(); }) {}

Reloading::~Reloading() {
  stop();
}

void Reloading::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Reloading::ask(ConfigurationWish wish, Answer answer) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && waiting_.size() < waiting_most) {
      waiting_.push_back({std::move(wish), std::move(answer)});
      changed_.notify_one();
      return;
    }
  }
  ReloadReport busy;
  busy.refused.emplace_back("d'autres rechargements attendent, ou le service s'arrête : réessayez");
  answer(false, to_json(busy));
}

void Reloading::run() {
  for (;;) {
    Asked asked;
    bool stopping = false;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      stopping = stopping_;
      if (waiting_.empty()) return;
      asked = std::move(waiting_.front());
      waiting_.pop_front();
    }
    ReloadReport report;
    if (stopping)
      report.refused.emplace_back("le service s'arrête");
    else
      report = serve(asked.wish);
    asked.answer(report.well(), to_json(report));
  }
}

ReloadReport Reloading::serve(const ConfigurationWish& wish) {
  ReloadReport report;
  report.before = site_->rules_version;
  std::optional<ConfigurationCopy> copy;
  try {
    if (const auto fresh = load(wish, copy, report)) {
      report.after = fresh->rules_version;
      report.changes = router::differences(*site_, *fresh);
      if (fresh->code != site_->code)
        report.refused.push_back("site.toml : le code du site passe de « " + site_->code + " » à « " +
                                 fresh->code + " » : c'est un autre site, avec d'autres données");
      else if (wish.act == ConfigurationWish::Act::look)
        for (const auto& left :
             come(parts_.queue.use(rules_of(*fresh), broker::Leaving::look_only), "la file des bannettes"))
          report.refused.push_back(told(left) + " : à déplacer d'abord, ou redémarrer");
      else
        switch_over(wish, fresh, copy, report);
    }
  } catch (const std::exception& error) {
    report.refused.emplace_back(error.what());
  }
  const bool looked = wish.act == ConfigurationWish::Act::look;
  const char* fate = report.switched ? "in force" : looked ? "only looked at" : "refused";
  // Whose account it was is in the audit, not in the log.
  spdlog::info("configuration {} -> {}: {}, asked by {}", report.before,
               report.after.empty() ? "(errors)" : report.after, fate,
               wish.by.address.empty() ? wish.by.name : "an account");
  if (!looked) put_down(wish, report);
  return report;
}

std::shared_ptr<const router::Site> Reloading::load(const ConfigurationWish& wish,
                                                    std::optional<ConfigurationCopy>& copy,
                                                    ReloadReport& report) {
  const auto read = [&](const std::filesystem::path& folder) -> std::shared_ptr<const router::Site> {
    auto loaded = router::load_site(folder);
    report.findings = std::move(loaded.findings);
    return loaded.site ? std::make_shared<const router::Site>(std::move(*loaded.site)) : nullptr;
  };
  if (wish.act == ConfigurationWish::Act::look) return read(config_);
  if (wish.act == ConfigurationWish::Act::roll_back) {
    const std::string which = "configuration n° " + std::to_string(wish.number);
    const auto folder = parts_.kept.folder(wish.number);
    if (folder && parts_.kept.intact(wish.number)) return read(*folder);
    report.refused.push_back(folder ? which + " : sa copie est abîmée, on ne peut pas y revenir"
                                    : "il n'y a pas de " + which);
    return nullptr;
  }
  // What is kept is what was read: the folder may change meanwhile.
  try {
    copy = parts_.kept.copy(config_);
  } catch (const std::exception& error) {
    spdlog::warn("the configuration's folder is not copied: {}", error.what());
  }
  return read(copy ? copy->folder() : config_);
}

// In force, and kept for a later roll back; a roll back stays until the folder is activated again.
void Reloading::switch_over(const ConfigurationWish& wish, const std::shared_ptr<const router::Site>& fresh,
                            std::optional<ConfigurationCopy>& copy, ReloadReport& report) {
  put_in_force(fresh, report);
  if (!report.switched) return;
  {
    const std::lock_guard lock(mutex_);
    version_ = fresh->rules_version;
  }
  try {
    if (wish.act == ConfigurationWish::Act::roll_back) {
      parts_.kept.pin(wish.number, wish.by.name);
      parts_.kept.in_force(wish.number);
      report.remarks.push_back(
          "configuration n° " + std::to_string(wish.number) +
          " épinglée : elle reste en vigueur, aussi après un redémarrage, jusqu'à ce que le "
          "dossier de configuration soit activé");
      return;
    }
    parts_.kept.unpin();
    std::optional<std::uint64_t> number;
    if (copy)
      number = parts_.kept.keep(std::move(*copy), fresh->rules_version, wish.by.name);
    else
      report.remarks.emplace_back("cette configuration n'a pas pu être gardée : on ne pourra pas y revenir");
    parts_.kept.in_force(number);
  } catch (const std::exception& error) {
    report.remarks.push_back(std::string("en vigueur, mais l'historique n'a pas pu être écrit : ") +
                             error.what());
  }
}

void Reloading::put_down(const ConfigurationWish& wish, const ReloadReport& report) {
  const bool back = wish.act == ConfigurationWish::Act::roll_back;
  AuditEntry entry;
  entry.act = !report.switched ? "configuration_refused"
              : back           ? "configuration_rolled_back"
                               : "configuration_activated";
  entry.by = wish.by;
  entry.subject = back ? "n° " + std::to_string(wish.number) : "dossier de configuration";
  entry.detail = report.before + " → " + (report.after.empty() ? "(erreurs)" : report.after);
  try {
    accounts_.audit().append(entry);
  } catch (const std::exception& error) {
    spdlog::error("the audit cannot be written: {}", error.what());
  }
}

std::string Reloading::configurations() const {
  std::string version;
  {
    const std::lock_guard lock(mutex_);
    version = version_;
  }
  const auto in_force = parts_.kept.in_force();
  json::array items;
  for (const auto& each : parts_.kept.all())
    items.push_back(json::object{{"number", each.number},
                                 {"version", each.version},
                                 {"at", iso8601(each.at_ms)},
                                 {"who", each.who},
                                 {"in_force", in_force == each.number}});
  json::value pinned;
  if (const auto pin = parts_.kept.pinned())
    pinned = json::object{{"number", pin->number}, {"at", iso8601(pin->at_ms)}, {"who", pin->who}};
  return json::serialize(json::object{{"folder", config_.string()},
                                      {"version", version},
                                      {"number", in_force ? json::value(*in_force) : json::value()},
                                      {"pinned", std::move(pinned)},
                                      {"items", std::move(items)}});
}

// Queue, router, queue again: so that what the router decided by the old version still finds its bannette.
void Reloading::put_in_force(const std::shared_ptr<const router::Site>& fresh, ReloadReport& report) {
  const Rules rules = rules_of(*fresh), old = rules_of(*site_);
  const Rules together = both(rules, old);
  const bool takes_away =
      together.bannettes.size() > rules.bannettes.size() || together.topics.size() > rules.topics.size();
  if (takes_away && parts_.router.health().outbox_waiting > 0) {
    report.refused.emplace_back(
        "des appels attendent dans la boîte d'envoi et pourraient viser ce qui est retiré : réessayez quand "
        "elle est vide");
    return;
  }
  const char* queue = "la file des bannettes";
  for (const auto& left : come(parts_.queue.use(rules, broker::Leaving::look_only), queue))
    report.refused.push_back(told(left) + " : à déplacer d'abord, ou redémarrer");
  if (!report.refused.empty()) return;
  come(parts_.queue.use(together, broker::Leaving::accept), queue);
  report.switched = true;
  come(parts_.router.use(fresh), "le routeur");
  site_ = fresh;
  parts_.console(*fresh);
  if (!takes_away) return;
  std::vector<Leftover> arrived;
  if (parts_.router.health().outbox_waiting == 0)
    arrived = come(parts_.queue.use(rules, broker::Leaving::refuse), queue);
  else
    report.remarks.emplace_back(
        "des appels sont entrés dans la boîte d'envoi pendant le changement : ce qui est retiré reste connu "
        "de la "
        "file jusqu'au prochain rechargement");
  for (const auto& left : arrived)
    report.remarks.push_back(told(left) +
                             ", arrivés pendant le changement : à déplacer, puis recharger encore une fois");
}

}  // namespace bannette::console
