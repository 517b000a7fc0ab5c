"""How each kind of field of a record stands in a cell, and how it comes back.

These are the widgets of django-import-export: ``render`` makes what an export
writes, ``clean`` takes what the importer read (``imports.contract.Converted``)
and raises ``Wrong``. Between the two stands the value as JSON knows it; of
equal values it is equal, so a cell nobody edited is no change:

- text as text, numbers with decimals as text ("4750.50"), whole ones as int,
  days as "2019-03-05", flags as bool, choices by their codes, nothing as None;
- a row of another table by its key, several as a sorted list of keys (a list
  inside, or instead of one key: a name several rows have, see ``settle``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from import_export import widgets

from common.dates import NotADate, parse_short_date, short_date
from common.numbers import format_number
from common.text import search_key
from imports.contract import Converted, FieldKind, Number, Wrong
from registers.sheets import numerals
from registers.sheets.neutral import fitting, is_cut, plain, restored
from registers.sheets.tables import Tables


class Cell(widgets.Widget):
    """One field of a model. ``tables`` are set by the resource it belongs to."""

    kind = FieldKind.TEXT
    empty: Any = None
    number_format = ""  # in a workbook

    def __init__(self, field: Any, *, required: bool = False) -> None:
        super().__init__()
        self.field, self.required = field, required
        self.tables = Tables()

    def __deepcopy__(self, memo: Any) -> Cell:
        """A resource copies its fields; the model's are the same for all."""
        made = type(self)(self.field, required=self.required)
        memo[id(self)] = made
        return made

    def be_with(self, tables: Tables) -> None:
        self.tables = tables

    # --- out ---------------------------------------------------------------------------

    def of(self, record: Any) -> Any:
        """What is stored, as JSON knows it."""
        return self.json(getattr(record, self.field.attname))

    def json(self, value: Any) -> Any:
        """What a record holds in the field, as JSON knows it; ``python`` is the way back."""
        return value

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """What stands in a workbook's cell."""
        return self.written(value)

    def written(self, value: Any) -> str:
        """The same as text, as it stands in a CSV file or within a line."""
        return "" if value is None else str(value)

    def words(self, value: Any) -> str:
        """The value as a preview says it."""
        return self.written(value)

    # --- in ----------------------------------------------------------------------------

    def clean(self, value: Converted, row: Any = None, **kwargs: Any) -> Any:
        return self.taken(restored(plain(value)) if isinstance(value, str) else value)

    def taken(self, value: Converted) -> Any:
        """The same for a part of a cell: nothing was made harmless there."""
        if value is None or value == "":
            return self.nothing()
        return self.read(value)

    def nothing(self) -> Any:
        if self.required:
            raise Wrong(_("This must not be empty: fill it in."))
        return self.empty

    def read(self, value: Any) -> Any:
        raise NotImplementedError

    def text_to(self, text: str) -> Converted:
        """A text of a line, as the importer would have read a cell of this kind."""
        return text

    def put(self, record: Any, value: Any) -> None:
        """Give a record the value, for its own rules to look at."""
        setattr(record, self.field.attname, self.python(value))

    def python(self, value: Any) -> Any:
        return value

    def same(self, given: Any, stored: Any) -> bool:
        return given == stored

    def is_open(self, value: Any) -> bool:
        """Whether only the record's day or its change can tell what is meant; see ``settle``."""
        return False

    def settle(self, value: Any, day: dt.date | None) -> Any:
        """What is meant; asked of values that are written. Raises Wrong where nothing is."""
        return value

    @property
    def choices(self) -> Sequence[str]:
        """What can stand here, where that is a short list."""
        return ()

    @property
    def shared(self) -> Sequence[tuple[str, str]]:
        """What all rows of a file may have here: as a cell says it, and in words."""
        return ()

    @property
    def example(self) -> Any:
        """What a filled cell looks like, in a template."""
        return next(iter(self.choices), f"({self.field.verbose_name})")

    def _validated(self, value: Any) -> Any:
        try:
            self.field.run_validators(value)
        except ValidationError as wrong:
            raise Wrong(" ".join(wrong.messages)) from wrong
        return value


class TextCell(Cell):
    empty = ""

    def json(self, value: Any) -> str | None:
        return plain(value) if value else value

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return fitting(value) if value else ""

    def read(self, value: Any) -> str:
        text = plain(value if isinstance(value, str) else said(value))
        most = self.field.max_length
        if most is not None and len(text) > most:
            raise Wrong(
                _("At most %(most)s characters; there are %(count)s. Shorten the text.")
                % {"most": most, "count": len(text)}
            )
        return self._validated(text)

    def same(self, given: Any, stored: Any) -> bool:
        return given == stored or (is_cut(given) and plain(fitting(stored)) == given)

    def is_open(self, value: Any) -> bool:
        return self.field.max_length is None and is_cut(value)

    def settle(self, value: Any, day: dt.date | None) -> Any:
        raise Wrong(
            _(
                "This text was cut when it was exported. Change it on the record's own page, "
                "or export CSV, which cuts nothing."
            )
        )


