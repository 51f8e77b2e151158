"""Case files: what a lawyer may write, and what is refused with file, line and cause."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiers import examples

from pyliab.asp import symbols as atoms
from pyliab.asp.days import case_program
from pyliab.asp.load import load
from pyliab.kb import base as knowledge
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.read import load_case, load_reading
from pyliab.kb.upgrade import asks
from pyliab.kb.write_case import fact_row
from pyliab.law.words import Phrases
from pyliab.text.amounts import day, money, share
from pyliab.text.problem import InputError

BASE = load()

GOOD = """\
case: mine
title: {zh: 我的案件, en: my case}
kind: hypothetical
date: 2022-03-01
about: {zh: 说明, en: about}
parties:
  app: {zh: 平台, en: the platform}
  shop: {zh: 店铺, en: the shop}
  buyer: {zh: 买家, en: the buyer}
items:
  kettle: {zh: 水壶, en: a kettle}
harms:
  burn: {zh: 烫伤, en: burns}
facts:
  - offers: {operator: shop, item: kettle, platform: app}
  - knows: {platform: app, operator: shop, since: 2022-02-01}
    status: disputed
    exhibit: 证据一
  - harm: {harm: burn, person: buyer, interest: health, on: 2022-03-01}
  - loss: {harm: burn, yuan: 1000}
