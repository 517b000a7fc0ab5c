"""What a file leaves open, each asked once with samples; and what it answers itself.

``find`` gives the questions for a person, ``settled`` the answers the file
gives without doubt: "1.234,5" in a column settles how its numbers are written.
The reader takes both: ``Reader(fields, {**settled(…), **given})``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imports.ambiguity import ask_order, ask_style, ask_unit
from imports.asking import SAMPLES, Column, Question, QuestionKind, Survey
from imports.book import Sheet
from imports.fields import Field, FieldKind
from imports.layout import Layout

__all__ = ["SAMPLES", "Question", "QuestionKind", "find", "settled", "still_open", "survey"]


def find(
    sheet: Sheet, layout: Layout, matching: Mapping[int, str], fields: Sequence[Field]
) -> list[Question]:
    """What a person has to say before the rows can be read, column by column."""
    return survey(sheet, layout, matching, fields).questions


def settled(
    sheet: Sheet, layout: Layout, matching: Mapping[int, str], fields: Sequence[Field]
) -> dict[str, str]:
    """The answers that stand in the file, by the keys their questions would have."""
    return survey(sheet, layout, matching, fields).answers


def still_open(questions: Sequence[Question], answers: Mapping[str, str]) -> list[Question]:
    return [question for question in questions if question.is_open(answers.get(question.key))]


_ASKED = (FieldKind.NUMBER, FieldKind.DATE, FieldKind.MONTH)


def survey(
    sheet: Sheet, layout: Layout, matching: Mapping[int, str], fields: Sequence[Field]
) -> Survey:
    by_name = {one.name: one for one in fields}
    columns = [
        Column(column, by_name[name], layout.titles.get(column, ""))
        for column, name in sorted(matching.items())
        if name in by_name and by_name[name].kind in _ASKED and not by_name[name].is_silent
    ]
    for row in layout.rows(sheet):
        cells = row.cells
        for column in columns:
            if column.index < len(cells) and (cell := cells[column.index]) is not None:
                column.see(row.number, cell)
    found = Survey()
    notes = layout.unit_notes
    for column in columns:
        if column.field.kind is FieldKind.NUMBER:
            ask_style(column, found)
            ask_unit(column, notes, found)
        else:
            ask_order(column, found)
    return found
