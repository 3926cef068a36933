"""Smaller promises of the design that a file can break by itself."""
import re

from rule import rule


@rule("one-starter",
      "one helper starts every coroutine: named, counted, its exception logged; nothing is detached into silence",
      bad=[("agent-console/server/a.cpp", "asio::co_spawn(executor, f(), asio::detached);")],
      good=[("agent-console/server/tasks.cpp", "asio::co_spawn(executor, f(), done);")])
def one_starter(source):
    if not source.is_cpp or re.search(r"/tasks\.[ch]pp$", source.path):
        return []
    return source.matches(r"\bco_spawn\s*\(|\basio::detached\b|\.detach\s*\(\s*\)", source.code)


@rule("type-names",
      "a type says what it is",
      bad=[("queue/core/a.hpp", "class DossierManager {"), ("router/core/a.hpp", "struct TextUtil;"),
           ("queue/core/a.hpp", "struct CallData {")],
      good=[("queue/core/a.hpp", "class Database {\nstruct Sector {")])
def type_names(source):
    if not source.is_cpp:
        return []
    return source.matches(r"\b(?:class|struct|enum class|concept)\s+\w*(?:Manager|Helpers?|Utils?|Data)\b", source.code)


@rule("no-using-namespace",
      "a header opens no namespace for those who include it",
      bad=[("queue/core/a.hpp", "using namespace std;")], good=[("queue/core/a.cpp", "using namespace std::literals;")])
def no_using_namespace(source):
    return source.matches(r"\busing\s+namespace\b", source.code) if source.suffix == ".hpp" else []


@rule("unspecified",
      "value 0 of an enumeration on the wire is 'unspecified', and is refused",
      bad=[("proto/bannette/v1/a.proto", "enum Colour {\n  RED = 0;\n}"),
           ("proto/bannette/v1/a.proto", "enum Colour {\n  COLOUR_RED = 1;\n}")],
      good=[("proto/bannette/v1/a.proto", "enum Colour {\n  // none\n  COLOUR_UNSPECIFIED = 0;\n  COLOUR_RED = 1;\n}")])
def unspecified(source):
    if source.suffix != ".proto":
        return []
    return [(source.line_at(m.start()), f"enum {m[1]} does not begin with _UNSPECIFIED = 0")
            for m in re.finditer(r"\benum\s+(\w+)\s*\{(?:\s|//[^\n]*\n)*(\w+\s*=\s*\d+)", source.text)
            if not re.match(r"\w+_UNSPECIFIED\s*=\s*0$", m[2])]


@rule("browser-storage",
      "posts are shared and the data is personal: drafts live on the server, and pages are never made of strings",
      bad=[("agent-console/web/src/a.ts", "localStorage.setItem('a', 'b')"), ("agent-console/web/src/a.ts", "e.innerHTML = note"),
           ("agent-console/web/src/a.ts", "eval(code)")],
      good=[("agent-console/web/src/a.ts", "const storage = 1; retrieval(x)")])
def browser_storage(source):
    if not source.path.startswith("agent-console/web/src/"):
        return []
    return source.matches(r"\b(?:localStorage|sessionStorage|indexedDB|document\.cookie)\b|\bunsafeHTML\b"
                          r"|\b(?:inner|outer)HTML\s*=|\bdocument\.write\b|\beval\s*\(|\bnew\s+Function\s*\(")


@rule("test-labels",
      "a test says what kind it is: ./dev test chooses by label what runs under the sanitizers as well",
      bad=[("tests/unit/a/CMakeLists.txt", "bannette_test(unit_a SOURCES a.cpp LINK b)"),
           ("tests/unit/a/CMakeLists.txt", "bannette_test(unit_a\n  SOURCES a.cpp LABELS units)")],
      good=[("tests/unit/a/CMakeLists.txt", "bannette_test(unit_${a}\n  SOURCES a.cpp LABELS unit)")])
def test_labels(source):
    if not source.path.startswith("tests/") or not source.path.endswith("CMakeLists.txt"):
        return []
    return [(source.line_at(m.start()), f"{m[1]} has no label of unit, journal, sim, integration, fuzz, e2e, web, lint, long")
            for m in re.finditer(r"\bbannette_test\s*\(\s*(\S+)((?:[^()\"]|\"[^\"]*\")*)\)", source.text)
            if not re.search(r"\bLABELS\s+\"?(?:unit|journal|sim|integration|fuzz|e2e|web|lint|long)\b", m[2])]


# Outside a comment: a letter that only words for people have, the locale, a way round the catalogue.
FRENCH = re.compile(r"[àâçéèêëîïôùûœÀÂÇÉÈÊËÎÏÔÙÛŒ«»’]|\"fr(-FR)?\"|from \"[./]+/fr/")


@rule("one-catalogue",
      "a second language is a folder beside src/fr: what people read stands there, and is imported as #words/ROOM.js",
      bad=[("agent-console/web/src/parts/find.ts", "html`<kbd>Échap</kbd>`;\n"),
           ("agent-console/web/src/clock.ts", "new Intl.DateTimeFormat(\"fr-FR\");\n"),
           ("agent-console/web/src/clock.ts", "import { unitWords } from \"./fr/unit.js\";\n")],
      good=[("agent-console/web/src/clock.ts", "import { locale } from \"#words/common.js\"; // « été »\n"),
            ("agent-console/web/src/fr/unit.ts", "export const unitWords = { title: \"Demandes reçues\" };\n")])
def one_catalogue(source):
    if not source.path.startswith("agent-console/web/src/") or source.suffix != ".ts" or "/src/fr/" in source.path:
        return []
    lines = [re.sub(r"(^|\s)//.*", "", line) for line in source.text.splitlines()]
    return source.matches(FRENCH, "\n".join(lines))
