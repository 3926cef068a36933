// PostgreSQL with a table of jobs, as its users build queues: inserts in batches, SKIP LOCKED,
// synchronous_commit on, the settings as packaged. A cluster of its own, over a unix socket.
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <unistd.h>

#include <fmt/format.h>

#include "tests/bench/child.hpp"
#include "tests/bench/system.hpp"

namespace bannette::bench {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void failed(const std::string& what) {
  throw std::runtime_error("postgresql: " + what);
}

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Rows = std::unique_ptr<PGresult, Clear>;

std::string big_endian(std::uint32_t value) {
  const std::uint32_t there = htonl(value);
  return {reinterpret_cast<const char*>(&there), sizeof there};
}

// The binary form of a one-dimensional array; elements as they are on the wire.
std::string binary_array(const std::vector<std::string>& elements, std::uint32_t type) {
  std::string out = big_endian(1) + big_endian(0) + big_endian(type) +
                    big_endian(static_cast<std::uint32_t>(elements.size())) + big_endian(1);
  for (const auto& each : elements) out += big_endian(static_cast<std::uint32_t>(each.size())) + each;
  return out;
}
constexpr std::uint32_t kBytea = 17, kInt8 = 20;

class Connection {
 public:
  explicit Connection(const std::string& folder)
      : connection_(PQconnectdb(("host=" + folder + " dbname=postgres user=bench").c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK) failed(PQerrorMessage(connection_));
    for (const char* table : {"heap", "round"}) {
      prepare(fmt::format("add_{}", table),
              fmt::format("INSERT INTO {}(payload) SELECT unnest($1::bytea[])", table));
      prepare(fmt::format("take_{}", table),
              fmt::format("UPDATE {0} SET state=2 WHERE id IN (SELECT id FROM {0} WHERE state=1 ORDER BY id "
                          "FOR UPDATE SKIP LOCKED LIMIT {1}) RETURNING id,payload",
                          table, kConsumers));
      prepare(fmt::format("end_{}", table),
              fmt::format("UPDATE {} SET state=3 WHERE id=ANY($1::bigint[])", table));
    }
  }
  ~Connection() { PQfinish(connection_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Rows run(const char* statement, const std::string* array = nullptr) {
    const char* value = array != nullptr ? array->data() : nullptr;
    const int length = array != nullptr ? static_cast<int>(array->size()) : 0, binary = 1;
    Rows rows(PQexecPrepared(connection_, statement, array != nullptr ? 1 : 0, &value, &length, &binary, 1));
    check(rows);
    return rows;
  }

 private:
  void prepare(const std::string& name, const std::string& sql) {
    check(Rows(PQprepare(connection_, name.c_str(), sql.c_str(), 0, nullptr)));
  }
  void check(const Rows& rows) {
    const auto status = PQresultStatus(rows.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) failed(PQerrorMessage(connection_));
  }
  PGconn* connection_;
};

std::string payload(int index) {
  std::string text = fmt::format("{:08}", index);
  text.resize(kPayload, 'n');
  return text;
}

// A batch in one transaction of its own (one statement is one).
void add(Connection& connection, const char* statement, int first, int count) {
  std::vector<std::string> rows;
  for (int i = 0; i < count; ++i) rows.push_back(payload(first + i));
  const std::string array = binary_array(rows, kBytea);
  connection.run(statement, &array);
}

class Postgres final : public System {
 public:
  Postgres(const std::string& programs, const fs::path& folder)
      : folder_(folder.string()), server_(start(programs, folder)) {
    const auto until = Clock::now() + std::chrono::seconds{30};
    while (PQping(("host=" + folder_ + " dbname=postgres user=bench").c_str()) != PQPING_OK)
      if (!server_->running() || Clock::now() > until) failed("no server, see " + folder_ + "/log");
    {
      PGconn* raw = PQconnectdb(("host=" + folder_ + " dbname=postgres user=bench").c_str());
      for (const char* table : {"heap", "round"})
        for (const auto& sql :
             {fmt::format(
                  "CREATE TABLE {}(id bigserial PRIMARY KEY, state smallint NOT NULL DEFAULT 1, payload "
                  "bytea NOT NULL)",
                  table),
              fmt::format("CREATE INDEX ON {}(id) WHERE state=1", table)}) {
          const Rows made(PQexec(raw, sql.c_str()));
          if (PQresultStatus(made.get()) != PGRES_COMMAND_OK) failed(PQerrorMessage(raw));
        }
      PQfinish(raw);
    }
    producer_ = std::make_unique<Connection>(folder_);
    consumer_ = std::make_unique<Connection>(folder_);
  }

  std::string name() const override { return "postgresql"; }
  std::string transport() const override { return "unix socket, batches"; }

  Figures submit(int outstanding, int count) override {
    std::vector<double> latencies;
    const auto begin = Clock::now();
    for (int done = 0; done < count; done += outstanding) {
      const auto sent = Clock::now();
      add(*producer_, "add_heap", done, outstanding);
      latencies.insert(latencies.end(), static_cast<std::size_t>(outstanding), micros(Clock::now() - sent));
    }
    return figures_of(latencies.size(), micros(Clock::now() - begin) / 1e6, latencies);
  }

  Figures paced(int per_s, int count) override {
    std::vector<double> latencies;
    const auto begin = Clock::now();
    for (int i = 0; i < count; ++i) {
      const auto due = begin + std::chrono::microseconds{1'000'000LL * i / per_s};
      wait_until(due);
      add(*producer_, "add_heap", i, 1);
      latencies.push_back(micros(Clock::now() - due));
    }
    return figures_of(latencies.size(), micros(Clock::now() - begin) / 1e6, latencies);
  }

  Figures cycles(int count) override {
    count -= count % kProducers;
    std::mutex mutex;
    std::condition_variable moved;
    int confirmed = 0, taken = 0;
    std::vector<Clock::time_point> sent(static_cast<std::size_t>(count));
    const auto begin = Clock::now();
    std::thread producers([&] {
      for (int done = 0; done < count; done += kProducers) {
        {
          std::unique_lock lock(mutex);
          moved.wait(lock, [&] { return confirmed - taken < kBacklog; });
          for (int i = 0; i < kProducers; ++i) sent[static_cast<std::size_t>(done + i)] = Clock::now();
        }
        add(*producer_, "add_round", done, kProducers);
        const std::lock_guard lock(mutex);
        confirmed += kProducers;
        moved.notify_all();
      }
    });
    std::vector<double> delivered;
    while (delivered.size() < static_cast<std::size_t>(count)) {
      {
        std::unique_lock lock(mutex);
        moved.wait(lock, [&] { return confirmed > taken; });
      }
      take_and_handle(sent, delivered, [&](int more) {
        const std::lock_guard lock(mutex);
        taken += more;
        moved.notify_all();
      });
    }
    const double seconds = micros(Clock::now() - begin) / 1e6;
    producers.join();
    return figures_of(delivered.size(), seconds, delivered);
  }

 private:
  template <class Told>
  void take_and_handle(const std::vector<Clock::time_point>& sent, std::vector<double>& delivered,
                       Told&& told) {
    const Rows rows = consumer_->run("take_round");
    std::vector<std::string> ids;
    for (int i = 0; i < PQntuples(rows.get()); ++i) {
      ids.emplace_back(PQgetvalue(rows.get(), i, 0), 8);
      const auto index = static_cast<std::size_t>(std::stoi(std::string(PQgetvalue(rows.get(), i, 1), 8)));
      delivered.push_back(micros(Clock::now() - sent[index]));
    }
    if (ids.empty()) return;
    told(static_cast<int>(ids.size()));
    const std::string array = binary_array(ids, kInt8);
    consumer_->run("end_round", &array);
  }

  // It refuses to run as root: the cluster then belongs to the user that the package makes.
  static std::unique_ptr<Child> start(const std::string& programs, const fs::path& folder) {
    const std::string data = (folder / "cluster").string(), user = "postgres";
    if (::geteuid() == 0) {
      const passwd* who = ::getpwnam(user.c_str());
      if (who == nullptr || ::chown(folder.c_str(), who->pw_uid, who->pw_gid) != 0)
        failed("no user postgres");
    }
    Child initdb(
        {programs + "/initdb", "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--no-locale"},
        folder / "log", user);
    if (initdb.wait() != 0) failed("initdb, see " + (folder / "log").string());
    return std::make_unique<Child>(
        std::vector<std::string>{programs + "/postgres", "-D", data, "-k", folder.string(), "-c",
                                 "listen_addresses=", "-c", "synchronous_commit=on"},
        folder / "log", user);
  }

  const std::string folder_;
  std::unique_ptr<Child> server_;
  std::unique_ptr<Connection> producer_, consumer_;
};

// The newest that is installed: /usr/lib/postgresql/VERSION/bin.
std::string programs_of_postgres() {
  std::string best;
  std::error_code none;
  for (const auto& each : fs::directory_iterator("/usr/lib/postgresql", none))
    if (fs::exists(each.path() / "bin/initdb")) best = std::max(best, (each.path() / "bin").string());
  if (best.empty())
    if (const std::string initdb = find_program("initdb"); !initdb.empty())
      best = fs::canonical(initdb).parent_path().string();
  return best;
}

}  // namespace

std::unique_ptr<System> postgres(const fs::path& folder) {
  const std::string programs = programs_of_postgres();
  if (programs.empty()) return nullptr;
  fs::create_directories(folder);
  return std::make_unique<Postgres>(programs, fs::canonical(folder));
}

}  // namespace bannette::bench
