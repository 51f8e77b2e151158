"""Python inside rule files: off, until the user allows it for the rules of folders that the user names."""

from __future__ import annotations

import re

from clingo.script import enable_python

from pyliab.text.problem import told


def allow() -> None:
    """From now on clingo runs the `#script (python)` blocks of rule files. They may do whatever the user may do."""
    enable_python()


def failure(message: str) -> str:
    """What clingo says of a script that failed, without Python's way there; empty where no script did."""
    if "Traceback (most recent call last)" not in message:
        return ""
    places = re.findall(r'File "<string>", line (\d+)(?:, in (\w+))?', message)
    line, name = places[-1] if places else ("", "")
    named = told(f"（{name}）", f" in {name}") if name else told("", "")
    where = told(f"，第 {line} 行{named.zh}", f", line {line}{named}") if line else told("", "")
    hint = (
        told("；假设案件中的日期是名称，不是数", "; in hypothetical cases days are names, not numbers")
        if "_internal.py" in message
        else told("", "")
    )
    last = message.strip().splitlines()[-1]
    return told(f"规则中的脚本出错{where.zh}：{last}{hint.zh}", f"a script in the rules failed{where}: {last}{hint}")
