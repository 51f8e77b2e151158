"""Python inside rule files: off, until the user allows it for the rules of folders that the user names."""

from __future__ import annotations

import re

from clingo.script import enable_python


def allow() -> None:
    """From now on clingo runs the `#script (python)` blocks of rule files. They may do whatever the user may do."""
    enable_python()


def failure(message: str) -> str:
    """What clingo says of a script that failed, without Python's way there; empty where no script did."""
    if "Traceback (most recent call last)" not in message:
        return ""
    places = re.findall(r'File "<string>", line (\d+)(?:, in (\w+))?', message)
    where = "".join(f", line {line}" + (f" in {name}" if name else "") for line, name in places[-1:])
    hint = "; in hypothetical cases days are names, not numbers" if "_internal.py" in message else ""
    return f"a script in the rules failed{where}: {message.strip().splitlines()[-1]}{hint}"
