"""Words for what is said by one word of the knowledge base or of the program: how a fact, a position, a source stands."""

from __future__ import annotations

from collections.abc import Mapping

from pyliab.text.say import Text, say

Terms = Mapping[str, Text]

STATUS: Terms = {"certain": say("certain"), "possible": say("possible")}
TAKEN: Terms = {
    "own": say("taken by the reading"),
    "assumed": say("assumed from the text"),
    "open": say("open, completed so here"),
    "both": say("taken by both, by one of them as assumed from the text"),
    "one": say("taken by one, open in the other and completed so here"),
}
"""How a reading stands to a position, or two readings together."""
FOUND: Terms = {
    "proved": say("proved"),
    "disproved": say("disproved"),
    "disputed": say("in dispute"),
    "disputed, taken as proved": say("in dispute, taken as proved here"),
    "disputed, taken as disproved": say("in dispute, taken as disproved here"),
    "disputed, not proved": say("in dispute, not proved"),
    "disputed, not disproved": say("in dispute, not disproved"),
    "unstated": say("not stated"),
    "not stated": say("not stated"),
    "not derived": say("does not follow"),
}
"""How a fact stands."""
SEEN: Terms = {
    "full text": say("full text"),
    "abstract": say("abstract"),
    "excerpt": say("excerpt"),
    "press report": say("press report"),
    "label only": say("label only"),
    "not seen": say("not seen at all"),
}
"""How much of a source was seen."""
AT_SECOND_HAND: Terms = {
    "abstract": say("abstract seen only"),
    "excerpt": say("excerpt seen only"),
    "press report": say("as reported in the press"),
    "label only": say("cited at second hand"),
    "not seen": say("not seen"),
}
"""What a footnote says of a source that was not seen whole."""
CANONS: Terms = {
    "textual": say("textual"),
    "systematic": say("systematic"),
    "historical": say("historical"),
    "teleological": say("teleological"),
    "value": say("value"),
    "law-and-economics": say("law-and-economics"),
    "causal": say("causal"),
}
SURE: Terms = {
    "form and amounts": say("form and amounts"),
    "form": say("form"),
    "first instance only": say("first instance only"),
    "reported label only": say("reported label only"),
    "unknown": say("unknown"),
}
"""How sure it is what a court held."""
KNOWN: Terms = {
    "inferred": say("inferred from the holding"),
    "assumed": say("assumed"),
    "remembered": say("remembered without a source"),
}
"""How a fact of a case is known that its report does not state."""
DIFFERENCES: Terms = {
    "law missing": say("the base has no rule for it"),
    "fact unseen": say("the report leaves out a fact"),
    "law stretched": say("the court goes beyond the words of the law"),
    "issue open": say("readings differ, or are silent"),
}
"""Why a court's result does not follow."""
CASES: Terms = {"decided": say("decided"), "hypothetical": say("hypothetical")}
