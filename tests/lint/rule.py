"""A rule looks at one file and answers its findings. Each carries examples: it must find something in every bad one and
nothing in a good one, and is checked against them before it is used, so that no rule is dead."""
import dataclasses
from typing import Callable

from source import Source


@dataclasses.dataclass(frozen=True)
class Rule:
    name: str
    why: str
    find: Callable  # Source -> [(line, what)]
    bad: tuple      # (path, text)
    good: tuple

    def self_test(self):
        for path, text in self.bad:
            if not self.find(Source(path, text)):
                yield f"{self.name}: finds nothing in its bad example {path}: {text!r}"
        for path, text in self.good:
            if found := self.find(Source(path, text)):
                yield f"{self.name}: finds {found} in its good example {path}: {text!r}"


RULES = []


def rule(name, why, bad, good=()):
    if not bad:
        raise ValueError(f"{name}: a rule needs a bad example")

    def register(find):
        RULES.append(Rule(name, why, find, tuple(bad), tuple(good)))
        return find
    return register
