"""Every public name of the SDK stands on its page: python3 names.py SOURCES"""

import pathlib
import re
import sys
import unittest

PAGES = ("docs/sdk.md", "docs/scheduling.md")
# Of these the SDK includes itself what it needs; the page names those that backends use.
INTERNALS = ("recursion", "python")
NOT_NAMES = set("if for while switch return catch sizeof alignof static_assert decltype noexcept operator alignas defined "
                "requires explicit default delete throw new".split())


def without_comments(text):
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"', " ", text, flags=re.DOTALL)


def public_names(text):
    """Of types, functions, constants, members and macros, as they are declared."""
    yield from re.findall(r"^\s*#\s*define\s+(\w+)", text, re.MULTILINE)
    text = re.sub(r"^\s*#(?:.*\\\n)*.*$", "", without_comments(text), flags=re.MULTILINE)
    scopes = [("namespace", True)]  # (what, whether its names are public)
    statement = ""
    for token in re.findall(r"[{};]|\b(?:public|private|protected)\s*:(?!:)|[^{};]+?(?=[{};]|\b(?:public|private|protected)\s*:(?!:))|.+\Z", text,
                            re.DOTALL):
        what, is_public = scopes[-1]
        if access := re.match(r"(public|private|protected)", token) if token.rstrip().endswith(":") else None:
            scopes[-1] = (what, access[1] != "private" and (len(scopes) < 2 or scopes[-2][1]))
            statement = ""
        elif token == "{":
            head = " ".join(re.sub(r"\[\[.*?\]\]|decltype\(auto\)|alignas\(.*?\)|template\s*<[^{;]*?>\s*(?=class|struct|\w)", " ", statement).split())
            kind = re.match(r"(?:inline )?(namespace|class|struct|enum class|enum|union)\b(?: RUNOFF_VISIBLE)? ?(\w*)", head)
            open_scope = is_public and what in ("namespace", "class")
            if kind and kind[1] == "namespace":
                scopes.append(("namespace", open_scope and kind[2] not in ("detail", "")))
            elif kind and "(" not in head:
                if open_scope and kind[2]:
                    yield kind[2]
                scopes.append(("enum" if kind[1].startswith("enum") else "class", open_scope and kind[1] != "class"))
            else:
                if open_scope:
                    yield from declared(head)
                scopes.append(("body", False))
            statement = ""
        elif token == "}":
            if what == "enum" and is_public:
                yield from re.findall(r"(\w+)\s*(?:=[^,]*)?(?:,|$)", statement)
            scopes.pop()
            statement = ""
        elif token == ";":
            if is_public and what in ("namespace", "class"):
                yield from declared(statement)
            statement = ""
        else:
            statement += token


def declared(statement):
    """The name that a declaration without its body declares."""
    head = " ".join(re.sub(r"\[\[.*?\]\]|decltype\(auto\)", " ", statement).split())
    if not head or head.startswith(("friend", "using namespace", "class ", "struct ", "static_assert", "extern")) or "operator" in head or "~" in head:
        return
    if alias := re.search(r"\busing (\w+) =|\(\*(\w+)\)\(", head):
        yield alias[1] or alias[2]
    elif head.startswith("using"):
        return
    elif function := re.match(r"[^()=]*?(\w+)\s*\(", head):
        if function[1] not in NOT_NAMES:
            yield function[1]
    elif variable := re.match(r"[^=]*?(\w+)(?:\[\w*\])?\s*(?:=.*)?$", head):
        yield variable[1]


def headers(sources):
    for file in sorted((sources / "harness/include/runoff").rglob("*.h")):
        if file.parent.name not in INTERNALS:
            yield file


class Names(unittest.TestCase):
    sources = None

    def test_each_public_name_stands_on_the_page(self):
        page = " ".join((self.sources / one).read_text() for one in PAGES)
        words = set(re.findall(r"\w+", " ".join(re.findall(r"```.*?```|`[^`]+`", page, re.DOTALL))))
        missing = [f"{file.name}: {name}" for file in headers(self.sources)
                   for name in dict.fromkeys(public_names(file.read_text())) if name not in words]
        self.assertEqual(missing, [])

    def test_finds_names_of_every_kind_and_none_that_is_private(self):
        found = list(public_names("""
            #define RUNOFF_THING(a) \\
              a
            namespace runoff {
            class Known;
            enum class Unit { count, bytes = 2 };
            inline constexpr int most = 3;
            using Body = std::function<void(Range)>;
            namespace detail { int hidden(); }
            class RUNOFF_VISIBLE Pool final : public Base {
             public:
              explicit Pool(int workers) : workers_(workers) {}
              template <class T>
              T& at(std::size_t slot) const { return inner(slot); }
              virtual bool follow() { return false; }
              int left = 0;  ///< of `these`
              void (*make)(Pool& pool) = nullptr;
              using Base::Base;
             private:
              void secret();
              int workers_;
            };
            struct Plain { std::string name = {}; struct Inner { int deep; }; };
            }"""))
        self.assertEqual(found, ["RUNOFF_THING", "Unit", "count", "bytes", "most", "Body", "Pool", "Pool", "at", "follow", "left", "make", "Plain",
                                 "name", "Inner", "deep"])


if __name__ == "__main__":
    Names.sources = pathlib.Path(sys.argv.pop(1))
    unittest.main(argv=sys.argv[:1], verbosity=2)