class NumberCell(Cell):
    kind = FieldKind.NUMBER

    @cached_property
    def decimals(self) -> int:
        return getattr(self.field, "decimal_places", 0) or 0

    @cached_property
    def _is_limited(self) -> bool:
        """Whether the field asks for more than so many digits, which are counted here."""
        return any(not isinstance(rule, DecimalValidator) for rule in self.field.validators)

    def json(self, value: Any) -> Any:
        return value if value is None or not self.decimals else self._exactly(value)

    def _exactly(self, value: Any) -> str:
        text = str(value)
        if text[-self.decimals - 1 : -self.decimals] == "." and "E" not in text:
            return text  # as the database gives it
        return f"{Decimal(value):.{self.decimals}f}"

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """A number, unless a spreadsheet would lose its last digits."""
        if value is None:
            return None
        number = Decimal(value).normalize()
        if len(number.as_tuple().digits) > 15:
            return self.written(value)
        return Decimal(f"{number:f}")

    def written(self, value: Any) -> str:
        return "" if value is None else numerals.ungrouped(Decimal(value))

    def words(self, value: Any) -> str:
        return "" if value is None else format_number(Decimal(value), get_language() or "vi")

    def text_to(self, text: str) -> Converted:
        return Number(numerals.read(text)) if text else None

    def read(self, value: Any) -> Any:
        if isinstance(value, Number):
            if value.precision or value.status:
                raise Wrong(_("An exact number is needed here, without words beside it."))
            value = value.value
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            raise Wrong(_("A number is needed here."))
        value = Decimal(value)
        if value != round(value, self.decimals):
            raise Wrong(
                _("At most %(count)s digits after the decimal sign.") % {"count": self.decimals}
                if self.decimals
                else _("A whole number, without a decimal sign.")
            )
        digits = self.field.max_digits if self.decimals else 9
        if value and value.adjusted() >= digits - self.decimals:
            raise Wrong(_("The number has too many digits."))
        if self.decimals:
            exact = self._exactly(value + 0)
            if self._is_limited:
                self._validated(Decimal(exact))
            return exact
        return int(self._validated(int(value)))

    example = 1250

    def python(self, value: Any) -> Any:
        return Decimal(value) if self.decimals and value is not None else value


class DayCell(Cell):
    kind = FieldKind.DATE
    number_format = "dd/mm/yyyy"

    def json(self, value: Any) -> str | None:
        return None if value is None else value.isoformat()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        day = self.python(value)
        # Spreadsheets count days from 1900 on; earlier ones stand as text.
        return day if day is None or day.year > 1900 else self.words(value)

    def written(self, value: Any) -> str:
        """As 2019-03-05: every spreadsheet reads that as the same day."""
        return value or ""

    def words(self, value: Any) -> str:
        return "" if value is None else short_date(dt.date.fromisoformat(value))

    def text_to(self, text: str) -> Converted:
        try:
            return parse_short_date(text) if text else None
        except NotADate as wrong:
            raise Wrong(str(wrong.message)) from wrong

    def read(self, value: Any) -> str:
        if not isinstance(value, dt.date):
            raise Wrong(_("A date is needed here, such as 05/12/2019."))
        return value.isoformat()[:10]

    example = dt.date(2019, 3, 5)

    def python(self, value: Any) -> dt.date | None:
        return None if value is None else dt.date.fromisoformat(value)


class MonthCell(DayCell):
    kind = FieldKind.MONTH
    number_format = "mm/yyyy"
    example = dt.date(2019, 11, 1)

    def written(self, value: Any) -> str:
        return "" if value is None else f"{value[5:7]}/{value[:4]}"

    words = written

    def read(self, value: Any) -> str:
        return f"{super().read(value)[:8]}01"


class FlagCell(Cell):
    kind = FieldKind.FLAG
    empty = False

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return _("yes") if value else _("no")

    written = render
    words = render

    def text_to(self, text: str) -> Converted:
        if search_key(text) in {"", "khong", "no", "0"}:
            return False
        if search_key(text) in {"co", "yes", "x", "1"}:
            return True
        raise Wrong(_("Write yes or no."))

    def read(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise Wrong(_("Write yes or no."))
        return value

    @property
    def choices(self) -> Sequence[str]:
        return (_("yes"), _("no"))

    @property
    def shared(self) -> Sequence[tuple[str, str]]:
        return (("no", _("no")), ("yes", _("yes")))


def said(value: Any) -> str:
    """A cell that holds no text, as people would have typed it."""
    if isinstance(value, Number):
        value = value.value
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return short_date(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
