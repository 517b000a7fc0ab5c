"""The preview: counts by outcome and one page of rows, paged and filtered in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Count, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.contracts import Label
from imports.contract import Choice, Outcome
from imports.fields import Field
from imports.models import Upload, UploadRow
from imports.pipeline import undecided

PER_PAGE = 50
NAMED = 5  # cells of a fault that is in many
MOST_GROUPS = 20
Shown = Callable[[UploadRow], Mapping[str, Sequence[str]]]

OUTCOMES: dict[str, Label] = {
    Outcome.NEW: pgettext_lazy("row of an import", "New"),
    Outcome.CHANGED: pgettext_lazy("row of an import", "Changed"),
    Outcome.UNCHANGED: pgettext_lazy("row of an import", "Unchanged"),
    Outcome.FAULTY: pgettext_lazy("row of an import", "Faulty"),
    Outcome.DUPLICATE: pgettext_lazy("row of an import", "Duplicate"),
}
WRITTEN = (Outcome.NEW, Outcome.CHANGED)
# In addresses. Without any, what has to be dealt with is shown first.
ALL = "tat-ca"
SLUGS: dict[str, str] = {
    ALL: "",
    "moi": Outcome.NEW,
    "thay-doi": Outcome.CHANGED,
    "khong-doi": Outcome.UNCHANGED,
    "loi": Outcome.FAULTY,
    "trung": Outcome.DUPLICATE,
}
CHOICES: dict[Choice, Label] = {
    Choice.SKIP: _("Skip"),
    Choice.UPDATE: _("Update"),
    Choice.KEEP: _("Keep both"),
}


@dataclass(frozen=True)
class Tile:
    """One outcome above the preview: how many rows, and the link that shows only them."""

    outcome: str  # "" for all rows
    slug: str
    label: Label
    count: int
    is_open: bool


@dataclass(frozen=True)
class Cell:
    """What one field of a row holds and will hold; both are words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """A row as the preview shows it."""

    row: UploadRow
    outcome: Label
    cells: Sequence[Cell]
    choices: Sequence[tuple[str, Label]]
    is_undone: bool = False


@dataclass(frozen=True)
class FaultGroup:
    """The same fault in many cells, or of many rows as a whole."""

    message: str
    count: int
    in_cells: int
    cells: Sequence[str]

    @property
    def named(self) -> Sequence[str]:
        return [cell for cell in self.cells if cell]

    @property
    def has_more(self) -> bool:
        return self.in_cells > len(self.named)


@dataclass(frozen=True)
class Balance:
    """What a confirmation would do with the rows, by an exact count."""

    counts: Mapping[str, int]
    decided: Mapping[str, int]  # duplicates by choice

    def of(self, outcome: Outcome) -> int:
        return int(self.counts.get(outcome, 0))

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    @property
    def faulty(self) -> int:
        return self.of(Outcome.FAULTY)

    @property
    def duplicates(self) -> int:
        return self.of(Outcome.DUPLICATE)

    @property
    def undecided(self) -> int:
        return int(self.decided.get("", 0))

    @property
    def added(self) -> int:
        return self.of(Outcome.NEW) + int(self.decided.get(Choice.KEEP, 0))

    @property
    def changed(self) -> int:
        return self.of(Outcome.CHANGED) + int(self.decided.get(Choice.UPDATE, 0))

    @property
    def written(self) -> int:
        return self.added + self.changed

    @property
    def left(self) -> int:
        """Rows that are read and leave everything as it is."""
        return self.of(Outcome.UNCHANGED) + int(self.decided.get(Choice.SKIP, 0))


def balance(upload: Upload) -> Balance:
    decided: dict[str, int] = {}
    if upload.counts.get(Outcome.DUPLICATE):
        rows = upload.rows.filter(outcome=Outcome.DUPLICATE)
        decided = dict(rows.order_by().values_list("choice").annotate(Count("pk")))
    return Balance(upload.counts, decided)


class _Counted(Paginator):
    """A paginator that is told how many rows there are: the upload has counted them."""

    def __init__(self, rows: QuerySet[UploadRow], known: int) -> None:
        super().__init__(rows, PER_PAGE)
        self.known = known

    @cached_property
    def count(self) -> int:
        return self.known


