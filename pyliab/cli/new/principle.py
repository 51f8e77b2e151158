"""A principle to start from."""

from __future__ import annotations

from pyliab.law.words import Lang

_ZH = """\
% 一项原则一个文件。使 broken(S) 成立的最小案件（或者案件对）即违反该原则；S 是经营者能否清偿（solvent、insolvent）。
% 检验：pyliab stress 读法 --kb 文件夹 -p {name}
% 说明块只有一个，编号与文件同名；方括号内写依据的规定或者来源，design 指本库的体系逻辑。
%@ {name} [design]
%@ zh 请写这项原则
%@ en Write the principle here
"""
_EN = """\
% A principle is one file. It is broken by the smallest case, or pair of cases, in which broken(S) holds; S says whether
% the operator can pay (solvent, insolvent). To test a reading: pyliab stress READING --kb FOLDER -p {name}
% There is one annotation, with the name of the file; in brackets what it rests on (design: the logic of this system).
%@ {name} [design]
%@ zh 请写这项原则
%@ en Write the principle here
"""
_RULES_ZH = """
% 一个假想案件；比较两个案件的，写 hypothetical(one). hypothetical(two). 并以 may_differ(词). 说明何处可以不同。
hypothetical(one).

% 例：平台履行了全部义务，却仍要负担。请改写条件。可用：
%   status(one, 事实, proved)      案件的事实；事实如 knows(platform, operator, D, any)，词见 pyliab show vocabulary
%   pays(one, S, 部分)             平台在情形 S 下的负担；nothing 为没有
%   better_off(one, two, S)        平台在第一案中的处境优于第二案
"""
_RULES_EN = """
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
    head, rules = (_ZH, _RULES_ZH) if lang == "zh" else (_EN, _RULES_EN)
    return head.replace("{name}", name) + rules + _BROKEN
