#include "queue/session/pipeline.hpp"

#include <string>

#include <catch2/catch.hpp>

using bannette::session::Pipeline;
namespace limits = bannette::limits;
using Line = Pipeline<int, std::string>;
using Texts = std::vector<std::string>;

TEST_CASE("an output leaves only once the sequence that it saw is durable") {
  Line line(10);
  line.add_output(10, "read of the past");
  CHECK(line.release() == Texts{"read of the past"});
  line.add(11, 1);
  line.add_output(11, "done 11");
  CHECK(line.release().empty());
  CHECK(line.start() == std::vector<int>{11});
  line.add(12, 1);
  line.add_output(11, "read at 11");
  line.add_output(12, "done 12");
  CHECK(line.release().empty());
  CHECK_FALSE(line.start());  // one in flight
  line.committed(11);
  CHECK(line.release() == Texts{"done 11", "read at 11"});
  CHECK(line.start() == std::vector<int>{12});
  line.committed(12);
  CHECK(line.release() == Texts{"done 12"});
  CHECK(line.idle());
}

TEST_CASE("a failed batch gives back what waited, in order, and forgets what was filling") {
  Line line(10);
  line.add(11, 1);
  line.add_output(11, "first");
  REQUIRE(line.start());
  line.add(12, 1);
  line.add_output(12, "second");
  CHECK(line.failed() == Texts{"first", "second"});
  CHECK(line.idle());
  CHECK_FALSE(line.start());
  CHECK(line.durable() == 10);
}

TEST_CASE("what is durable already is never refused by a later failure") {
  Line line(10);
  line.add(11, 1);
  line.add_output(11, "done 11");
  REQUIRE(line.start());
  line.committed(11);
  line.add(12, 1);
  line.add_output(12, "done 12");
  REQUIRE(line.start());
  CHECK(line.failed() == Texts{"done 12"});
  CHECK(line.release() == Texts{"done 11"});
}

TEST_CASE("room is made sure of for the largest command, so that a batch is never beyond its bound") {
  Line line;
  std::size_t added = 0;
  while (line.has_room()) {
    for (std::size_t i = 0; i < limits::command_records; ++i) line.add(0, 1);
    added += limits::command_records;
    line.add_output(added, "");
  }
  CHECK(added <= limits::filling_records);
  CHECK(added + limits::command_records > limits::filling_records);
  CHECK(line.start()->size() == added);
  CHECK(line.has_room());
}

TEST_CASE("bytes and outputs are bounded too") {
  Line bytes;
  bytes.add(1, limits::batch_bytes);
  CHECK_FALSE(bytes.has_room());
  REQUIRE(bytes.start());
  CHECK(bytes.has_room());
  Line outputs;
  while (outputs.has_room()) outputs.add_output(1, "");
  CHECK(outputs.waiting_outputs() <= limits::filling_outputs);
}
