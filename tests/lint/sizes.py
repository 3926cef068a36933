"""Files and functions that a reader can hold. What is longer stands in ratchet.json with its length, which may only shrink."""
import ast
import re

FILE_LINES = 400
FUNCTION_LINES = 60
TEST_LINES = 100  # a table of cases, or a story told in order
CODE = {".cpp", ".hpp", ".py", ".ts", ".mjs", ".js", ".css", ".proto", ".cmake"}

CONTROL = re.compile(r"\b(if|for|while|switch|catch)\s*(constexpr\s*)?$")
AFTER_PARAMETERS = r"(?:const|noexcept|override|final|mutable|requires\b[^;{}]*|try|&&?|->[^;{}()]*)"
FUNCTION_HEAD = re.compile(rf"\)\s*(?:{AFTER_PARAMETERS}\s*)*(?::(?!:)[^;]*)?$", re.DOTALL)

MEMBER_INITIALISER = re.compile(r"\)[^;]*(?<!:):(?!:)[^;]*[\w>]$", re.DOTALL)


def closing_of(code, opening):
    depth = 0
    for i in range(opening, len(code)):
        depth += (code[i] == "{") - (code[i] == "}")
        if depth == 0:
            return i
    return len(code) - 1


def cpp_functions(source):
    """(line, name, lines) of the outermost function bodies."""
    code, at, found, pinned = source.code, 0, [], None
    while (opening := code.find("{", at)) >= 0:
        at = opening + 1
        begin = pinned if pinned is not None else max(code.rfind(mark, 0, opening) for mark in ";}{") + 1
        head = code[begin:opening]
        pinned = None
        if not FUNCTION_HEAD.search(head):
            continue
        if MEMBER_INITIALISER.search(head):  # a_{b}: the body is still to come
            pinned, at = begin, closing_of(code, opening) + 1
            continue
        first = begin + head.index("(") if "(" in head else begin
        name = re.search(r"([\w:~]+)\s*$", code[begin:first])
        if CONTROL.search(code[begin:first]):
            continue
        closing = closing_of(code, opening)
        start = begin + len(head) - len(head.lstrip())
        label = source.text[start:opening].split("\n")[0] if name and re.fullmatch(r"[A-Z_]{4,}", name[1]) else name[1] if name else "lambda"
        found.append((source.line_at(start), label.strip(" {"), source.line_at(closing) - source.line_at(start) + 1))
        at = closing + 1
    return found


def python_functions(source):
    return [(node.lineno, node.name, node.end_lineno - node.lineno + 1) for node in ast.walk(ast.parse(source.text))
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def too_long(source):
    """{name in the ratchet: (line, lines, limit)} of what is beyond its limit."""
    if source.suffix not in CODE or source.is_built:
        return {}
    found = {}
    lines = source.text.count("\n")
    if lines > FILE_LINES:
        found[source.path] = (1, lines, FILE_LINES)
    functions = cpp_functions(source) if source.is_cpp else python_functions(source) if source.suffix == ".py" else []
    limit = TEST_LINES if source.path.startswith("tests/") else FUNCTION_LINES
    for line, name, length in functions:
        if length > limit:
            found[f"{source.path} {name}"] = (line, length, limit)
    return found


def judge(long, ratchet):
    """Failures and remarks, from {name: (line, lines, limit)} and {name: allowed lines}."""
    failures, remarks = [], []
    for name, (line, lines, limit) in sorted(long.items()):
        path, _, function = name.partition(" ")
        what = f"{path}:{line}: length: {function or 'the file'} has {lines} lines"
        if name not in ratchet:
            failures.append(f"{what}, more than {limit}: split it")
        elif lines > ratchet[name]:
            failures.append(f"{what}, more than the {ratchet[name]} it was allowed: it may only shrink")
        elif lines < ratchet[name]:
            remarks.append(f"{what}, fewer than the {ratchet[name]} allowed: lint.py --lower takes it")
    remarks += [f"{name}: in ratchet.json, no longer too long: lint.py --lower" for name in sorted(ratchet.keys() - long.keys())]
    return failures, remarks
