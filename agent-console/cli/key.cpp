#include "agent-console/cli/key.hpp"

#include <ostream>

#include "agent-console/cli/terminal_text.hpp"
#include "queue/broker/keys.hpp"
#include "queue/core/authority.hpp"

namespace bannette::console {
namespace {

int refused(const Refusal& refusal, std::ostream& err) {
  err << "erreur : " << refusal.detail << '\n';
  return 1;
}

bool is_there(const std::filesystem::path& file, std::ostream& err) {
  std::error_code failed;
  if (std::filesystem::is_regular_file(file, failed)) return true;
  err << "erreur : --public : fichier introuvable : " << visible(file.string()) << '\n';
  return false;
}

}  // namespace

int run_key_new(const std::filesystem::path& file, std::ostream& out, std::ostream& err) {
  auto pair = broker::write_key_pair(file);
  if (pair.has_error()) return refused(pair.error(), err);
  out << "clés secrètes : " << file.string() << "\nclé publique  : " << file.string() << ".pub  "
      << pair.value().public_key << '\n';
  return 0;
}

int run_key_add(const std::filesystem::path& data, const std::string& principal,
                const std::filesystem::path& public_file, std::ostream& out, std::ostream& err) {
  if (!std::filesystem::is_directory(data)) {
    err << "erreur : pas de dossier de données : " << data.string() << '\n';
    return 2;
  }
  if (!authority_of(principal)) {
    err << "erreur : --principal « " << visible(principal)
        << " » ; écrire plutôt unit:CODE, service:CODE, router ou console\n";
    return 2;
  }
  if (!is_there(public_file, err)) return 2;
  auto key = broker::read_public_key(public_file);
  if (key.has_error()) return refused(key.error(), err);
  if (auto added = broker::add_key(data, principal, key.value()); added.has_error())
    return refused(added.error(), err);
  out << "clé ajoutée pour " << principal << '\n';
  return 0;
}

int run_key_revoke(const std::filesystem::path& data, const std::string& principal,
                   const std::filesystem::path& public_file, std::ostream& out, std::ostream& err) {
  std::string key;
  if (!public_file.empty()) {
    if (!is_there(public_file, err)) return 2;
    auto read = broker::read_public_key(public_file);
    if (read.has_error()) return refused(read.error(), err);
    key = read.value();
  }
  auto revoked = broker::revoke_keys(data, principal, key);
  if (revoked.has_error()) return refused(revoked.error(), err);
  out << revoked.value() << " clé(s) révoquée(s)\n";
  return 0;
}

int run_key_list(const std::filesystem::path& data, std::ostream& out) {
  for (const auto& each : broker::read_keys(data)) out << each.principal << ' ' << each.public_key << '\n';
  return 0;
}

}  // namespace bannette::console
