// telephonie.toml, where there is one: PBXs, queues, posts, pauses, and how calls are counted.
#include <algorithm>
#include <array>
#include <fstream>

#include "queue/core/limits.hpp"
#include "router/config/files.hpp"
#include "router/config/parts.hpp"
#include "router/config/toml_reader.hpp"
#include "router/core/telephony.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t pbxs_most = 15;    // one less than the ledger's: calls typed by hand are of one more
constexpr std::size_t queues_most = 32;  // as many as screens are shown (CallsNow), with posts and pauses
constexpr std::size_t posts_most = 64;
constexpr std::size_t pauses_most = 32;
constexpr std::size_t authorities_most = 512 * 1024;  // bytes
constexpr std::int64_t minute_ms = 60'000, day_ms = 24LL * 3'600'000;

bool all_of(std::string_view text, std::string_view beside) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           beside.find(c) != std::string_view::npos;
  });
}

// What goes to a PBX line by line: a control character would begin a line of its own there.
bool plain(const Spot& text, Findings& findings) {
  const bool good = std::none_of(text.text.begin(), text.text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (!good)
    findings.error(text, "retour à la ligne ou caractère de commande dans une valeur pour l'autocommutateur");
  return good;
}

std::string text_or(TomlTable& table, std::string_view key, std::string otherwise, Findings& findings) {
  const auto found = table.text(key, false);
  return found && plain(*found, findings) ? found->text : std::move(otherwise);
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

// "AA:BB:..." or without colons, as openssl x509 -fingerprint -sha256 prints it.
std::string read_pin(const Spot& text, Findings& findings) {
  std::string hex;
  for (const char c : text.text) {
    if (c == ':') continue;
    hex += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  const bool good = hex.size() == 64 && hex.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!good)
    findings.error(text, "empreinte mal formée", "les 64 chiffres de « openssl x509 -fingerprint -sha256 »");
  return good ? hex : std::string();
}

// A file beside the others: no way out of its folder.
bool check_file_name(const Spot& name, Findings& findings) {
  const bool good = !name.text.starts_with('/') && !name.text.starts_with('.') &&
                    name.text.find("..") == std::string::npos && all_of(name.text, "-_./");
  if (!good)
    findings.error(name, "« " + name.text + " » n'est pas un nom de fichier du dossier",
                   "par exemple \"pbx.secret\", sans « / » au début ni « .. »");
  return good;
}

// Its text, and not its name: a configuration that is kept and taken back needs no folder.
std::string read_authorities(const Spot& file, const std::filesystem::path& folder, Findings& findings) {
  std::error_code failed;
  const auto path = folder / file.text;
  if (!std::filesystem::is_regular_file(path, failed)) {
    findings.error(file, "fichier « " + file.text + " » absent de la configuration");
    return {};
  }
  std::ifstream in(path, std::ios::binary);
  std::string text(authorities_most + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > authorities_most || text.find("-----BEGIN CERTIFICATE-----") == std::string::npos) {
    findings.error(file, "« " + file.text + " » n'est pas un fichier de certificats lisible",
                   "du PEM (« -----BEGIN CERTIFICATE----- »), 512 Kio au plus");
    return {};
  }
  return text;
}

// In the house's own data folder (`secret`), or in the configuration's (`authorities`).
void read_line(Telephony::Pbx& pbx, TomlTable& table, const std::filesystem::path& folder,
               Findings& findings) {
  const auto host = table.text("adresse");
  pbx.port = static_cast<std::uint16_t>(table.integer("port", 1, 65'535, false).value_or(5'038));
  pbx.tls = table.flag("tls", false);
  pbx.clear_off_loopback = table.flag("sans_chiffrement", false);
  if (const auto file = table.text("autorite", false); file && check_file_name(*file, findings)) {
    pbx.authorities = read_authorities(*file, folder, findings);
  }
  if (const auto pin = table.text("empreinte", false)) pbx.pin = read_pin(*pin, findings);
  if (!host) return;
  if (!all_of(host->text, ".-:"))
    findings.error(*host, "adresse « " + host->text + " » mal formée", "un nom ou une adresse IP, sans port");
  pbx.host = host->text;
  if (!pbx.tls && !pbx.clear_off_loopback && !is_loopback(pbx.host))
    findings.error(
        *host, "hors de cette machine, l'autocommutateur se joint par TLS",
        "tls = true (ou sans_chiffrement = true, à vos risques : secret et numéros passent en clair)");
  if (!pbx.tls && (!pbx.pin.empty() || !pbx.authorities.empty()))
    findings.error(table.spot_of("tls"), "« autorite » et « empreinte » n'ont de sens qu'avec TLS",
                   "tls = true");
}

void read_account(Telephony::Pbx& pbx, TomlTable& table, Findings& findings) {
  if (const auto user = table.text("utilisateur"); user && plain(*user, findings)) pbx.user = user->text;
  if (const auto file = table.text("secret"); file && check_file_name(*file, findings))
    pbx.secret_file = file->text;
  if (const auto how = table.text("authentification", false)) {
    if (how->text != "md5" && how->text != "clair")
      findings.error(*how, "authentification inconnue « " + how->text + " »", "\"md5\" ou \"clair\"");
    pbx.challenge = how->text != "clair";
  }
  static const std::vector<std::string> classes{"system", "call",     "log",       "verbose", "command",
                                                "agent",  "user",     "config",    "dtmf",    "reporting",
                                                "cdr",    "dialplan", "originate", "agi",     "cc",
                                                "aoc",    "test",     "security",  "message"};
  std::string mask;
  for (const auto& name : table.texts("evenements", false)) {
    if (std::find(classes.begin(), classes.end(), name.text) == classes.end())
      findings.error(name, "classe d'événements inconnue « " + name.text + " »", nearest(name.text, classes));
    mask += (mask.empty() ? "" : ",") + name.text;
  }
  pbx.mask = mask.empty() ? "system,call,agent,user" : mask;
  if (("," + pbx.mask + ",").find(",agent,") == std::string::npos)
    findings.error(table.spot_of("evenements"), "sans la classe « agent », aucun appel n'est connu",
                   "[\"system\", \"call\", \"agent\", \"user\"]");
  else if (("," + pbx.mask + ",").find(",call,") == std::string::npos)
    findings.warning(table.spot_of("evenements"),
                     "sans la classe « call », un abandon ne se distingue pas d'un délai dépassé");
}

void read_click_to_call(Telephony::Pbx& pbx, TomlTable& table, Findings& findings) {
  auto dial = table.table("rappel", false);
  if (!dial) return;
  if (const auto context = dial->text("contexte"); context && plain(*context, findings)) {
    if (!all_of(context->text, "-_"))
      findings.error(*context, "contexte « " + context->text + " » mal formé", "un contexte du plan d'appel");
    pbx.context = context->text;
  }
  if (const auto prefix = dial->text("prefixe", false)) {
    if (prefix->text.size() > 8 || prefix->text.find_first_not_of("0123456789") != std::string::npos)
      findings.error(*prefix, "préfixe « " + prefix->text + " » mal formé", "8 chiffres au plus");
    pbx.prefix = prefix->text;
  }
  pbx.international = dial->flag("international", false);
  pbx.shown = text_or(*dial, "numero_affiche", "", findings);
  pbx.account = text_or(*dial, "compte", "", findings);
  pbx.ring_ms = dial->integer("sonnerie_s", 5, 120, false).value_or(20) * 1'000;
  dial->finish();
}

std::vector<std::string> read_plain(TomlTable& table, std::string_view key, Findings& findings) {
  std::vector<std::string> out;
  for (const auto& each : table.texts(key, false))
    if (plain(each, findings)) out.push_back(each.text);
  return out;
}

template <class List>
bool fresh(const List& list, const Spot& code, const char* what, std::size_t most, Findings& findings) {
  const bool known =
      std::any_of(list.begin(), list.end(), [&](const auto& each) { return each.code == code.text; });
  if (known)
    findings.error(code, std::string(what) + " « " + code.text + " » en double",
                   "un code qui n'est pas déjà pris");
  if (list.size() >= most)
    findings.error(code, "plus de " + std::to_string(most) + " « " + what + " » dans ce fichier");
  return !known && list.size() < most;
}

void read_pbx(Telephony& out, TomlTable& table, const std::filesystem::path& folder, Findings& findings) {
  Telephony::Pbx pbx;
  const auto code = table.text("code");
  const auto kind = table.text("type", false);
  pbx.active = table.flag("actif", true);
  if (kind && kind->text != "ami" && kind->text != "cti")
    findings.error(*kind, "type inconnu « " + kind->text + " »", "\"ami\" ou \"cti\"");
  if (kind && kind->text == "cti") {
    pbx.kind = Telephony::Pbx::Kind::cti;
  } else {
    read_line(pbx, table, folder, findings);
    read_account(pbx, table, findings);
    read_click_to_call(pbx, table, findings);
    pbx.trunks = read_plain(table, "jonctions", findings);
    pbx.entries = read_plain(table, "arrivees", findings);
  }
  table.finish();
  if (!code || !check_code(*code, findings) || !fresh(out.pbxs, *code, "standard", pbxs_most, findings))
    return;
  pbx.code = code->text;
  out.pbxs.push_back(std::move(pbx));
}

// The PBX that a queue or a post belongs to; the only one need not be named.
std::string read_owner(const Telephony& out, TomlTable& table, Findings& findings) {
  const auto named = table.text("standard", out.pbxs.size() > 1);
  if (!named) return out.pbxs.empty() ? std::string() : out.pbxs.front().code;
  std::vector<std::string> codes;
  for (const auto& pbx : out.pbxs) codes.push_back(pbx.code);
  if (out.pbx(named->text) == nullptr)
    findings.error(*named, "standard inconnu « " + named->text + " »", listed(codes));
  return named->text;
}

void read_queue(Telephony& out, TomlTable& table, Findings& findings) {
  Telephony::Queue queue;
  const auto code = table.text("code");
  queue.label = text_or(table, "libelle", code ? code->text : "", findings);
  queue.pbx = read_owner(out, table, findings);
  const auto from = table.text("deborde", false);
  table.finish();
  if (!code || !plain(*code, findings)) return;
  const auto known = [&](const std::string& name, bool elsewhere) {
    return std::any_of(out.queues.begin(), out.queues.end(), [&](const auto& each) {
      return each.code == name && (elsewhere || each.pbx == queue.pbx);
    });
  };
  if (known(code->text, true))  // also at another PBX: figures are counted by a queue's name
    findings.error(*code, "file « " + code->text + " » en double",
                   "un nom qu'aucune autre file ne porte, même d'un autre autocommutateur");
  if (from && !known(from->text, false))
    findings.error(*from, "file inconnue « " + from->text + " »",
                   "une file décrite plus haut, du même autocommutateur");
  if (out.queues.size() >= queues_most)
    findings.error(*code, "plus de " + std::to_string(queues_most) + " « file » dans ce fichier");
  queue.code = code->text;
  if (from) queue.overflow_of = from->text;
  out.queues.push_back(std::move(queue));
}

void read_post(Telephony& out, TomlTable& table, Findings& findings) {
  const auto code = table.text("code");
  const auto name = table.text("nom", false);
  const auto pbx = read_owner(out, table, findings);
  const auto interface = table.text("interface");
  table.finish();
  if (interface && !all_of(interface->text, "-_./@+")) {
    findings.error(*interface, "interface « " + interface->text + " » mal formée", "comme \"PJSIP/1001\"");
    return;
  }
  if (!code || !interface || !check_code(*code, findings) ||
      !fresh(out.posts, *code, "poste", posts_most, findings))
    return;
  if (std::any_of(out.posts.begin(), out.posts.end(),
                  [&](const auto& each) { return each.pbx == pbx && each.interface == interface->text; }))
    findings.error(*interface, "l'interface « " + interface->text + " » a déjà un poste");
  out.posts.push_back({code->text, name ? name->text : code->text, pbx, interface->text});
}

void read_rules(Telephony& out, TomlTable& top, Findings& findings) {
  out.short_ms = top.integer("abandon_court_s", 0, 60, false).value_or(5) * 1'000;
  out.wrap_up_ms = top.integer("apres_appel_s", 0, 3'600, false).value_or(60) * 1'000;
  out.service_level_s =
      static_cast<std::uint32_t>(top.integer("niveau_de_service_s", 1, 600, false).value_or(30));
  out.keep_ms = top.integer("conserver_j", 1, 3'650, false).value_or(180) * day_ms;
  out.callback_keep_ms = std::min(out.callback_keep_ms, out.keep_ms);
  auto callbacks = top.table("rappels", false);
  if (!callbacks) return;
  out.callback_tries = static_cast<std::uint32_t>(callbacks->integer("essais", 1, 20, false).value_or(3));
  out.callback_rest_ms = callbacks->integer("repos_min", 0, 1'440, false).value_or(15) * minute_ms;
  out.callback_lock_ms = callbacks->integer("verrou_min", 1, 60, false).value_or(5) * minute_ms;
  out.callback_keep_ms =
      callbacks->integer("garder_j", 1, 365, false).value_or(out.callback_keep_ms / day_ms) * day_ms;
  if (out.keep_ms < out.callback_keep_ms)
    findings.error(callbacks->spot_of("garder_j"), "des rappels seraient gardés sans leur numéro",
                   "« garder_j » au plus égal à « conserver_j »");
  callbacks->finish();
}

}  // namespace

void load_telephony(Draft& draft) {
  const auto path = draft.folder / telephony_file;
  std::error_code failed;
  if (!std::filesystem::exists(path, failed)) return;
  Findings findings(telephony_file, draft.findings);
  auto top = TomlTable::read(path, findings);
  if (!top) return;
  auto out = std::make_shared<Telephony>();
  read_rules(*out, *top, findings);
  for (auto& table : top->tables("standard")) read_pbx(*out, table, draft.folder, findings);
  for (auto& table : top->tables("file", false)) read_queue(*out, table, findings);
  for (auto& table : top->tables("poste", false)) read_post(*out, table, findings);
  for (auto& table : top->tables("pause", false)) {
    const auto code = table.text("code");
    const auto label = table.text("libelle", false);
    table.finish();
    if (!code || !check_code(*code, findings) || !fresh(out->pauses, *code, "pause", pauses_most, findings))
      continue;
    out->pauses.push_back({code->text, label ? label->text : code->text});
  }
  top->finish();
  draft.site.telephony = std::move(out);
}

}  // namespace bannette::router
