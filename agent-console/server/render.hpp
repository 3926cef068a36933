// Messages of the wire as the console's JSON: only what openapi.json promises.
#pragma once
#include <string>

#include <boost/json/value.hpp>

#include "agent-console/server/options.hpp"
#include "queue/core/authority.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::console {

class Render {
 public:
  explicit Render(Catalogue catalogue);
  void use(Catalogue catalogue);  // of the same site, configured anew
  [[nodiscard]] const Catalogue& known() const { return catalogue_; }

  [[nodiscard]] boost::json::object site(bool demo, const std::string& version) const;
  [[nodiscard]] boost::json::object catalogue(bool with_consignes) const;
  [[nodiscard]] boost::json::object user(const Person& person) const;
  [[nodiscard]] boost::json::object header(const v1::Header& header) const;
  [[nodiscard]] boost::json::object done(const v1::Done& done) const;
  [[nodiscard]] boost::json::object dossier(const v1::Dossier& dossier) const;
  // Where a request stands: no content, no holder.
  [[nodiscard]] boost::json::object found(const v1::Header& header) const;
  [[nodiscard]] boost::json::object classified(const v1::Classified& classified) const;
  // Calls like the one that is typed: no content, no holder.
  [[nodiscard]] boost::json::object alike(const v1::Alike& alike) const;
  [[nodiscard]] boost::json::object suggestion(const v1::Suggestion& suggestion) const;
  [[nodiscard]] boost::json::object receipt(const std::string& key, const v1::Receipt& receipt) const;
  [[nodiscard]] boost::json::object recorded(const std::string& key, const v1::Recorded& recorded) const;
  [[nodiscard]] boost::json::object count(const v1::BannetteCount& count) const;

  // French label of a bannette, a unit or a service; the name itself where the catalogue has none.
  [[nodiscard]] std::string bannette_label(const std::string& name) const;
  [[nodiscard]] std::string owner_label(const std::string& bannette) const;

 private:
  Catalogue catalogue_;
  std::map<std::string, std::string> bannettes_;
  std::map<std::string, std::string> owners_;
};

}  // namespace bannette::console
