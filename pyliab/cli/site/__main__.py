"""`python -m pyliab.cli.site OUT`: write the site into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from pyliab.answers.alone import page
from pyliab.answers.clingo_wasm import package
from pyliab.asp.load import load
from pyliab.cli.help_page import shown_case
from pyliab.cli.site.site import build
from pyliab.text.problem import InputError

if len(sys.argv) != 2:
    sys.exit("usage: python -m pyliab.cli.site OUT")
base, alone = load(), ""
try:
    alone = page(base, [*map(base.case, shown_case(None))], package(), "en")
except InputError as error:
    print(f"without the page to try a case: {error}")
pages = build(Path(sys.argv[1]), alone)
print(f"written: {len(pages)} pages, from {sys.argv[1]}/index.html")
