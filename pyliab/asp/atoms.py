"""Facts as clingo symbols. They reach the solver through the backend, never as program text."""

from __future__ import annotations

from collections.abc import Iterable

from clingo import Backend, Function, Number, String, Symbol, SymbolType, parse_term

__all__ = ["Symbol", "SymbolType"]

from pyliab.facts import CaseFile, Fact

Program = list[tuple[list[Symbol], bool]]
"""Facts, and choices between the atoms of a list (exactly one of them holds): (atoms, is it a choice?)."""


def constant(name: str) -> Symbol:
    """A plain constant."""
    return Function(name)


def fact_symbol(case: str, fact: Fact, positive: bool = True) -> Symbol:
    """`knows(case, platform, ...)`, or `-knows(...)` when not positive."""
    args = [constant(case)]
    for i, value in enumerate(fact.args):
        quoted = i < len(fact.quoted) and fact.quoted[i] and value != "undated"
        args.append(Number(value) if isinstance(value, int) else String(value) if quoted else constant(value))
    return Function(fact.word, args, positive)


def case_program(case: CaseFile) -> Program:
    """The facts of a case: proved and disproved as facts, disputed as a choice between the two."""
    occurred = Function("occurred", [constant(case.id), Number(int(case.doc["date"].replace("-", "")))])
    program: Program = [([occurred], False)]
    for fact in case.facts:
        if fact.status == "disputed":
            program.append(([fact_symbol(case.id, fact), fact_symbol(case.id, fact, False)], True))
        else:
            program.append(([fact_symbol(case.id, fact, fact.status == "proved")], False))
    return program


def term(value: str | int) -> Symbol:
    """A number, a constant, or a string where the text is no identifier."""
    if isinstance(value, int):
        return Number(value)
    return constant(value) if value.isidentifier() and value[:1].islower() else String(value)


def plain(atoms: Iterable[tuple[str, tuple[str | int, ...]]]) -> Program:
    """Facts given as (name, arguments)."""
    return [([Function(name, [term(value) for value in args])], False) for name, args in atoms]


def add(backend: Backend, program: Program) -> None:
    """Add a program; a choice becomes `1 { a; -a } 1`."""
    for symbols, choice in program:
        heads = [backend.add_atom(symbol) for symbol in symbols]
        backend.add_rule(heads, choice=choice)
        if choice:
            backend.add_rule([], heads)
            backend.add_rule([], [-head for head in heads])


def as_text(program: Program) -> str:
    """The same program as ASP text, one statement a line, for clingo run by hand."""
    rows = []
    for symbols, choice in program:
        body = "; ".join(str(symbol) for symbol in symbols)
        rows.append(f"1 {{ {body} }} 1." if choice else f"{body}.")
    return "\n".join(rows) + "\n"


def value(symbol: Symbol) -> str | int:
    """A symbol as Python value: number, or text without quotes."""
    if symbol.type == SymbolType.Number:
        return symbol.number
    return symbol.string if symbol.type == SymbolType.String else str(symbol)


def parse(text: str) -> Symbol:
    """A symbol from the text that `str` made of one."""
    return parse_term(text)
