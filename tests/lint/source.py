"""Files as the rules see them: the text, and for C++ the code with comments and literals blanked out, line for line."""
import dataclasses
import functools
import pathlib
import re

SKIPPED = {".git", "node_modules", "__pycache__"}
SKIPPED_AT_ROOT = {"build", "data"}
TEXT = {".cpp", ".hpp", ".proto", ".py", ".ts", ".js", ".mjs", ".css", ".html", ".cmake", ".txt", ".json", ".toml",
        ".csv", ".md", ".sh", ".yaml", ".yml", ".service", ""}

LITERAL = re.compile(
    r'//[^\n]*|/\*.*?\*/'                          # comments
    r'|R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"'  # raw strings
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'",       # not the separator of 1'000
    re.DOTALL)


def blanked(match):
    text = match.group(0)
    if text.startswith("/"):
        return re.sub(r"[^\n]", " ", text)
    return '"' + re.sub(r"[^\n]", " ", text[1:-1]) + '"'


@dataclasses.dataclass(frozen=True)
class Source:
    path: str  # from the project's root, with slashes
    text: str

    @property
    def suffix(self):
        return pathlib.PurePosixPath(self.path).suffix

    @property
    def is_cpp(self):
        return self.suffix in (".cpp", ".hpp")

    @property
    def is_built(self):
        return "/dist/" in self.path or self.path.endswith("package-lock.json")

    @functools.cached_property
    def code(self):
        return LITERAL.sub(blanked, self.text)

    def line_at(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def matches(self, pattern, text=None):
        """(line, matched text) of every match, in the text or in another view of it with the same lines."""
        text = self.text if text is None else text
        return [(text.count("\n", 0, m.start()) + 1, m.group(0).strip()) for m in re.finditer(pattern, text)]


def tree(root):
    """Every text file of the project, in order of name."""
    root = pathlib.Path(root)
    found = []
    for path in root.rglob("*"):
        parts = path.relative_to(root).parts
        if parts[0] in SKIPPED_AT_ROOT or SKIPPED.intersection(parts):
            continue
        if path.suffix in TEXT and path.is_file():
            try:
                found.append(Source("/".join(parts), path.read_text(encoding="utf-8")))
            except UnicodeDecodeError:
                continue  # a corpus file
    return sorted(found, key=lambda source: source.path)
