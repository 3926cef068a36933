// voies.csv, where the site has one: streets that exist, for recognising and completing addresses.
#include <algorithm>

#include "router/config/files.hpp"
#include "router/config/parts.hpp"
#include "router/config/street_file.hpp"

namespace bannette::router {

void load_streets(Draft& draft) {
  const auto path = draft.folder / street_file;
  std::error_code failed;
  if (!std::filesystem::exists(path, failed)) return;
  Findings findings(std::string(street_file), draft.findings);
  const auto text = read_text(path, findings, street_file_max);
  if (!text) return;
  auto streets = read_streets(*text, findings);
  if (!streets) return;
  std::erase_if(*streets, [&, last = std::string(), known = false](const KnownStreet& street) mutable {
    if (street.insee != last) {
      last = street.insee;
      known = find_commune(draft.site, street.insee) != nullptr;
      if (!known)
        findings.warning({}, "des voies de la commune " + last + ", que le site ne connaît pas : sans effet",
                         "importer à nouveau avec « bannette import-addresses »");
    }
    return !known;
  });
  draft.site.streets = std::make_shared<const StreetIndex>(std::move(*streets));
}

}  // namespace bannette::router
