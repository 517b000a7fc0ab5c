"""What each row below the headings is: data, a total, a section, a note, or nothing.

A row is only left out for what it says of itself; a row that merely looks
poor is data, and its faults are shown.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from decimal import Decimal
from itertools import islice

from common.text import nfc
from imports.book import Row, Sheet, Value
from imports.fields import Field, FieldKind
from imports.header import Header
from imports.headings import shown
from imports.spreading import group_key

# With accents: "Công" is a name and "Tổng công ty" a company, not "Cộng" and "Tổng cộng".
_TOTAL = re.compile(
    r"(?:(?:[ivxlc]+|[a-z]|[0-9]+)[.)]\s*)?"
    r"(?:tổng cộng|cộng tổng|tổng số|tổng|cộng|grand total|sub-?total|total|tong cong|cong)"
    r"(?:\s+(?:(?:trang|mục|phần|nhóm)(?:\s+\w+)?|[ivxlc]+|[a-h])\b)?\s*(?:[:(=].*)?"
)
_SECTION = re.compile(r"(?:[IVXLC]+|[A-H]|[0-9]+(?:\.[0-9]+)*)\s*[./)\-–:]\s*\S.*", re.DOTALL)
_ORDER = re.compile(r"[IVXLC]+|[A-HĐ]|[0-9]+(?:\.[0-9]+)*")
_NOTE = re.compile(
    r"(?:\*|\(\*+\)|ghi chú\s*(?::|$)|nguồn[^:]{0,20}:|người lập"
    r"|lập biểu|lập bảng|thủ trưởng|giám đốc|phó giám đốc"
    r"|chủ tịch|trưởng phòng|kế toán|nơi nhận|xác nhận|ký tên|\(ký|ngày \S+ tháng"
    r"|[^,]{1,40}, ngày .* tháng .* năm|notes?\b|source)"
)
MOST_FOOT_ROWS = 60
MOST_CELLS_BEFORE_TOTAL = 6
_ORDINAL = re.compile(r"\(?\s*([0-9]{1,3}|[a-z])\s*\)?(?:\s*=.*)?", re.IGNORECASE)
_WORDED = (FieldKind.TEXT, FieldKind.DATE, FieldKind.MONTH)


class Lines:
    """The rows of one table, told apart; ``first`` and ``last`` hold data or totals."""

    def __init__(
        self,
        sheet: Sheet,
        header: Header,
        matching: Mapping[int, str],
        fields: Mapping[str, Field],
    ) -> None:
        self._header = header
        self._below = [row for row in sheet if row.number > header.rows[-1]]
        headings = [row for row in sheet.rows[: header.rows[-1]] if row.number in header.rows]
        self._repeated = {row.cells for row in headings}
        self._first_words = {cell for row in headings for _column, cell in _filled(row)[:1]}
        self._matched = {
            column: fields[name] for column, name in matching.items() if name in fields
        }
        self._columns = sorted(
            (column for column, field in self._matched.items() if not field.is_silent)
        ) or sorted(header.titles)
        self._groups, self._key = self._named_groups()
        self._wide = {
            area.first_row
            for area in sheet.merged
            if area.first_row == area.last_row
            and (area.last_column - area.first_column + 1) * 2 >= len(header.titles)
        }
        self._blank: list[int] = []
        self.first = self.last = self.data = 0
        self.totals: list[int] = []
        self.sections: list[int] = []
        self.skipped: list[int] = []
        self.notes: list[int] = []
        self.hidden: list[int] = []

    def _named_groups(self) -> tuple[Container[str], int]:
        """What a row that is a sum of others is called, where columns stand side by side."""
        if any(field.spread for field in self._matched.values()):
            for column, field in self._matched.items():
                if field.groups:
                    return field.groups, column
        return (), -1

    def read(self) -> None:
        end = self._end()
        is_top = True
        for row in self._below:
            if row.number > end:
                self.notes += [] if row.is_blank else [row.number]
                continue
            if is_top and not row.is_blank:
                is_top = self._is_numbering(row)
                if is_top:
                    self.skipped.append(row.number)
                    continue
            self._sort(row)
        self.first = min([self.first, *self.totals, *self.sections]) if self.data else 0
        self.last = max([self.last, *self.totals])
        # A section nothing follows is a note; blank lines end with the table.
        self.notes = sorted(self.notes + [one for one in self.sections if one > self.last])
        self.sections = [one for one in self.sections if one <= self.last]
        blank = [one for one in self._blank if one <= self.last]
        self.skipped = sorted([*self.skipped, *blank, *self.notes])

    def _sort(self, row: Row) -> None:
        cells = row.cells
        # Truth is quick and may only miss zeros; to compare a Decimal with "" is slow.
        if sum(map(bool, cells)) > 2 and not self._is_special(cells):
            self._is_data(row)
            return
        filled = _filled(row)
        if not filled:
            self._blank.append(row.number)
        elif filled[0][1] in self._first_words and cells in self._repeated:
            self.skipped.append(row.number)
        elif self._is_totals(filled):
            self.totals.append(row.number)
        elif len(filled) <= 2 and self._is_section(row, filled):
            self.sections.append(row.number)
        elif len(filled) <= 1 and self._is_note(filled):
            self.notes.append(row.number)
        else:
            self._is_data(row)

    def _is_data(self, row: Row) -> None:
        self.data += 1
        self.first = self.first or row.number
        self.last = row.number
        if row.is_hidden:
            self.hidden.append(row.number)

    def _is_special(self, cells: tuple[Value, ...]) -> bool:
        """A quick look at a row with many cells: may it be a total or repeat the headings?"""
        return bool(self._groups) or any(
            isinstance(cell, str) and (cell in self._first_words or _may_be_total(cell))
            for cell in cells[:MOST_CELLS_BEFORE_TOTAL]
        )

    def _is_totals(self, filled: list[tuple[int, Value]]) -> bool:
        """ "Tổng cộng" as the first words, and hardly any other words beside it."""
        names = (cell for column, cell in filled if column <= self._key and isinstance(cell, str))
        if any(group_key(cell) in self._groups for cell in names):
            return True
        for column, cell in filled[:2]:
            if column >= MOST_CELLS_BEFORE_TOTAL:
                return False
            if isinstance(cell, str) and not _ORDER.fullmatch(cell.strip()):
                text = " ".join(nfc(cell).casefold().split()) if _may_be_total(cell) else ""
                return bool(_TOTAL.fullmatch(text)) and self._words_after(column, filled) <= 1
        return False

    def _words_after(self, column: int, filled: list[tuple[int, Value]]) -> int:
        """Cells with words in columns that hold names, dates or keys."""
        return sum(
            isinstance(cell, str)
            and any(letter.isalpha() for letter in cell)
            and (other not in self._matched or self._matched[other].kind != FieldKind.NUMBER)
            for other, cell in filled
            if other > column
        )

    def _is_section(self, row: Row, filled: list[tuple[int, Value]]) -> bool:
        """ "I. Xuất khẩu", or "I" and "Xuất khẩu" in two cells, and nothing else."""
        texts = [shown(cell).strip() for _column, cell in filled]
        if len(self._columns) < 2 or len(filled) >= len(self._columns):
            return False
        if row.number in self._wide and len(filled) == 1:
            return not self._is_note(filled)
        if len(texts) == 1:
            return bool(_SECTION.fullmatch(texts[0])) and not isinstance(filled[0][1], Decimal)
        numeral, words = texts
        follows = filled[1][0] == filled[0][0] + 1 and isinstance(filled[1][1], str)
        is_numeral = bool(re.fullmatch(r"[IVXLC]+|[A-HĐ]", numeral.rstrip(".)")))
        return follows and is_numeral and any(letter.isalpha() for letter in words)

    def _is_note(self, filled: list[tuple[int, Value]]) -> bool:
        _column, cell = filled[0]
        return isinstance(cell, str) and bool(_NOTE.match(nfc(cell).strip().casefold()))

    def _is_numbering(self, row: Row) -> bool:
        """The row "(1) (2) (3)" or "A B 1 2 3" under the headings."""
        cells = [(c, shown(cell).strip()) for c, cell in enumerate(row.cells) if shown(cell)]
        found = [_ORDINAL.fullmatch(text) for _column, text in cells]
        if len(cells) < 3 or not all(found):
            return False
        numbers = [int(ordinal[1]) for ordinal in found if ordinal and ordinal[1].isdigit()]
        if numbers != list(range(1, len(numbers) + 1)):
            return False
        if all(text.startswith("(") for _column, text in cells):
            return True
        # Bare numbers may be data, unless one stands where only words or dates make sense.
        worded = {
            column
            for column, field in self._matched.items()
            if field.kind in _WORDED and not field.is_silent
        }
        if worded:
            return any(column in worded for column, _text in cells)
        return len(cells) >= 4 and len(cells) == len(self._header.titles)

    def _is_keyed(self, filled: list[tuple[int, Value]]) -> bool:
        """A record for certain: its key, one word, and something else it cannot do without.

        In a list of people "Trưởng phòng" is somebody's position, not a signature.
        """
        cells = dict(filled)
        needed = {column for column, field in self._matched.items() if field.required}
        keys = {column for column in needed if self._matched[column].kind is FieldKind.KEY}
        return len(needed & cells.keys()) >= 2 and any(
            len(shown(cells[column]).split()) == 1 for column in keys & cells.keys()
        )

    def _end(self) -> int:
        """The last row above the notes and signatures at the foot of the table."""
        filled_rows = (row for row in reversed(self._below) if not row.is_blank)
        rows = list(islice(filled_rows, MOST_FOOT_ROWS))[::-1]
        words_enough = min(len(self._columns), max(3, (len(self._columns) + 3) // 2))
        end = rows[-1].number if rows else 0
        for index in range(len(rows) - 1, 0, -1):
            filled = _filled(rows[index])
            notes = sum(self._is_note([cell]) for cell in filled)
            only_words = all(isinstance(cell, str) for _column, cell in filled)
            inside = sum(column in self._columns for column, _cell in filled)
            if self._is_totals(filled) or (inside >= 2 and not only_words):
                break
            if self._is_keyed(filled):
                break
            if notes == len(filled) or (notes and inside < words_enough):
                end = rows[index - 1].number
            elif inside >= words_enough:
                break
        return end


def _may_be_total(text: str) -> bool:
    """All words for totals have one of these; nearly no other cell is looked at twice."""
    folded = text.casefold()
    return len(text) < 200 and ("ng" in folded or "total" in folded)


def _filled(row: Row) -> list[tuple[int, Value]]:
    return [
        (column, cell)
        for column, cell in enumerate(row.cells)
        if cell is not None and (cell or not isinstance(cell, str))
    ]
