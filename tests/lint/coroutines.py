"""co_await in the one form that no compiler of Debian miscompiles: a whole statement, or the initialiser of a named
variable, with named things as arguments (g++ 12 destroys temporaries of a co_await expression twice, or never)."""
import re

from rule import rule

NAME = r"[A-Za-z_]\w*"
PATH = rf"{NAME}(?:(?:::|\.|->){NAME})*"
# a, a.b, a->b, ns::a, *a, &a, 12, "text", a == b, std::move(a): things with a name or without a destructor.
NAMED = re.compile(rf"^(?:[*&!]?{PATH}(?:\s*[=!]=\s*{PATH})?|\d[\w.']*|\"\s*\"|std::(?:move|ref|cref)\(\s*\*?{PATH}\s*\))$")
# if (a) co_await f();   is a whole statement under a condition.
CONDITION = re.compile(r"^(?:else\s+)?(?:if|while|for)\s*(?:constexpr\s*)?\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)$")
DECLARATION = re.compile(rf"^(?:const\s+)?(?:auto|[A-Za-z_][\w:<>,\s*&]*?)\s*[&*]?\s*(?:\b{NAME}|\[[\w,\s]+\])\s*=\s*$")


def statement_around(code, offset):
    """The text before co_await in its statement, and after it up to the semicolon."""
    start = max(code.rfind(mark, 0, offset) for mark in ";{}") + 1
    if code.count(")", start, offset) > code.count("(", start, offset):  # inside for (a; b; c)
        start = code.rfind("for", 0, start)
    end = code.find(";", offset)
    before = re.sub(r"^\s*(?:case\b[^:]*:(?!:)|default\s*:|else\b)", "", code[start:offset])
    return before.strip(), code[offset + len("co_await"):end if end >= 0 else len(code)].strip()


def arguments(text):
    """The arguments of one call, split at the commas of its own level."""
    parts, depth, last = [], 0, 0
    for i, char in enumerate(text):
        depth += (char in "([{<") - (char in ")]}" or (char == ">" and text[i - 1] != "-"))
        if char == "," and depth == 0:
            parts.append(text[last:i])
            last = i + 1
    return [part.strip() for part in parts + [text[last:]] if part.strip()]


def is_plain(operand):
    """A name, or one call of a named thing on named things."""
    if NAMED.match(operand):
        return True
    call = re.match(rf"^[*&]?{NAME}(?:(?:::|\.|->){NAME})*(?:<[^;]*?>)?\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)$", operand, re.DOTALL)
    return bool(call) and all(NAMED.match(argument) for argument in arguments(call[1]))


@rule("co_await",
      "co_await is a whole statement or the initialiser of a named variable, with named locals as arguments",
      bad=[("router/service/a.cpp", "void f() { if (co_await ready()) g(); }"),
           ("router/service/a.cpp", "int f() { co_return co_await g(); }"),
           ("router/service/a.cpp", "void f() { h(co_await g()); }"),
           ("router/service/a.cpp", "void f() { co_await g(Options{1, 2}); }"),
           ("router/service/a.cpp", "void f() { co_await g([x] { return x; }); }"),
           ("router/service/a.cpp", "void f() { auto x = co_await g(make()); }"),
           ("router/service/a.cpp", "void f() { x = co_await g(a); }"),
           ("router/service/a.cpp", "void f() { co_await h().g(a); }"),
           ("router/service/a.cpp", "void f() { if (a && co_await g()) co_await h(); }"),
           ("router/service/a.cpp", "void f() { auto x = co_await g(a).value; }")],
      good=[("router/service/a.cpp", "void f() { co_await g(a, b.c, std::move(d)); }"),
            ("router/service/a.cpp", "void f() { const std::size_t n = co_await s->read(buffer, token); }"),
            ("router/service/a.cpp", "void f() { auto [error, n] = co_await net::read(s, buffer, token); // co_await\n }"),
            ("router/service/a.cpp", "void f() { const bool b = co_await g<const token<>, void(bool)>(start, t); }"),
            ("router/service/a.cpp", "void f() { if (a.b()) co_await g(*d, e == E::f, std::move(*h), \"i\"); }"),
            ("router/service/a.cpp", "void f() { for (int i = 0; i < 3; ++i) co_await g(i); }"),
            ("router/service/a.cpp", "void f() { else co_await g(); }")])
def co_await_form(source):
    if not source.is_cpp:
        return []
    found = []
    for match in re.finditer(r"\bco_await\b", source.code):
        before, operand = statement_around(source.code, match.start())
        if before and not DECLARATION.match(before) and not CONDITION.match(before):
            found.append((source.line_at(match.start()), "co_await inside a larger expression"))
        elif not is_plain(operand):
            found.append((source.line_at(match.start()), "co_await with a temporary: name its arguments first"))
    return found
