"""What must not stand in a file, whatever its language."""
import re

from rule import rule

SLEEPS = (r"\b(?:sleep_for|sleep_until|usleep|nanosleep)\b|\btime\.sleep\s*\(|\basyncio\.sleep\s*\(|(?<![\w.:])sleep\s*\("
          r"|\bwaitForTimeout\s*\(|\btimers/promises\b|\bsetTimeout\s*\(\s*(?:resolve|r|res|done|ok)\b"
          r"|(?m:^\s*sleep\s+[\d$.])")


def is_rule(source):
    return source.path.startswith("tests/lint/")


@rule("no-sleep",
      "tests wait on named signals; a sleep is too short on a busy machine and too long on an idle one",
      bad=[("tests/unit/a.cpp", "std::this_thread::sleep_for(10ms);"), ("tests/e2e/a.mjs", "await page.waitForTimeout(100)"),
           ("tests/e2e/a.mjs", "await new Promise(r => setTimeout(r, 100))"), ("tests/integration/a.py", "time.sleep(1)"),
           ("tests/integration/a.sh", "  sleep 1\n"), ("tests/integration/a.cpp", "sleep(1);")],
      good=[("tests/e2e/a.mjs", "const timer = setTimeout(() => fail('no answer'), 5000)"), ("dev", "sleep 0.1\n")])
def no_sleep(source):
    if not source.path.startswith("tests/") or is_rule(source):
        return []
    return source.matches(SLEEPS, source.code if source.is_cpp else source.text)


@rule("unfinished",
      "what stands is finished; what is planned stands in the issues",
      bad=[("queue/core/a.cpp", "// TODO later\n"), ("dev", "# FIXME\n"), ("router/core/a.cpp", "// a stub for now\n"),
           ("agent-console/web/src/a.ts", "throw new Error('not implemented')")],
      good=[("agent-console/web/src/a.ts", "<input placeholder='rue'>"), ("configs/a.csv", "todos\n")])
def unfinished(source):
    if is_rule(source) or source.is_built or source.suffix in (".csv", ".jsonl", ".json"):
        return []
    return source.matches(r"\b(?:TODO|FIXME|XXX|TBD|HACK)\b|(?i:\bstub(?:s|bed)?\b|\bnot (?:yet )?implemented\b|\bunimplemented\b)")


@rule("machine-paths",
      "the tree builds anywhere: no absolute path of one machine, and no relative one that leaves the tree",
      bad=[("CMakeLists.txt", "include(/home/me/x.cmake)"), ("README.md", "see ../design/x"),
           ("tests/unit/a.cpp", 'open("../../../x")'), ("tests/a.cpp", 'open("/tmp/x")'), ("a.py", "/root/x")],
      good=[("dev", "cat /usr/share/x homework/x"), ("README.md", "mkdir /var/lib/bannette"),
            ("tests/unit/a.cpp", 'open("../../x")')])
def machine_paths(source):
    if is_rule(source):
        return []
    depth = source.path.count("/")
    leaves = r"(?<![\w./])(?:\.\./){" + str(depth + 1) + r",}\w+"
    return source.matches(r"(?<![\w.~/-])/(?:tmp|root|mnt|home/\w+)/[\w.]+|" + leaves)


@rule("registry-hosts",
      "packages come from where the machine's own package clients are set to look",
      bad=[("agent-console/web/package-lock.json", '"resolved": "https://registry.npmjs.org/lit/-/lit-3.tgz"'),
           ("dev", "echo deb http://deb.debian.org/debian bookworm main"), ("a.txt", "https://pypi.org/simple")],
      good=[("agent-console/web/package-lock.json", '"integrity": "sha512-x"')])
def registry_hosts(source):
    if is_rule(source):
        return []
    return source.matches(r"\bregistry\.(?:npmjs|yarnpkg)\.\w+|\b(?:deb|security|ftp)\.debian\.org|\b(?:files\.)?pypi(?:thonhosted)?\.org"
                          r'|\bcrates\.io\b|"resolved"\s*:\s*"https?:[^"]*"')


@rule("header-says-what",
      "a header begins with what the thing is for, then #pragma once",
      bad=[("queue/core/a.hpp", "#pragma once\nstruct A {};\n"), ("queue/core/a.hpp", "// What it is.\nstruct A {};\n")],
      good=[("queue/core/a.hpp", "// What it is.\n#pragma once\nstruct A {};\n")])
def header_says_what(source):
    if source.suffix != ".hpp":
        return []
    found = [] if re.match(r"//\s*\S|/\*", source.text) else [(1, "the header does not begin with a comment")]
    if not re.search(r"^#pragma once$", source.text, re.MULTILINE):
        found.append((1, "no #pragma once"))
    return found
