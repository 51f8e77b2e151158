"""Python inside rule files: off, until the user allows it for the rules of folders that the user names."""

from __future__ import annotations

import re

from clingo.script import enable_python

from pyliab.text.say import EMPTY, Text, say


def allow() -> None:
    """From now on clingo runs the `#script (python)` blocks of rule files. They may do whatever the user may do."""
    enable_python()


def failure(message: str) -> Text:
    """What clingo says of a script that failed, without Python's way there; empty where no script did."""
    if "Traceback (most recent call last)" not in message:
        return EMPTY
    places = re.findall(r'File "<string>", line (\d+)(?:, in (\w+))?', message)
    line, name = places[-1] if places else ("", "")
    named = say(" in {name}", name=name) if name else EMPTY
    where = say(", line {line}{named}", line=line, named=named) if line else EMPTY
    hint = say("; in hypothetical cases days are names, not numbers") if "_internal.py" in message else EMPTY
    last = message.strip().splitlines()[-1]
    return say("a script in the rules failed{where}: {last}{hint}", where=where, last=last, hint=hint)
