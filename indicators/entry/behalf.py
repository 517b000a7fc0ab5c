""" "Nhập thay": the compiling desk enters what an agency sent on paper.

Agency and document are in the address (``?thay=SCT&van-ban=12``), so that a link
can be sent. Nothing more is stored: who entered a figure and whose it is say it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.roles import Verb
from documents.models import SourceDocument
from indicators.entry.cells import EntryCell
from indicators.entry.sheet import EntryRow, Section, Sheet


@dataclass(frozen=True)
class OnBehalf:
    """What the head of the screen offers, and what was chosen there."""

    agencies: tuple[Agency, ...]  # that owe something on this sheet
    agency: Agency | None = None
    document: SourceDocument | None = None


def choose(sheet: Sheet, asked: Mapping[str, str], user: User) -> tuple[Sheet, OnBehalf | None]:
    """The sheet as asked for, and the choice; None for who enters for no other agency.

    The link of somebody else then shows the ordinary sheet. Raises Http404 for an
    agency or a document that is not there.
    """
    if not user.may(Verb.ENTER, everywhere=True) or not sheet.may_enter:
        return sheet, None
    agencies = {cell.agency for row in sheet.rows for cell in row.cells if cell.agency is not None}
    offered = tuple(sorted(agencies, key=lambda agency: agency.name_key))
    code = asked.get("thay", "")
    if not code:
        return sheet, OnBehalf(offered)
    agency = next((agency for agency in offered if agency.code == code), None)
    if agency is None:
        raise Http404(_("This agency has no cell in this period. Choose another one."))
    choice = OnBehalf(offered, agency, _document(asked.get("van-ban", "")))
    return replace(sheet, sections=list(_sections(sheet, agency))), choice


def _document(asked: str) -> SourceDocument | None:
    if not asked:
        return None
    known = asked.isascii() and asked.isdecimal() and len(asked) < 18
    found = SourceDocument.objects.filter(pk=int(asked)).first() if known else None
    if found is None:
        raise Http404(_("This source document is no longer there. Choose another one."))
    return found


def _sections(sheet: Sheet, agency: Agency) -> Iterator[Section]:
    """Only rows with a cell of the agency, and of those only that cell can be entered."""
    for section in sheet.sections:
        rows = [
            _narrowed(row, agency)
            for row in section.rows
            if any(cell.agency == agency for cell in row.cells)
        ]
        if rows:
            yield replace(section, rows=rows)


def _narrowed(row: EntryRow, agency: Agency) -> EntryRow:
    def of(cell: EntryCell) -> EntryCell:
        return cell if cell.agency == agency else replace(cell, is_mine=False)

    return replace(row, plan=of(row.plan), actual=of(row.actual))
