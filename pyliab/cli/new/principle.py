"""A principle to start from."""

from __future__ import annotations

from pyliab.law.words import LANGS, Lang
from pyliab.text.say import Text, say

_HEAD = """\
% A principle is one file. It is broken by the smallest case, or pair of cases, in which broken(S) holds; S says whether
% the operator can pay (solvent, insolvent). To test a reading: pyliab stress READING --kb FOLDER -p {name}
% There is one annotation, with the name of the file; in brackets what it rests on (design: the logic of this system).
"""
_RULES = """\
% One hypothetical case. To compare two, write hypothetical(one). hypothetical(two). and may_differ(word). for what differs.
hypothetical(one).

% The example: the platform performed every duty and yet bears something. Change the conditions. There are:
%   status(one, Fact, proved)      a fact of the case, such as knows(platform, operator, D, any); words: pyliab show vocabulary
%   pays(one, S, Part)             what the platform bears in scenario S; nothing if it bears nothing
%   better_off(one, two, S)        the platform is better off in the first case than in the second
"""
_BROKEN = """\
broken(S) :- means(S), pays(one, S, Part), Part != nothing, not failed.
failed :- duty(Word), may(F, Word), not status(one, F, proved).
"""


def principle_text(name: str, lang: Lang) -> str:
    """The whole file."""
    head, rules = (Text(part).pattern(lang) for part in (_HEAD, _RULES))
    written = say("Write the principle here")
    block = [f"%@ {name} [design]", *(f"%@ {each} {written.of(each)}" for each in LANGS)]
    return "\n".join([head.replace("{name}", name).rstrip("\n"), *block, "", rules + _BROKEN])
