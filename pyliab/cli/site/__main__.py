"""`python -m pyliab.cli.site OUT`: write the site into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from pyliab.cli.site.site import build

if len(sys.argv) != 2:
    sys.exit("usage: python -m pyliab.cli.site OUT")
pages = build(Path(sys.argv[1]))
print(f"written: {len(pages)} pages, from {sys.argv[1]}/index.html")
