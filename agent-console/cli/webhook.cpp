#include "agent-console/cli/webhook.hpp"

#include <charconv>
#include <functional>
#include <optional>
#include <ostream>

#include <boost/json.hpp>

#include "agent-console/cli/terminal_text.hpp"
#include "agent-console/webhooks/post.hpp"
#include "agent-console/webhooks/signature.hpp"
#include "agent-console/webhooks/store.hpp"
#include "agent-console/webhooks/test_post.hpp"
#include "queue/journal/master_key.hpp"
#include "queue/journal/reader.hpp"
#include "queue/system/clock.hpp"

namespace bannette::console {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using webhook::Store;

int refused(const Refusal& refusal, std::ostream& err) {
  err << "erreur : " << (refusal.field.empty() ? "" : "--" + refusal.field + " : ") << refusal.detail << '\n';
  return refusal.code == Code::malformed ? 2 : 1;
}

// The secrets are sealed under the master key, so a folder that no service has used yet has none to give.
int with_store(const fs::path& data, std::ostream& err, const std::function<int(Store&)>& use) {
  if (!fs::is_directory(data)) {
    err << "erreur : --data : pas de dossier de données : " << data.string() << '\n';
    return 2;
  }
  try {
    Store store(data / "webhooks.db", seal::subkey(seal::load_master_key(data), seal::Use::webhooks));
    return use(store);
  } catch (const std::exception& error) {
    err << "erreur : " << error.what() << '\n';
    return 1;
  }
}

std::optional<std::uint64_t> number_of(const std::string& text) {
  std::uint64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || number > INT64_MAX)
    return std::nullopt;
  return number;
}

int wrong_number(std::ostream& err, const char* instead) {
  err << "erreur : --from : écrire plutôt " << instead << '\n';
  return 2;
}

std::optional<webhook::Endpoint> find(Store& store, const std::string& name, std::ostream& err) {
  for (auto& each : store.endpoints())
    if (each.name == name) return each;
  err << "erreur : --name : pas de destinataire « " << visible(name) << " »\n";
  return std::nullopt;
}

int done(const Result<void>& result, std::ostream& err) {
  return result.has_error() ? refused(result.error(), err) : 0;
}

json::object object_of(const webhook::Endpoint& endpoint, const Store::Kept& kept) {
  json::array parked;
  std::size_t waiting = 0;
  std::int64_t oldest_ms = 0;
  for (const auto& each : kept.deliveries) {
    if (each.parked) {
      parked.push_back(
          {{"seq", each.seq}, {"id", each.id}, {"attempts", each.attempts}, {"error", each.error}});
    } else {
      ++waiting;
      if (oldest_ms == 0 || each.at_ms < oldest_ms) oldest_ms = each.at_ms;
    }
  }
  return {{"name", endpoint.name},
          {"url", endpoint.url},
          {"enabled", endpoint.enabled},
          {"secrets", endpoint.secrets.size()},
          {"cursor_seq", kept.progress.cursor_seq},
          {"sent", kept.progress.sent},
          {"failures", kept.progress.failures},
          {"last_ok_ms", kept.progress.last_ok_ms},
          {"last_error", kept.progress.last_error},
          {"waiting", waiting},
          {"oldest_ms", oldest_ms},
          {"parked", std::move(parked)}};
}

void describe(const json::object& one, std::ostream& out) {
  const auto text = [&](const char* name) { return visible(json::value_to<std::string>(one.at(name))); };
  const auto number = [&](const char* name) { return one.at(name).to_number<std::int64_t>(); };
  out << text("name") << "  " << text("url") << (one.at("enabled").as_bool() ? "" : "  (arrêté)") << '\n';
  out << "  transmis : " << number("sent") << ", le dernier " << local_time(number("last_ok_ms"))
      << " ; en attente : " << number("waiting");
  if (number("waiting") > 0) out << " (depuis " << local_time(number("oldest_ms")) << ")";
  out << " ; mis de côté : " << one.at("parked").as_array().size() << '\n';
  if (!text("last_error").empty()) out << "  dernier échec : " << text("last_error") << '\n';
  if (number("secrets") == 2) out << "  deux secrets signent : finir par « webhook rotate --finish »\n";
  if (number("secrets") == 0) out << "  son secret ne se lit pas avec cette clé maîtresse\n";
  for (const auto& each : one.at("parked").as_array())
    out << "  mis de côté : " << visible(json::value_to<std::string>(each.at("id"))) << " après "
        << each.at("attempts").to_number<std::int64_t>() << " essais ("
        << visible(json::value_to<std::string>(each.at("error"))) << ")\n";
}

}  // namespace

