"""A command that was put wrongly, said in Chinese: our own words, and the commonest of click's."""

from __future__ import annotations

from typing import IO, Any

import click

from pyliab.text.say import Text, quoted


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


class ChineseUsageError(click.UsageError):
    """How the command is used, where its help is, and what was wrong."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(_chinese(error), error.ctx)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it, on the error stream unless another is named."""
        if self.ctx is not None:
            usage = self.ctx.get_usage().replace("Usage: ", "用法：", 1)
            click.echo(f"{usage}\n详见 {self.ctx.command_path} --help\n", file=file, err=file is None)
        click.echo(f"pyliab: {self.message}", file=file, err=file is None)


def _chinese(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f"；是否要写{quoted(error.possibilities[0]).of('zh')}？" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, click.MissingParameter):
        return f"没有写 {_named(error)}"
    if isinstance(error, click.BadParameter):
        return f"{_named(error)} {_value(error)}"
    if isinstance(error, click.BadOptionUsage) and "requires an argument" in error.message:
        return f"选项 {error.option_name} 之后要写值"
    if error.message.startswith("Got unexpected extra argument"):
        return f"参数多余：{error.message.partition('(')[2].removesuffix(')')}"
    return error.text.of("zh") if isinstance(error, UsageError) else error.message


def _value(error: click.BadParameter) -> str:
    """What is wrong with the value of an option or argument."""
    if isinstance(error, BadParameter):
        return f"的值不可用：{error.text.of('zh')}"
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"的值不在可用之列（可用：{'、'.join(map(str, kind.choices))}）"
    return f"的值不可用：{error.message}"


def _named(error: click.BadParameter) -> str:
    hint = error.param.get_error_hint(error.ctx) if error.param and error.ctx else None
    return (hint or "参数").replace("'", "")
