"""A command that was put wrongly, said in every language: our own words, and the commonest of click's."""

from __future__ import annotations

from typing import IO, Any

import click

from pyliab.text.problem import twice
from pyliab.text.say import EMPTY, Text, listed, quoted, same, say


class UsageError(click.UsageError):
    """A command put wrongly, in every language."""

    def __init__(self, text: Text, context: click.Context | None = None) -> None:
        super().__init__(str(text), context)
        self.text = text


class BadParameter(click.BadParameter):
    """A value that an option or argument cannot take, in every language."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


class Command(click.Command):
    """A command that takes no option twice but those that say so: of two values one would be dropped in silence."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Raises UsageError."""
        _, _, given = self.make_parser(ctx).parse_args(args=list(args))
        for option in given:
            if isinstance(option, click.Option) and not (option.multiple or option.is_flag) and given.count(option) > 1:
                raise UsageError(twice(max(option.opts, key=len)), ctx)
        return super().parse_args(ctx, args)


class ChineseUsageError(click.UsageError):
    """How the command is used, where its help is, and what was wrong."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(_said(error).of("zh"), error.ctx)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it, on the error stream unless another is named."""
        if self.ctx is not None:
            usage = self.ctx.get_usage().replace("Usage: ", say("Usage: ").of("zh"), 1)
            hint = say("Try '{command} --help' for help.", command=self.ctx.command_path).of("zh")
            click.echo(f"{usage}\n{hint}\n", file=file, err=file is None)
        click.echo(f"pyliab: {self.message}", file=file, err=file is None)


def _said(error: click.UsageError) -> Text:
    if isinstance(error, click.NoSuchOption):
        near = say("; did you mean {close}?", close=quoted(error.possibilities[0])) if error.possibilities else EMPTY
        return say("no option {name}{near}", name=error.option_name, near=near)
    if isinstance(error, click.MissingParameter):
        return say("{name} is missing", name=_named(error))
    if isinstance(error, click.BadParameter):
        return say("{name}: {why}", name=_named(error), why=_value(error))
    if isinstance(error, click.BadOptionUsage) and "requires an argument" in error.message:
        return say("{option} takes a value", option=error.option_name)
    if error.message.startswith("Got unexpected extra argument"):
        return say("too many arguments: {arguments}", arguments=error.message.partition("(")[2].removesuffix(")"))
    return error.text if isinstance(error, UsageError) else same(error.message)


def _value(error: click.BadParameter) -> Text:
    """What is wrong with the value of an option or argument."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice) and not isinstance(error, BadParameter):
        return say("not among those that can be used ({choices})", choices=listed(map(str, kind.choices), ", "))
    return say("not usable: {why}", why=error.text if isinstance(error, BadParameter) else error.message)


def _named(error: click.BadParameter) -> object:
    hint = error.param.get_error_hint(error.ctx) if error.param and error.ctx else None
    return hint.replace("'", "") if hint else say("argument")