"""


def read(tmp_path: Path, text: str, name: str = "mine.yaml") -> knowledge.CaseFile:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return load_case(path, BASE)


def complaint(tmp_path: Path, text: str) -> str:
    with pytest.raises(InputError) as error:
        read(tmp_path, text)
    return str(error.value).replace(f"{tmp_path}/", "")


def test_a_good_case_is_read(tmp_path: Path) -> None:
    case = read(tmp_path, GOOD)
    knows = next(fact for fact in case.facts if fact.word == "knows")
    assert (knows.status, knows.args, knows.line, knows.exhibit) == (
        "disputed",
        ("app", "shop", 20220201, "any"),
        16,
        "证据一",
    )


def test_a_key_may_be_left_out(tmp_path: Path) -> None:
    keyed = "  - took_measures: {platform: app, operator: shop, item: kettle, on: 2022-02-03}\n"
    case = read(tmp_path, GOOD + keyed)
    measures = next(fact for fact in case.facts if fact.word == "took_measures")
    assert measures.args == ("app", "shop", "kettle", 20220203)
    predicate = BASE.vocabulary["took_measures"]
    assert fact_row(predicate, measures) == keyed.rstrip("\n")
    bare = replace(measures, args=("app", "shop", "any", "any"))
    assert fact_row(predicate, bare) == "  - took_measures: {platform: app, operator: shop}"
    says = Phrases(BASE, case.names()).atom(atoms.fact_symbol("mine", bare))
    assert says.of("en") == "The platform, once aware, took the necessary measures against the shop"
    assert says.of("zh") == "平台知情后对店铺采取了必要措施"


BAD = [
    (
        "of one thing the opposite of what is told of all",
        (
            "facts:\n",
            "facts:\n  - took_measures: {platform: app, operator: shop}\n    status: disproved\n"
            "  - took_measures: {platform: app, operator: shop, item: kettle, on: 2022-02-03}\n",
        ),
        "mine.yaml:17:5: took_measures is proved here and disproved of all on line 15",
    ),
    (
        "an unknown word",
        ("offers:", "offer:"),
        "mine.yaml:15:5: 'offer' is no word of the vocabulary; did you mean 'offers'?",
    ),
    (
        "an unknown argument",
        ("operator: shop, item", "seller: shop, item"),
        "mine.yaml:15:14: offers has no argument 'seller'",
    ),
    (
        "a missing argument",
        (", platform: app}\n  - knows", "}\n  - knows"),
        "mine.yaml:15:5: offers: platform is missing",
    ),
    (
        "an undeclared party",
        ("operator: shop, item", "operator: shopp, item"),
        "'shopp' is not declared under parties; did you mean 'shop'?",
    ),
    ("an undeclared item", ("item: kettle,", "item: pot,"), "mine.yaml:15:30: 'pot' is not declared under items"),
    ("an unknown status", ("status: disputed", "status: doubted"), "mine.yaml:17:5: 'doubted' is no status"),
    (
        "an impossible date",
        ("since: 2022-02-01", "since: 2022-02-30"),
        "mine.yaml:16:44: knows: '2022-02-30' is no date of the form 2021-06-30",
    ),
    ("a date in words", ("since: 2022-02-01", "since: 二月一日"), "'二月一日' is no date"),
    (
        "an impossible case date",
        ("date: 2022-03-01", "date: 2022-13-01"),
        "mine.yaml:4:1: date: '2022-13-01' is no date",
    ),
    (
        "an amount with separators",
        ("yuan: 1000", 'yuan: "1.000,00"'),
        "'1.000,00' is no amount in yuan (write 100000 or 100000.00, without separators)",
    ),
    ("a negative amount", ("yuan: 1000", "yuan: -5"), "mine.yaml:20:24: loss: '-5' is no amount in yuan"),
    ("an amount with three decimals", ("yuan: 1000", "yuan: 10.005"), "'10.005' is no amount in yuan"),
    ("full-width digits", ("yuan: 1000", "yuan: １０００元整"), "'１０００元整' is no amount in yuan"),
    (
        "an unknown interest",
        ("interest: health", "interest: healthy"),
        "'healthy' is no interest; did you mean 'health'?",
    ),
    ("an unknown key", ("about:", "abuot:"), "mine.yaml:5:1: abuot: unknown key; did you mean 'about'?"),
    ("a missing key", ("kind: hypothetical\n", ""), "mine.yaml:1:1: kind: missing"),
    ("one language only", ("{zh: 水壶, en: a kettle}", "{zh: 水壶}"), "mine.yaml:11:3: items.kettle.en: missing"),
    (
        "a party id that is no word",
        ("  shop: {", "  Shop-1: {"),
        "a small letter, then small letters, digits and _ only",
    ),
    (
        "one id for two things",
        ("  kettle: {zh", "  shop: {zh"),
        "'shop' stands under parties already; ids are unique in a case",
    ),
    ("a reserved id", ("  buyer: {", "  nobody: {"), "'nobody' is a word of the rules"),
    (
        "a fact said twice",
        ("  - loss:", "  - offers: {operator: shop, item: kettle, platform: app}\n  - loss:"),
        "offers(shop, kettle, app) is stated twice (first on line 15)",
    ),
    (
        "two amounts for one harm",
        ("  - loss:", "  - loss: {harm: burn, yuan: 5}\n  - loss:"),
        "loss can be stated once for burn (first on line 20)",
    ),
    (
        "a part above the whole",
        ("yuan: 1000}", "yuan: 1000}\n  - expanded_part: {harm: burn, platform: app, yuan: 2000}"),
        "the part 2000.00 is more than the whole of burn, 1000.00",
    ),
    (
        "a share above one",
        ("yuan: 1000}", "yuan: 1000}\n  - share: {platform: app, part: 130%}"),
        "'130%' is no share between 0 and 1",
    ),
    (
        "an amount of sixteen digits",
        ("yuan: 1000}", "yuan: 9999999999999999}"),
        "'9999999999999999' is too large: fifteen digits",
    ),
    (
        "half of a character, which nobody can write",
        ("    status: disputed", '    exhibit: "\\uDFFF"'),
        "a control or direction character stands in this text",
    ),
    (
        "a control character in a key",
        ("    status: disputed", '    "stat\\e": disputed'),
        "a control or direction character stands in this text",
    ),
    (
        "a degree of sureness that is none",
        ("    status: disputed", "    sure: guessed"),
        "'guessed' is no degree of sureness (reported, inferred, assumed, remembered)",
    ),
    (
        "a duplicate key",
        ("kind: hypothetical", "kind: hypothetical\nkind: decided"),
        "mine.yaml:4:1: 'kind' stands twice (first on line 3)",
    ),
    (
        "two words in one fact",
        ("    status: disputed", "    loss: {harm: burn, yuan: 1}"),
        "a fact is one word with its arguments; here stand 2: knows, loss",
    ),
    (
        "a word without braces",
        ("offers: {operator: shop, item: kettle, platform: app}", "offers: shop"),
        "offers wants its arguments in braces",
    ),
    ("an anchor", ("parties:", "parties: &p"), "anchors and aliases"),
    (
        "a tag",
        ("kind: hypothetical", "kind: !!python/name:os.system hypothetical"),
        "mine.yaml:3:7: the tag tag:yaml.org,2002:python/name:os.system is not taken",
    ),
    ("a broken brace", ("{zh: 店铺, en: the shop}", "{zh: 店铺, en: the shop"), "mine.yaml:9:"),
    ("a full-width colon", ("kind: hypothetical", "kind： hypothetical"), "mine.yaml:3:5: a full-width ： stands here"),
    (
        "never known and yet known",
        ("  - loss:", "  - knows: {platform: app, operator: shop}\n    status: disproved\n  - loss:"),
        "knows is disputed here and disproved for all time on line 20",
    ),
    ("an empty file", (GOOD, ""), "the file is empty"),
]


@pytest.mark.parametrize("change,message", [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    before, after = change
    assert GOOD.count(before) >= 1
    assert message in complaint(tmp_path, GOOD.replace(before, after, 1))


def test_what_a_file_of_an_earlier_version_leaves_open_is_asked_by_line(tmp_path: Path) -> None:
    def asked(text: str) -> list[str]:
        return [str(ask).split(":", 1)[1] for ask in asks(read(tmp_path, text), BASE.vocabulary)]

    assert asked(GOOD) == [], "of one good only it is the same whether it is named"
    two = GOOD.replace("items:\n", "items:\n  lamp: {zh: 灯, en: the lamp}\n")
    line = two[: two.index("- knows:")].count("\n") + 1
    assert asked(two) == [
        f"{line}: knows: item may be told (one of: lamp, kettle); left out, it means: as to all goods and services"
    ]
    assert asked(two.replace("knows: {", "knows: {item: lamp, ")) == []
    judged = "judgment: {court: a court, sources: [], sure: form}\n"
    assert asked(GOOD + judged)[0].endswith("Interpretations of the law follow that day")
    assert asked(GOOD + judged.replace("sources", "decided: 2022-01-01, sources")) == []


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    text = (
        GOOD.replace("operator: shop, item", "operator: nope, item")
        .replace("yuan: 1000", "yuan: much")
        .replace("status: disputed", "status: maybe")
    )
    assert len(complaint(tmp_path, text).splitlines()) == 3


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(GOOD.encode("gbk"))
    with pytest.raises(InputError, match=r"mine.yaml:2: not UTF-8"):
        load_case(path, BASE)


def test_windows_line_ends_and_a_byte_order_mark_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_case(path, BASE).id == "mine"


def test_the_words_no_and_off_stay_words(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD.replace("en: my case", "en: no")).doc.title.of("en") == "no"


INJECTIONS = [
    'x"). liable(mine,app,buyer,joint_whole,shop). y("',
    "张三）。liable(甲",
    "#script (python) import os #end.",
    '#include "/etc/passwd".',
    "a:-b.",
    "[bold red]x[/]",
]


@pytest.mark.parametrize("name", INJECTIONS)
def test_a_name_is_never_program_text(tmp_path: Path, name: str) -> None:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    case = read(tmp_path, GOOD.replace("{zh: 店铺, en: the shop}", f'{{zh: "{quoted}", en: "{quoted}"}}'))
    assert case.names()["shop"].of("zh") == name
    assert name not in atoms.as_text(case_program(BASE, case))


@pytest.mark.parametrize("name", INJECTIONS)
def test_an_id_is_a_plain_word_or_refused(tmp_path: Path, name: str) -> None:
    quoted = name.replace('"', '\\"')
    assert "is not written as wanted" in complaint(tmp_path, GOOD.replace("  shop:", f'  "{quoted}":', 1))


@settings(max_examples=examples(200), deadline=None)
@given(st.integers(0, 10**12), st.integers(0, 99))
def test_money_is_exact_to_the_fen(yuan: int, fen: int) -> None:
    text = f"{yuan}.{fen:02}"
    assert money(text) == text
    assert Decimal(money(text)) * 100 == yuan * 100 + fen


@settings(max_examples=examples(200), deadline=None)
@given(st.integers(0, 1000), st.integers(1, 1000))
def test_a_share_is_an_exact_fraction(over: int, under: int) -> None:
    if over > under:
        with pytest.raises(ValueError):
            share(f"{over}/{under}")
    else:
        assert Fraction(share(f"{over}/{under}")) == Fraction(over, under)


@settings(max_examples=examples(100), deadline=None)
@given(st.dates())
def test_a_date_keeps_its_order(when) -> None:  # type: ignore[no-untyped-def]
    assert day(when.isoformat()) == when.year * 10000 + when.month * 100 + when.day


@settings(max_examples=examples(150), deadline=None)
@given(st.data())
def test_damaged_files_give_errors_and_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Cut, doubled or replaced anywhere, a file is either read or refused with a place."""
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 40)))
    put = data.draw(st.text(max_size=12))
    path = tmp_path_factory.mktemp("damaged") / "mine.yaml"
    path.write_bytes((GOOD[:start] + put + GOOD[end:]).encode("utf-8", "surrogatepass"))
    try:
        load_case(path, BASE)
    except InputError as error:
        assert all(problem.file and problem.message for problem in error.problems)


