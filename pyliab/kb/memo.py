"""What was reckoned of the cases of a base, kept for as long as the base is: the results that were asked for last."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile

T = TypeVar("T")


class Memo(Generic[T]):
    """The last `most` results of each base."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._of: WeakKeyDictionary[KnowledgeBase, OrderedDict[Any, tuple[Sequence[CaseFile], T]]] = WeakKeyDictionary()

    def get(self, base: KnowledgeBase, cases: Sequence[CaseFile], asked: Hashable, reckon: Callable[[], T]) -> T:
        """What was reckoned of these cases, if it was `asked` before, else anew."""
        results = self._of.setdefault(base, OrderedDict())
        key = tuple(map(id, cases)), asked
        if key not in results:
            results[key] = cases, reckon()  # the cases are held, so that their ids stay theirs
            if len(results) > self.most:
                results.popitem(last=False)
        results.move_to_end(key)
        return results[key][1]

    def all(self, base: KnowledgeBase) -> Iterable[T]:
        """What is kept of a base."""
        return [result for _, result in self._of.get(base, {}).values()]
