"""Spreadsheet files as offices send them: what is in them is what is read, in every format."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from imports import legacy
from imports.book import Book, Broken, FileKind, Flaw, Merged, Percent
from imports.opening import Refused, open_book
from imports.reading.cells import Reason
from tests.imports import books
from tests.imports.books import Error, Formula, Share, Styled

WORKBOOKS = {"xlsx": books.xlsx, "xls": books.xls, "ods": books.ods}
every_workbook = pytest.mark.parametrize("kind", WORKBOOKS)


def opened(content: bytes, name: str = "a.csv") -> Book:
    return open_book(ContentFile(content), name)


def written(kind: str, rows: books.Cells, **about) -> Book:
    return opened(WORKBOOKS[kind]({"Biểu 01": rows}, **about), f"a.{kind}")


def cells(book: Book, sheet: int = 0) -> list[tuple]:
    return [row.cells for row in book.sheets[sheet]]


# --- values --------------------------------------------------------------------------


@every_workbook
def test_every_type_of_a_cell_comes_as_it_is(kind):
    day = dt.date(2019, 4, 3)
    row = ["Xuất khẩu", "007", 12, 0.1 + 0.2, -2550.5, day, True, "dòng\nhai", "=1+1", " x "]
    book = written(kind, [row])
    assert book.kind == FileKind(kind)
    assert cells(book) == [
        ("Xuất khẩu", "007", Decimal(12), Decimal("0.3"), Decimal("-2550.5"), day, True,
         "dòng\nhai", "=1+1", " x "),
    ]  # fmt: skip


@every_workbook
def test_a_number_shown_in_percent_says_so(kind):
    rows = [["Tỷ lệ", Share(0.81), 0.81], [Share(1), None, Share(-0.137)]]
    assert cells(written(kind, rows)) == [
        ("Tỷ lệ", Percent(Decimal("0.81")), Decimal("0.81")),
        (Percent(Decimal(1)), None, Percent(Decimal("-0.137"))),
    ]


def test_percents_are_found_in_formulas_and_cells_kept_together():
    """A percent sign in quotes is only shown: the number is as it stands."""
    sheet = books.sheet_xml([[Formula("A2/A3", 0.5), 81, "0,5"]])
    styled = sheet.replace('<c r="A1">', '<c r="A1" s="2">').replace('"B1"', '"B1" s="3"')
    styled = styled.replace('<c r="C1"', '<c r="C1" s="2"')
    content = books.xlsx({"a": []}, parts={"xl/worksheets/sheet1.xml": styled})
    assert cells(opened(content, "a.xlsx")) == [(Percent(Decimal("0.5")), Decimal(81), "0,5")]


@every_workbook
def test_a_number_is_exact_to_the_digits_a_spreadsheet_keeps(kind):
    row = [1234567890.12345, 123456789012345, 1e-7, 5e20]
    found = cells(written(kind, [row]))[0]
    assert found == (
        Decimal("1234567890.12345"), Decimal("123456789012345"), Decimal("1E-7"), Decimal("5E20"),
    )  # fmt: skip


def test_of_an_ods_the_value_counts_and_not_what_the_cell_shows():
    rows = [[1234, 3.3]]
    shown = books.ods({"A": rows}, shown=lambda value: "1.234" if value > 4 else "3,3")
    assert cells(opened(shown, "a.ods")) == [(Decimal(1234), Decimal("3.3"))]


@pytest.mark.parametrize("make", [books.xlsx, books.xls])
def test_dates_of_the_1904_system_are_the_same_days(make):
    days = [dt.date(1999, 12, 31), dt.date(2019, 2, 28), dt.date(2024, 2, 29)]
    assert cells(opened(make({"A": [days]}, is_1904=True))) == [tuple(days)]


@every_workbook
def test_text_comes_composed_and_with_one_kind_of_line_end(kind):
    decomposed = "Tie\u0302\u0301ng Vie\u0323\u0302t"
    assert cells(written(kind, [[decomposed]])) == [("Tiếng Việt",)]
    if kind != "ods":
        assert cells(written(kind, [["a\r\nb"]])) == [("a\nb",)]


def test_a_workbook_as_programs_write_it_is_read_too():
    """Shared texts, texts of several fonts, number formats, a formula without its result."""
    book = Workbook()
    moment = dt.datetime.fromisoformat("2019-04-03T08:30")
    page = book.active
    page.append(["Xuất khẩu", "Xuất khẩu", 12.5, moment, dt.time(7, 5)])
    page.append([CellRichText("Nhập ", TextBlock(InlineFont(b=True), "khẩu")), 0.908, "=A1", 1])
    page["B2"].number_format, page["D2"].number_format = "0.0%", '#,##0 "triệu"'
    content = io.BytesIO()
    book.save(content)
    assert cells(opened(content.getvalue())) == [
        ("Xuất khẩu", "Xuất khẩu", Decimal("12.5"), dt.date(2019, 4, 3), "07:05"),
        ("Nhập khẩu", Percent(Decimal("0.908")), Broken(Flaw.NOT_CALCULATED, "=A1"), Decimal(1)),
    ]


# --- formulas and errors ----------------------------------------------------------------


@every_workbook
def test_the_stored_result_of_a_formula_is_used_and_said_so(kind):
    book = written(kind, [[2, 3, Formula("A1*B1", 6)], [1, 1, Formula("A2*B2", 1)]])
    assert cells(book) == [(2, 3, 6), (1, 1, 1)]
    assert book.formulas == 2


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_formula_never_calculated_is_a_fault_and_no_blank(kind):
    book = written(kind, [["a", None, Formula("A1&B1")], ["b"], [None, Formula("A1")]])
    assert cells(book)[0][2] == Broken(Flaw.NOT_CALCULATED, "=A1&B1")
    assert cells(book)[2] == (None, Broken(Flaw.NOT_CALCULATED, "=A1"))


def test_a_formula_may_leave_an_empty_text():
    assert cells(written("xlsx", [["a", Formula('IF(1,"","")', ""), "b"]])) == [("a", None, "b")]


@every_workbook
def test_error_cells_are_faults_at_their_place(kind):
    book = written(kind, [["a", Error("#N/A"), 1], [None, None, None, Error("#N/A")]])
    assert cells(book) == [
        ("a", Broken(Flaw.ERROR, "#N/A"), 1),
        (None, None, None, Broken(Flaw.ERROR, "#N/A")),
    ]


def test_an_error_a_formula_left_is_one_fault_and_one_formula():
    xml = books.sheet_xml([["x"]]).replace(
        "</row>", '<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    book = opened(books.xlsx({"A": [[]]}, parts={"xl/worksheets/sheet1.xml": xml}))
    assert cells(book) == [("x", Broken(Flaw.ERROR, "#DIV/0!"))]
    assert book.formulas == 1


def test_cells_whose_file_does_not_say_their_place_are_counted():
    xml = books.sheet_xml([["x"], ["y", "z", Formula("A1")], [Error()]])
    for place in ("A1", "A2", "B2", "C2", "A3", "1", "2", "3"):
        xml = xml.replace(f' r="{place}"', "")
    book = opened(books.xlsx({"A": [[]]}, parts={"xl/worksheets/sheet1.xml": xml}))
    assert cells(book) == [
        ("x",), ("y", "z", Broken(Flaw.NOT_CALCULATED, "=A1")), (Broken(Flaw.ERROR, "#N/A"),),
    ]  # fmt: skip


def test_names_with_a_prefix_are_understood():
    xml = books.sheet_xml([["x", Formula("A1"), Error()]], hidden_rows=[1])
    xml = xml.replace("<worksheet xmlns=", "<worksheet xmlns:x=").replace("</", "</x:")
    for tag in ("worksheet", "sheetData", "row", "c", "is", "t", "f", "v"):
        xml = xml.replace(f"<{tag}>", f"<x:{tag}>").replace(f"<{tag} ", f"<x:{tag} ")
    book = opened(books.xlsx({"A": [[]]}, parts={"xl/worksheets/sheet1.xml": xml}))
    assert [type(cell) for cell in cells(book)[0]] == [str, Broken, Broken]
    assert book.sheets[0].rows[0].is_hidden


# --- layout ----------------------------------------------------------------------------


@every_workbook
def test_blank_rows_and_columns_at_the_end_are_dropped_and_others_counted(kind):
    rows = [[], [None, "a"], [], ["b", None, "   "], [None, Styled()], [None] * 30, []]
    book = written(kind, rows)
    assert [(row.number, row.cells) for row in book.sheets[0]] == [
        (1, ()), (2, (None, "a")), (3, ()), (4, ("b",)),
    ]  # fmt: skip


@every_workbook
def test_hidden_rows_and_sheets_are_told(kind):
    made = WORKBOOKS[kind](
        {"A": [["x"], ["y"], ["z"]], "B": [["w"]]}, hidden=["B"], hidden_rows=[2]
    )
    book = opened(made, f"a.{kind}")
    assert [row.is_hidden for row in book.sheets[0]] == [False, True, False]
    assert [(sheet.name, sheet.is_hidden) for sheet in book.sheets] == [("A", False), ("B", True)]


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_merged_cells_are_told(kind):
    book = written(kind, [["x"], [], [None, "y"]], merged=["A1:C1", "B3:B4"])
    assert book.sheets[0].merged == (Merged(1, 0, 1, 2), Merged(3, 1, 4, 1))


def test_merged_cells_of_an_ods_are_told():
    made = books.ods({"A": [[None, "y"]]})
    spanned = 'table:number-columns-spanned="2" table:number-rows-spanned="3"'
    content = {"content.xml": _content(made).replace(
        '<table:table-cell  office:value-type="string"',
        f'<table:table-cell {spanned} office:value-type="string"',
    )}  # fmt: skip
    assert opened(_replaced(made, content), "a.ods").sheets[0].merged == (Merged(1, 1, 3, 2),)


def test_a_comment_is_no_part_of_a_cell_of_an_ods():
    made = books.ods({"A": [["giá"]]})
    note = "<office:annotation><text:p>ghi chú</text:p></office:annotation>"
    content = _content(made).replace("<text:p>giá", f"{note}<text:p>gi<text:span>á</text:span>")
    assert cells(opened(_replaced(made, {"content.xml": content}), "a.ods")) == [("giá",)]


def test_marks_of_a_template_are_read_and_their_sheet_is_not_handed_out():
    book = opened(books.xlsx({"A": [["x"]]}, marks={"version": "3", "sheet": "A"}))
    assert book.marks == {"version": "3", "sheet": "A"}
    assert [sheet.name for sheet in book.sheets] == ["A"]


def test_macros_are_told():
    assert opened(books.xlsx({"A": [["x"]]}, macros=True)).has_macros
    assert not opened(books.xlsx({"A": [["x"]]})).has_macros


def test_a_long_sheet_is_read_whole():
    rows = books.trade(3000)
    found = cells(opened(books.xlsx({"Sổ": rows})))
    assert len(found) == len(rows)
    assert [row[2] for row in found] == [row[2] for row in rows]
    assert found[-1][3] == rows[-1][3]
    assert found[9][11] == rows[9][11]


# --- CSV -------------------------------------------------------------------------------

TABLE = [["Mã", "Chỉ tiêu", "Giá trị"], ["007", "Kim ngạch xuất khẩu", "2.550,5"],
         ["008", 'Cột "b"; nhiều\ndòng, có dấu', "1.000"]]  # fmt: skip
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258", "tcvn3", "vni"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encoding_and_delimiter_of_a_csv_are_found(encoding, delimiter):
    book = opened(books.csv(TABLE, encoding=encoding, delimiter=delimiter))
    assert cells(book) == [tuple(row) for row in TABLE]
    assert book.kind is FileKind.CSV and book.delimiter == delimiter
    assert book.encoding == encoding


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n"])
def test_rows_of_a_csv_are_counted_as_a_spreadsheet_would(line_end):
    content = books.csv([*TABLE, [], ["009", "sau dòng trống", ""]], line_end=line_end)
    assert [row.number for row in opened(content).sheets[0]] == [1, 2, 3, 4, 5]
    assert [row.number for row in opened(content).sheets[0] if row.is_blank] == [4]


def test_the_delimiter_named_in_the_first_line_is_used_and_the_line_not_counted():
    book = opened(b"sep=;\r\na;b,c\r\n1;2\r\n")
    assert [(row.number, row.cells) for row in book.sheets[0]] == [
        (1, ("a", "b,c")), (2, ("1", "2")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("a;b\r\n1,5;2,5\r\n3,5;4,5\r\n", [("a", "b"), ("1,5", "2,5"), ("3,5", "4,5")]),
        ("Giá trị\r\n1,5\r\n2,5\r\n", [("Giá trị",), ("1,5",), ("2,5",)]),
        ("a,b\r\nx; y,1\r\nz,2\r\n", [("a", "b"), ("x; y", "1"), ("z", "2")]),
        ("a\r\nb\r\n", [("a",), ("b",)]),
    ],
)
def test_a_decimal_comma_is_no_delimiter(content, found):
    assert cells(opened(content.encode())) == found


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('a,b\r\n1,2\r\n3,"4\r\n5,6\r\n', "3"),
        ('a,b\r\n"x\r\ny",2\r\n3,"4\r\n' + "5,6\r\n" * 100, "4"),
        ('a,b\r\n1,"2" 3\r\n', "2"),
        ('sep=,\r\na,b\r\n1,"2\r\n', "3"),
    ],
)
def test_a_quote_never_closed_is_an_error_with_its_line(content, line):
    with pytest.raises(Refused) as refused:
        opened(content.encode())
    assert refused.value.reason is Reason.QUOTE
    assert f" {line}:" in refused.value.message


def test_ragged_rows_of_a_csv_keep_what_they_have():
    assert cells(opened(b"a,b,c\r\n1\r\n1,2,3,4\r\n")) == [
        ("a", "b", "c"), ("1",), ("1", "2", "3", "4"),
    ]  # fmt: skip


# --- fonts of before Unicode --------------------------------------------------------------

WORDS = ["Tổng cộng", "Kim ngạch xuất khẩu của tỉnh Lạng Sơn", "Đoàn ra, đoàn vào",
         "cửa khẩu Hữu Nghị", "Ước thực hiện năm 2019"]  # fmt: skip


@pytest.mark.parametrize("encoding", [legacy.TCVN3, legacy.VNI])
@every_workbook
def test_a_workbook_typed_with_a_font_of_old_is_read_in_unicode(kind, encoding):
    book = written(kind, [[books.old(word, encoding)] for word in WORDS])
    assert [row[0].casefold() for row in cells(book)] == [word.casefold() for word in WORDS]
    assert book.encoding == encoding


@pytest.mark.parametrize("encoding", [legacy.TCVN3, legacy.VNI])
def test_what_is_in_unicode_beside_it_stays(encoding):
    rows = [["Chỉ tiêu"], ["Lào"], ["và"], *([books.old(word, encoding)] for word in WORDS[:3])]
    assert [row[0] for row in cells(written("xlsx", rows))][:3] == ["Chỉ tiêu", "Lào", "và"]
    assert [row[0] for row in cells(written("xlsx", rows))][3:5] == WORDS[:2]


def test_a_workbook_in_unicode_is_left_alone():
    rows = [["Chỉ tiêu", "Naïve café", "Zürich – Köln"], ["Côte d'Ivoire", "São Paulo", "Hà"]]
    book = written("xlsx", rows)
    assert cells(book) == [tuple(row) for row in rows]
    assert book.encoding == ""


def test_the_table_of_an_office_comes_with_all_its_rows():
    table = books.yearly_figures()
    book = opened(books.xlsx({"Bieu 02": table.rows}, merged=table.merged))
    assert len(book.sheets[0].rows) == len(table.rows)
    assert len(book.sheets[0].merged) == len(table.merged)
    assert cells(book)[9][5] == Decimal(4750)


def _content(ods: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(ods)) as package:
        return package.read("content.xml").decode()


def _replaced(ods: bytes, parts: dict[str, str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(ods)) as package:
        return books.package({name: package.read(name) for name in package.namelist()} | parts)
