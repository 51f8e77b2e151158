"""A page that answers by itself: the rules, the words and the cases of a base, and clingo to run them in the browser.

What the page says is made by `assets/alone_law.js` of what stands here; it knows no law.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from pyliab import __version__
from pyliab.answers.clingo_wasm import Package
from pyliab.answers.html import HERE, TEMPLATES, asset, by_language
from pyliab.answers.terms import CASES, FOUND, KNOWN, STATUS, TAKEN
from pyliab.answers.views.overview import read_in_full
from pyliab.answers.views.proof import KINDS
from pyliab.answers.wording import Wording
from pyliab.asp import symbols as atoms
from pyliab.asp.asked import asked
from pyliab.asp.days import span_of
from pyliab.asp.open_facts import MOST_DATES, ROOT, THINGS, analysis_text, open_rules, read_cast
from pyliab.kb.base import KnowledgeBase, article
from pyliab.kb.case import CaseFile
from pyliab.kb.keys import GROUPS
from pyliab.kb.model import Enacted, Reading
from pyliab.kb.reading import choose
from pyliab.kb.sentences import LACKING, Grammar
from pyliab.kb.vocabulary import AS_TO, UNSAID, Predicate, RuleNote
from pyliab.law.liability import NOBODY
from pyliab.law.proof import GIVEN, TELLING_GROUPS, WHO
from pyliab.law.words import LANGS
from pyliab.law.world import rewritten_rules
from pyliab.questions.overview import LARGEST, MANY, MOST
from pyliab.text.amounts import Days, day
from pyliab.text.problem import InputError, Problem
from pyliab.text.say import Text, same, say
from pyliab.text.written import grammar

WORDS = {
    name: say(text) for name, text in json.loads((HERE / "assets" / "alone.json").read_text(encoding="utf-8")).items()
}
"""The fixed words of the page."""
SAID = (
    *(
        "; ",
        " and ",
        ", ",
        "{issue}: {position}",
        "{label}: {value}",
        "Open: {owed} — {forms}",
        "proved: ",
        "nobody stated: ",
    ),
    *("{debtor} is liable to {creditor}", "Nobody is liable.", "Or nobody is liable.", "in dispute, taken so here: "),
    *(
        " (shown above)",
        " (+{also} more by this rule)",
        " (also on another ground: {grounds})",
        " (says less than the provision: {less})",
        " ({note})",
    ),
    *("Somebody would be liable if it were otherwise:", "or if it were read otherwise: {issues}", "not so: {says}"),
    "not encoded: {place}: {reason}",
    "The case tells of no harm: who suffered what, and when, is not said.",
    "these positions cannot stand together, or the case contradicts itself",
)
"""What answers say elsewhere, by their English text."""
_DAY = say("{year:04}-{month:02}-{day:02}")


def page(base: KnowledgeBase, cases: Sequence[CaseFile], clingo: Package, lang: str) -> str:
    """The whole page, with these cases beside those of the base; the first of them is shown first.

    The law and clingo travel compressed; a browser unpacks them itself.
    """
    packed = {
        "data": json.dumps(data(base, cases), ensure_ascii=False, separators=(",", ":"), default=by_language).encode(),
        "clingo": _classic(clingo.script).encode(),
        "wasm": clingo.wasm,
    }
    return TEMPLATES.get_template("alone.html").render(
        lang=lang,
        words=WORDS,
        version=__version__,
        style=Markup(asset("page.css") + asset("alone.css")),
        law=Markup(asset("alone_open.js") + asset("alone_law.js")),
        tell=Markup(asset("alone_tell.js")),
        script=Markup(asset("alone.js")),
        licence=clingo.licence,
        packed={name: base64.b64encode(gzip.compress(each, 9, mtime=0)).decode() for name, each in packed.items()},
    )


def _classic(module: str) -> str:
    """A module as a plain script: from a page on disk a browser starts no other in a worker."""
    return module.replace("export default Module;", "").replace("import.meta.url", "''")


def data(base: KnowledgeBase, cases: Sequence[CaseFile]) -> dict[str, Any]:
    """All that the page has to know, as plain data and texts."""
    wording, known = Wording(base), {**base.cases, **{case.id: case for case in cases}}
    phrases, rewritten = wording.phrases, rewritten_rules(base.rule_files)
    provisions = {*base.provisions, *map(article, base.provisions)}
    return {
        "plain": "\n".join(path.read_text(encoding="utf-8") for path in base.rule_files),
        "reasons": rewritten.text,
        "variables": rewritten.variables,
        "given": atoms.as_text(atoms.plain(base.law_facts())),
        "disputes": _disputes(base),
        "ask": asset("alone.lua"),
        "law": sorted(GIVEN),
        "telling": TELLING_GROUPS,
        "nobody": NOBODY,
        "unsaid": UNSAID,
        "asked": base.asked,
        "days": {name: each.in_force.days for name, each in base.provisions.items()},
        "predicates": {name: _predicate(each) for name, each in base.predicates.items()},
        "rules": {name: _rule(wording, each) for name, each in base.notes.items()},
        "words": phrases.labels,
        "provisions": {name: phrases.provision(name) for name in sorted(provisions)},
        "gaps": {name: _gaps(provision) for name, provision in base.provisions.items() if _gaps(provision)},
        "cites": {name: wording.citation(name) for note in base.notes.values() for name in note.cites},
        "issues": {
            name: {"title": issue.title, "positions": {p: {"title": each.title} for p, each in issue.positions.items()}}
            for name, issue in base.issues.items()
        },
        "forms": {
            name: {"name": label.name, "sentence": label.sentence}
            for name, label in base.labels.get("form", {}).items()
        },
        "wrongdoer": wording.label("beside", "wrongdoer"),
        "standing": WHO,
        "groups": GROUPS,
        "as_to": _by_language(AS_TO),
        "say": {**{text: _by_language(say(text)) for text in SAID}, "day": _by_language(_DAY)},
        "terms": {"status": STATUS, "taken": TAKEN, "found": FOUND, "known": KNOWN, "kinds": _patterns(KINDS)},
        "readings": [_reading(base, wording, each) for each in base.readings.values()],
        "cases": [_case(each) for each in known.values()],
        "first": cases[0].id if cases else next(iter(known), ""),
        "open": _open(base),
        "grammar": {**Grammar(base.vocabulary, {}).plain(), **grammar()},
        "lacking": LACKING,
        "ui": {name: _by_language(text) for name, text in WORDS.items()},
    }


def _by_language(text: Text) -> dict[str, str]:
    """A pattern in each language, its names in braces."""
    return {lang: text.pattern(lang) for lang in LANGS}


def _patterns(texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {name: _by_language(say(text)) for name, text in texts.items()}


def _open(base: KnowledgeBase) -> dict[str, Any] | None:
    """What it takes to look for facts that nobody stated; nothing in a body of law without a cast."""
    try:
        rules, cast = [open_rules(base), analysis_text("unstated.lp")], read_cast(base)
    except InputError:
        return None
    members = {part: {name: cast.names[name] for name in cast.of_type(base, kind)} for kind, part in THINGS.items()}
    uses = {word: sorted(signs) for word, signs in asked(base.rule_files, [ROOT]).items() if word in base.vocabulary}
    sizes = {"largest": LARGEST, "most": MOST, "many": MANY, "dates": MOST_DATES}
    return {"rules": "\n".join(rules), "uses": uses, "often": base.frequency, **sizes, "plays": cast.plays, **members}


def _disputes(base: KnowledgeBase) -> dict[int, str]:
    """By the number of arguments, the rules on a word that is in dispute; `word__` stands for it."""
    symbols = {p.arity: atoms.function("word__", *map(atoms.number, range(p.arity))) for p in base.vocabulary.values()}
    return {arity: atoms.dispute_rules([([symbol, symbol], True)]) for arity, symbol in symbols.items()}


def _predicate(predicate: Predicate) -> dict[str, Any]:
    arguments = [
        {"name": a.name, "key": a.key, "type": a.type, "words": a.words, "optional": a.optional}
        for a in predicate.arguments
    ]
    hows = ("so", "not") if predicate.group else ("so",)
    sentences = {how: {lang: predicate.sentence(lang, how) for lang in LANGS} for how in hows}
    marks = {kind: predicate.marked(kind) for kind in ("declared", "played")}
    return {
        **marks,
        "args": arguments,
        "group": predicate.group,
        "once": predicate.one_per,
        "not": sentences["so"],
        **sentences,
    }


def _gaps(provision: Enacted) -> list[tuple[str, Text]]:
    """Words that no rule carries, with the reason."""
    return [(segment.words, segment.not_encoded) for segment in provision.segments if segment.not_encoded]


def _rule(wording: Wording, note: RuleNote) -> dict[str, Any]:
    words = {cited: said for cited in note.cites if (said := wording.phrases.words_of(cited, [note.id]))}
    return {"zh": note.zh, "en": note.en, "cites": note.cites, "words": words, "less": note.fidelity}


def _reading(base: KnowledgeBase, wording: Wording, reading: Reading) -> dict[str, Any]:
    choice = choose(base, reading)
    return {
        "id": choice.name,
        "title": wording.reading(choice.name),
        "full": read_in_full(choice.name, wording),
        "own": list(choice.own.items()),
        "assumed": list(choice.assumed.items()),
        "open": choice.open_issues,
    }


def _case(case: CaseFile) -> dict[str, Any]:
    if isinstance(case.doc.when, Days) or any(map(span_of, case.facts)):
        raise InputError(
            [Problem(case.file, 0, 0, say("the page takes exact days only, and a day of this case is a span"))]
        )
    decided = case.doc.judgment and case.doc.judgment.decided
    return {
        "id": case.id,
        "title": case.doc.title,
        "about": case.doc.about,
        "kind": CASES[case.doc.kind],
        "day": case.doc.when,
        "decided": day(decided) if decided else None,
        "parties": case.doc.parties,
        "items": case.doc.items,
        "harms": case.doc.harms,
        "facts": [
            {
                "word": fact.word,
                "args": [str(argument) for argument in atoms.bare(fact).arguments],
                "status": fact.status,
                "note": fact.note,
                "exhibit": fact.exhibit and same(fact.exhibit),
                "sure": fact.sure,
            }
            for fact in case.facts
        ],
    }
