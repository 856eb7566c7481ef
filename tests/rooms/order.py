"""Rooms include only rooms before them, modules only the SDK, and no two types share a name: python3 order.py SOURCES"""

import pathlib
import re
import sys
import tempfile
import unittest

ROOMS = "support process machine launcher cell endpoint catalog doctor plan record statistics run check selftest explain report claims advise cli".split()
INCLUDE = re.compile(r'\s*#\s*include\s*[<"]([^>"]+)[>"]')


def includes(folder):
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".h", ".cpp", ".c", ".in"):
            for number, line in enumerate(file.read_text().splitlines(), 1):
                if found := INCLUDE.match(line):
                    yield f"{file}:{number}", found[1], line


def faults_of_rooms(harness):
    for room in (folder.name for folder in harness.iterdir() if folder.is_dir() and folder.name != "include"):
        if room not in ROOMS:
            yield f"{harness / room}: a room that has no place in the order"
            continue
        for place, included, _ in includes(harness / room):
            first = included.split("/")[0]
            if "/" in included and first in ROOMS and ROOMS.index(first) > ROOMS.index(room):
                yield f"{place}: '{room}' comes before '{first}'"
    for place, included, line in includes(harness / "include"):
        if '"' in line and not included.startswith("runoff/"):
            yield f"{place}: the SDK knows no '{included}'"


TYPE = re.compile(r"(?:template.*>\s*)?(?:struct|class|enum|enum class)\s+(\w+)(?:\s+final)?\s*(?::[^:]|\{)")


def types(file):
    """Those that other files may know, by their whole names."""
    names = []
    for line in file.read_text().splitlines():
        if found := re.match(r"namespace\s*([\w:]*)\s*\{", line):
            names.append(found[1])
        elif re.match(r"\}\s*//\s*namespace", line):
            names = names[:-1]
        elif (found := TYPE.match(line)) and "" not in names:
            yield "::".join([*names, found[1]])


def faults_of_types(harness):
    """The linker takes what the compiler makes for one of two such types, a destructor say, for the other's."""
    places = {}
    for file in sorted(harness.rglob("*")):
        if file.suffix in (".h", ".cpp"):
            for name in types(file):
                places.setdefault(name, set()).add(str(file))
    for name, files in places.items():
        if len(files) > 1:
            yield f"{' and '.join(sorted(files))}: each has a type '{name}'"


def registers_a_module(file):
    return re.search(r"^RUNOFF_(BACKEND|WORKLOAD)\(", file.read_text(), re.MULTILINE)


def faults_of_modules(sources):
    folders = [folder for kind in ("backends", "workloads") for folder in (sources / kind).iterdir() if folder.is_dir()]
    shared = [folder for folder in folders if not any(map(registers_a_module, folder.glob("*.cpp")))]
    for folder in folders:
        near = {file.name for one in [folder, *shared] for file in one.iterdir()}
        for place, included, line in includes(folder):
            is_ours = '"' in line or included.split("/")[0] in ROOMS
            if is_ours and included not in near and not included.startswith("runoff/"):
                yield f"{place}: a module knows 'runoff/', its own files and shared ones, not '{included}'"


class Order(unittest.TestCase):
    sources = None

    def test_each_room_knows_only_those_before_it(self):
        self.assertEqual(list(faults_of_rooms(self.sources / "harness")), [])

    def test_no_two_types_share_a_name(self):
        self.assertEqual(list(faults_of_types(self.sources / "harness")), [])

    def test_modules_know_only_the_sdk(self):
        self.assertEqual(list(faults_of_modules(self.sources)), [])

    def test_a_wrong_include_is_found_with_its_file_and_line(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in {
                "harness/plan/good.h": '#include <vector>\n#include "plan/other.h"\n#include "catalog/catalog.h"\n',
                "harness/plan/bad.cpp": '\n#include "record/sample.h"\n',
                "harness/attic/any.h": "",
                "harness/include/runoff/bad.h": '#include "support/text.h"\n',
                "backends/one/own.h": '#include "runoff/backend.h"\n',
                "backends/one/one.cpp": '#include "own.h"\n#include "two.h"\n#include "common.h"\nRUNOFF_BACKEND(One, {})\n',
                "backends/two/two.cpp": "RUNOFF_BACKEND(Two, {})\n",
                "backends/two/two.h": "#include <catalog/catalog.h>\n",
                "workloads/shared/common.h": "",
                "harness/plan/twice.h": "namespace runoff {\nstruct Twice {\n};\n}  // namespace runoff\n",
                "harness/run/own.cpp": "namespace runoff {\nnamespace {\nstruct Twice {};\n}  // namespace\n}  // namespace runoff\n",
                "harness/run/twice.cpp": "namespace runoff {\nclass Twice final : public Other {};\n}  // namespace runoff\n",
            }.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            found = [fault.replace(f"{root}/", "").split(": ")[0]
                     for fault in [*faults_of_rooms(root / "harness"), *faults_of_types(root / "harness"), *faults_of_modules(root)]]
        self.assertCountEqual(found, ["harness/plan/bad.cpp:2", "harness/attic", "harness/include/runoff/bad.h:1",
                                      "harness/plan/twice.h and harness/run/twice.cpp",
                                      "backends/one/one.cpp:2", "backends/two/two.h:1"])


if __name__ == "__main__":
    Order.sources = pathlib.Path(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
