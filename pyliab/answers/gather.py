"""Everything a report says about one case, asked of the parts that know it. Nothing is put into words here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Liability
from pyliab.law.proof import Explainer, Explanation, ProofProgram
from pyliab.law.world import World, world_of
from pyliab.money.accounts import Account, Scenario, accounts, on_top
from pyliab.money.by_outcome import MoneyMap, money_maps
from pyliab.money.ledger import Ledger, Pair
from pyliab.money.sweep import Sweep, sweep
from pyliab.questions.compare import Divergence, compare
from pyliab.space.space import Answer, Explorer, Progress, answer
from pyliab.text.amounts import Span
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import EMPTY, Text


@dataclass(frozen=True)
class UnderReading:
    """A case under one reading. `unreckoned` says why there is no money; empty where there is."""

    choice: Choice
    liabilities: Sequence[Liability]
    explanations: Sequence[Explanation]
    accounts: Sequence[Account]
    beside: Sequence[Mapping[str, Any]]
    unreckoned: Text

    def together(self, pair: Pair) -> Account | None:
        """What one debtor owes one creditor, all bases together."""
        found = (one for one in self.accounts if one.form is None and (one.debtor, one.creditor) == pair)
        return next(found, None)


@dataclass(frozen=True)
class CaseReport:
    """One case under all readings asked, and over the whole space of readings."""

    case: CaseFile
    inquiry: World
    proofs: ProofProgram
    readings: Sequence[UnderReading]
    divergences: Sequence[Divergence]
    sweeps: Sequence[Sweep]
    space: Answer
    money: Sequence[MoneyMap]
    explored: bool

    @property
    def base(self) -> KnowledgeBase:
        """The knowledge base asked."""
        return self.inquiry.base


def gather(
    base: KnowledgeBase,
    case: CaseFile,
    choices: Sequence[Choice],
    *,
    as_if_in_force: bool = False,
    explore: bool = True,
    progress: Progress = lambda _case, _found: None,
) -> CaseReport:
    """Ask everything of a case. `explore`: also its money over the whole space, which only a page shows."""
    inquiry = world_of(base, case, as_if_in_force=as_if_in_force)
    proofs = ProofProgram(inquiry, case)
    ledgers = [Ledger(base, case, choice, as_if_in_force=as_if_in_force) for choice in choices]
    readings = [_under(inquiry, proofs, case, ledger) for ledger in ledgers]
    (compared,) = compare(inquiry, choices, all_pairs=len(choices) == 2)
    explorer = Explorer(base, as_if_in_force=as_if_in_force, progress=progress)
    space = answer(explorer.explore(case))
    money = money_maps(base, case, as_if_in_force=as_if_in_force, progress=progress) if explore else []
    return CaseReport(case, inquiry, proofs, readings, compared.divergences, _sweeps(ledgers), space, money, explore)


def _under(inquiry: World, proofs: ProofProgram, case: CaseFile, ledger: Ledger) -> UnderReading:
    choice = ledger.choice
    liabilities = inquiry.derive(case.id, choice)
    explainer = Explainer(proofs, choice)
    found, why = reckoned(lambda: accounts(ledger))
    return UnderReading(
        choice,
        liabilities,
        [explainer.explain(one) for one in liabilities],
        found,
        on_top(inquiry.base, case, choice, inquiry.as_if_in_force),
        why,
    )


def reckoned(asked: Callable[[], Sequence[Account]]) -> tuple[Sequence[Account], Text]:
    """The accounts, or none and the reason: a case that states no loss has no money."""
    try:
        return asked(), EMPTY
    except InputError as error:
        return [], error.text()


def _sweeps(ledgers: Sequence[Ledger]) -> list[Sweep]:
    """The curves for everyone who may owe and be owed, where an operator's assets can matter."""
    found = []
    for pair in sorted({pair for ledger in ledgers for pair in ledger.pairs()}):
        try:
            found.append(sweep(ledgers, pair, "operator"))
        except InputError:  # liable alone, or no loss stated: there is no curve to draw
            continue
    return found


def burden(scenarios: Sequence[Scenario], debtor: str) -> tuple[Span, Span] | None:
    """What the victim recovers and what the debtor bears, over all these scenarios."""
    rows = [(one, row) for one in scenarios for row in one.debtors if row.id == debtor]
    if not rows:
        return None
    recovers = Span.of(end for one, _ in rows for end in (one.recovers.low, one.recovers.high))
    bears = Span.of(end for _, row in rows for end in (row.bears.low, row.bears.high))
    return recovers, bears
