"""Workbooks made here: as offices send them, and as nobody should.

``xlsx``, ``xls``, ``ods`` and ``csv`` write tables of Python values by hand, so
that every oddity of a file can be put into it.
"""

from tests.imports.books.cells import Cells, Error, Formula, Share, Styled
from tests.imports.books.excel import package, sheet_xml, xlsx
from tests.imports.books.excel97 import compound, xls
from tests.imports.books.office import Table, trade, yearly_figures
from tests.imports.books.opendocument import ods
from tests.imports.books.plain import csv, old

__all__ = [
    "Cells",
    "Error",
    "Formula",
    "Share",
    "Styled",
    "Table",
    "compound",
    "csv",
    "ods",
    "old",
    "package",
    "sheet_xml",
    "trade",
    "xls",
    "xlsx",
    "yearly_figures",
]
