"""The command `ask`: what should be found out next."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pyliab.cli.options import case_argument, file_option, reading_options, readings_option
from pyliab.cli.session import NAME_A_READING, Session, session
from pyliab.cli.usage import Command, UsageError
from pyliab.text.problem import InputError, no_folder
from pyliab.text.say import languages, say

if TYPE_CHECKING:
    from pyliab.questions.ask import Answer, Asker, Ranked

REPLIES = [say("y yes"), say("n no"), say("u unknown"), say("q quit")]
"""What may be typed: a letter or a word, in any language; the last word in English is the reply."""


@click.command(cls=Command)
@case_argument
@readings_option(help="A reading under which to ask. Repeatable.")
@reading_options
@click.option("-n", "number", type=click.IntRange(1), default=10, show_default=True, help="How many questions to list.")
@click.option("--interactive", is_flag=True, help="Ask one after the other; answer y, n or u, q to end.")
@file_option("-o", "output", help="With --interactive: write the case here.")
@click.option("--force", is_flag=True, help="Write over an existing file.")
@session
def ask(
    session: Session,
    case: str,
    readings: tuple[str, ...],
    number: int,
    interactive: bool,
    output: Path | None,
    force: bool,
) -> None:
    """What nobody stated in CASE and still matters, as questions: what alone changes the outcome first, the ordinary before the rare.

    The power of a question is the number of liabilities, possible and not certain so far, that its answers yes and no
    settle, each once for every answer and reading. What is not listed changes nothing under the readings given.
    """
    from pyliab.answers.views import ask as shown
    from pyliab.questions.ask import Asker, ask_json

    _refuse(readings, interactive, output, force, session.as_json)
    asker = Asker(session.base, session.case(case), session.choices(readings), as_if_in_force=session.as_if_in_force)
    if not interactive:
        session.output = output
        ranked = asker.ranked()
        rows = partial(shown.listing, asker, ranked, number)
        session.answer(ask_json(asker, ranked), view=rows, case=asker.case)
        return
    _converse(session, asker)
    session.print(shown.ended(asker, session.wording(asker.case)))
    if output is not None:
        _write(asker, output)


def _refuse(readings: tuple[str, ...], interactive: bool, output: Path | None, force: bool, as_json: bool) -> None:
    """Bad usage, before any work is done."""
    from pyliab.answers.files import check_name

    if not readings:
        raise UsageError(NAME_A_READING)
    if interactive and as_json:
        raise UsageError(say("--interactive talks to people: leave --json out"))
    if output is None:
        return
    if not interactive:
        check_name(output)
        return
    if output.exists() and not force:
        raise InputError(say("{output} exists already; --force writes over it", output=output))
    if not output.parent.is_dir():
        raise InputError(no_folder(output.parent))


def _converse(session: Session, asker: Asker) -> None:
    """Ask the most powerful question until nothing matters any more, or the one who answers has had enough."""
    from pyliab.answers.views.ask import asked

    while ranked := asker.ranked():
        session.print(asked(asker, ranked[0], len(ranked), session.wording(asker.case)))
        answer = _reply(session, asker, ranked[0])
        if answer is None:
            return
        asker.answer(ranked[0].question, answer)


def _reply(session: Session, asker: Asker, ranked: Ranked) -> Answer | None:
    while True:
        text = _prompt(say("y/n/u (q to end)").of(session.lang))
        reply = _meant(text.strip().lower())
        if reply == "quit":
            return None
        answers = [answer for answer in ranked.question.answers if answer.reply == reply]
        answer = answers[0] if len(answers) == 1 else _dated(answers, session) if answers else None
        if answer is not None and asker.possible(answer):
            return answer
        if answer is not None:
            click.echo(say("this cannot be beside what was answered before").of(session.lang), err=True)
        elif reply is not None:
            click.echo(say("this question has no such answer").of(session.lang), err=True)
        else:
            click.echo(say("answer y, n, u or q").of(session.lang), err=True)


def _meant(typed: str) -> str | None:
    """The reply that a letter or a word stands for."""
    for reply in REPLIES:
        if any(typed in reply.of(lang).split() for lang in languages()):
            return str(reply).split()[-1]
    return None


def _prompt(text: str) -> str:
    """One line; the end of the input ends the questions."""
    try:
        found: str = click.prompt(text, prompt_suffix="> ", default="", show_default=False)
    except (click.Abort, EOFError):
        click.echo()
        return "q"
    return found


def _dated(answers: list[Answer], session: Session) -> Answer | None:
    """Which of the days of the case: a number before each."""
    from pyliab.answers.views.ask import days

    for i, answer in enumerate(answers, 1):
        click.echo(f"  {i}. {days(answer)}")
    text = _prompt(say("since when (number)").of(session.lang)).strip()
    return answers[int(text) - 1] if text.isdecimal() and 1 <= int(text) <= len(answers) else None


def _write(asker: Asker, output: Path) -> None:
    """The case with the facts answered; the file is whole or not there. Raises InputError where it cannot be written."""
    from pyliab.cli.files import write_all
    from pyliab.kb.write_case import retold

    write_all([(output, retold(asker.base, asker.case, output.stem, asker.facts).encode())])
