"""The fixed words of a page, in both languages; `{0}` stands for what the script fills in."""

from __future__ import annotations

from pyliab.answers.report.blocks import Words
from pyliab.answers.views.money import PARTS

WORDS: dict[str, Words] = {
    "skip": Words("跳至正文", "Skip to the text"),
    "theme": Words("明暗", "Light/dark"),
    "language": Words("语言", "Language"),
    "contents": Words("目录", "Contents"),
    "notes": Words("注释", "Notes"),
    "made": Words(
        "由 pyliab 生成。本页自足，不连网络；推演所用的判定表随页携带，精确而完整。",
        "Made by pyliab. This page is complete in itself and never goes on line; the decision table it explores is exact.",
    ),
    "unfold_all": Words("全部展开", "Unfold all"),
    "unfold_none": Words("全部收起", "Fold all"),
    "explorer_name": Words("推演", "Explorer"),
    "explorer": Words(
        "改换任一争点的立场或争议事实的认定，结果、理由与金额随之改变。链接记得住当前的选择。",
        "Take another position on any issue, or find a disputed fact otherwise: the outcome, the reasons and the money "
        "change at once. The link remembers the state.",
    ),
    "no_script": Words("推演需要脚本；其余内容不需要。", "The explorer needs scripts; everything else does without."),
    "way_here": Words("在现在的选择下如此得出，所凭：", "It follows thus in the present state, by: "),
    "way_elsewhere": Words("得出它的一种途径，在下列选择之下：", "One way it follows, under these choices: "),
    # the explorer's own
    "result": Words("结果", "Result"),
    "start": Words("自一种读法出发：", "Start from a reading:"),
    "open": Words("未定", "open"),
    "in_dispute": Words("真伪不明", "in dispute"),
    "always": Words("任何读法下均如此", "the same under every reading"),
    "impossible": Words("这些立场不能并存", "these positions cannot stand together"),
    "nobody": Words(
        "无人承担责任（直接侵害人自己的责任除外）。", "Nobody is liable (the direct wrongdoer's own liability aside)."
    ),
    "many": Words("尚有 {0} 种结果可能：", "{0} outcomes are still possible:"),
    "is_certain": Words("{0}", "{0}"),
    "is_possible": Words("可能：{0}", "possibly: {0}"),
    "as_in": Words("读法：{0}", "Reading: {0}"),
    "changed_from": Words("由“{0}”改动 {1} 处", "“{0}”, with {1} changed"),
    "by_you": Words("所改", "changed"),
    "own": Words("读法所取", "taken by the reading"),
    "assumed": Words("依条文推定", "assumed from the text"),
    "left_open": Words("读法未定", "left open"),
    "now_decides": Words("此刻决定结果", "decides now"),
    "now_money": Words("此刻只影响金额", "bears on the money only"),
    "now_idle": Words("此刻不起作用", "idle now"),
    "idle_here": Words("在本案始终不起作用的争点：{0} 个", "Issues that are idle throughout this case: {0}"),
    "why": Words("为何：{0}", "Why: {0}"),
    "why_nobody": Words("为何无人承担责任", "Why nobody is liable"),
    "more_sets": Words("另有 {0} 组", "{0} more"),
    "unreckoned": Words("未能结算：", "Not reckoned: "),
    "maybe_nothing": Words(
        "在若干补足之下，什么也不负担；下表为负担责任之时。",
        "In some completions nothing is owed; the table is for the others.",
    ),
    "money": Words("金额（{0}）：{1}", "Money ({0}): {1}"),
    "debtor": Words("债务人", "Debtor"),
    "alone": Words("{0}单独负责", "{0} alone"),
    "first": Words("先向{0}求偿", "{0} first"),
    "unwilling": Words("直接责任人不愿赔偿时", "where those directly liable will not pay"),
    "has": Words("{0}可执行财产{1}", "{0} has {1}"),
    "no_limit": Words("不限", "no limit"),
    "sum": Words("{0} {1}", "{0} {1}"),
    "gets": Words("{0}获偿 {1}，未受偿 {2}", "{0} recovers {1}, uncovered {2}"),
    "flips": Words("改变结果的单项改动", "Single flips that change the result"),
    "no_flip": Words("没有哪一项单独的改动会改变结果。", "No single flip changes the result."),
    "money_flips": Words("只改变金额的单项改动：{0} 项", "Single flips that change the money only: {0}"),
    "then": Words("→ {0}", "→ {0}"),
    **{name: Words(part.of("zh"), part.of("en")) for name, part in PARTS.items()},
}
