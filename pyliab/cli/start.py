"""Files to start from, schemas for editors, completion for shells: new, schema, completion."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pyliab.cli import complete
from pyliab.cli.session import Session, session
from pyliab.cli.usage import Command, UsageError
from pyliab.text.problem import InputError, kind_name, no_folder
from pyliab.text.say import say

_WRITTEN_BY_HAND = ("case", "reading", "issue")
_ANSWERS = (
    *("derive", "overview", "open-facts", "explain", "why-not", "flip", "settle"),
    *("space", "compare", "fit", "distinguish", "stress", "reconcile"),
)
_KINDS = ("case", "reading", "position", "principle")


@click.command(cls=Command)
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("name")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="The file to write (a case or a reading)."
)
@click.option(
    "--issue",
    metavar="ISSUE",
    shell_complete=complete.issues,
    help="The issue that a new position joins (default: the most disputed one).",
)
@session
def new(session: Session, kind: str, name: str, output: Path | None, issue: str | None) -> None:
    """Write a commented file to start from, which passes `check` as it stands.

    A case or reading goes into NAME.yaml, into -o FILE, or into a folder of your own (--kb). A position (an addition to
    an issue, and its rule) and a principle always go into a folder of your own. What exists is never written over.
    """
    from pyliab.cli.new.make import files_for
    from pyliab.cli.new.place import write

    if output and "--kb" in dict(session.typed):
        raise UsageError(say("name a file with -o or a folder with --kb, not both"))
    if output and kind not in ("case", "reading"):
        raise UsageError(say("a {kind} has its place in a folder: name one with --kb", kind=kind_name(kind)))
    if issue and kind != "position":
        raise UsageError(say("--issue goes with a position"))
    folders = session.folders
    folder = None if output or not folders else folders[0]
    if folder and folder.exists() and not folder.is_dir():
        raise InputError(no_folder(folder))
    if not _holds_knowledge(folder):
        session.folders = tuple(known for known in folders if known != folder)
    files = files_for(session.base, kind, name, session.lang, folder, output, issue)
    write(files)
    session.wrote(files, "written: {path}")


def _holds_knowledge(folder: Path | None) -> bool:
    """Is there anything in the folder yet? A new one is made, and an empty one filled."""
    from pyliab.kb.folders import overlay

    try:
        return folder is None or bool(overlay(folder))
    except InputError:
        return False


@click.command(cls=Command)
@click.argument("kind", type=click.Choice([*_WRITTEN_BY_HAND, *_ANSWERS]))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write it into this file, which may be there.",
)
@session
def schema(session: Session, kind: str, output: Path | None) -> None:
    """The JSON Schema of a case, a reading or an issue, by which an editor completes words and marks errors.

    Saved as case.schema.json beside the files, it is named in what `new` writes there.

    Of a command it is the schema of what the command prints with --json (open-facts: `derive --open-facts`).
    """
    if kind in _ANSWERS:
        from pyliab.answers.schemas import schema_of

        made = schema_of(kind)
    else:
        from pyliab.kb.editor import schema_for

        made = schema_for(session.base, kind)
    if output is None:
        session.print_json(made)
        return
    from pyliab.cli.files import write_all

    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    write_all([(output, text.encode())])


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """The lines by which a shell completes commands, options, and the ids of cases, readings, issues and principles."""
    from click.shell_completion import get_completion_class

    completion_class = get_completion_class(shell)
    assert completion_class is not None  # the three that are offered come with click
    click.echo(completion_class(context.find_root().command, {}, "pyliab", "_PYLIAB_COMPLETE").source())
