"""Every combination of what offices put round and into a table leaves the rows the same."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from imports.book import Merged, Row, Sheet
from imports.contract import Number
from imports.layout import find
from imports.matching import match
from imports.questions import survey
from imports.values import Reader
from tests.imports.sheets import FIELDS, HEADINGS, Line, book, sheet

D = Decimal
TITLES: tuple[Line, ...] = (
    ("UBND TỈNH LẠNG SƠN", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("DANH SÁCH ĐOÀN VÀO NĂM 2019",),
    (None, None, None, None, "(Đơn vị tính: triệu USD)"),
    (),
)
NUMBERINGS: tuple[Line, ...] = (
    ("(1)", "(2)", "(3)", "(4)", "(5)"),
    ("A", "B", D(1), D(2), D(3)),
    tuple(D(n) for n in range(1, 6)),
)
BETWEEN: tuple[Line, ...] = (
    (),
    ("", None, ""),
    ("I", "Đoàn vào"),
    ("II. Đoàn ra",),
    HEADINGS,
    ("Cộng", None, D(3)),
)
FEET: tuple[Line, ...] = (
    ("Ghi chú: số liệu đến 15/12",),
    (None, None, None, "Lạng Sơn, ngày 15 tháng 12 năm 2019"),
    (None, "Người lập biểu", None, "GIÁM ĐỐC"),
    (),
    (None, "Nguyễn Văn A", None, "Trần Thị B"),
)
names = st.sampled_from(
    ["Đoàn A", "Tổng công ty Sông Đà", "Cộng hòa Séc", "I", "Nguồn lực", "Công"]
)
records = st.lists(
    st.tuples(names, st.integers(1, 99), st.dates(dt.date(2019, 1, 1), dt.date(2019, 12, 31))),
    min_size=1,
    max_size=6,
)


def layouts(draw: st.DrawFn, rows: list[Line]) -> list[Line]:
    """The rows of data with anything between them, above and below."""
    lines = [*draw(st.lists(st.sampled_from(TITLES), max_size=4)), HEADINGS]
    lines += draw(st.lists(st.sampled_from(NUMBERINGS), max_size=1))
    for row in rows:
        lines += draw(st.lists(st.sampled_from(BETWEEN), max_size=2))
        lines.append(row)
    lines += draw(st.sampled_from([[], [("Tổng cộng", None, D(7))], [(), (None, "TỔNG SỐ:", "7")]]))
    cut = draw(st.integers(0, len(FEET)))
    return [*lines, *FEET[:cut]]


@given(st.data(), records)
def test_the_rows_come_out_whatever_stands_round_them(data, rows):
    lines: list[Line] = [
        (D(n), name, D(people), f"{day:%d/%m/%Y}", None)
        for n, (name, people, day) in enumerate(rows, 1)
    ]
    table = sheet(*layouts(data.draw, lines))
    merged = data.draw(st.sampled_from([(), (Merged(1, 0, 1, 4),)]))
    hidden = data.draw(st.sets(st.integers(1, len(table.rows))))
    table = Sheet(
        table.name,
        tuple(Row(row.number, row.cells, row.number in hidden) for row in table),
        merged=merged if table.rows[0].cells != HEADINGS else (),
    )

    layout = find(book(table), FIELDS)
    matching = match(layout.titles, FIELDS)
    found = survey(table, layout, matching, FIELDS)
    answers = found.answers | {question.key: "dmy" for question in found.questions}
    read = list(Reader(FIELDS, answers).parse(layout.rows(table), matching))

    assert [one for row in read for one in row.faults] == []
    assert [(row.values["name"], row.values["people"], row.values["start"]) for row in read] == [
        (name, Number(D(people)), day) for name, people, day in rows
    ]
    assert {question.kind for question in found.questions} <= {"date"}
