"""A file made out: its table, its columns, what only a person can say; or why it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from imports import carrying, filling, spreading, unpivoting
from imports import layout as layouts
from imports import questions as asked
from imports.book import Book, Sheet, address, column_letter
from imports.contract import Parsed, Source
from imports.fields import Field
from imports.layout import Layout
from imports.matching import match, refuse_doubles
from imports.models import Upload
from imports.opening import Refused, open_book
from imports.remembering import remembered, remembered_rows
from imports.values import Reader

CONVERTED = {"tcvn3": "TCVN3", "vni": "VNI"}  # encodings of before Unicode
AS_CONVERTED, NOT_CONVERTED = "converted", "refused"
Matching = dict[int, str]


class Secret(Refused):
    """The file holds what must not be kept: nothing of it stays."""


@dataclass(frozen=True)
class Understood:
    """A file whose table was found and whose columns are matched."""

    book: Book
    sheet: Sheet
    layout: Layout
    matching: Matching
    questions: list[asked.Question]
    settled: Mapping[str, str]


def understand(upload: Upload, source: Source) -> Understood:
    """Find table, columns and what is ambiguous. Raises Refused, NoHeader or DoubledHeading."""
    fields = source.fields()
    with upload.file.open("rb") as file:
        book = open_book(file, upload.file_name)
    known = remembered(upload, source)
    layout = layouts.find(book, fields, sheet=upload.sheet, remembered=known)
    sheet = next(sheet for sheet in book.sheets if sheet.name == layout.sheet)
    matching = match(layout.titles, fields, known)
    said = {int(column): name for column, name in upload.matching.items()}
    matching |= {column: name for column, name in said.items() if column in matching}
    refuse_doubles(matching, layout.titles, fields)
    found = asked.survey(sheet, layout, matching, fields)
    fills = _of_all_rows(source, sheet, layout, matching)
    upload.answers = filling.without_wrong(fills, fields, upload.answers)
    questions = [*_about_letters(book, sheet), *fills, *found.questions]
    upload.answers = carrying.still_meant(upload.questions, questions, upload.answers)
    understood = Understood(book, sheet, layout, matching, questions, found.answers)
    questions += _about_rows(upload, source, understood)
    questions += source.offer(upload, book, layout)
    return understood


def _of_all_rows(
    source: Source, sheet: Sheet, layout: Layout, matching: Matching
) -> list[asked.Question]:
    """What the file has no column for; of columns side by side the words above them say more."""
    fields = source.fields()
    side_by_side = spreading.columns(matching, fields)
    if not side_by_side:
        return filling.questions(matching, fields)
    words = [*spreading.words_of(sheet, layout, side_by_side)]
    proposed = source.once([text for _cell, text in words])
    return filling.questions(matching, fields, proposed, words)


def _about_rows(upload: Upload, source: Source, understood: Understood) -> list[asked.Question]:
    """Rows that cannot be placed; what the agency said of them before is answered again."""
    before = remembered_rows(upload, source)
    rows = parsed(understood, source.fields(), upload.answers)
    questions = list(source.ask(rows, by=upload.by, answers=before | upload.answers))
    for question in questions:
        said = before.get(question.key)
        if question.key not in upload.answers and question.accepts(said):
            upload.answers[question.key] = said
    return questions


def parsed(
    understood: Understood, fields: Sequence[Field], given: Mapping[str, str]
) -> Iterator[Parsed]:
    """The rows of the table, as the answers read them."""
    layout, sheet, matching = understood.layout, understood.sheet, understood.matching
    filled = filling.values(understood.questions, fields, given)
    rows = Reader(fields, {**understood.settled, **given}).parse(
        layout.rows(sheet),
        matching,
        sections=layout.section_titles(sheet),
        filled=filled,
    )
    if not spreading.columns(matching, fields):
        return rows
    return unpivoting.rows(rows, unpivoting.groups(matching, fields, layout.titles, filled))


def _about_letters(book: Book, sheet: Sheet) -> list[asked.Question]:
    """Text of before Unicode is converted; whether it reads well only a person can say."""
    if book.encoding not in CONVERTED:
        return []
    texts = (
        (address(column, row.number), cell)
        for row in sheet
        for column, cell in enumerate(row.cells)
        if isinstance(cell, str) and not cell.isascii()
    )
    font = {"font": CONVERTED[book.encoding]}
    options = (
        (
            AS_CONVERTED,
            _("the text was typed in %(font)s; converted, it reads well as shown") % font,
        ),
        (NOT_CONVERTED, _("it does not read well as shown: do not import this file")),
    )
    samples = tuple(islice(texts, asked.SAMPLES))
    return [asked.Question("encoding", "encoding", "", samples, options)]


def refuse_letters(understood: Understood, answers: Mapping[str, str]) -> None:
    """Raise Refused where somebody said that the converted text does not read well."""
    if answers.get("encoding") == NOT_CONVERTED and understood.book.encoding in CONVERTED:
        raise Refused(
            _(
                "The text of the file was typed in the font of old %(font)s and cannot be "
                "converted well. Convert the file to Unicode in the program it was typed with, "
                "then upload it again."
            )
            % {"font": CONVERTED[understood.book.encoding]}
        )


def refuse_secrets(understood: Understood, fields: Iterable[Field]) -> None:
    """Raise Secret where anything stands in a column that must not even be read."""
    secrets = {field.name: field for field in fields if field.secret}
    for column, name in understood.matching.items():
        if name in secrets and _is_filled(understood, column):
            raise Secret(
                _("Column %(letter)s, “%(heading)s”: %(why)s The file was not kept.")
                % {
                    "letter": column_letter(column),
                    "heading": capfirst(str(secrets[name].label)),
                    "why": secrets[name].secret,
                }
            )


def _is_filled(understood: Understood, column: int) -> bool:
    rows = understood.layout.rows(understood.sheet)
    return any(row[column] not in (None, "") for row in rows)
