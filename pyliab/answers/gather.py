"""Everything a report says about one case, asked of the parts that know it. Nothing is put into words here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Liability
from pyliab.law.proof import Explainer, Explanation, ProofProgram
from pyliab.law.world import World, world_of
from pyliab.money.by_money import MoneyMap, money_maps
from pyliab.money.conclusions import Ledger, ledger_of
from pyliab.money.settlement import Scenario, Settlement, on_top, settlement
from pyliab.money.sweep import Sweep, sweep
from pyliab.questions.compare import Divergence, compare
from pyliab.questions.overview import Overview, overview
from pyliab.space.space import Explored, Explorer, Progress, answer
from pyliab.text.amounts import Span
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import EMPTY, Text


@dataclass(frozen=True)
class UnderReading:
    """A case under one reading. `unreckoned` says why there is no `money`; empty where there is."""

    choice: Choice
    liabilities: Sequence[Liability]
    explanations: Sequence[Explanation]
    money: Settlement | None
    unreckoned: Text


@dataclass(frozen=True)
class CaseReport:
    """One case under all readings asked, and over the whole space of readings."""

    case: CaseFile
    inquiry: World
    proofs: ProofProgram
    overview: Overview
    readings: Sequence[UnderReading]
    divergences: Sequence[Divergence]
    sweeps: Sequence[Sweep]
    space: Explored
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
    ledgers = [ledger_of(inquiry, case, choice) for choice in choices]
    readings = [_under(inquiry, proofs, case, choice, ledger) for choice, ledger in zip(choices, ledgers, strict=True)]
    (compared,) = compare(inquiry, choices, all_pairs=len(choices) == 2)
    explorer = Explorer(base, as_if_in_force=as_if_in_force, progress=progress)
    space = answer(explorer.explore(case))
    money = money_maps(base, case, as_if_in_force=as_if_in_force, progress=progress) if explore else []
    glance, sweeps = overview(inquiry, choices), _sweeps(ledgers)
    return CaseReport(case, inquiry, proofs, glance, readings, compared.divergences, sweeps, space, money, explore)


def _under(inquiry: World, proofs: ProofProgram, case: CaseFile, choice: Choice, ledger: Ledger) -> UnderReading:
    liabilities = inquiry.derive(case.id, choice)
    explainer = Explainer(proofs, choice)
    money, why = reckoned(lambda: settlement(ledger, beyond=on_top(inquiry, ledger)))
    return UnderReading(choice, liabilities, [explainer.explain(liability) for liability in liabilities], money, why)


def reckoned(asked: Callable[[], Settlement]) -> tuple[Settlement | None, Text]:
    """The settlement, or none and the reason: a case that states no loss has no money."""
    try:
        return asked(), EMPTY
    except InputError as error:
        return None, error.text()


def _sweeps(ledgers: Sequence[Ledger]) -> list[Sweep]:
    """The curves for everyone who may owe and be owed, where the assets of others can matter."""
    curves = []
    for pair in sorted({pair for ledger in ledgers for pair in ledger.pairs}):
        try:
            curves.append(sweep(ledgers, pair))
        except InputError:  # liable alone, or no loss stated: there is no curve to draw
            continue
    return curves


def overall(scenarios: Sequence[Scenario], party: str, what: str) -> Span | None:
    """What a creditor `recovers` or a debtor `bears`, over all these scenarios."""
    rows = [
        row
        for scenario in scenarios
        for row in (scenario.creditors if what == "recovers" else scenario.debtors)
        if row.id == party
    ]
    spans = [getattr(row, what) for row in rows]
    return Span.of(end for span in spans for end in (span.low, span.high)) if spans else None