int run_webhook_add(const WebhookOptions& options, std::ostream& out, std::ostream& err) {
  if (const auto target = webhook::parse_target(options.url, options.insecure_http); target.has_error())
    return refused(target.error(), err);
  return with_store(options.data, err, [&](Store& store) {
    webhook::Endpoint endpoint;
    endpoint.name = options.name;
    endpoint.url = options.url;
    endpoint.insecure = options.insecure_http;
    endpoint.secrets = {webhook::new_secret()};
    if (!options.from.empty()) {
      const auto from = number_of(options.from);
      if (!from || *from == 0) return wrong_number(err, "le numéro d'un enregistrement (1, 2, 3 …)");
      endpoint.start_seq = *from - 1;
    } else if (fs::exists(options.data / "queue.db")) {
      endpoint.start_seq = journal::read_head(options.data).seq;  // what happens from now on
    }
    if (const auto added = store.add(endpoint); added.has_error()) return refused(added.error(), err);
    out << endpoint.secrets.front() << std::endl;
    return 0;
  });
}

int run_webhook_list(const WebhookOptions& options, std::ostream& out, std::ostream& err) {
  return with_store(options.data, err, [&](Store& store) {
    for (const auto& endpoint : store.endpoints()) {
      const auto one = object_of(endpoint, store.load(endpoint));
      if (options.json)
        out << json::serialize(one) << '\n';
      else
        describe(one, out);
    }
    return 0;
  });
}

int run_webhook_remove(const WebhookOptions& options, std::ostream& err) {
  return with_store(options.data, err, [&](Store& store) { return done(store.remove(options.name), err); });
}

int run_webhook_enable(const WebhookOptions& options, bool enabled, std::ostream& err) {
  return with_store(options.data, err,
                    [&](Store& store) { return done(store.set_enabled(options.name, enabled), err); });
}

int run_webhook_rotate(const WebhookOptions& options, std::ostream& out, std::ostream& err) {
  return with_store(options.data, err, [&](Store& store) {
    const auto endpoint = find(store, options.name, err);
    if (!endpoint) return 1;
    auto secrets = endpoint->secrets;
    if (options.finish) {
      if (secrets.size() > 1) secrets.resize(1);
      return done(store.set_secrets(options.name, secrets), err);
    }
    if (secrets.size() > 1) {
      err << "erreur : deux secrets signent déjà ; finir d'abord par --finish\n";
      return 1;
    }
    secrets.insert(secrets.begin(), webhook::new_secret());
    if (const auto set = store.set_secrets(options.name, secrets); set.has_error())
      return refused(set.error(), err);
    out << secrets.front() << std::endl;
    return 0;
  });
}

int run_webhook_replay(const WebhookOptions& options, std::ostream& out, std::ostream& err) {
  std::optional<std::uint64_t> from;
  if (options.from != "failed") {
    from = number_of(options.from);
    if (!from || *from == 0) return wrong_number(err, "failed, ou le numéro d'un enregistrement (1, 2, 3 …)");
  }
  return with_store(options.data, err, [&](Store& store) {
    if (const auto wished = store.wish(options.name, from); wished.has_error())
      return refused(wished.error(), err);
    out << "Le service les transmettra de nouveau, avec les mêmes identifiants.\n";
    return 0;
  });
}

int run_webhook_test(const WebhookOptions& options, std::ostream& out, std::ostream& err) {
  return with_store(options.data, err, [&](Store& store) {
    const auto endpoint = find(store, options.name, err);
    if (!endpoint) return 1;
    const auto answer = webhook::post_test(*endpoint, system::now().wall_ms);
    if (answer.verdict == webhook::Verdict::delivered) {
      out << "Reçu (réponse " << answer.status << ").\n";
      return 0;
    }
    err << "erreur : " << visible(answer.error) << '\n';
    return 1;
  });
}

}  // namespace bannette::console
