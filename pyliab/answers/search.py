"""What of the knowledge base speaks of some words: provisions, positions, arguments, readings, cases, words of case files.

Every word asked for has to stand in it, in whichever language. Where no word of the vocabulary says it so, those are named
that come nearest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.nearest import Nearest
from pyliab.kb.sentences import Grammar
from pyliab.law.words import LANGS, Phrases
from pyliab.text.later import dataclass
from pyliab.text.say import Text, same, words
from pyliab.text.written import plain

AROUND = 30
"""How much is quoted on either side of what was found, in signs."""


@dataclass(frozen=True)
class Hit:
    """A thing in which all words stand: what shows it, what it is called, and the words around the first one."""

    kind: str
    id: str
    title: Text
    quote: Text


def search(base: KnowledgeBase, asked: Sequence[str]) -> list[Hit]:
    """All hits, kind by kind; within a kind those first that are called so."""
    wanted = [plain(word).strip() for words_ in asked for word in words_.split()]
    hits = [hit for entry in _entries(base) if (hit := _hit(entry, wanted))]
    if not any(hit.kind == "word" for hit in hits):
        hits += _nearest(base, " ".join(asked))
    return sorted(hits, key=lambda hit: (list(_KINDS).index(hit.kind), not _called(hit, wanted)))


Entry = tuple[str, str, Text, list[Text]]
_KINDS = ("provision", "issue", "position", "argument", "reading", "case", "word")


def _entries(base: KnowledgeBase) -> Iterator[Entry]:
    phrases = Phrases(base)
    for name, provision in base.provisions.items():
        yield "provision", name, phrases.provision(name), [same(provision.text)]
    for name, issue in base.issues.items():
        yield "issue", name, issue.title, [issue.question]
        for position, known in issue.positions.items():
            yield "position", f"{name}={position}", known.title, [known.says]
            for argument in (*known.for_, *known.against):
                yield "argument", f"{name}={position}", known.title, [argument.says]
    for name, reading in base.readings.items():
        yield "reading", name, reading.title, [reading.holder]
    for name, case in base.cases.items():
        yield "case", name, case.doc.title, [case.doc.about]
    for name, word in base.vocabulary.items():
        yield "word", name, words({lang: word.sentence(lang) for lang in LANGS}), list(_other_sentences(word.said))


def _other_sentences(said: dict[str, tuple[str, ...]]) -> Iterator[Text]:
    for key, sentences in said.items():
        if not key.startswith("ask"):
            yield from map(same, sentences)


def _hit(entry: Entry, wanted: Sequence[str]) -> Hit | None:
    kind, name, title, texts = entry
    written = [text.of(lang) for text in (same(name), title, *texts) for lang in LANGS]
    whole = plain("\n".join(written))
    if not all(word in whole for word in wanted):
        return None
    quote = words({lang: _around([text.of(lang) for text in texts], wanted) for lang in LANGS})
    return Hit(kind, name, title, quote)


def _around(texts: Iterable[str], wanted: Sequence[str]) -> str:
    """The words around the first that stands in one of these texts; empty where none does."""
    for text in texts:
        at = next((place for word in wanted if (place := text.casefold().find(word)) >= 0), None)
        if at is not None:
            start, end = max(0, at - AROUND), at + 2 * AROUND
            return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
    return ""


def _called(hit: Hit, wanted: Sequence[str]) -> bool:
    return all(any(word in plain(hit.title.of(lang)) for lang in LANGS) for word in wanted)


def _nearest(base: KnowledgeBase, asked: str) -> list[Hit]:
    near = Nearest(Grammar(base.vocabulary, {})).to(asked)
    return [
        Hit("word", word.name, words({lang: word.sentence(lang, "so" if so else "not") for lang in LANGS}), same(""))
        for word, so in near
    ]
