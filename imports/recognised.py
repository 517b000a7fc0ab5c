"""What was made out in a file, in sentences: said before anybody relies on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from imports.asking import LEFT_OUT, Question, QuestionKind
from imports.book import Book, column_letter
from imports.fields import Field
from imports.headings import plain
from imports.layout import Layout
from imports.spreading import columns

MOST_NUMBERS = 12


def sentences(
    book: Book, layout: Layout, matching: Mapping[int, str], fields: Sequence[Field]
) -> Iterator[str]:
    begins = _("The table begins in row %(row)s; data in rows %(data)s.")
    if layout.sheet:  # a CSV has none
        begins = _("The table begins in row %(row)s of sheet “%(sheet)s”; data in rows %(data)s.")
    yield begins % {
        "row": layout.header_rows[0],
        "sheet": layout.sheet,
        "data": _span(layout.first, layout.last),
    }
    if book.is_old_template:
        yield _("The file is an older version of the template; it is read all the same.")
    if side_by_side := columns(matching, fields):
        says = {tuple(one.spread.says.items()) for one in side_by_side.values() if one.spread}
        yield _(
            "Columns %(columns)s stand side by side: a line of the file becomes up to %(rows)s"
            " rows."
        ) % {"columns": ", ".join(map(column_letter, sorted(side_by_side))), "rows": len(says)}
    if layout.totals:
        yield ngettext(
            "Row %(rows)s is a total: used as a check, not imported.",
            "Rows %(rows)s are totals: used as a check, not imported.",
            len(layout.totals),
        ) % {"rows": _numbers(layout.totals)}
    if layout.sections:
        yield ngettext(
            "Row %(rows)s is a heading inside the table.",
            "Rows %(rows)s are headings inside the table.",
            len(layout.sections),
        ) % {"rows": _numbers(layout.sections)}
    if layout.notes:
        yield ngettext(
            "Row %(rows)s is a note or signature: not imported.",
            "Rows %(rows)s are notes and signatures: not imported.",
            len(layout.notes),
        ) % {"rows": _numbers(layout.notes)}
    silent = [field for field in fields if field.is_silent]
    compared = {field.name: field for field in silent if field.is_compared}
    left_out = {field.name: field for field in silent if not field.is_compared}
    if found := _columns(matching, compared):
        yield _("Columns used as a check, not imported: %(columns)s.") % {"columns": found}
    if found := _columns(matching, left_out):
        yield _("Columns that are not imported: %(columns)s.") % {"columns": found}
    if layout.hidden:
        yield ngettext(
            "Row %(rows)s is hidden in the file; it is read like the others.",
            "Rows %(rows)s are hidden in the file; they are read like the others.",
            len(layout.hidden),
        ) % {"rows": _numbers(layout.hidden)}
    if book.formulas:
        yield ngettext(
            "%(count)s cell holds a formula: its stored result is used.",
            "%(count)s cells hold formulas: their stored results are used.",
            book.formulas,
        ) % {"count": book.formulas}
    if book.has_macros:
        yield _("The macros of the file are neither run nor kept.")


def converted(
    matching: Mapping[int, str], fields: Sequence[Field], answers: Mapping[str, str]
) -> Iterator[str]:
    """Columns in another unit than their field: what one of theirs is taken for."""
    known = {field.name: field.units for field in fields if field.units and not field.is_silent}
    found: dict[tuple[str, str], list[str]] = {}
    for column, name in sorted(matching.items()):
        said = answers.get(f"{QuestionKind.UNIT}:{column_letter(column)}")
        units = known.get(name, {})
        labels = {plain(factor): label for label, factor in reversed([*units.items()])}
        if said in labels and said != "1":
            alike = found.setdefault((labels[said], labels.get("1", "")), [])
            alike.append(column_letter(column))
    for (unit, own), letters in found.items():
        yield ngettext(
            "Column %(columns)s is in %(unit)s; its numbers become %(own)s.",
            "Columns %(columns)s are in %(unit)s; their numbers become %(own)s.",
            len(letters),
        ) % {"columns": ", ".join(letters), "unit": unit, "own": own}


def of_all_rows(
    questions: Iterable[Question],
    answers: Mapping[str, str],
    matching: Mapping[int, str],
    fields: Sequence[Field],
) -> Iterator[str]:
    """What new rows get where the file has no column: as was answered, or as is usual."""
    labels = {field.name: str(field.label) for field in fields}
    told = {field.name: str(field.usual) for field in fields if field.usual}
    told = {name: words for name, words in told.items() if name not in matching.values()}
    for question in questions:
        if question.kind == QuestionKind.FILL:
            told.pop(question.field, None)
            if said := answers.get(question.key):
                told[question.field] = str(dict(question.options).get(said, said))
    for name, words in told.items():
        yield _("The file has no column “%(field)s”: new rows get “%(value)s”.") % {
            "field": capfirst(labels[name]),
            "value": words,
        }


def left_out(questions: Iterable[Question], answers: Mapping[str, str]) -> Iterator[str]:
    """Rows that somebody, now or for an earlier file, said are not to be imported."""
    rows = [
        int("".join(filter(str.isdecimal, question.samples[0][0])))
        for question in questions
        if question.kind == QuestionKind.ROW
        and answers.get(question.key) == LEFT_OUT
        and question.samples
    ]
    if rows:
        yield ngettext(
            "Row %(rows)s is not imported, as was answered for its name.",
            "Rows %(rows)s are not imported, as was answered for their names.",
            len(rows),
        ) % {"rows": _numbers(rows)}


def _columns(matching: Mapping[int, str], fields: Mapping[str, Field]) -> str:
    """The columns of these fields: "A (No.), G (% of plan)"."""
    return ", ".join(
        f"{column_letter(at)} ({capfirst(str(fields[name].label))})"
        for at, name in sorted(matching.items())
        if name in fields
    )


def _span(first: int, last: int) -> str:
    return f"{first}–{last}" if last > first else str(first)


def _numbers(rows: Sequence[int]) -> str:
    listed = ", ".join(map(str, rows[:MOST_NUMBERS]))
    return f"{listed}…" if len(rows) > MOST_NUMBERS else listed
