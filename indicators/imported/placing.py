"""Which indicator each row of a sheet is about: by its code, its name, else as a person said.

Rows nobody can place are asked about once, and the answers are remembered for
the agency's next file (``imports.remembering``). A question is called after
what stands in the file alone, so that no answer changes what another is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from django.utils.translation import gettext as _

from common.contracts import Indicator
from imports.asking import LEFT_OUT, Question, QuestionKind
from imports.book import address
from imports.contract import Parsed
from imports.headings import heading_key, shown
from indicators.declarations import groups
from indicators.imported import columns, units
from indicators.imported.names import Names, without_marks
from indicators.imported.rows import NUMBERS, has_numbers, name_of, unit_of

MOST_ASKED = 40  # what is more is no sheet of figures; the rest stays faulty
_LONGEST = 180  # of a key
_SAMPLES = 4


@dataclass(frozen=True)
class Place:
    """``code`` is the indicator, "" for none; ``likely`` what its name may mean besides."""

    name: str
    key: str
    code: str = ""
    likely: tuple[str, ...] = ()
    is_heading: bool = False  # no number stands in it: nothing is asked of it
    is_asked: bool = False  # its name alone does not say it
    is_left_out: bool = False


class Placing:
    """Asked row by row from the top: a row's name is read under the rows above it."""

    def __init__(
        self, indicators: Mapping[str, Indicator], answers: Mapping[str, str] | None = None
    ) -> None:
        self.indicators = indicators
        self._answers = answers or {}
        self._group_labels = {code: one.label for code, one in groups().items()}
        self.names = Names(indicators, self._group_labels)
        self._times: dict[str, int] = {}

    def place(self, parsed: Parsed) -> Place:
        self.names.under(parsed.section)
        name = name_of(parsed)
        found = Place(name=name, key=self._key(parsed.section, name))
        codes = self._codes(parsed, name)
        is_heading = not has_numbers(parsed) and not parsed.faults
        if len(codes) == 1:
            found = replace(found, code=codes[0], is_heading=is_heading)
        elif is_heading:
            found = replace(found, is_heading=True)
        else:
            found = self._as_answered(replace(found, is_asked=True, likely=tuple(codes)))
        if found.code:
            self.names.met(found.code)
        elif is_heading:
            self.names.under(name)
        return found

    def questions(self, rows: Iterable[Parsed]) -> Iterator[Question]:
        """One for each row whose name is not enough, those answered already as well."""
        places = ((parsed, self.place(parsed)) for parsed in rows)
        asked = (one for one in places if one[1].is_asked and one[1].name)
        for parsed, place in islice(asked, MOST_ASKED):
            yield self._question(parsed, place)

    def like(self, name: str) -> str:
        return self.names.like(name)

    # --- one row -----------------------------------------------------------------------

    def _codes(self, parsed: Parsed, name: str) -> list[str]:
        given = str(parsed.values.get(columns.CODE) or "").strip()
        if given in self.indicators:
            return [given]
        kinds = list(self.names.likely(name))
        unit = unit_of(parsed)
        for found in kinds:
            fitting = [code for code in found if units.fits(unit, self.indicators[code])]
            if len(fitting) == 1:
                return fitting
        return kinds[0] if kinds else []  # its unit is another: that is told at the unit

    def _as_answered(self, place: Place) -> Place:
        said = self._answers.get(place.key)
        if said is not None and said in self.indicators:
            return replace(place, code=said)
        return replace(place, is_left_out=said == LEFT_OUT)

    def _key(self, section: str, name: str) -> str:
        """Section and name; a name that stands there again is another row."""
        parts = [heading_key(section), heading_key(without_marks(name)) or heading_key(name)]
        key = f"{QuestionKind.ROW}:{' › '.join(filter(None, parts))[:_LONGEST]}"
        self._times[key] = times = self._times.get(key, 0) + 1
        return key if times == 1 else f"{key} ({times})"

    def _question(self, parsed: Parsed, place: Place) -> Question:
        said = [(columns.NAME, place.name), (columns.UNIT, unit_of(parsed))]
        said += [(name, shown(parsed.raw.get(name))) for name in NUMBERS]
        samples = [
            (address(parsed.columns[name], parsed.number), text[:80])
            for name, text in said
            if text and name in parsed.columns
        ]
        like = self.names.code_like(place.name)
        first = dict.fromkeys([*place.likely, *filter(None, [like])])
        codes = [*first, *(code for code in self.indicators if code not in first)]
        return Question(
            key=place.key,
            kind=QuestionKind.ROW,
            field=columns.NAME,
            label=place.name[:200],
            samples=tuple(samples[:_SAMPLES]),
            options=(
                (LEFT_OUT, _("— do not import this row —")),
                *((code, self._called(code)) for code in codes),
            ),
        )

    def _called(self, code: str) -> str:
        row = self.indicators[code]
        return f"{row.label} ({row.measure.label}) – {self._group_labels[row.group]}"
