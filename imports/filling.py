"""What new rows need and the file has no column for: said once, for all of its rows.

A list of 2019 need not say in each row that the journeys are over. Where the
field is chosen from a list, or is a month, its question stands for the column;
of other fields the file has to say it row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from imports.answers import Answers
from imports.asking import Question, QuestionKind
from imports.conversion import converter
from imports.fields import Field, FieldKind, Proposed, Wrong, lacking

MOST_OPTIONS = 100  # a longer list is no property of all rows of a file
_TYPED = (FieldKind.MONTH,)


def key_of(field: Field) -> str:
    return f"{QuestionKind.FILL}:{field.name}"


def questions(
    matching: Mapping[int, str],
    fields: Sequence[Field],
    once: Mapping[str, Proposed] | None = None,
    words: Sequence[tuple[str, str]] = (),
) -> list[Question]:
    """One for each field all rows may share; none where the rows are about known records.

    ``once`` are fields asked even so that need no answer elsewhere, and what is proposed
    for any, read from the ``words`` of the file (cell and text).
    """
    known, once = {field.name: field for field in fields}, once or {}
    if any(known[name].is_identity for name in matching.values() if name in known):
        return []
    there = {*matching.values()}
    needed = {field.name for field in lacking(fields, there)} | (once.keys() - there)
    asked = [field for field in fields if field.name in needed and _can_be_said(field)]
    return [_question(field, once.get(field.name, Proposed()), words) for field in asked]


def _can_be_said(field: Field) -> bool:
    return field.kind in _TYPED or 0 < len(field.shared()) <= MOST_OPTIONS


def _question(field: Field, proposed: Proposed, words: Sequence[tuple[str, str]]) -> Question:
    options = () if field.kind in _TYPED else tuple(field.shared())
    samples = () if proposed.place is None else (words[proposed.place],)
    return Question(
        key_of(field), QuestionKind.FILL, field.name, samples, options, proposed=proposed.said
    )


def read(field: Field, said: str) -> Any:
    """The value of what was answered, as a cell of the column would give it; raises Wrong."""
    found: Any = converter(field, Answers())(said)
    return found if field.accept is None else field.accept(found)


def wrong_with(field: Field, said: str) -> str:
    """Why this is no answer; "" where it is one."""
    try:
        read(field, said)
    except Wrong as wrong:
        return str(wrong.args[0])
    return ""


def without_wrong(
    asked: Sequence[Question], fields: Sequence[Field], answers: Mapping[str, str]
) -> dict[str, str]:
    """The answers but for those typed ones that cannot be read: they are asked again."""
    known = {field.name: field for field in fields}
    wrong = {
        one.key
        for one in asked
        if answers.get(one.key) and wrong_with(known[one.field], answers[one.key])
    }
    return {key: said for key, said in answers.items() if key not in wrong}


def values(
    asked: Sequence[Question], fields: Sequence[Field], answers: Mapping[str, str]
) -> dict[str, Any]:
    """Field → value, of what was asked and answered."""
    known = {field.name: field for field in fields}
    said = {
        one.field: answers[one.key]
        for one in asked
        if one.kind == QuestionKind.FILL and answers.get(one.key)
    }
    return {name: read(known[name], text) for name, text in said.items()}
