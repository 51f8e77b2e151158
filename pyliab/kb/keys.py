"""What each key of a document means, in both languages: for the comments of new files and the schemas of editors."""

from __future__ import annotations

# By model and key; "" stands for all models that have the key.
KEYS: dict[tuple[str, str], tuple[str, str]] = {
    ("", "title"): (
        "标题。只用一种文字时直接写；两种文字写作 {zh: .., en: ..}",
        "title; one language, or {zh: .., en: ..}",
    ),
    ("", "about"): ("说明", "what it is about"),
    ("", "sources"): (
        "出处，写作 - {source: 来源编号, locator: 页码}",
        "where it is said: - {source: KEY, locator: page}",
    ),
    ("", "provisions"): (
        "相关条款，编号如 pyliab statutes 所列",
        "provisions concerned, ids as `pyliab statutes` lists them",
    ),
    ("", "note"): ("附注", "a note"),
    ("", "locator"): ("出处中的位置", "the place in the source"),
    ("Case", "case"): ("案件编号，与文件同名", "id of the case; the file bears the same name"),
    ("Case", "kind"): ("decided 真实案例，hypothetical 教学案例", "decided, or hypothetical"),
    ("Case", "date"): ("案发日期；适用当日的法律", "the day of the case; the law of that day is applied"),
    ("Case", "parties"): ("当事人：编号与名称", "parties: id and name"),
    ("Case", "items"): ("商品或者服务：编号与名称", "goods and services: id and name"),
    ("Case", "harms"): (
        "损害：编号与名称；每项损害须有一项事实说明受害人、权益和日期",
        "harms: id and name; a fact says of each who suffered it, which interest, and when",
    ),
    ("Case", "facts"): (
        "事实：每项是词汇表中的一个词及其参数",
        "facts: each is one word of the vocabulary with its arguments",
    ),
    ("Case", "judgment"): (
        "裁判，仅供比较，从不作为事实",
        "what the court held: compared with the answer, never used as a fact",
    ),
    ("Case", "expect"): (
        "预期，写作 读法: [债务人 形态]；空列表为不承担责任",
        "expected, as READING: [debtor form]; an empty list: no liability",
    ),
    ("Fact", "status"): (
        "proved 已证明（不写即为此）；disproved 已否定；disputed 真伪不明",
        "proved (if left out), disproved, or disputed (neither side could prove it)",
    ),
    ("Fact", "exhibit"): ("证据", "the exhibit"),
    ("Reading", "reading"): ("读法编号，与文件同名", "id of the reading; the file bears the same name"),
    ("Reading", "holder"): ("持有者：作者、法院或者草案", "who holds it: an author, a court, a draft"),
    ("Reading", "positions"): (
        "所取立场：只写来源说过的；未说的依条文推定，或者保持未定",
        "what the source says, and no more; the rest is filled from the plain text or stays open",
    ),
    ("Reading", "unsaid"): ("来源没有说明的", "what the source leaves unsaid"),
    ("Choice", "position"): ("所取的立场", "the position taken"),
    ("IssueAddition", "extends"): ("所加入的争点", "the issue that it joins"),
    ("IssueAddition", "positions"): ("新增的立场", "the positions added"),
    ("Issue", "issue"): ("争点编号，与文件同名", "id of the issue; the file bears the same name"),
    ("Issue", "question"): ("争议问题", "the question"),
    ("Issue", "default"): ("依条文之解", "the plain-text answer"),
    ("Issue", "open_because"): ("条文何以未定", "why the text leaves it open"),
    ("Position", "says"): ("立场的内容", "what the position holds"),
    ("Position", "holders"): ("持有者", "who holds it"),
    ("Position", "for"): ("支持的理由", "arguments for it"),
    ("Position", "against"): ("反对的理由", "arguments against it"),
    ("Position", "incompatible"): (
        "同一读法不能同时采取的其他立场",
        "positions on other issues that one reading cannot take as well",
    ),
    ("Position", "no_effect"): ("没有规则的理由", "why it has no rule of its own"),
    ("Position", "not_encoded"): ("不能适用的理由", "why it cannot be applied"),
    ("Argument", "kind"): (
        "文义 textual，体系 systematic，历史 historical，目的 teleological，价值 value，法经济学 law-and-economics，因果 causal",
        "the kind of argument",
    ),
    ("Argument", "says"): ("理由", "the argument"),
}
# The groups of words in a case file.
GROUPS: dict[str, tuple[str, str]] = {
    "roles": ("主体", "who they are"),
    "goods": ("商品或者服务", "goods and services"),
    "conduct": ("行为", "what was done and left undone"),
    "knowledge": ("知悉与通知", "who knew what, and when"),
    "harm": ("损害", "the harm"),
}


def meaning(model: str, key: str) -> tuple[str, str] | None:
    """What a key means, in Chinese and in English."""
    return KEYS.get((model, key)) or KEYS.get(("", key))
