"""Writes each module that the documentation shows to a file of its own: python3 extract.py DOCS FOLDER"""

import pathlib
import re
import sys
import textwrap

docs, folder = map(pathlib.Path, sys.argv[1:])
for page in sorted(docs.glob("*.md")):
    for block in re.findall(r"^ *```cpp\n(.*?)^ *```", page.read_text(), re.MULTILINE | re.DOTALL):
        if name := re.search(r'RUNOFF_(?:BACKEND|WORKLOAD)\(.*?\.name = "([^"]+)"', block, re.DOTALL):
            file = folder / (name[1] + ".cpp")
            code = textwrap.dedent(block)
            if not file.exists() or file.read_text() != code:
                file.write_text(code)
