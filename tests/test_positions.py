"""Positions and rules: a position of which no rule speaks is no position, whatever its name."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from pyliab.asp.positions import positions_in
from pyliab.cli.main import main
from pyliab.kb.yaml import read_parts

ADDED = "extends: {issue}\npositions:\n" + "".join(
    f"  {{{name}}}:\n    title: {{{{zh: 甲, en: A}}}}\n    says: {{{{zh: 如此, en: so}}}}\n"
    for name in ("first", "second")
)


def test_positions_without_a_rule_are_refused_though_other_rules_use_their_names(tmp_path: Path) -> None:
    (tmp_path / "issues").mkdir()
    names = ("zzz", "yyy", "several", "express", "health", "platform")
    for i, (first, second) in enumerate(zip(names[::2], names[1::2], strict=True)):
        text = ADDED.format(issue="ecl38_persons", first=first, second=second)
        (tmp_path / f"issues/added{i}.yaml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert result.exit_code == 1
    assert f"no rule tells these positions apart: consumers_only, {', '.join(names)}" in result.output


def test_a_position_is_spoken_of_where_its_name_may_come_to_stand(tmp_path: Path) -> None:
    rules = tmp_path / "rules.lp"
    rules.write_text(
        """
        owes(F) :- position(form, X), names(X, F).
        names(Y, F) :- table(Y, F).
        table(whole, joint). table(part, several).
        reached(P) :- position(persons, everybody), person(P).
        """,
        encoding="utf-8",
    )
    spoken = positions_in([rules])
    assert spoken.answers("form") == {"whole", "part"}
    assert spoken.answers("persons") == {"everybody"}
    assert spoken.answers("unheard_of") == set()
    assert [(issue, position) for issue, position, _ in spoken.named] == [("persons", "everybody")]


TWO = """\
of:
  - issue: form_of_one
    title: 甲
    positions:
      whole: {sources: [{source: unheard-of-one}]}
  - issue: form_of_other
    title: 乙
    positions:
      half: {title: 半, says: 半}
question: 如何？
provisions: [ECL 38(2)]
open_because: 未言
positions:
  whole: {title: 全, says: 全, sources: [{source: huang2024}, {source: unheard-of-all}]}
  part: {title: 部分, says: 部分}
"""


def test_what_is_said_of_several_issues_is_written_once(tmp_path: Path) -> None:
    path = tmp_path / "two.yaml"
    path.write_text(TWO, encoding="utf-8")
    first, second = (part.data for part in read_parts(path))
    assert (first["issue"], list(first["positions"])) == ("form_of_one", ["whole", "part"])
    assert (second["issue"], list(second["positions"])) == ("form_of_other", ["whole", "part", "half"])
    assert [cited["source"] for cited in first["positions"]["whole"]["sources"]] == [
        "huang2024",
        "unheard-of-all",
        "unheard-of-one",
    ]
    assert len(second["positions"]["whole"]["sources"]) == 2
    faults = CliRunner().invoke(main, ["check", str(path)]).output
    assert "two.yaml:14:62: no source 'unheard-of-all'" in faults
    assert "two.yaml:5:26: no source 'unheard-of-one'" in faults
