"""How pyliab, an answer of it, and the sources of the base are cited: GB/T 7714, the law reviews' form, BibTeX, CSL JSON."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import asdict

from pyliab import __version__
from pyliab.answers.blocks import Paragraph, para
from pyliab.kb.model import Source
from pyliab.kb.versions import Made
from pyliab.text.later import dataclass
from pyliab.text.say import EMPTY, Text, listed, say

FORMS = ("gbt", "review", "bibtex", "csl")
_GBT = r"^(?:(?P<authors>[^.\[\]]+)\. )?(?P<title>.+?)\[(?P<kind>[A-Z]+(?:/[A-Z]+)?)\](?:\. (?P<rest>.*?))?\.?$"
_REST = r"^(?P<place>.+?), (?P<year>\d{4})(?P<day>-\d\d(?:-\d\d)?)?(?:, (?P<volume>\d+))?(?:\((?P<issue>\d+)\))?(?:: (?P<pages>[\d-]+))?(?P<more>.*)$"
_CSL = {
    "J": "article-journal",
    "N": "article-newspaper",
    "D": "thesis",
    "M": "book",
    "EB/OL": "webpage",
    "CP": "software",
}
_BIBTEX = {"J": "article", "D": "phdthesis", "M": "book"}


@dataclass(frozen=True)
class Reference:
    """What can be cited, cut into its parts as far as its citation shows them; `whole` is the citation in GB/T 7714."""

    key: str
    whole: str
    title: str
    kind: str = ""
    authors: tuple[str, ...] = ()
    place: str = ""
    year: str = ""
    day: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    note: str = ""
    url: str = ""

    def written(self, form: str) -> str:
        """The citation in one of the `FORMS`."""
        return {"gbt": lambda: self.whole, "review": self.review, "bibtex": self.bibtex, "csl": self.csl}[form]()

    def review(self) -> str:
        """As Chinese law reviews have it; what has no such parts keeps its citation."""
        by = say("{authors}: ", authors=listed(self.authors, ", ")) if self.authors else EMPTY
        when: Text = say("no. {issue}", issue=self.issue) if self.issue else EMPTY
        month, day, *_ = [*map(int, self.day.split("-")[1:]), 0, 0]
        if month and not self.issue:
            when = say("month {month}, day {day}", month=month, day=day) if day else say("month {month}", month=month)
        told = {"by": by, "title": self.title, "place": self.place, "year": self.year, "when": when, "note": self.note}
        if self.kind in ("J", "N") and self.place:
            return say("{by}{title}, in {place} {year}, {when}.", **told).of("zh")
        return say("{by}{title}, {note}.", **told).of("zh") if self.kind == "CP" else self.whole

    def bibtex(self) -> str:
        """As an entry for BibTeX."""
        told = {
            "author": " and ".join(f"{{{name}}}" for name in self.authors),
            "title": f"{{{self.title}}}",
            {"J": "journal", "D": "school"}.get(self.kind, "howpublished"): self.place,
            "year": self.year,
            "volume": self.volume,
            "number": self.issue,
            "pages": self.pages,
            "url": self.url,
            "note": self.note,
        }
        safe = {name: re.sub(r"([_%&#$])", r"\\\1", value) if name != "url" else value for name, value in told.items()}
        rows = "".join(f"  {name} = {{{value}}},\n" for name, value in safe.items() if value)
        return f"@{_BIBTEX.get(self.kind, 'misc')}{{{self.key},\n{rows}}}"

    def csl(self) -> str:
        """As an item for Zotero, pandoc and the like."""
        date = [int(part) for part in [self.year, *self.day.split("-")[1:]] if part]
        told = {
            "id": self.key,
            "type": _CSL.get(self.kind, "document"),
            "title": self.title,
            "author": [{"literal": name} for name in self.authors],
            "container-title": self.place,
            "issued": {"date-parts": [date]} if date else None,
            "volume": self.volume,
            "issue": self.issue,
            "page": self.pages,
            "URL": self.url,
            "note": self.note,
        }
        return json.dumps([{name: value for name, value in told.items() if value}], ensure_ascii=False, indent=2)


def of_source(key: str, source: Source) -> Reference:
    """A source of the base; what its citation does not cut up is its title, as a whole."""
    cut = re.match(_GBT, source.citation)
    if not cut:
        return Reference(key, source.citation, source.citation.rstrip("."), url=source.url or "")
    authors = tuple(name.strip() for name in re.split(r"[,\uff0c]", cut["authors"] or "") if name.strip())
    parts = re.match(_REST, cut["rest"] or "")
    told = {name: value or "" for name, value in parts.groupdict().items() if name != "more"} if parts else {}
    told = told or {"place": cut["rest"] or ""}
    return Reference(key, source.citation, cut["title"], cut["kind"], authors, url=source.url or "", **told)


def of_answer(made: Made | None) -> Reference:
    """pyliab itself, or an answer of it by the command, the versions and the digest."""
    title = f"pyliab: {shlex.join(made.asked)}" if made else "pyliab"
    note = f"version {__version__ if made is None else made.pyliab}"
    note += f"; law {made.law_digest}; answer {made.answer}" if made else ""
    whole = f"{AUTHORS}. {title}[CP]. {note}."
    return Reference(f"pyliab-{made.answer}" if made else "pyliab", whole, title, "CP", (AUTHORS,), note=note)


AUTHORS = "The pyliab authors"


def line_of(made: Made) -> Paragraph:
    """The last line of a page: with what it was made."""
    if made.checked:
        message = "pyliab {pyliab}, clingo {clingo}; law {law}, checked up to {checked}; answer {answer}: {command}"
    else:
        message = "pyliab {pyliab}, clingo {clingo}; law {law}; answer {answer}: {command}"
    command = shlex.join(["pyliab", *made.asked])
    versions: Mapping[str, object] = asdict(made) | {"law": made.law_digest, "command": command}
    return para(say(message, **versions), "note", apart=True)
