#!/usr/bin/env python3
"""The house rules as a test.   lint.py ROOT [--lower]   (--lower: writes shorter lengths to ratchet.json, never longer)"""
import json
import pathlib
import sys

import coroutines  # noqa: F401  each registers its rules
import house  # noqa: F401
import purity  # noqa: F401
import rooms  # noqa: F401
import sizes
import words  # noqa: F401
from rule import RULES
from source import Source, tree

RATCHET = pathlib.Path(__file__).parent / "ratchet.json"


def sizes_self_test():
    """The two lengths and the ratchet have state, so they are no rule of one file; their examples stand here."""
    long_file = Source("queue/core/a.cpp", "\n" * 401)
    long_function = Source("queue/core/a.cpp", "namespace n {\nvoid f(int a) const {\n" + "  g();\n" * 60 + "}\n}\n")
    constructor = Source("queue/core/a.cpp", "A::A(int b) : b_{b}, c_{1, 2}, d_(b) {\n" + "  g();\n" * 60 + "}\n")
    short = Source("queue/core/a.cpp", "struct A {\n" + "  int b() { return 1; }\n" * 70 + "};\nvoid f() {\n  if (a) {\n  }\n}\n")
    cases = [(list(sizes.too_long(long_file)) == ["queue/core/a.cpp"], "a file of 401 lines"),
             (list(sizes.too_long(long_function)) == ["queue/core/a.cpp f"], "a function of 62 lines"),
             (list(sizes.too_long(constructor)) == ["queue/core/a.cpp A::A"], "a constructor of 62 lines"),
             (sizes.too_long(short) == {}, "short functions in a long class"),
             (bool(sizes.judge({"a f": (1, 70, 60)}, {})[0]), "too long and not in the ratchet"),
             (bool(sizes.judge({"a f": (1, 70, 60)}, {"a f": 69})[0]), "longer than the ratchet allows"),
             (not sizes.judge({"a f": (1, 70, 60)}, {"a f": 70})[0], "as long as the ratchet allows")]
    return [f"length: wrong about {what}" for right, what in cases if not right]


def lower(long, ratchet):
    lowered = {name: min(allowed, long[name][1]) for name, allowed in ratchet.items() if name in long}
    RATCHET.write_text(json.dumps(lowered, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    return lowered


def main(root, *options):
    broken = [text for each in RULES for text in each.self_test()] + sizes_self_test()
    if broken:
        print(*broken, sep="\n")
        return 1
    sources = tree(root)
    failures = [f"{source.path}:{line}: {each.name}: {what}   ({each.why})"
                for source in sources for each in RULES for line, what in each.find(source)]
    long = {name: size for source in sources for name, size in sizes.too_long(source).items()}
    ratchet = json.loads(RATCHET.read_text(encoding="utf-8"))
    if "--lower" in options:
        ratchet = lower(long, ratchet)
    too_long, remarks = sizes.judge(long, ratchet)
    for text in failures + too_long + [f"remark: {text}" for text in remarks]:
        print(text)
    print(f"{len(RULES) + 2} rules, {len(sources)} files, {len(failures) + len(too_long)} findings")
    return 1 if failures or too_long else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
