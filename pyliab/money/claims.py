"""From liabilities to claims: what each creditor is owed for each harm, in money, at every end of what is not stated.

What a ceiling is called, and what a debtor pays meanwhile, belongs to the contract with the rules, and stands here once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from pyliab.money.assets import ZERO
from pyliab.money.beyond import Beyond
from pyliab.money.conclusions import BEYOND, Completion, Owed
from pyliab.money.debts import Claim, Liability, Wrongdoer
from pyliab.money.stated import EXPANDED, LOSS, PROMISED, SHARE, VICTIM, Stated
from pyliab.text.amounts import Ends, Yuan, percent
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import listed, quoted, say

ANY = (ZERO, Fraction(1))
MOST_ENDS = 20_000
Key = tuple[str, str]
"""Debtor and harm."""
UNNAMED = ""
"""Whose share is asked that is of nobody in particular."""


@dataclass(frozen=True)
class Point:
    """One way to fill in what is not stated: by debtor and harm its share and what grew, by harm what the victim bears."""

    shares: Mapping[Key, Fraction]
    expanded: Mapping[Key, Fraction]
    victim: Mapping[str, Fraction]


class Reckoner:
    """Makes claims in money of the completions of a case.

    `shares` override what the case states, by debtor. Raises InputError where a loss is not stated, where shares come to
    more than the whole, where all are stated and come to less, and where one is given of nobody and there are several debtors.
    """

    def __init__(
        self,
        stated: Stated,
        completions: Mapping[str, Collection[Completion]],
        shares: Mapping[str, Ends] | None = None,
    ) -> None:
        """`completions` has for each harm what may be concluded of it."""
        self.stated = stated
        owed = {harm: {o for end in ends for o in end.liabilities} for harm, ends in completions.items()}
        self.beyond = Beyond(stated, owed)
        self.owed = {harm: some for harm, some in owed.items() if some and self.beyond.ends(some, harm)}
        self.creditors = {harm: min(liability.creditor for liability in owed) for harm, owed in self.owed.items()}
        self.losses = {harm: owed for harm, owed in self.owed.items() if not provision_of(owed)}
        self.wrongdoers = {
            p for harm, owed in self.losses.items() for liability in owed for p in liability.direct(harm)
        }
        self.direct = {harm: self._direct(harm, owed) for harm, owed in self.owed.items()}
        self.debtors = {harm: sorted({o.debtor for o in self._beside(harm, owed)}) for harm, owed in self.owed.items()}
        self.asked = self._whose(shares or {})
        self.reduced = {harm for harm, ends in completions.items() if any(end.reduced for end in ends)}
        self.unknown, known = set[tuple[str, str]](), set[str]()
        for harm in self.losses:
            for completion in completions[harm]:
                gone = {p for p in self.direct[harm] if unidentified(completion.liabilities, harm, p)}
                self.unknown |= {(harm, party) for party in gone}
                known |= {party for liability in completion.liabilities for party in liability.direct(harm)} - gone
        self.always_unknown = sorted({party for _, party in self.unknown} - known)
        stated.check_losses(self.losses)
        for harm in self.creditors:
            self._check_shares(harm)

    def _of_itself(self, harm: str, liability: Owed) -> bool:
        """Does one directly liable for a loss owe more than that under this head, by itself? Then it pays both at once."""
        return liability.form == BEYOND and liability.debtor in self.wrongdoers and not liability.direct(harm)

    def _direct(self, harm: str, owed: Iterable[Owed]) -> list[str]:
        """Those directly liable for a harm, or under a head."""
        some = ([o.debtor] if self._of_itself(harm, o) else o.direct(harm) for o in owed)
        return sorted(set().union(*some))

    def _beside(self, harm: str, owed: Iterable[Owed]) -> list[Owed]:
        """The liabilities beside those directly liable."""
        return [liability for liability in owed if not self._of_itself(harm, liability)]

    def _whose(self, shares: Mapping[str, Ends]) -> dict[str, Ends]:
        """A share of nobody in particular is that of the only debtor."""
        debtors = sorted(set().union(*self.debtors.values()))
        if UNNAMED in shares and len(debtors) > 1:
            known = listed(debtors, ", ")
            raise InputError(say("--share: say whose, as PARTY=SHARE; debtors here are {known}", known=known))
        named = {party: ends for party, ends in shares.items() if party != UNNAMED}
        return {**{debtor: shares[UNNAMED] for debtor in debtors if UNNAMED in shares}, **named}

    def most_beyond(self, head: str) -> Ends:
        """What is owed under a head at the least and at the most."""
        return self.beyond.ends(self.owed[head], head) or (ZERO, ZERO)

    def share(self, party: str, harm: str) -> Ends | None:
        """The share of a party as asked or stated, None where it is open."""
        return self.asked.get(party) or self.stated.ends(SHARE, party, harm=harm)

    def _check_shares(self, harm: str) -> None:
        direct = [party for party in self.direct[harm] if party not in self.debtors[harm]]
        known = {party: ends for party in (*self.debtors[harm], *direct) if (ends := self.share(party, harm))}
        if ranged := [party for party in direct if party in known and known[party][0] != known[party][1]]:
            message = say("share of {party}: {party} is directly liable; give one share, no range", party=ranged[0])
            raise InputError(message)
        least, most = (sum((ends[end] for ends in known.values()), ZERO) for end in (0, 1))
        named = {"names": listed(known, ", "), "harm": harm}
        if least > 1:
            message = say(
                "the shares of {names} in {harm} come to {sum}, more than the whole", **named, sum=percent(least)
            )
        elif not self.asked and direct and len(known) == len(direct) + len(self.debtors[harm]) and most < 1:
            message = say(
                "{names} alone share the loss in {harm}, and their shares come to {sum}", **named, sum=percent(most)
            )
        else:
            return
        raise self.stated.fault(SHARE, set(known) - set(self.asked), message)

    def claims(self, completion: Completion, harms: Collection[str]) -> list[tuple[Claim, ...]]:
        """The claims for these harms in a completion, at every end of what is not stated.

        Raises InputError where these are too many.
        """
        distinct: dict[tuple[Claim, ...], None] = {}
        for point in self._points(completion, sorted(harms)):
            distinct.setdefault(tuple(self._claim(harm, completion, point) for harm in sorted(harms)))
            if len(distinct) > MOST_ENDS:
                raise InputError(say("too much is not stated here: state more losses, shares and expanded parts"))
        return list(distinct)

    def _points(self, completion: Completion, harms: Sequence[str]) -> Iterator[Point]:
        """The ends of what is not stated, and the points between at which one basis overtakes another."""
        owed = [(liability, harm) for liability in completion.liabilities for harm in liability.harms if harm in harms]
        grown = {
            (liability.debtor, harm): self.expanded(completion, liability.debtor, harm)
            for liability, harm in owed
            if liability.ceiling == "expanded"
        }
        victims = {harm: self._victim(completion, harm) for harm in harms}
        for shares in self._shares(owed, grown):
            parts = {
                key: sorted({*ends, *({shares[key]} if ends[0] < shares[key] < ends[1] else ())})
                for key, ends in grown.items()
            }
            for expanded, victim in product(product(*parts.values()), product(*victims.values())):
                yield Point(shares, dict(zip(parts, expanded, strict=True)), dict(zip(victims, victim, strict=True)))

    def expanded(self, completion: Completion, debtor: str, harm: str) -> Ends:
        """The least and the most that may have grown, as part of the loss."""
        loss = self.stated.sum(LOSS, harm=harm)
        known = self.stated.sum(EXPANDED, debtor, harm=harm)
        if known is not None:
            part = known / loss if loss else ZERO
            return part, part
        mine = (liability for liability in completion.liabilities if liability.debtor == debtor)
        wholly = any(harm in liability.all("wholly_expanded", "harm") for liability in mine)
        return (Fraction(1), Fraction(1)) if wholly else ANY

    def taken_as_expanded(self, owed: Owed) -> bool:
        """Is a whole loss taken as expanded, since no part is stated?"""
        harms = owed.all("wholly_expanded", "harm")
        return any(self.stated.sum(EXPANDED, owed.debtor, harm=harm) is None for harm in harms)

    def _victim(self, completion: Completion, harm: str) -> list[Fraction]:
        """What may fall on the victim; where nothing is owed for a harm, what does where something is owed, or nothing. Of a
        multiple that has a highest value only, what may be less."""
        least, most = self.beyond.ends(completion.liabilities, harm) or (ZERO, ZERO)
        if harm not in self.losses:
            return sorted({ZERO, 1 - least / most if most else ZERO})
        part = self.stated.ends(VICTIM, harm=harm) or ANY
        if any(reduced == harm for _, reduced in completion.reduced):
            return sorted(set(part))
        owed = any(harm in liability.harms for liability in completion.liabilities)
        return [ZERO] if owed or harm not in self.reduced else sorted({ZERO, *part})

    def _shares(
        self, owed: Collection[tuple[Owed, str]], grown: Mapping[Key, Ends]
    ) -> Iterator[Mapping[Key, Fraction]]:
        """The ends of the shares. One that is not stated is the same for all harms; together they are at most the whole."""
        keys = sorted({(liability.debtor, harm) for liability, harm in owed})
        ends: dict[Key, Ends] = {}
        values: dict[object, set[Fraction]] = {}
        same = {key: key if self.stated.for_one_harm(SHARE, key[0], harm=key[1]) else key[0] for key in keys}
        for key in keys:
            low, high = self.share(*key) or ANY
            uses = any(
                liability.uses_share(harm, known=self.share(*key) is not None)
                for liability, harm in owed
                if (liability.debtor, harm) == key
            )
            ends[key] = (low, high if uses else low)
            between = {part for part in grown.get(key, ()) if low < part < high and uses}
            values.setdefault(same[key], set()).update(ends[key], between)
        for chosen in product(*map(sorted, values.values())):
            of = dict(zip(values, chosen, strict=True))
            yield from self._within_the_whole({key: of[same[key]] for key in keys}, ends)

    def _within_the_whole(
        self, shares: Mapping[Key, Fraction], ends: Mapping[Key, Ends]
    ) -> Iterator[Mapping[Key, Fraction]]:
        """Shares that come to more than the whole are cut back, each of them in its turn as far as that is open."""
        over = {harm: self._over(harm, shares) for _, harm in shares}
        most = max(over.values(), default=ZERO)
        if most <= 0:
            yield shares
            return
        harm = next(harm for harm, sum_ in over.items() if sum_ == most)
        for debtor in [debtor for debtor, at in shares if at == harm]:
            cut = {key: max(ends[key][0], value - most) if key[0] == debtor else value for key, value in shares.items()}
            if self._over(harm, cut) < most:
                yield from self._within_the_whole(cut, ends)

    def _over(self, harm: str, shares: Mapping[Key, Fraction]) -> Fraction:
        known = sum((self._given(harm, party) or ZERO for party in self.direct[harm]), ZERO)
        return sum((value for (_, at), value in shares.items() if at == harm), known) - 1

    def _given(self, harm: str, party: str) -> Fraction | None:
        """The share that is stated of one directly liable who is not liable beside others as well."""
        ends = None if party in self.debtors[harm] else self.share(party, harm)
        return ends[0] if ends else None

    def _claim(self, harm: str, completion: Completion, point: Point) -> Claim:
        owed = sorted(
            (liability for liability in completion.liabilities if harm in liability.harms),
            key=lambda o: (o.debtor, o.form),
        )
        head = "" if harm in self.losses else provision_of(self.owed[harm])
        whole = (self.beyond.ends(owed, harm) or (ZERO, ZERO))[1] if head else self.stated.loss(harm)
        loss = whole * (1 - point.victim[harm])
        direct, beside = self._direct(harm, owed) if owed else self.direct[harm], self._beside(harm, owed)
        equal = self._equal_part(harm, beside, direct)
        liabilities = tuple(basis for liability in beside for basis in self._bases(harm, liability, loss, point, equal))
        shared = {basis.debtor for basis in liabilities if basis.shared}
        names = [party for party in direct if party not in shared]
        wrongdoers = tuple(self._wrongdoers(harm, names, owed, point))
        return Claim(self.creditors[harm], harm, loss, liabilities, wrongdoers, ZERO if head else whole - loss, head)

    def _wrongdoers(self, harm: str, names: Sequence[str], owed: Sequence[Owed], point: Point) -> Iterator[Wrongdoer]:
        """Those directly liable. Of whom no share is stated, while it is of others, has an equal part of what is left."""
        given = {name: share for name in names if (share := self._given(harm, name)) is not None}
        taken = sum((share for (_, at), share in point.shares.items() if at == harm), sum(given.values(), ZERO))
        left = max(ZERO, Fraction(1 - taken, len(names) - len(given))) if len(names) > len(given) else ZERO
        for name in names:
            weight = given.get(name, left) if given else Fraction(1)
            for_all = harm not in self.losses or any(name in o.all("answers_for_all", "party") for o in owed)
            unknown = unidentified(owed, harm, name) if owed else (harm, name) in self.unknown
            unknown = unknown or (harm not in self.losses and name in self.always_unknown)
            yield Wrongdoer(name, weight, for_all, not unknown)

    def _equal_part(self, harm: str, owed: Sequence[Owed], direct: Sequence[str]) -> Fraction:
        """The part of each joint debtor whose share is not stated: they and those directly liable share alike what is left."""
        joint = sorted({liability.debtor for liability in owed if liability.says("shares_equal")})
        parties = [*joint, *(party for party in direct if party not in joint)]
        known = [ends[0] for party in parties if (ends := self.share(party, harm))]
        return max(ZERO, 1 - sum(known, ZERO)) / max(1, len(parties) - len(known))

    def _promised(self, harm: str, liability: Owed) -> Yuan:
        """What was promised for a harm; of a sum promised in all, its part in proportion to the losses."""
        pair = liability.pair
        promised = self.stated.sum(PROMISED, *pair, harm=harm)
        if promised is None:
            message = say(
                "the case does not state how much {debtor} promised {creditor}",
                debtor=liability.debtor,
                creditor=liability.creditor,
            )
            raise InputError(message)
        if self.stated.for_one_harm(PROMISED, *pair, harm=harm):
            return promised
        others = [other for other in liability.harms if not self.stated.for_one_harm(PROMISED, *pair, harm=other)]
        whole = sum((self.stated.loss(other) for other in others), ZERO)
        return promised * self.stated.loss(harm) / whole if whole else ZERO

    def _ceiling(self, harm: str, liability: Owed, loss: Yuan, point: Point) -> Yuan:
        """The most that is owed on a basis."""
        match liability.ceiling:
            case "whole":
                return loss
            case "expanded":
                return loss * point.expanded.get((liability.debtor, harm), ZERO)
            case "share":
                return loss * point.shares[liability.debtor, harm]
            case "promised":
                return min(loss, self._promised(harm, liability))
        message = say(
            "how much the ceiling {ceiling} of {form} comes to is not known here",
            ceiling=quoted(liability.ceiling),
            form=liability.form,
        )
        raise InputError(message)

    def _bases(self, harm: str, liability: Owed, loss: Yuan, point: Point, equal: Fraction) -> Iterator[Liability]:
        """A liability in money. One whose recourse the rules leave in two minds is there twice."""
        share, ceiling = point.shares[liability.debtor, harm], self._ceiling(harm, liability, loss, point)
        own = equal if liability.says("shares_equal") and not self.share(liability.debtor, harm) else share
        meanwhile = {"share": min(ceiling, share * loss), "whole": loss, "nothing": ZERO}
        unknown = [meanwhile[part] for part in liability.all("unknown_pays", "part")]
        for recourse in liability.recourse(harm):
            yield Liability(
                liability.debtor,
                liability.form,
                ceiling,
                ceiling if liability.ceiling == "share" else own * ceiling,
                liability.order == "at_once",
                tuple(sorted(recourse.items())),
                liability.mutual(harm),
                liability.says("owes_rest"),
                share if liability.says("cap_on_rest") else None,
                liability.says("counts_pro_rata"),
                liability.says("unwilling_suffices"),
                max(unknown, default=None),
            )


def provision_of(owed: Collection[Owed]) -> str:
    """The provision by which more than the loss is owed; none where a loss is."""
    rows = (row for liability in owed for row in liability.all(BEYOND, "provision"))
    return next(rows, "")


def unidentified(owed: Collection[Owed], harm: str, party: str) -> bool:
    """Is one directly liable unknown to everyone beside whom it stands? Then nothing can be had of it."""
    beside = [liability for liability in owed if party in liability.direct(harm)]
    unknown = {liability.debtor for liability in beside if party in liability.all("unidentified", "with")}
    return bool(beside) and unknown == {liability.debtor for liability in beside}


def hanging_together(reckoner: Reckoner, scarce: Collection[str]) -> list[frozenset[str]]:
    """Harms whose claims cannot be reckoned apart: somebody is liable for both whose share is open, or whose pot is `scarce`
    (not empty, and not without limit); or one promise is for both."""
    ties: dict[object, set[str]] = {}
    for harm, debtors in reckoner.debtors.items():
        opened = {debtor for debtor in debtors if len(set(reckoner.share(debtor, harm) or ANY)) > 1}
        for party in opened | (set(scarce) & {*debtors, *reckoner.direct[harm]}):
            ties.setdefault(party, set()).add(harm)
        for liability in reckoner.owed[harm]:
            if liability.ceiling == "promised":
                ties.setdefault(liability.pair, set()).add(harm)
    groups = [{harm} for harm in sorted(reckoner.creditors)]
    for tie in ties.values():
        touched = [group for group in groups if group & tie]
        groups = [group for group in groups if not group & tie] + [set().union(*touched)]
    return [frozenset(group) for group in groups]
