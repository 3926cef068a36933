"""The arrows of the house: which room may know which. Includes and CMake links are held to the same table."""
import re

from rule import rule

QUEUE_PURE = {"queue/core"}
QUEUE = QUEUE_PURE | {"queue/session", "queue/codec", "queue/journal", "queue/client", "queue/system", "queue/async", "proto"}  # what others may know of it
ROUTER_PURE = {"router/core"} | QUEUE_PURE

# What a room may include and link, beside itself. Only cli builds concrete things, so only cli knows the three shells.
MAY_KNOW = {
    "proto": set(),
    "queue/core": set(),
    "queue/session": QUEUE_PURE,
    "queue/codec": {"queue/core", "proto"},
    "queue/system": QUEUE_PURE,  # clocks, chance, wake-ups: for shells only
    "queue/async": set(),  # coroutines on Asio: for shells only
    "queue/journal": {"queue/core", "queue/codec", "queue/system", "proto"},
    "queue/client": {"queue/core", "queue/session", "queue/codec", "queue/system", "proto"},
    "queue/desk": {"queue/core", "queue/session", "queue/codec", "queue/journal", "proto"},
    "queue/broker": QUEUE | {"queue/desk"},
    "router/core": QUEUE_PURE,
    "router/calls": ROUTER_PURE,  # the ledger of calls
    "router/telephony": ROUTER_PURE | {"router/calls", "queue/async", "queue/system"},  # a PBX's bytes
    "router/config": ROUTER_PURE,
    "router/learn": ROUTER_PURE,  # training and evaluation
    "router/switchboard": QUEUE - {"queue/client", "queue/session"} | ROUTER_PURE | {"router/calls", "router/telephony"},  # the desk of calls
    "router/service": QUEUE | ROUTER_PURE | {"router/switchboard"},
    "router/review": QUEUE | ROUTER_PURE,  # past calls: read from the journal, looked at again
    "agent-console/core": ROUTER_PURE,
    "agent-console/web": set(),
    "agent-console/drafts": {"queue/core", "queue/journal"},  # calls that are still being typed
    "agent-console/server": QUEUE | ROUTER_PURE | {"router/config", "agent-console/core", "agent-console/drafts", "agent-console/web"},
    "agent-console/webhooks": QUEUE | ROUTER_PURE | {"agent-console/core", "agent-console/server"},
    "agent-console/cli": QUEUE | ROUTER_PURE | {
        "queue/desk", "queue/broker", "router/calls", "router/config", "router/learn", "router/review", "router/service",
        "router/switchboard", "router/telephony",
        "agent-console/core", "agent-console/drafts", "agent-console/server", "agent-console/webhooks", "agent-console/web"},
}
PURE = {"queue/core", "queue/session", "router/core", "router/calls", "agent-console/core"}
REPEATABLE = PURE | {"queue/codec", "queue/desk"}  # these know protobuf, but no clock and no chance: the simulation runs them

STORES = ("proto", "queue", "router", "agent-console")
TARGETS = {"bannette_" + room.replace("/", "_").replace("-", "_"): room for room in MAY_KNOW}
# What is outside and may be linked by a pure room. What it may include: purity.py.
PURE_TARGETS = re.compile(r"^(Boost::headers|date::date(-tz)?|ICU::\w+|bannette_dep_(stemmer|liblinear)|PkgConfig::RE2)$")


def room_of(path):
    """The room of a file, "" for one that stands outside of the house (tests, build files)."""
    parts = path.split("/")
    if parts[0] == "proto":
        return "proto"
    return "/".join(parts[:2]) if parts[0] in STORES and len(parts) > 2 else ""


def room_of_include(name):
    return "proto" if name.startswith("bannette/v1/") else room_of(name)


