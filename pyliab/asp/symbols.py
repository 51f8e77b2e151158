"""Facts as clingo symbols. They reach the solver through the backend, never as program text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from clingo import Backend, Function, Number, String, Symbol, SymbolType, parse_term

__all__ = ["Function", "String", "Symbol", "SymbolType"]

from pyliab.kb.case import Fact
from pyliab.kb.vocabulary import Predicate
from pyliab.text.amounts import Days

Program = list[tuple[list[Symbol], bool]]
"""Facts, and choices between the atoms of a list (exactly one of them holds): (atoms, is it a choice?).

A choice of one atom is one between days: `told_on(Case, Event, Date, Fact, As)`, see `days.py`.
"""
TOLD_ON = "told_on"


def constant(name: str) -> Symbol:
    """A plain constant."""
    return Function(name)


def function(name: str, *arguments: Symbol) -> Symbol:
    """A term or atom."""
    return Function(name, list(arguments))


def number(value: int) -> Symbol:
    """A number, such as a day yyyymmdd."""
    return Number(value)


def bare(fact: Fact) -> Symbol:
    """A fact as a term, without its case: `knows(platform, ...)`."""
    whole = fact_symbol("x", fact)
    return Function(whole.name, whole.arguments[1:])


def fact_symbol(case: str, fact: Fact, positive: bool = True) -> Symbol:
    """`knows(case, platform, ...)`, or `-knows(...)` when not positive."""
    args = [constant(case)]
    for i, value in enumerate(fact.args):
        quoted = isinstance(value, Days) or (i < len(fact.quoted) and fact.quoted[i] and value != "undated")
        args.append(Number(value) if isinstance(value, int) else String(value) if quoted else constant(value))
    return Function(fact.word, args, positive)


def term(value: str | int) -> Symbol:
    """A number, a constant, or a string where the text is no identifier."""
    if isinstance(value, int):
        return Number(value)
    if isinstance(value, Days):
        return String(value)
    return constant(value) if value.isidentifier() and value[:1].islower() else String(value)


def plain(atoms: Iterable[tuple[str, tuple[str | int, ...]]]) -> Program:
    """Facts given as (name, arguments)."""
    return [([_atom(name, *args)], False) for name, args in atoms]


@lru_cache(maxsize=1 << 14)
def _atom(name: str, *args: str | int) -> Symbol:
    return Function(name, [term(value) for value in args])


def affirmed(symbol: Symbol) -> Symbol:
    """The atom without its minus."""
    return Function(symbol.name, symbol.arguments)


def owed(case: str, key: tuple[str, str, str]) -> Symbol:
    """The atom of a liability, given as debtor, creditor and form, whoever stands beside the debtor."""
    return Function("owed", [Function(name) for name in (case, *key)])


def opposite(symbol: Symbol) -> Symbol:
    """The atom with its minus."""
    return Function(symbol.name, symbol.arguments, False)


def standing(case: str, fact: Symbol, how: str) -> Symbol:
    """`status(Case, Fact, Standing)`, see `rules/analysis/open.lp`; the fact is written without its case."""
    return Function("status", [constant(case), fact, constant(how)])


def about(symbol: Symbol, name: str, *more: str | Symbol) -> Program:
    """The fact `name(symbol, ..)`, which says something of an atom."""
    rest = [constant(value) if isinstance(value, str) else value for value in more]
    return [([Function(name, [symbol, *rest])], False)]


def add(backend: Backend, program: Program) -> None:
    """Add the facts of a program; a choice between `a` and `-a` is added as the fact that `a` is disputed."""
    for fact in map(_given, program):
        backend.add_rule([backend.add_atom(fact)])


def _given(row: tuple[list[Symbol], bool]) -> Symbol:
    """The fact by which a row is given to the solver."""
    symbols, choice = row
    return in_dispute(symbols[0]) if choice and len(symbols) > 1 else symbols[0]


def in_dispute(symbol: Symbol) -> Symbol:
    """`disputed(Case, Word, Fact)`: the word stands apart so that rules can speak of all facts told in it."""
    return Function("disputed", [symbol.arguments[0], Function(symbol.name), symbol])


def dispute_rules(program: Program) -> str:
    """For each predicate with disputed facts the rules by which a fact or its opposite holds, see `rules/proof`.

    In dispute, either holds. Where the dispute ends without proof (`non_liquet`), neither does, unless the law infers one
    of them, or one is `found` after all: supposed so by whoever asks `open_to_proof` what proof would change.
    The choice stands in a rule and not in the backend: clingo 5.8 grounds wrongly where a fact of the same predicate
    is added to the backend after a choice.
    """
    told = {_told_on(symbols[0]) for symbols, choice in program if choice and len(symbols) == 1}
    pairs = {(symbols[0].name, len(symbols[0].arguments)) for symbols, choice in program if choice and len(symbols) > 1}
    signatures = sorted(pairs | {(name, arity) for name, arity, status in told if status == "disputed"})
    rows = ["#defined open_to_proof/0."] if signatures else []
    rows += _day_rules(sorted(told))
    for name, arity in signatures:
        atom = f"{name}({','.join(f'X{i}' for i in range(arity))})"
        asked = f"disputed(X0,{name},{atom})"
        rows.append(f"1 {{ {atom}; -{atom} }} 1 :- {asked}, not non_liquet.")
        rows.append(f"{{ found(X0,{atom},so); found(X0,{atom},not_so) }} 1 :- {asked}, non_liquet, open_to_proof.")
        for sign, side in (("", "so"), ("-", "not_so")):
            rows.append(f"{sign}{atom} :- found(X0,{atom},{side}), {asked}.")
            # Text with variables, for clingo remarks on each word about which nothing can be inferred.
            rows.append(f"{sign}{atom} :- inferred(X0,F,S), {asked}, F == {atom}, S == {side}.")
    return "\n".join(rows)


def _told_on(symbol: Symbol) -> tuple[str, int, str]:
    """Of what is told of a day: the word, its arity, and as what it is told."""
    *_, fact, how = symbol.arguments
    return fact.name, len(fact.arguments), how.name if not how.arguments else ""


def _day_rules(told: Iterable[tuple[str, int, str]]) -> Iterator[str]:
    """An event falls on one of its days, and what is told of it is so on that day."""
    for number, (name, arity, how) in enumerate(told):
        if not number:
            yield "1 { falls(C,E,F,T,D) : may_fall(C,E,F,T,D) } 1 :- may_fall(C,E,_,_,_)."
        atom = f"{name}({','.join(f'X{i}' for i in range(arity))})"
        heads = {"proved": atom, "disproved": f"-{atom}", "disputed": f"disputed(X0,{name},{atom})"}
        if how in heads:
            yield f"{heads[how]} :- told_on(X0,E,D,{atom},{how}), falls(X0,E,_,_,D)."


def as_text(program: Program) -> str:
    """The same program as ASP text, for clingo run by hand: its facts, one a line, and the rules on those in dispute."""
    rules = dispute_rules(program)
    return "\n".join([*(f"{fact}." for fact in map(_given, program)), *([rules] if rules else [])]) + "\n"


def value(symbol: Symbol) -> str | int:
    """A symbol as Python value: number, or text without quotes."""
    if symbol.type == SymbolType.Number:
        return symbol.number
    return symbol.string if symbol.type == SymbolType.String else str(symbol)


class Row:
    """An atom whose arguments bear the names that its block declares, as text: `row.debtor`, `row.with_`.

    `about` are the three that follow the case. What was asked once is kept: each look at a symbol is a call of the
    solver's library.
    """

    def __init__(self, atom: Symbol, predicate: Predicate) -> None:
        self.atom, self.name, self.text = atom, atom.name, str(atom)
        self.case, *self.about = [*map(str, atom.arguments[:4])] or [""]
        self.places = {argument.key: place for place, argument in enumerate(predicate.arguments)}

    def __getattr__(self, name: str) -> str:
        text = self.__dict__[name] = str(value(self.symbol(name)))
        return text

    def symbol(self, name: str) -> Symbol:
        """An argument as it stands. Raises AttributeError where the block names none so."""
        try:
            return self.atom.arguments[self.places[name.rstrip("_")]]
        except KeyError:
            raise AttributeError(f"{self.atom.name} has no argument {name}") from None


def parse(text: str) -> Symbol:
    """A symbol from the text that `str` made of one."""
    return parse_term(text)
