"""The fixed words of a page; `{0}` stands for what the script fills in."""

from __future__ import annotations

from pyliab.answers.terms import Terms
from pyliab.text.say import say

WORDS: Terms = {
    "skip": say("Skip to the text"),
    "theme": say("Light/dark"),
    "language": say("Language"),
    "contents": say("Contents"),
    "notes": say("Notes"),
    "made": say(
        "Made by pyliab. This page is complete in itself and never goes on line; the decision table it explores is exact."
    ),
    "unfold_all": say("Unfold all"),
    "unfold_none": say("Fold all"),
    "explorer_name": say("Explorer"),
    "explorer": say(
        "Take another position on any issue, or find a disputed fact otherwise: the outcome, the reasons and the money change at once. The link remembers the state."
    ),
    "no_script": say("The explorer needs scripts; everything else does without."),
    "way_here": say("It follows thus in the present state, by: "),
    "way_elsewhere": say("One way it follows, under these choices: "),
    "result": say("Result"),
    "start": say("Start from a reading:"),
    "open": say("open"),
    "in_dispute": say("in dispute"),
    "always": say("the same under every reading"),
    "impossible": say("these positions cannot stand together"),
    "nobody": say("Nobody is liable (the direct wrongdoer's own liability aside)."),
    "many": say("{0} outcomes are still possible:"),
    "is_certain": say("{0}"),
    "is_possible": say("possibly: {0}"),
    "as_in": say("Reading: {0}"),
    "changed_from": say("“{0}”, with {1} changed"),
    "by_you": say("changed"),
    "own": say("taken by the reading"),
    "assumed": say("assumed from the text"),
    "left_open": say("left open"),
    "now_decides": say("decides now"),
    "now_money": say("bears on the money only"),
    "now_idle": say("idle now"),
    "idle_here": say("Issues that are idle throughout this case: {0}"),
    "why": say("Why: {0}"),
    "why_nobody": say("Why nobody is liable"),
    "more_sets": say("{0} more"),
    "unreckoned": say("Not reckoned: "),
    "maybe_nothing": say("In some completions nothing is owed; the table is for the others."),
    "money": say("Money ({0}): {1}"),
    "debtor": say("Debtor"),
    "alone": say("{0} alone"),
    "first": say("{0} first"),
    "unwilling": say("where those directly liable will not pay"),
    "has": say("{0} has {1}"),
    "no_limit": say("no limit"),
    "sum": say("{0} {1}"),
    "gets": say("{0} recovers {1}, uncovered {2}"),
    "flips": say("Single flips that change the result"),
    "no_flip": say("No single flip changes the result."),
    "money_flips": say("Single flips that change the money only: {0}"),
    "then": say("→ {0}"),
    "owes": say("ceiling"),
    "pays": say("pays"),
    "recovers": say("recovers"),
    "gives_back": say("gives back"),
    "bears": say("bears"),
}
