"""Files with exports and imports side by side, gate by gate: they are the entry table."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from django.utils.translation import gettext as _

from common.text import search_key
from imports.contract import Elsewhere
from imports.headings import JOINER, heading_key
from imports.layout import Layout
from trade.choices import Kind
from trade.sheet import Sheet, first_sheet

_FLOWS = (
    frozenset({"xuat khau", "xk", "xuat", "knxk", "kim ngach xuat khau", "kim ngach xk"}),
    frozenset({"nhap khau", "nk", "nhap", "knnk", "kim ngach nhap khau", "kim ngach nk"}),
)
_GATE = "cua khau"
_MONTH = re.compile(r"\bthang (\d{1,2})(?: nam |[/ .-]+)(\d{4})\b")
_TO_DATE = re.compile(r"\b(\d{1,2}) thang(?: dau)? nam (\d{4})\b")


def table_of(layout: Layout) -> Elsewhere | None:
    """The entry table a file of this shape fills in, of its period where its title says one."""
    headings = [[heading_key(part) for part in title.split(JOINER)]
                for title in layout.titles.values()]  # fmt: skip
    has_flows = all(any(flow & {*parts} for parts in headings) for flow in _FLOWS)
    if not has_flows or not any(_GATE in part for parts in headings for part in parts):
        return None
    sheet = sheet_of(*layout.above, layout.sheet)
    return Elsewhere(
        why=_(
            "Each row of this file is a border gate, and exports and imports stand side by side: "
            "that is the entry table by gate. Open it, copy the block of numbers in the "
            "spreadsheet and paste it there; the table is in million USD."
        ),
        label=_("Open the table: %(period)s") % {"period": (sheet or first_sheet()).name},
        address=(sheet or first_sheet()).address,
    )


def sheet_of(*titles: str) -> Sheet | None:
    """The table of the period these words name: "tháng 5 năm 2019", "5 tháng đầu năm 2019"."""
    for title in titles:
        text = " ".join(search_key(title).split())
        for kind, way in ((Kind.TO_DATE, _TO_DATE), (Kind.MONTH, _MONTH)):
            found = way.search(text)
            if found and 1 <= int(found[1]) <= 12 and found[2] >= "1990":
                day = dt.date(int(found[2]), int(found[1]), 1)
                return replace(first_sheet(), kind=kind.value, month=day)
    return None
