"""The columns of a year's sheet, by all the headings offices write above them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.contracts import Label
from common.text import search_key
from imports.contract import ORDER, Converted, Field, FieldKind, Wrong
from indicators.imported.names import in_both
from indicators.models import PlanStage, Precision, Status

YEARS_BEFORE = 3  # columns of earlier years that are compared
EARLIER = 12  # and those that are known, so that none is taken for this year's
CODE, NAME, UNIT = "code", "indicator", "unit"
PLAN, ACTUAL, ESTIMATE = "plan", "actual", "estimate"
ELEVEN, DECEMBER = "eleven_months", "december_estimate"
STATUS, STAGE, PRECISION = "status", "plan_stage", "precision"
SOURCE, PAGE, NOTE = "source", "source_page", "note"
RATIO, CHANGE, COMPARISON = "plan_ratio", "change", "comparison"
CHECK = "check"  # no column: what the comparisons found, beside the row

_PLAN = (
    "KH",
    "Kế hoạch",
    "KH năm",
    "Kế hoạch năm",
    "Dự toán",
    "Mục tiêu",
    "KH giao",
    "Kế hoạch giao",
    "Chỉ tiêu kế hoạch",
)
_ACTUAL = (
    "TH",
    "Thực hiện",
    "TH năm",
    "Thực hiện năm",
    "Kết quả",
    "Kết quả thực hiện",
    "TH (ước)",
    "Thực hiện cả năm",
)
_ESTIMATE = (
    "Ước TH", "ƯTH", "Ước thực hiện", "Ước", "Ước cả năm", "Ước TH cả năm", "Ước thực hiện cả năm",
    "Ước TH năm", "Ước thực hiện năm",
)  # fmt: skip


@cache
def of(year: int) -> tuple[Field, ...]:
    return (
        Field(name=CODE, label=_("Code"), kind=FieldKind.KEY, also=("Mã chỉ tiêu", "Mã"),
              is_identity=True),
        ORDER,
        Field(name=NAME, label=_("Indicator"), required=True, is_key=True,
              also=("Chỉ tiêu", "Tên chỉ tiêu", "Nội dung", "Chỉ tiêu chủ yếu", "Danh mục",
                    "Diễn giải", "Các chỉ tiêu", "Nội dung chỉ tiêu")),
        Field(name=UNIT, label=_("Unit"), also=("ĐVT", "Đơn vị tính", "Đơn vị")),
        *_past(year),
        _number(PLAN, _("Plan %(year)s"), year, _PLAN),
        _number(ELEVEN, _("Eleven months of %(year)s"), year,
                ("TH 11 tháng", "Thực hiện 11 tháng", "11 tháng", "TH 11T")),
        _number(DECEMBER, _("Estimated December %(year)s"), year,
                ("Ước tháng 12", "Ước TH tháng 12", "Ước thực hiện tháng 12")),
        _number(ACTUAL, _("Actual %(year)s"), year, _ACTUAL),
        _number(ESTIMATE, _("Estimated actual %(year)s"), year, _ESTIMATE),
        _choice(STATUS, _("Certainty"), Status.choices[1:], ("Độ chắc",)),
        _choice(PRECISION, _("Qualifier"), Precision.choices[1:], ("Từ kèm số",)),
        _choice(STAGE, _("Kind of plan"), PlanStage.choices[1:], ("Loại kế hoạch", "Loại KH")),
        Field(name=SOURCE, label=_("Source"),
              also=("Nguồn", "Nguồn số liệu", "Văn bản nguồn", "Số văn bản")),
        Field(name=PAGE, label=_("Page"), kind=FieldKind.KEY, also=("Trang",)),
        Field(name=NOTE, label=_("Note"), also=("Ghi chú", "Chú thích", "Thuyết minh")),
        *_compared(year),
    )  # fmt: skip


def past_name(year: int) -> str:
    return f"actual_{year}"


def _past(year: int) -> Iterator[Field]:
    """Earlier years: read to be compared, and never written."""
    for before in range(year - YEARS_BEFORE, year):
        names = _in_year((*_ACTUAL, *_ESTIMATE, "Năm", "", "CK", "Cùng kỳ"), before)
        if before == year - 1:
            names = (*names, "Cùng kỳ", "Cùng kỳ năm trước", "Năm trước", "TH cùng kỳ",
                     "TH năm trước", "Thực hiện năm trước")  # fmt: skip
        label = _of_year(_("Actual %(year)s"), before)
        yield _compared_with(name=past_name(before), label=label, also=names)
    others = [other for other in range(year - EARLIER, year + 2)
              if not year - YEARS_BEFORE <= other <= year]  # fmt: skip
    words = (*_ACTUAL, *_ESTIMATE, *_PLAN, "Năm", "")
    names = tuple(name for other in others for name in _in_year(words, other))
    plans = tuple(
        name
        for other in range(year - YEARS_BEFORE, year)
        for name in _in_year(_PLAN, other)
    )  # fmt: skip
    yield Field(name="other_years", label=_("Other years"), also=names + plans, is_silent=True)


def _compared(year: int) -> Iterator[Field]:
    """What the portal computes by itself: compared with it, not imported."""
    last = year - 1
    yield _compared_with(
        name=RATIO, label=pgettext_lazy("column", "% of plan"),
        also=("% KH", "%KH", "TH/KH", "TH/KH (%)", "% TH/KH", "Đạt % KH", "% so với KH",
              "So với KH", "So với KH (%)", "% thực hiện kế hoạch", "% hoàn thành kế hoạch",
              "% kế hoạch", "Tỷ lệ % TH/KH", "So sánh TH/KH", "So sánh (%) TH/KH",
              f"TH {year}/KH {year}", f"So sánh TH {year}/KH {year}", "So KH", "So với kế hoạch",
              f"So với KH {year}", "Tỷ lệ (%) so với KH", "Ước TH/KH", "Ước TH/KH (%)",
              *_under("KH", "Kế hoạch", "KH năm", "Kế hoạch năm", f"KH {year}", f"KH năm {year}",
                      "Dự toán")),
    )  # fmt: skip
    yield _compared_with(
        name=CHANGE, label=pgettext_lazy("column", "On last year"),
        also=("So cùng kỳ", "So với cùng kỳ", "So với cùng kỳ (%)", "% so với cùng kỳ",
              "Tăng, giảm so với cùng kỳ", "Tăng (giảm) so với cùng kỳ", "Tăng/giảm (%)",
              "Tăng giảm", "Tăng/giảm so với cùng kỳ (%)", f"So với năm {last}", f"So với {last}",
              f"{year}/{last}", f"TH {year}/TH {last}", f"So sánh {year}/{last}",
              f"So sánh TH {year}/TH {last}", f"So sánh (%) {year}/{last}",
              "So với cùng kỳ năm trước", f"So với TH {last}", f"Ước TH {year}/TH {last}",
              "TH/cùng kỳ", "So CK", "So sánh với cùng kỳ", "So với năm trước",
              *_under("Cùng kỳ", "CK", "Cùng kỳ năm trước", "Năm trước", "TH cùng kỳ",
                      "TH năm trước", str(last), f"Năm {last}", f"TH {last}",
                      f"Thực hiện {last}", f"Cùng kỳ {last}")),
    )  # fmt: skip
    yield _compared_with(
        name=COMPARISON, label=_("Comparison (%)"),
        also=("So sánh", "So sánh (%)", "So sánh %", "Tỷ lệ (%)", "Tỷ lệ %"),
    )  # fmt: skip
    yield _compared_with(name=CHECK, label=_("Compared"))


def _under(*words: str) -> tuple[str, ...]:
    """The words below a heading that says shares stand there: "So sánh (%) › Cùng kỳ"."""
    heads = ("So sánh (%)", "So sánh", "So sánh (%) với", "So sánh với", "Tỷ lệ (%)", "%", "So với",
             "So với (%)")  # fmt: skip
    return tuple(f"{head} {word}" for head in heads for word in words)


# Known, read to be held against what the portal has, and never written.
_compared_with = partial(Field, is_silent=True, is_compared=True)
_of_year = lazy(lambda label, year: str(label) % {"year": year}, str)


def _number(name: str, label: Label, year: int, words: Sequence[str]) -> Field:
    return Field(
        name=name,
        label=_of_year(label, year),
        kind=FieldKind.NUMBER,
        also=(*_in_year(words, year), *words),
        decimals=6,
        marks=True,
        percents=True,
        row_units=True,
    )


def _in_year(words: Iterable[str], year: int) -> tuple[str, ...]:
    """ "TH 2019", "TH năm 2019", "Năm 2019 TH"; the year alone where no word is given."""
    found = [f"{word} {way}{year}".strip() for word in words for way in ("", "năm ")]
    return tuple(dict.fromkeys(found))


def _choice(
    name: str, label: Label, choices: Iterable[tuple[str, Any]], also: tuple[str, ...]
) -> Field:
    known = {key: value for value, text in choices for key in _keys(value, text)}
    return Field(
        name=name,
        label=label,
        also=also,
        accept=_chosen(known, [text for _value, text in choices]),
        choices=lambda: [str(text) for _value, text in choices],
    )


def _keys(value: str, text: Label) -> Iterator[str]:
    yield value
    for name in in_both(text):
        yield search_key(name).strip()


def _chosen(known: dict[str, str], texts: list[Label]) -> Callable[[Converted], str]:
    def accept(read: Converted) -> str:
        key = search_key(str(read or "")).strip()
        if key and key not in known:
            offered = ", ".join(map(str, texts))
            raise Wrong(
                _("“%(text)s” is none of: %(offered)s.") % {"text": read, "offered": offered}
            )
        return known.get(key, "")

    return accept
