#include "agent-console/core/permissions.hpp"

#include <map>
#include <string>

#include <catch2/catch.hpp>

using namespace bannette;
using namespace bannette::console;

namespace {

Person person(Role role, std::vector<std::string> units = {}) {
  return {"x", role, std::move(units)};
}

}  // namespace

// Written out a second time, role by role, so that a slip in the table is seen.
TEST_CASE("each role may do what its work needs, and nothing else") {
  const std::map<Role, std::string> expected{
      {Role::operator_, "see classify submit find acknowledge answer "},
      {Role::agent, "see count list work decide acknowledge delegate "},
      {Role::manager, "see count list work decide acknowledge delegate manage "},
      {Role::supervisor,
       "see classify submit find count list decide acknowledge delegate manage supervise watch answer "
       "measure "},
      {Role::admin, "see count list acknowledge watch measure administer audit "},
      {Role::auditor, "see count list watch audit "},
  };
  for (const Role role : kRoles) {
    std::string allowed;
    for (std::size_t i = 0; i < kActions; ++i) {
      const auto action = static_cast<Action>(i);
      if (may(role, action)) allowed += std::string(console::name(action)) + " ";
    }
    CAPTURE(bannette::name(role));
    CHECK(allowed == expected.at(role));
  }
}

TEST_CASE("agents and managers reach their own units' bannettes only") {
  for (const Role role : {Role::agent, Role::manager}) {
    const Person own = person(role, {"utpas-roubaix-est", "service:mdph"});
    for (const char* bannette : {"utpas-roubaix-est/pmi", "utpas-roubaix-est/social", "service:mdph"}) {
      CAPTURE(bannette);
      CHECK(console::may_work(own, bannette));
      CHECK(console::may_list(own, bannette));
      CHECK(console::may_count(own, bannette));
    }
    for (const char* bannette :
         {"utpas-roubaix/pmi", "utpas-roubaix-est-2/pmi", "service:mdie", "standard", "arbitrage", ""}) {
      CAPTURE(bannette);
      CHECK_FALSE(console::may_work(own, bannette));
      CHECK_FALSE(console::may_list(own, bannette));
      CHECK_FALSE(console::may_count(own, bannette));
    }
  }
}

TEST_CASE("a unit in an account of another role gives no right to work") {
  for (const Role role : {Role::operator_, Role::supervisor, Role::admin, Role::auditor}) {
    CHECK_FALSE(console::may_work(person(role, {"utpas-tourcoing"}), "utpas-tourcoing/pmi"));
  }
  CHECK(console::may_count(person(Role::supervisor), "utpas-tourcoing/pmi"));
  CHECK_FALSE(console::may_list(person(Role::operator_, {"utpas-tourcoing"}), "utpas-tourcoing/pmi"));
}
