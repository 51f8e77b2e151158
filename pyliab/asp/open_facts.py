"""Facts that may stand otherwise: which, and how, of a case that is told and of one of which nothing is told yet.

What is proved, disproved, disputed or unstated in a case is its own *standing*; `rules/analysis/open.lp` says which
standings go together. A hypothetical case is the open case of an empty case: a cast, a day, and no fact stated.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any, Literal

from pyliab.asp import symbols as atoms
from pyliab.asp.asked import asked
from pyliab.asp.days import day_program, occurred
from pyliab.asp.program import read_facts
from pyliab.asp.symbols import Program, Symbol
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, Fact, Status
from pyliab.kb.folders import shipped
from pyliab.kb.vocabulary import ANY, Argument, Predicate, read_predicates
from pyliab.text.amounts import Days, ends_of
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError, Problem
from pyliab.text.say import Text, say

Standing = Literal["proved", "disproved", "disputed", "unstated"]
Args = tuple[str | int, ...]
UNDATED = "undated"
WHENEVER = "whenever"
MOST_DATES = 3
THINGS = {"party": "parties", "item": "items", "harm": "harms"}
"""What a case declares, and where."""
ROOT = "owed"
"""The conclusion that facts are to matter for."""
EXAMPLES = ("0.00", "40000.00")
"""The amounts told of a hypothetical case: nothing, and something."""
AROUND = datetime.timedelta(days=30)
"""How long before or after the day of a hypothetical case something else happened."""
SETTLED = datetime.timedelta(days=90)
"""How long after a change of the law a hypothetical case happens."""


@dataclass(frozen=True)
class OpenFact:
    """A fact that may stand otherwise. `own` is how the case states it, `offered` how it may stand, its own included."""

    word: str
    args: Args
    own: Standing
    offered: tuple[Standing, ...]

    @cached_property
    def symbol(self) -> Symbol:
        """The fact as a term, without its case."""
        return term(self.word, self.args)


@dataclass(frozen=True)
class Supposition:
    """One supposed fact: how it stands now, and how it stood in the case."""

    word: str
    args: Args
    standing: Standing
    own: Standing


def term(word: str, args: Iterable[str | int]) -> Symbol:
    """`knows(platform, shop, 20210501)`: a fact without its case."""
    return atoms.function(word, *map(atoms.term, args))


def of_case(case: str, fact: Symbol) -> Symbol:
    """The atom of a fact in a case: `knows(case, platform, shop, 20210501)`."""
    return atoms.function(fact.name, atoms.constant(case), *fact.arguments)


def analysis_file(name: str) -> Path:
    """A program of `rules/analysis/`."""
    return shipped().rules / "analysis" / name


def analysis_text(*names: str) -> str:
    """Programs of `rules/analysis/` as one text."""
    return "\n".join(analysis_file(name).read_text(encoding="utf-8") for name in names)


# --- of whom and what facts can be told -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Domain:
    """What can stand at each argument: by the name that the argument bears, and otherwise by its type."""

    players: Mapping[str, Sequence[str]]
    others: Mapping[str, Sequence[str]]
    """By type, who stands where nobody is known to play a part."""
    dates: Sequence[int]
    harm_date: int | None = None
    amounts: Sequence[str] = ()
    at: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    """Who stands in stated facts of a word at an argument: `is played Platform runs_room Operator` lets them stand here too."""

    def among(self, names: Collection[str]) -> Domain:
        """Of these parties and things alone."""

        def few(rows: Mapping[Any, Sequence[str]]) -> dict[Any, list[str]]:
            return {key: [name for name in row if name in names] for key, row in rows.items()}

        return replace(self, players=few(self.players), others=few(self.others), at=few(self.at))

    def tuples(self, predicate: Predicate) -> Iterator[Args]:
        """All arguments that fit; two parties are two different ones."""
        arguments = predicate.arguments[1:]
        for values in product(*(self._values(argument, predicate) for argument in arguments)):
            parties = [value for value, argument in zip(values, arguments, strict=True) if argument.type == "party"]
            if len(set(parties)) == len(parties):
                yield values

    def _values(self, argument: Argument, predicate: Predicate) -> Sequence[str | int]:
        if argument.optional:
            return (ANY,)
        if argument.type == "date":
            of_harm = any(other.type == "harm" for other in predicate.arguments)
            return [self.harm_date] if of_harm and self.harm_date else [*self.dates, UNDATED]
        if argument.type == "word":
            return argument.words
        if argument.type == "yuan":
            return self.amounts
        played = (tuple(more) for name, *more in predicate.marked("played") if name == argument.name)
        others = [party for place in played for party in self.at.get((place[0], place[1]), ())]
        return [
            *dict.fromkeys([*(self.players.get(argument.name) or self.others.get(argument.type or "", ())), *others])
        ]


def domain_of(base: KnowledgeBase, case: CaseFile) -> Domain:
    """Of whom and what facts of a case can be told.

    A party is put only at an argument whose name it bears in a stated fact (who is somewhere an `Operator` can be one
    elsewhere), or that another word lends it (`is played`); where nobody bears the name, any party but the sufferer of a harm.
    Dates are those of the case.
    """
    bears: dict[str, list[str]] = {}
    at: dict[tuple[str, str], list[str]] = {}
    sufferers: set[str] = set()
    dates, harm_dates = [ends_of(case.doc.when)[0]], list[int]()
    for fact in case.facts:
        declares = _declares(base.predicates[fact.word])
        for argument, value in zip(base.predicates[fact.word].arguments[1:], fact.args, strict=True):
            if argument.type == "party":
                bears.setdefault(argument.name, []).append(str(value))
                at.setdefault((fact.word, argument.name), []).append(str(value))
                sufferers |= {str(value)} if declares else set()
            elif argument.type == "date" and isinstance(value, int | Days):
                dates.append(ends_of(value)[0])
                harm_dates += [ends_of(value)[0]] if declares else []
    parties = list(case.doc.parties)
    players = {name: [party for party in parties if party in bearers] for name, bearers in bears.items()}
    others = {"party": [party for party in parties if party not in sufferers]}
    others |= {kind: list(getattr(case.doc, THINGS[kind])) for kind in ("item", "harm")}
    return Domain(players, others, _few(dates, harm_dates), at=at)


def _number(day: datetime.date) -> int:
    return int(day.strftime("%Y%m%d"))


def _few(dates: Iterable[int], harm_dates: Sequence[int]) -> list[int]:
    """The dates of the case, latest first; of many, those that tell before from after a harm: of the first and the last."""
    every = sorted(set(dates), reverse=True)
    if len(every) <= MOST_DATES or not harm_dates:
        return every[:MOST_DATES]
    return sorted({min(harm_dates), max(harm_dates)}, reverse=True)


# --- which facts can be otherwise -------------------------------------------------------------------------------------


def stated(base: KnowledgeBase, case: CaseFile, uses: Mapping[str, set[bool]] | None = None) -> list[OpenFact]:
    """The facts of the case that can stand otherwise: those that a rule asks for, amounts and harms apart unless in dispute."""
    uses = asked(base.rule_files, [ROOT]) if uses is None else uses
    facts = []
    for fact in case.facts:
        if fact.word in uses and _varies(base, fact):
            offered = _offered(fact.status, uses[fact.word], UNDATED in fact.args)
            facts.append(OpenFact(fact.word, fact.args, fact.status, offered))
    return [fact for fact in facts if len(fact.offered) > 1]


def candidates(
    base: KnowledgeBase,
    case: CaseFile,
    uses: Mapping[str, set[bool]] | None = None,
    among: Collection[str] | None = None,
) -> list[OpenFact]:
    """The facts that could be stated of the parties, items and harms of the case, or `among` them of these, and are not."""
    uses = asked(base.rule_files, [ROOT]) if uses is None else uses
    domain = domain_of(base, case)
    domain = domain if among is None else domain.among(among)
    known = {(fact.word, fact.args) for fact in case.facts}
    facts = []
    for word, predicate in base.vocabulary.items():
        if word in uses and _can_vary(predicate):
            for args in domain.tuples(predicate):
                offered = _offered("unstated", uses[word], UNDATED in args, _dated(predicate))
                if (word, args) not in known and len(offered) > 1:
                    facts.append(OpenFact(word, args, "unstated", offered))
    return facts


def _varies(base: KnowledgeBase, fact: Fact) -> bool:
    """What is in dispute stands one way or the other, whatever it is."""
    return fact.status == "disputed" or _can_vary(base.predicates[fact.word])


def _can_vary(predicate: Predicate) -> bool:
    """No amounts and shares; nor what the declarations of the case determine: that there is such a harm."""
    types = {argument.type for argument in predicate.arguments}
    return not types & {"yuan", "share"} and not _declares(predicate)


def _declares(predicate: Predicate) -> bool:
    """Does a fact of this word tell of a thing that the case declares? Its block says so: `is declared Harm`."""
    return bool(predicate.marked("declared"))


def _dated(predicate: Predicate) -> bool:
    return any(argument.type == "date" and not argument.optional for argument in predicate.arguments)


def _offered(own: Standing, signs: set[bool], never: bool, dated: bool = False) -> tuple[Standing, ...]:
    """The standings that some rule tells apart, the own one first.

    Where no rule asks for `-p`, disproved is as good as unstated, and the weaker is offered; so is it for the opposite.
    A fact without a date is never proved, and a dated one is disproved only if the case says so: to suppose a fact
    disproved is to suppose it for all time.
    """
    others: list[Standing] = ["proved"] if True in signs and not never else []
    if False in signs and not (dated and not never):
        others.append("disproved")
    tells_own = own == "disputed" or (own == "proved") in signs
    if own == "disputed":
        others = ["proved", "disproved"]
    elif own != "unstated" and tells_own:
        others.append("unstated")
    return (own, *(standing for standing in others if standing != own))


# --- hypothetical cases -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cast:
    """Who plays which part in a hypothetical case, from `rules/cast.lp`; with names in both languages.

    `debtor` is whose burden is weighed, `means` who can pay and who cannot.
    """

    plays: Mapping[str, Sequence[str]]
    names: Mapping[str, Text]
    means: Mapping[str, Text]
    debtor: str

    def of_type(self, base: KnowledgeBase, kind: str) -> list[str]:
        """The members who can stand at arguments of a type."""
        arguments = (a for predicate in base.vocabulary.values() for a in predicate.arguments if a.type == kind)
        players = {player for argument in arguments for player in self.plays.get(argument.name, ())}
        return [member for member in self.names if member in players]


def cast_file(base: KnowledgeBase) -> Path:
    """The file of the cast. Raises InputError where this body of law has none."""
    path = base.home / "cast.lp"
    if not path.is_file():
        raise InputError(
            [Problem(str(path), 0, 0, say("no such file: it says who plays which part in hypothetical cases"))]
        )
    return path


def read_cast(base: KnowledgeBase) -> Cast:
    """The cast of a body of law."""
    path = cast_file(base)
    blocks = {block.name: block for block in read_predicates(path, path.read_text(encoding="utf-8"))}
    plays: dict[str, list[str]] = {}
    for member, part in read_facts(path, "plays"):
        plays.setdefault(part, []).append(member)
    debtor = next(member for member, part in read_facts(path, "cast") if part == "debtor")
    return Cast(plays, blocks["plays"].values, blocks["means"].values, debtor)


@dataclass(frozen=True)
class Universe:
    """Every hypothetical case of one day: the facts of which it can be told."""

    base: KnowledgeBase
    cast: Cast
    day: datetime.date
    facts: tuple[OpenFact, ...] = field(repr=False)

    def program(self) -> Program:
        """What may be told, as facts for `open.lp` and `hypothetical.lp`."""
        program = [*_offers(self.facts), *_kinds(self.base, ((fact.word, fact.args) for fact in self.facts))]
        for fact in self.facts:
            for value in self.base.predicates[fact.word].declares(fact.args):
                program += atoms.about(fact.symbol, "tells", atoms.term(value))
        return program

    def occurred(self, *cases: str) -> Program:
        """The day of hypothetical cases."""
        return atoms.plain(("occurred", (case, _number(self.day))) for case in cases)

    def told(self, statuses: Mapping[Symbol, Status]) -> list[Fact]:
        """The facts of the case in which these are proved or disproved, as a case file has them."""
        return [
            Fact(fact.word, fact.args, statuses[fact.symbol], 0, quoted=_quoted(self.base, fact.word))
            for fact in self.facts
            if fact.symbol in statuses
        ]

    def declared(self, facts: Iterable[Fact]) -> dict[str, dict[str, Text]]:
        """The members of the cast of whom some facts tell, under `parties`, `items` and `harms`."""
        used = {str(value) for fact in facts for value in fact.args}
        members = {section: self.cast.of_type(self.base, kind) for kind, section in THINGS.items()}
        cast = {
            name: {member: self.cast.names[member] for member in names if member in used}
            for name, names in members.items()
        }
        return {section: names for section, names in cast.items() if names}


def universe(base: KnowledgeBase, day: datetime.date) -> Universe:
    """The hypothetical cases of a day. The harm comes on that day; knowledge and notices a month before or after, or never.

    How much was lost, and what a share is, is not told, for it decides no rule of law.
    """
    cast = read_cast(base)
    others = {kind: cast.of_type(base, kind) for kind in THINGS}
    dates = [_number(day - AROUND), _number(day + AROUND)]
    domain = Domain(cast.plays, others, dates, _number(day), EXAMPLES)
    facts = [
        OpenFact(word, args, "unstated", _tellable(predicate, args))
        for word, predicate in base.vocabulary.items()
        if not _is_sum(predicate)
        for args in domain.tuples(predicate)
    ]
    return Universe(base, cast, day, tuple(facts))


def days_of(base: KnowledgeBase) -> list[datetime.date]:
    """A day in each period in which the law that rules ask about stayed the same, the latest first."""
    periods = {name: base.provisions[name].in_force for name in base.asked if name in base.provisions}
    turns = {day for period in periods.values() for day in (period.start, period.end) if day}
    days = sorted((datetime.date.fromisoformat(day) + SETTLED for day in turns), reverse=True)
    law = {day: {name for name, p in periods.items() if p.start <= day.isoformat() <= (p.end or "9")} for day in days}
    return [day for i, day in enumerate(days) if not i or law[day] != law[days[i - 1]]]


def _is_sum(predicate: Predicate) -> bool:
    """A share, or the amount of one thing; an amount between two is told, for it may be nothing."""
    types = [argument.type for argument in predicate.arguments]
    return "share" in types or (types[-1] == "yuan" and len(types) == 3)


def _tellable(predicate: Predicate, args: Args) -> tuple[Standing, ...]:
    """What has a day or an amount is disproved for all time, without a day, and only then."""
    if UNDATED in args:
        return "unstated", "disproved"
    only_proved = any(a.type in ("date", "yuan") and not a.optional for a in predicate.arguments)
    return ("unstated", "proved") if only_proved else ("unstated", "proved", "disproved")


def _quoted(base: KnowledgeBase, word: str) -> tuple[bool, ...]:
    return tuple(argument.type in ("yuan", "share") for argument in base.predicates[word].arguments[1:])


# --- the program ------------------------------------------------------------------------------------------------------


def open_case(base: KnowledgeBase, case: CaseFile, facts: Sequence[OpenFact]) -> Program:
    """A case in which some facts are open, for `rules/analysis/open.lp`; takes the place of `atoms.case_program`."""
    program = atoms.plain([("open", (case.id,))])
    program += [] if isinstance(case.doc.when, Days) else [([occurred(case, case.doc.when)], False)]
    program += day_program(base, case, atoms.bare, atoms.bare)
    for fact in case.facts:
        symbol = term(fact.word, fact.args)
        states = atoms.function("states", atoms.constant(case.id), symbol, atoms.constant(fact.status))
        program.append(([states], False))
    stated = [(fact.word, fact.args) for fact in case.facts if _varies(base, fact)]
    every = dict.fromkeys([*((fact.word, fact.args) for fact in facts), *stated])
    return [*program, *_offers(facts), *_kinds(base, every)]


def _offers(facts: Iterable[OpenFact]) -> Program:
    return [row for fact in facts for s in fact.offered for row in atoms.about(fact.symbol, "offered", s)]


def _kinds(base: KnowledgeBase, facts: Iterable[tuple[str, Args]]) -> Program:
    """What `open.lp` needs to know of facts: the word, the matter, the scope, whether it is one for all time."""
    program: Program = []
    for word, args in facts:
        arguments = base.predicates[word].arguments[1:]
        symbol, scope = term(word, args), base.predicates[word].one_per
        program += atoms.about(symbol, "may", word)
        program += atoms.about(symbol, "matter", term(word, matter(base, word, args)))
        if UNDATED in args:
            program += atoms.about(symbol, "never")
        if scope:
            of = [value for argument, value in zip(arguments, args, strict=True) if argument.name in scope]
            program += atoms.about(symbol, "single", term(word, of))
    return program


def matter(base: KnowledgeBase, word: str, args: Args) -> Args:
    """The arguments of a fact whenever it was: `whenever` in the place of dates."""
    arguments = base.predicates[word].arguments[1:]
    return tuple(
        WHENEVER if argument.type == "date" else value for argument, value in zip(arguments, args, strict=True)
    )


def open_rules(base: KnowledgeBase) -> str:
    """`open.lp` and the cast; and for every word the rules by which a fact holds where it counts as proved."""
    rows = [analysis_text("open.lp"), cast_file(base).read_text(encoding="utf-8")]
    for word, predicate in base.vocabulary.items():
        values = ",".join(f"X{i}" for i in range(1, predicate.arity))
        fact, atom = f"{word}({values})" if values else word, f"{word}({','.join(['C', values]).rstrip(',')})"
        for other, places in predicate.implied():
            keys = [f"X{place + 1}" for place in places]
            keys += [ANY] * (base.predicates[other].arity - 1 - len(keys))
            implied = f"{other}({','.join(keys)})"
            rows.append(f"implies({fact}, {implied}) :- may({fact}, _).")
        exact = f", not on_a_day({fact})" if any(argument.type == "date" for argument in predicate.arguments) else ""
        rows.append(f"{atom} :- effective(C, {fact}, proved){exact}.")
        rows.append(f"-{atom} :- effective(C, {fact}, disproved){exact}.")
    return "\n".join(rows)


# --- a case with other facts ------------------------------------------------------------------------------------------


def changed_case(base: KnowledgeBase, case: CaseFile, suppositions: Iterable[Supposition]) -> CaseFile:
    """The same case, its facts as supposed: an ordinary case, which can be asked like any other."""
    wanted = {(supposition.word, supposition.args): supposition.standing for supposition in suppositions}
    facts: list[Fact] = []
    for fact in case.facts:
        standing = wanted.pop((fact.word, fact.args), fact.status)
        if standing != "unstated":
            facts.append(replace(fact, status=standing))
    for (word, args), standing in wanted.items():
        if standing != "unstated":
            facts.append(Fact(word, args, standing, 0, quoted=_quoted(base, word)))
    return replace(case, facts=facts)
