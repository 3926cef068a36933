// The desk of calls: its own thread with the connections to the PBXs, the book, and calls.db. Questions and
// facts come from any thread; answers leave on the desk's, those to a change only when it is durable.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "queue/core/authority.hpp"
#include "queue/core/error.hpp"
#include "queue/core/ids.hpp"
#include "queue/journal/seal.hpp"
#include "router/switchboard/call_record.hpp"
#include "router/switchboard/call_site.hpp"
#include "router/switchboard/pbx.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::router {

struct CallDeskOptions {
  std::filesystem::path data;
  seal::Key master;
  std::string site;
  // Makes a connector in the place of connect_pbx(): of a test.
  std::function<std::unique_ptr<Pbx>(const CallSite::Pbx&)> connect;
  // Somebody is to look whether an open dossier of this number is in danger, and tell_danger() it. On the
  // desk's thread.
  std::function<void(std::string number)> ask_danger;
  std::function<void(const std::string& why)> broken;  // the process must end
  std::string vfs;                                     // of SQLite: a test's, which fails
};

struct CallDeskHealth {
  std::vector<PbxState> pbxs;
  std::uint64_t open_calls = 0, callbacks = 0;
  std::uint64_t facts = 0, facts_unused = 0;  // since the start; told again, late, of no call
  std::uint64_t cti = 0, cti_refused = 0;
  std::uint64_t not_kept = 0;  // facts that a full disk has cost
  std::uint64_t damaged = 0;   // records of calls.db that could not be read since the start, each time
  bool disk_full = false;
  std::string figures;  // in Prometheus' text format
};

class CallDesk {
 public:
  using Answer = std::function<void(v1::Envelope&&)>;  // once, on the desk's thread; without request_id

  // Opens calls.db: throws as CallsDb does.
  CallDesk(CallDeskOptions options, std::shared_ptr<const CallSite> site);
  ~CallDesk();
  void start();
  void stop();  // what waits is answered; twice is harmless

  // Any thread, from here on.
  void ask(v1::Envelope question, Authority who, Answer answer);
  // Whose number is it? For looking up their dossiers; refused as GetCall is. `earlier`: calls of that
  // number.
  struct Caller {
    std::string number;
    std::uint32_t earlier = 0;
  };
  void caller_of(std::string call, Authority who, std::function<void(Result<Caller>)> answer);
  // A request of the intake names this call: may this person log it (not_found, forbidden), and which
  // dossiers does it have already? Their references.
  void may_log(std::string call, Authority who, std::function<void(Result<std::vector<std::string>>)> answer);
  // It was taken. `done` when that is durable, or cannot be made so now.
  void link(CallLink link, std::function<void()> done);
  void resolve(const Uuid& key, std::uint64_t number);  // its dossier; 0: it was given up
  void tell_danger(std::string number, bool in_danger);
  void tell(calls::Event event);  // a fact, of a test or a bench
  void use(std::shared_ptr<const CallSite> site);
  [[nodiscard]] CallDeskHealth health() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bannette::router
