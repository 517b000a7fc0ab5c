"""How the headings of an outline are numbered.

A level is declared by the number of its first heading. "I." "1." "a)" is the
way of Decree 30/2020; "1." "1.1." is that of the province's integration report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from typing import Protocol, TypeVar

from common.dates import point_letter, roman

USUAL = ("I.", "1.", "a)")

# By sample: the positions of a heading and of those above it → its number.
MARKS: dict[str, Callable[[Sequence[int]], str]] = {
    "I.": lambda path: f"{roman(path[-1])}.",
    "1.": lambda path: f"{path[-1]}.",
    "1.1.": lambda path: "".join(f"{position}." for position in path),
    "a)": lambda path: f"{point_letter(path[-1])})",
}


class Heading(Protocol):
    @property
    def level(self) -> int: ...


H = TypeVar("H", bound=Heading)


def below(headings: Sequence[H], position: int) -> Iterator[H]:
    """The headings under the one at ``position``, of any level."""
    level = headings[position].level
    return takewhile(lambda later: later.level > level, headings[position + 1 :])


def numbers(headings: Sequence[Heading], samples: Sequence[str]) -> Iterator[str]:
    """The number of each heading; one without a sibling below the first level has none.

    "a)" says that "b)" follows.
    """
    paths = list(_paths(headings))
    siblings = Counter(path[:-1] for path in paths)
    for path in paths:
        is_alone = len(path) > 1 and siblings[path[:-1]] == 1
        yield "" if is_alone else MARKS[samples[len(path) - 1]](path)


def _paths(headings: Sequence[Heading]) -> Iterator[tuple[int, ...]]:
    """(1,), (1, 1), (1, 2), (2,): where each heading stands."""
    counters: list[int] = []
    for heading in headings:
        del counters[heading.level :]
        counters += [0] * (heading.level - len(counters))
        counters[-1] += 1
        yield tuple(counters)