@pytest.mark.parametrize(
    "right,wrong,message",
    [
        ("case: mine", "case：mine", "mine.yaml:1:5: a full-width ： stands here"),
        ("{operator: shop,", "{operator：shop,", "a full-width ： stands here"),
        ("  - offers:", "  -offers:", "a space is wanted after -"),
        ("facts:\n  - ", "facts:\n  - 平台是公司\n  -平台是公司\n  - ", "a space is wanted after -"),
        ("burn: {zh: 烫伤, en: burns}", "burn：烫伤", "mine.yaml:12:1: harms: a full-width ： stands here"),
        ("date: 2022-03-01", "date: 2022年3月1日", "a date is written 2021-06-30"),
        (
            "case: mine",
            "reading: mine",
            "a case is wanted here, and this file is a reading; a reading goes into readings/",
        ),
    ],
)
def test_a_usual_slip_is_named(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    assert right in GOOD
    assert message in complaint(tmp_path, GOOD.replace(right, wrong, 1))


def test_a_file_that_is_not_there_is_looked_for_beside(tmp_path: Path) -> None:
    (tmp_path / "heater.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(InputError, match=r"did you mean 'heater\.yaml'"):
        load_case(tmp_path / "heatr.yaml", BASE)


READING = """\
reading: mine
title: {zh: 我的解释方案, en: my reading}
holder: {zh: 我, en: me}
about: {zh: 说明, en: about}
positions:
  ecl38_1_extent: {position: several, locator: "p. 3"}
"""


@pytest.mark.parametrize(
    "change,message",
    [
        (
            ("position: several", "position: severl"),
            "mine.yaml:6:20: ecl38_1_extent has no position 'severl'; did you mean 'several'?",
        ),
        (
            ("ecl38_1_extent:", "ecl38_1_extend:"),
            "mine.yaml:6:3: no issue 'ecl38_1_extend'; did you mean 'ecl38_1_extent'?",
        ),
        (
            ("ecl38_1_extent: {position: several", "ecl38_2_form_audit: {position: graded"),
            "ecl38_2_form_audit=graded cannot be applied",
        ),
        (
            (
                "ecl38_1_extent: {position: several",
                "ecl38_paragraphs: {position: by_knowledge}\n  ecl38_1_knowledge: {position: reversed",
            ),
            "ecl38_1_knowledge=reversed and ecl38_paragraphs=by_knowledge cannot stand together: To part the paragraphs",
        ),
        (("holder: {zh: 我, en: me}\n", ""), "holder: missing"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(READING.replace(*change), encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_reading(path, BASE)
    assert message in str(error.value)


def test_the_facts_of_a_case_survive_the_way_to_the_solver(base: KnowledgeBase) -> None:
    """What clingo is told is the same as text and as symbols."""
    for case in base.cases.values():
        program = case_program(BASE, case)
        again = [str(symbol) for symbols, _ in program for symbol in symbols]
        assert [str(atoms.parse(text)) for text in again] == again
