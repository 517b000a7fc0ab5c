"""The workbook back: every faulty cell coloured and commented, the rest as it was."""

from __future__ import annotations

import io
import tempfile
import zipfile
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from imports import marker
from imports.contract import Fault
from imports.marking import marked
from imports.opening import Refused, open_book
from imports.reading.sheetxml import FILL
from tests.imports import books

ROWS = [["Mã", "Tên", "Số"], ["007", "Xuất khẩu", 2550.5], ["008", "=1+1", None]]
FAULTS = [
    Fault("số", "C2", "2550.5", "Số quá lớn."),
    Fault("số", "C2", "2550.5", "Số quá lớn."),
    Fault("số", "C2", "2550.5", "Kiểm tra đơn vị."),
    Fault("số", "C3", "", "Thiếu <số> & đơn vị."),
    Fault("", "", "", "Cả dòng."),
]
SAID = {"C2": "Số quá lớn.\nKiểm tra đơn vị.", "C3": "Thiếu <số> & đơn vị."}


def opened(content: bytes):
    return load_workbook(io.BytesIO(content), rich_text=True)


def comments(page) -> dict[str, str]:
    return {
        cell.coordinate: cell.comment.text
        for row in page.iter_rows()
        for cell in row
        if cell.comment
    }


def coloured(page) -> set[str]:
    cells = (cell for row in page.iter_rows() for cell in row)
    return {cell.coordinate for cell in cells if cell.fill.fgColor.rgb == FILL}


@pytest.mark.parametrize(
    ("name", "make", "sheet"),
    [
        ("a.xlsx", lambda: books.xlsx({"A": ROWS}), "A"),
        ("a.xls", lambda: books.xls({"A": ROWS}), "A"),
        ("a.ods", lambda: books.ods({"A": ROWS}), "A"),
        ("a.csv", lambda: books.csv(ROWS, delimiter=";"), ""),
        ("a.csv", lambda: books.csv(ROWS, encoding="tcvn3"), ""),
    ],
)
def test_faulty_cells_are_coloured_and_say_why(name, make, sheet, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    page = opened(marked(ContentFile(make()), name, FAULTS, sheet)).worksheets[0]
    assert comments(page) == SAID
    assert coloured(page) == set(SAID)
    assert [cell.value for cell in page[2]][:2] == ["007", "Xuất khẩu"]
    assert page["B3"].value == "=1+1" and page["B3"].data_type == "s"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_what_comes_back_reads_as_what_was_sent(kind):
    rows = [*books.trade(40), [books.Share(0.81), books.Share(0.5)]]
    content = {"xlsx": books.xlsx, "xls": books.xls, "ods": books.ods}[kind]({"A": rows})
    back = marked(ContentFile(content), f"a.{kind}", FAULTS, "A")
    assert rows_of(back, "a.xlsx") == rows_of(content, f"a.{kind}")


def rows_of(content: bytes, name: str):
    return open_book(ContentFile(content), name).sheets[0].rows


def test_looks_formulas_comments_and_other_sheets_stay():
    book = Workbook()
    page = book.active
    page.title = "Số liệu"
    page.append(["Mã", "Số"])
    page.append(["a", "=1+1"])
    page["B2"].comment = Comment("Chị Hoa hỏi lại", "Hoa")
    page["A1"].font = Font(bold=True)
    page.column_dimensions["A"].width = 33
    book.create_sheet("Khác")["A1"] = "giữ"
    content = io.BytesIO()
    book.save(content)
    fault = Fault("số", "B2", "", "Sai.")
    back = opened(marked(ContentFile(content.getvalue()), "a.xlsx", [fault], "Số liệu"))
    page = back["Số liệu"]
    assert back["Khác"]["A1"].value == "giữ"
    assert (page["A1"].font.bold, page.column_dimensions["A"].width) == (True, 33)
    assert page["B2"].value == "=1+1"
    assert page["B2"].comment.text == "Chị Hoa hỏi lại\nSai."


def test_macros_do_not_come_back():
    content = books.xlsx({"A": ROWS}, macros=True)
    back = marked(ContentFile(content), "a.xlsx", FAULTS, "A")
    with zipfile.ZipFile(io.BytesIO(back)) as package:
        assert not any("vba" in name.lower() for name in package.namelist())
        assert b"macro" not in package.read("[Content_Types].xml")


@pytest.mark.parametrize("make", [books.xlsx, books.xls])
def test_a_fault_in_merged_or_hidden_cells_can_be_seen(make):
    rows = [["a", None], [None, None], ["b", "c"]]
    content = make({"A": rows}, merged=["A1:B2"], hidden_rows=[3])
    faults = [Fault("x", "B2", "", "Ô gộp."), Fault("x", "B3", "c", "Dòng ẩn.")]
    page = opened(marked(ContentFile(content), "a.bin", faults, "A")).worksheets[0]
    assert comments(page) == {"A1": "Ô gộp.", "B3": "Dòng ẩn."}
    assert not page.row_dimensions[3].hidden


def test_a_large_workbook_is_written_anew_with_every_cell_in_its_place(tmp_path, monkeypatch):
    monkeypatch.setattr(marker, "MOST_IN_PLACE", 100)
    path = tmp_path / "x"
    path.write_bytes(books.xlsx({"A": books.trade(30), "B": [["x"]]}, hidden_rows=[5, 6]))
    out = io.BytesIO()
    end = marker.mark(
        out, path=str(path), name="a.xlsx", sheet="A", faults={"L6": "Sai."}, author="x"
    )
    back = out.getvalue()[: end["size"]]
    assert opened(back).sheetnames == ["A"]
    assert comments(opened(back)["A"]) == {"L6": "Sai."}
    assert opened(back)["A"].row_dimensions[5].hidden
    sent = rows_of(path.read_bytes(), "a.xlsx")
    assert rows_of(back, "a.xlsx") == tuple(replace(r, is_hidden=r.number == 5) for r in sent)


def test_a_file_that_is_no_workbook_is_refused_here_too():
    with pytest.raises(Refused):
        marked(ContentFile(b"\x89PNG\r\n"), "a.xlsx", FAULTS, "A")


def test_a_hundred_thousand_rows_come_back():
    content = books.csv(books.trade(100_000))
    faults = [Fault("x", f"E{number}", "", "Sai.") for number in range(2, 100_000, 9)]
    back = marked(ContentFile(content), "a.csv", faults, "")
    with zipfile.ZipFile(io.BytesIO(back)) as package:
        assert package.read("xl/worksheets/sheet1.xml").count(b"<row ") == 100_001
