"""The customary form: gates down, exports and imports side by side.

It is read as a file (``imports.spreading``): what its columns hold, and what its titles say
of its period. Where its headings are not understood, the entry table takes its numbers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from common.text import search_key
from imports.contract import Elsewhere, Proposed
from imports.headings import JOINER, heading_key
from imports.layout import Layout
from imports.spreading import SideBySide
from reference.gates import GateClass
from trade.choices import Commodity, Flow, Kind, Regime
from trade.sheet import Sheet, first_sheet

EXPORTS = ("xuất khẩu", "XK", "xuất", "hàng xuất", "KNXK", "export", "exports")
IMPORTS = ("nhập khẩu", "NK", "nhập", "hàng nhập", "KNNK", "import", "imports")
VALUES = ("kim ngạch", "KN", "trị giá", "giá trị", "số tiền", "value", "turnover")
VEHICLES = ("số phương tiện", "phương tiện", "số lượng phương tiện", "số xe", "lượt xe",
            "số lượt xe", "xe", "số toa", "toa", "số toa xe", "vehicles", "wagons")  # fmt: skip
PLANS = ("kế hoạch năm", "KH năm", "kế hoạch cả năm", "plan of the year", "year plan")
BOTH = ("XNK", "KNXNK", "xuất nhập khẩu", "XK NK", "hai chiều", "cả hai chiều", "trade")
GROUPS = ("cửa khẩu chính", "cửa khẩu song phương", "lối mở", "lối thông quan", "cặp chợ",
          "cửa khẩu đường bộ", "cửa khẩu đường sắt", "đường bộ", "tổng kim ngạch", "toàn tỉnh",
          "tổng cộng toàn tỉnh", "main gates", "secondary gates",
          "international gates")  # fmt: skip

_GATE = "cua khau"
_YEAR = r"((?:19|20)\d\d)"
# In texts without accents. A day is that of a letter, or how far something was counted.
_DAY = re.compile(
    r"\bngay \d{1,2} ?(?:thang|[/.-]) ?\d{1,2} ?(?:nam|[/.-]) ?\d{4}\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b"
)
_MONTH = re.compile(rf"\b(?:thang|month) (\d{{1,2}})(?: nam |[/ .,-]+){_YEAR}\b")
_MONTHS = re.compile(
    rf"\b(\d{{1,2}})(?: ?(?:thang|t)(?: dau)?(?: nam)?[/ .,-]*| months (?:of )?){_YEAR}\b"
)
_WHOLE = re.compile(rf"\b(?:nam|year|thuc hien|th) {_YEAR}\b")
_ANOTHER = re.compile(r"\b(?:thang|quy) (?:\d|[ivx]+\b)")
_PART = re.compile(r"\b(?:thang|quy|tuan|ngay|months?|quarter|week|luy ke|cong don|\d{1,2}t)\b")


# --- what the words of a file say of its period ------------------------------------------


def periods_in(text: str) -> set[tuple[Kind, dt.date]]:
    """The periods a text names: "tháng 5 năm 2019", "5 tháng đầu năm 2019", "năm 2019"."""
    said = _DAY.sub(" ", " ".join(search_key(text).split()))
    found = {(Kind.TO_DATE, one[1], one[2]) for one in _MONTHS.finditer(said)}
    found |= {(Kind.MONTH, one[1], one[2]) for one in _MONTH.finditer(said)}
    if _ANOTHER.search(_MONTH.sub(" ", _MONTHS.sub(" ", said))):
        return set()
    if not found and not _PART.search(said):
        found = {(Kind.TO_DATE, "12", one[1]) for one in _WHOLE.finditer(said)}
    return {
        (kind, dt.date(int(year), int(month), 1))
        for kind, month, year in found
        if 1 <= int(month) <= 12
    }


def period_of(texts: Sequence[str]) -> tuple[Kind, dt.date, int] | None:
    """The one period that texts name, and which of them does; None where they name several.

    A part of a year goes before a year, which may stand anywhere; of years the first counts.
    """
    named = [(place, periods) for place, text in enumerate(texts) if (periods := periods_in(text))]
    parts = [(place, found) for place, found in named if not _is_whole_year(found)]
    different = set[tuple[Kind, dt.date]]().union(*(found for _place, found in parts or named[:1]))
    if len(different) != 1:
        return None
    return (*different.pop(), (parts or named)[0][0])


def _is_whole_year(periods: set[tuple[Kind, dt.date]]) -> bool:
    return all(kind is Kind.TO_DATE and month.month == 12 for kind, month in periods)


def once(texts: Sequence[str]) -> dict[str, Proposed]:
    """What is asked once of such a file: which period, in which scope, which goods."""
    found = period_of(texts)
    asked = {
        "kind": Proposed(),
        "month": Proposed(),
        "scope": Proposed(),
        "regime": Proposed(str(Regime.TOGETHER.label)),
        "commodity": Proposed(str(Commodity.TOGETHER.label)),
        "is_local": Proposed("no"),
    }
    if found is not None:
        kind, month, place = found
        asked["kind"] = Proposed(kind.value, place)
        asked["month"] = Proposed(f"{month:%m/%Y}", place)
    local = [place for place, text in enumerate(texts) if "hang dia phuong" in search_key(text)]
    if local:
        asked["is_local"] = Proposed("", local[0])
    return asked


def groups() -> Iterator[str]:
    """What a row of the form that is no gate is called, and adds up gates."""
    yield from GROUPS
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield from (str(label) for label in GateClass.labels)


SPREAD = SideBySide(
    field="flow",
    choices={Flow.EXPORT.value: EXPORTS, Flow.IMPORT.value: IMPORTS},
    values={"value": VALUES, "vehicles": VEHICLES},
    others=(({"kind": Kind.PLAN.value}, PLANS),),
    both=BOTH,
    key="gate",
    groups=groups,
    once=once,
)


# --- the entry table, where the headings are not understood ------------------------------


def table_of(layout: Layout) -> Elsewhere | None:
    """The entry table a file of this shape fills in, of its period where its title says one."""
    headings = [[heading_key(part) for part in title.split(JOINER)]
                for title in layout.titles.values()]  # fmt: skip
    flows = [{heading_key(word) for word in words} for words in (EXPORTS, IMPORTS)]
    has_flows = all(any(flow & {*parts} for parts in headings) for flow in flows)
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
    """The table of the period these words name."""
    found = period_of(titles)
    if found is None:
        return None
    return replace(first_sheet(), kind=found[0].value, month=found[1])
