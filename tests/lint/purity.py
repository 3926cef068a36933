"""A pure room is given time, chance and data; it never fetches them. Same input, same output."""
import re

from rooms import PURE, REPEATABLE, room_of
from rule import rule

# Beside these, the standard library. ICU is unicode/, LIBLINEAR is linear.h.
OUTSIDE = re.compile(r"^(boost/system/\S+|boost/unordered/\S+|date/\S+|unicode/\S+|libstemmer\.h|re2/\S+|linear\.h)$")
IMPURE_STANDARD = {
    "random", "thread", "mutex", "shared_mutex", "condition_variable", "future", "atomic", "semaphore", "latch", "barrier",
    "stop_token", "filesystem", "fstream", "iostream", "ctime", "csignal", "cstdio", "coroutine"}
IMPURE_NAMES = (
    r"\b\w*_clock\s*::\s*now\b|\b(?:clock_gettime|gettimeofday|localtime(?:_r)?|gmtime(?:_r)?|mktime|getenv)\s*\("
    r"|\bstd::time\s*\(|(?<![\w:.>])time\s*\(\s*(?:nullptr|NULL|0|&\w+)\s*\)"
    r"|\b(?:s?rand|drand48|arc4random\w*|getrandom|randombytes\w*)\s*\("
    r"|\bstd::(?:random_device|mt19937(?:_64)?|thread|jthread|this_thread)\b"
    r"|\bdate::(?:get_tzdb|current_zone)\b")


@rule("pure-includes",
      "a core includes the standard library, Boost.System, date and the text libraries, nothing that does things",
      bad=[("queue/core/a.hpp", "#include <zmq.hpp>\n"), ("queue/core/a.hpp", "#include <boost/asio.hpp>\n"),
           ("router/core/a.hpp", "#include <sqlite3.h>\n"), ("queue/session/a.hpp", "#include <thread>\n"),
           ("agent-console/core/a.hpp", "#include <google/protobuf/message.h>\n"), ("queue/core/a.cpp", "#include <fstream>\n")],
      good=[("queue/core/a.hpp", "#include <vector>\n#include <boost/system/result.hpp>\n#include <date/tz.h>\n"),
            ("router/core/a.cpp", "#include <unicode/unistr.h>\n#include <re2/re2.h>\n#include <libstemmer.h>\n"),
            ("queue/broker/a.cpp", "#include <zmq.hpp>\n#include <thread>\n")])
def pure_includes(source):
    room = room_of(source.path)
    if not source.is_cpp or room not in PURE:
        return []
    found = []
    for match in re.finditer(r"^\s*#\s*include\s+<([^>]+)>", source.text, re.MULTILINE):
        header = match[1]
        standard = re.fullmatch(r"[a-z0-9_]+", header) and header not in IMPURE_STANDARD
        if not standard and not OUTSIDE.match(header):
            found.append((source.line_at(match.start()), f"{room} is pure: it must not include <{header}>"))
    return found


@rule("pure-names",
      "no clock, no randomness, no environment in a core, nor in what the simulation runs",
      bad=[("queue/core/a.cpp", "auto t = std::chrono::steady_clock::now();"), ("queue/core/a.cpp", "int x = rand();"),
           ("router/core/a.cpp", "clock_gettime(CLOCK_BOOTTIME, &t);"), ("queue/session/a.cpp", "std::mt19937 engine;"),
           ("queue/core/a.cpp", "auto t = time(nullptr);"), ("queue/core/a.cpp", "date::current_zone();")],
      good=[("queue/core/a.cpp", "// never clock_gettime()\nauto t = now.wall_ms; operand(1); f(deadline_time(0));"),
            ("queue/broker/a.cpp", "auto t = std::chrono::steady_clock::now();")])
def pure_names(source):
    if not source.is_cpp or room_of(source.path) not in REPEATABLE:
        return []
    return [(line, f"{what} in a room that must be repeatable") for line, what in source.matches(IMPURE_NAMES, source.code)]