class Preview:
    """The rows of an upload, as an address asks for them."""

    def __init__(
        self, upload: Upload, fields: Sequence[Field], *, slug: str = "", row: str = ""
    ) -> None:
        self.upload = upload
        self.fields = fields
        self.slug = slug if slug in SLUGS else self._first()
        self.outcome = SLUGS[self.slug]
        self.wanted = int(row) if row.isdecimal() and len(row) < 9 else None

    def _first(self) -> str:
        """Faults, then open duplicates; else all, or what is written of rows that mostly stay."""
        if self.upload.state != Upload.State.READY:
            return ALL
        if self.upload.counts.get(Outcome.FAULTY):
            return "loi"
        has_open = self.upload.counts.get(Outcome.DUPLICATE) and undecided(self.upload)
        if has_open:
            return "trung"
        counts = {outcome: self.upload.counts.get(outcome, 0) for outcome in Outcome}
        written = [slug for slug in ("thay-doi", "moi") if counts[Outcome(SLUGS[slug])]]
        is_mostly_kept = counts[Outcome.UNCHANGED] * 2 > sum(counts.values())
        return written[0] if written and is_mostly_kept else ALL

    @property
    def rows(self) -> QuerySet[UploadRow]:
        found = self.upload.rows.order_by("number", "part")
        return found.filter(outcome=self.outcome) if self.outcome else found

    @cached_property
    def tiles(self) -> list[Tile]:
        counts = self.upload.counts
        labels: dict[str, Label] = {"": _("All rows"), **OUTCOMES}
        total = sum(counts.values())
        return [
            Tile(
                outcome,
                slug,
                labels[outcome],
                int(counts.get(outcome, 0)) if outcome else total,
                slug == self.slug,
            )
            for slug, outcome in SLUGS.items()
        ]

    def page(self, number: str) -> Page[UploadRow]:
        """The page asked for by its number, or the one where a row of the sheet stands."""
        known = next(tile.count for tile in self.tiles if tile.is_open)
        paginator = _Counted(self.rows, known)
        if self.wanted is not None and not number:
            before = self.rows.filter(number__lt=self.wanted).count()
            return paginator.get_page(before // PER_PAGE + 1)
        return paginator.get_page(number)

    def lines(self, page: Page[UploadRow], shown: Shown) -> list[Line]:
        """``shown`` is the source's: what it says of a row."""
        labels = {field.name: capfirst(str(field.label)) for field in self.fields}
        place = {name: at for at, name in enumerate(labels)}  # JSON keeps no order
        return [
            Line(
                row,
                OUTCOMES[row.outcome],
                [
                    Cell(labels.get(name, name), old, new)
                    for name, (old, new) in sorted(
                        shown(row).items(), key=lambda cell: place.get(cell[0], len(place))
                    )
                ],
                [(choice, CHOICES[Choice(choice)]) for choice in row.choices],
                self._is_undone(row),
            )
            for row in page
        ]

    @cached_property
    def fault_groups(self) -> list[FaultGroup]:
        """What is wrong with more than one cell, said once, the most frequent first."""
        if self.outcome != Outcome.FAULTY:
            return []
        table = connection.ops.quote_name(UploadRow._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT fault->>'message', count(*), count(*) FILTER (WHERE fault->>'cell' <> ''),"
                f" (array_agg(fault->>'cell' ORDER BY number))[1:{NAMED}]"
                f" FROM {table}, jsonb_array_elements(faults) AS fault WHERE upload_id = %s"
                " GROUP BY fault->>'field', fault->>'message' HAVING count(*) > 1"
                f" ORDER BY count(*) DESC, min(number) LIMIT {MOST_GROUPS}",
                [self.upload.pk],
            )
            return [FaultGroup(*found) for found in cursor.fetchall()]

    def _is_undone(self, row: UploadRow) -> bool:
        """Whether it was written and taken back: rows people changed since are known by title."""
        was_written = row.outcome in WRITTEN or row.choice in (Choice.UPDATE, Choice.KEEP)
        is_over = self.upload.state == Upload.State.UNDONE
        return is_over and was_written and row.title not in self._kept

    @cached_property
    def _kept(self) -> frozenset[str]:
        return frozenset(one["title"] for one in self.upload.kept_rows)

    def common_choices(self) -> list[tuple[str, Label]]:
        """What may be chosen for all duplicates at once."""
        first = self.upload.rows.filter(outcome=Outcome.DUPLICATE).first()
        return [(choice, CHOICES[Choice(choice)]) for choice in (first.choices if first else ())]
