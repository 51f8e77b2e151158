"""Explaining all liabilities of a case: pyliab's proofs against xclingo on the same rules.

xclingo pins a clingo of its own, so it runs in an environment of its own: `bench.py --xclingo PYTHON` names its Python.
Both sides start with the rules as text and end with one proof in English for each liability; starting Python and
importing is left out on both; pyliab's rewritten rules come from its cache, as in any use but the first. xclingo explains answer sets, not liabilities, so it is asked twice:

- helped: clingo finds for each liability one answer set, under an assumption, and xclingo explains the liability there;
- as it comes: every answer set is explained, which is cut short after some seconds.
"""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clingo import ast

from pyliab.asp import symbols as atoms
from pyliab.asp.days import case_program
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.reading import Choice
from pyliab.kb.vocabulary import ANNOTATION, RuleNote
from pyliab.law.proof import Explainer, ProofProgram
from pyliab.law.world import world_of
from pyliab.space.space import Explorer, answer

PEER = Path(__file__).with_name("xclingo_run.py")
SECONDS = 10
"""Explaining every answer set is cut short after so long."""


@dataclass
class Peer:
    """What xclingo took, in seconds; `models` of the answer sets were explained in `each` of them, `cut` if not all."""

    helped: float
    each: float
    models: int
    cut: bool
    lines: int


class _Named(ast.Transformer):
    """Give anonymous variables a name: xclingo takes `_` for an unsafe one."""

    def __init__(self) -> None:
        self.count = 0

    def visit_Variable(self, node: Any) -> Any:
        if node.name != "_":
            return node
        self.count += 1
        return node.update(name=f"Any{self.count}")


def traced(base: KnowledgeBase, case: str, choice: Choice) -> str:
    """The rules with xclingo's annotations, and the case and the positions chosen as facts."""
    rows: list[str] = []
    pending: list[str | None] = [None]

    def take(node: Any) -> None:
        if node.ast_type == ast.ASTType.Comment:
            header = re.match(ANNOTATION, node.value.strip())
            pending[0] = header["id"] if header else pending[0]
        elif node.ast_type == ast.ASTType.Rule:
            name, pending[0] = pending[0], None
            rows.extend([_label(base.notes[name])] if name in base.notes else [])
            rows.append(str(_Named()(node)))
        elif node.ast_type != ast.ASTType.Program:
            rows.append(str(node))

    ast.parse_files([str(path) for path in base.rule_files], take)
    chosen = [("chosen", position) for position in choice.positions.items()]
    facts = atoms.plain([*base.law_facts(), *chosen]) + case_program(base, base.case(case))
    return "\n".join([*rows, atoms.as_text(facts)])


def _label(note: RuleNote) -> str:
    """`%!trace_rule {"% owes %", P, V}.`"""
    variables = re.findall(r"\{(\w+)\}", note.en)
    text = re.sub(r"\{\w+\}", "%", note.en).replace('"', "'")
    return "%!trace_rule {" + ", ".join([f'"{text}"', *variables]) + "}."


def wide_open(base: KnowledgeBase, case: str) -> Choice:
    """A reading that leaves open just the issues that decide a case; the rest is the plain text, or else what comes first."""
    deciding = tuple(answer(Explorer(base).explore(base.case(case))).decides)
    answers = {issue: next(iter(entry["positions"])) for issue, entry in base.issues.items()} | base.background()
    return Choice("wide open", {}, {i: answers[i] for i in base.issues if i not in deciding}, deciding)


def explain_all(base: KnowledgeBase, case: str, choice: Choice) -> int:
    """All liabilities explained by pyliab, each by its own proofs; returns how many."""
    inquiry = world_of(base, base.case(case))
    liabilities = inquiry.derive(case, choice)
    explainer = Explainer(ProofProgram(inquiry, base.case(case)), choice)
    for liability in liabilities:
        explainer.explain(liability)
    return len(liabilities)


def owed(base: KnowledgeBase, case: str, choice: Choice) -> list[str]:
    """The liabilities of a case, as atoms."""
    return [str(atoms.owed(case, one.key)) for one in world_of(base, base.case(case)).derive(case, choice)]


def ask_peer(python: str, program: str, wanted: list[str], folder: Path) -> Peer | str:
    """xclingo on the program; a message if it cannot be run there."""
    job = folder / "job.json"
    job.write_text(json.dumps({"program": program, "wanted": wanted, "seconds": SECONDS}), encoding="utf-8")
    done = subprocess.run([python, str(PEER), str(job)], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
    return Peer(**json.loads(done.stdout.splitlines()[-1]))
