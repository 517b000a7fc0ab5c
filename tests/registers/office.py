"""Registers as offices keep them in workbooks: emblem and title, headings in two rows, a column
of ordinals, sections by year, hidden rows, a total, notes and signatures, sheets beside."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils import translation
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from common.dates import roman
from registers.contract import Register
from registers.sheets.cells import DayCell, NumberCell
from registers.sheets.columns import RecordField
from registers.sheets.resources import resource_of

TITLE_ROWS, HIDDEN_EVERY = 6, 7


def workbook(register: Register) -> bytes:
    """All records of the register, oldest first."""
    with translation.override("vi"):
        resource = resource_of(register.code)()
        found = register.model._default_manager.alive().filter(register.where).order_by("pk")
        records = sorted(resource.records(found), key=lambda record: (record.day, record.pk))
        lines = [
            (record.day.year, {name: _written(one, record) for name, one in _own(resource)})
            for record in records
        ]
        filled = {name for _year, line in lines for name, value in line.items() if value != ""}
        columns = [column for name, column in _own(resource) if name in filled]
        book = Workbook()
        book.active.title = "Ghi chép"
        book.active.append(["Số điện thoại", "0205 3 812 345"])
        _table(book.create_sheet("Biểu tổng hợp"), register, columns, lines)
        book.create_sheet("Nháp").sheet_state = "hidden"
        target = io.BytesIO()
        book.save(target)
    return target.getvalue()


def _own(resource: Any) -> Iterable[tuple[str, RecordField]]:
    return resource.taken_in.items()


def _written(column: RecordField, record: Any) -> Any:
    """As a clerk types it: days as text, other things as the cell holds them."""
    value = column.export(record)
    if isinstance(value, dt.date) and isinstance(column.cell, DayCell):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else value


def _table(
    page: Worksheet,
    register: Register,
    columns: list[RecordField],
    lines: list[tuple[int, Mapping[str, Any]]],
) -> None:
    page["A1"], page["D1"] = "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    page["A2"], page["D2"] = "SỞ NGOẠI VỤ", "Độc lập – Tự do – Hạnh phúc"
    page["A4"] = f"BIỂU TỔNG HỢP {str(register.label).upper()} NĂM 2018, 2019"
    for area in ("A1:C1", "D1:G1", "A2:C2", "D2:G2", "A4:G4"):
        page.merge_cells(area)
    _headings(page, columns)
    page.append([f"({place})" for place in range(1, len(columns) + 2)])
    number = 0
    for place, (year, members) in enumerate(groupby(lines, lambda line: line[0]), 1):
        page.append([roman(place), f"NĂM {year}"])
        for _year, line in members:
            number += 1
            page.append([number, *(line[column.name] for column in columns)])
            page.row_dimensions[page.max_row].hidden = number % HIDDEN_EVERY == 0
            for cell in page[page.max_row]:
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # what begins with "=" is text too
    _foot(page, columns, [line for _year, line in lines])


def _headings(page: Worksheet, columns: list[RecordField]) -> None:
    """The first three under one heading, the rest each in two rows made one."""
    top, below = TITLE_ROWS, TITLE_ROWS + 1
    page.cell(top, 1, "TT")
    page.cell(top, 2, "Thông tin chung")
    page.merge_cells(start_row=top, end_row=below, start_column=1, end_column=1)
    page.merge_cells(start_row=top, end_row=top, start_column=2, end_column=4)
    for place, column in enumerate(columns, 2):
        label = str(column.label).upper() if place % 2 else str(column.label)
        page.cell(below if place <= 4 else top, place, label)
        if place > 4:
            page.merge_cells(start_row=top, end_row=below, start_column=place, end_column=place)


def _foot(page: Worksheet, columns: list[RecordField], lines: list[Mapping[str, Any]]) -> None:
    sums: list[Any] = [
        sum((line[column.name] for line in lines if line[column.name] != ""), Decimal(0))
        if isinstance(column.cell, NumberCell) else None
        for column in columns
    ]  # fmt: skip
    page.append(["Tổng cộng", *sums])
    page.append([])
    page.append(["Ghi chú: số liệu minh họa"])
    page.append([])
    page.append([None, "Người lập biểu", None, None, "Thủ trưởng đơn vị"])
    page.append([None, "(Ký, họ tên)", None, None, "(Ký, đóng dấu)"])