@rule("arrows",
      "agent-console -> router -> queue -> proto; shell -> core, never back",
      bad=[("queue/core/a.hpp", '#include "router/core/text.hpp"\n'),
           ("queue/core/a.hpp", '#include "queue/broker/broker.hpp"\n'),
           ("queue/broker/a.cpp", '#include "agent-console/server/server.hpp"\n'),
           ("router/service/a.cpp", '#include "queue/broker/broker.hpp"\n'),
           ("agent-console/server/a.cpp", '#include "router/service/router.hpp"\n'),
           ("router/core/a.cpp", '#include "bannette/v1/queue.pb.h"\n'),
           ("queue/attic/a.cpp", '#include "queue/core/ids.hpp"\n')],
      good=[("agent-console/cli/a.cpp", '#include "queue/broker/broker.hpp"\n#include "router/service/router.hpp"\n'),
            ("tests/sim/a.cpp", '#include "queue/broker/broker.hpp"\n'),
            ("queue/core/a.cpp", '#include "queue/core/ids.hpp"\n')])
def include_arrows(source):
    room = room_of(source.path)
    if not source.is_cpp or not room:
        return []
    if room not in MAY_KNOW:
        return [(1, f"{room} is not a room of the house (tests/lint/rooms.py)")]
    found = []
    for match in re.finditer(r'^\s*#\s*include\s+["<]([^">]+)[">]', source.text, re.MULTILINE):
        other = room_of_include(match[1])
        if other and other != room and other not in MAY_KNOW[room]:
            found.append((source.line_at(match.start()), f"{room} must not include {match[1]}"))
    return found


@rule("root-includes",
      "our own headers are included from the project's root, so that the arrows can be read",
      bad=[("queue/core/a.cpp", '#include "ids.hpp"\n'), ("queue/core/a.cpp", '#include "../session/s.hpp"\n')],
      good=[("queue/core/a.cpp", '#include "queue/core/ids.hpp"\n#include "bannette/v1/queue.pb.h"\n')])
def root_includes(source):
    if not source.is_cpp:
        return []
    return source.matches(r'(?m)^\s*#\s*include\s+"(?!(?:queue|router|agent-console|tests|bannette/v1)/)[^"]*"')


def linked(text):
    """(offset, room or "", target) of each link that a CMake file states."""
    text = re.sub(r"#[^\n]*", lambda m: " " * len(m[0]), text)
    for call in re.finditer(r"\b(bannette_library|target_link_libraries)\s*\(([^()]*)\)", text):
        words = [(m.start() + call.start(2), m[0]) for m in re.finditer(r'[^\s"]+', call[2])]
        if not words:
            continue
        first = words[0][1]
        room = first if call[1] == "bannette_library" else TARGETS.get(first, "")
        keyword = ""
        for offset, word in words[1:]:
            if word in ("SOURCES", "LINK", "PRIVATE_LINK", "PUBLIC", "PRIVATE", "INTERFACE"):
                keyword = word
            elif keyword != "SOURCES":
                yield offset, room, word


@rule("link-arrows",
      "a room links only what it may include",
      bad=[("queue/core/CMakeLists.txt", "bannette_library(queue/core LINK bannette_proto)"),
           ("queue/session/CMakeLists.txt", "bannette_library(queue/session LINK bannette_queue_core PkgConfig::ZMQ)"),
           ("router/core/CMakeLists.txt", "bannette_library(router/core LINK bannette_queue_core\n  PRIVATE_LINK fmt::fmt)"),
           ("queue/broker/CMakeLists.txt", "target_link_libraries(bannette_queue_broker PUBLIC bannette_router_core)"),
           ("queue/attic/CMakeLists.txt", "bannette_library(queue/attic LINK bannette_queue_core)")],
      good=[("queue/core/CMakeLists.txt", "bannette_library(queue/core LINK Boost::headers date::date-tz)"),
            ("queue/codec/CMakeLists.txt", "bannette_library(queue/codec LINK bannette_queue_core bannette_proto)")])
def link_arrows(source):
    if not source.path.endswith("CMakeLists.txt") or source.path.startswith("tests/"):
        return []
    found = []
    for offset, room, target in linked(source.text):
        line = source.line_at(offset)
        if room and room not in MAY_KNOW:
            found.append((line, f"{room} is not a room of the house (tests/lint/rooms.py)"))
        elif room and target in TARGETS and TARGETS[target] not in MAY_KNOW[room] | {room}:
            found.append((line, f"{room} must not link {target}"))
        elif room in PURE and target not in TARGETS and not PURE_TARGETS.match(target) and target != "bannette_warnings":
            found.append((line, f"{room} is pure: it must not link {target}"))
    return found
