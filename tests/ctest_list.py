"""One ctest list over two builds, so that one run and one summary cover both.

  ctest_list.py programs BUILD LABELS WITHOUT   the programs of BUILD's tests with a label that matches, and none that
                                                matches WITHOUT, to build them
  ctest_list.py write DIR RELEASE ASAN LABELS WITHOUT
                                                DIR/CTestTestfile.cmake: all tests of RELEASE, and those of ASAN with
                                                such labels, named asan.NAME, with three times the time
"""
import json
import pathlib
import re
import subprocess
import sys

SLOWER = 3  # AddressSanitizer costs about twice the time; one more for a busy machine


def tests(build, labels, without):
    out = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1", "-L", labels, "-LE", without],
                         check=True, capture_output=True, text=True).stdout
    return json.loads(out)["tests"]


def programs(build, labels, without):
    """Relative to the build, which is how ninja names them. ctest tells no command until the program is there."""
    wanted = {test["name"] for test in tests(build, labels, without)}
    add_test = re.compile(r'^add_test\((?:\[=*\[(?P<bracket>.*?)\]=*\]|"?(?P<plain>[^"\s]+)"?) "(?P<program>[^"]+)"')
    found = set()
    for listing in pathlib.Path(build).rglob("CTestTestfile.cmake"):
        for line in listing.read_text().splitlines():
            match = add_test.match(line)
            if match and (match["bracket"] or match["plain"]) in wanted:
                program = pathlib.Path(match["program"])
                if program.is_relative_to(build):
                    found.add(str(program.relative_to(build)))
    return sorted(found)


def quoted(value):
    if isinstance(value, bool):
        value = "TRUE" if value else "FALSE"
    if isinstance(value, list):
        value = ";".join(map(str, value))
    return f"[==[{value}]==]"


def listed(test):
    if "command" not in test:
        sys.exit(f"{test['name']}: its program is not built")
    name = quoted("asan." + test["name"])
    properties = []
    for prop in test.get("properties", []):
        value = prop["value"]
        if prop["name"] == "TIMEOUT":
            value *= SLOWER
        if prop["name"] == "LABELS":
            value = ["asan." + label if label != "long" else label for label in value]
        properties += [prop["name"], quoted(value)]
    return (f"add_test({name} {' '.join(map(quoted, test['command']))})\n"
            f"set_tests_properties({name} PROPERTIES {' '.join(properties)})\n")


def write(folder, release, asan, labels, without):
    text = f"subdirs({quoted(release)})\n" + "".join(listed(test) for test in tests(asan, labels, without))
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    (pathlib.Path(folder) / "CTestTestfile.cmake").write_text(text)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["programs", build, labels, without]:
            print("\n".join(programs(build, labels, without)))
        case ["write", folder, release, asan, labels, without]:
            write(folder, release, asan, labels, without)
        case _:
            sys.exit(__doc__)
