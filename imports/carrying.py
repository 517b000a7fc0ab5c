"""The corrected file of an import: what was answered of the first is answered of it.

An answer is carried over where the same is asked again: the same key and
options, about a column with the same heading or about the same samples. It is
said on the page, and can be changed there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import ngettext

from common.text import search_key
from imports.asking import Question
from imports.fields import Field
from imports.models import Upload

State = Upload.State
# What browsers and we add to the name of a file that is loaded again.
_ADDED = re.compile(r"(?:-danh-dau-loi|\s*\([0-9]{1,3}\)|[\s_-]+(?:sua|copy|v[0-9]{1,2}))+$")


def corrected_by(upload: Upload, said: Upload | None = None) -> Upload | None:
    """The import this file corrects: the one it was uploaded at, else the person's last open one
    of the same name."""
    if said is not None:
        return said if said.source == upload.source else None
    waiting = Upload.objects.of(upload.by).filter(
        source=upload.source, agency=upload.agency, state__in=(State.ASKING, State.READY)
    )
    name = _stem(upload.file_name)
    found = waiting.exclude(pk=upload.pk).order_by("-pk")[:20]
    return next((one for one in found if _stem(one.file_name) == name), None)


def _stem(file_name: str) -> str:
    return _ADDED.sub("", search_key(PurePosixPath(file_name).stem))


def carry(upload: Upload, earlier: Upload | None) -> None:
    """Begin with what was asked and answered then; reading the file drops what is meant anew."""
    if earlier is not None:
        upload.questions, upload.answers = earlier.questions, earlier.answers


def still_meant(
    before: Iterable[Mapping[str, Any]], now: Iterable[Question], answers: Mapping[str, str]
) -> dict[str, str]:
    """The answers but for those whose question is another one by now."""
    asked = {one["key"]: Question.from_json(one) for one in before}
    other = {one.key for one in now if one.key in asked and not _is_the_same(asked[one.key], one)}
    return {key: said for key, said in answers.items() if key not in other}


def _is_the_same(was: Question, one: Question) -> bool:
    options = [[value for value, _words in asked.options] for asked in (was, one)]
    is_about_it = was.samples == one.samples or bool(one.label and was.label == one.label)
    return options[0] == options[1] and is_about_it


def sentences(
    questions: Sequence[Question], answers: Mapping[str, str], fields: Sequence[Field]
) -> Iterator[str]:
    """What was taken over from the file before."""
    labels = {field.name: capfirst(str(field.label)) for field in fields}
    taken = [one for one in questions if (said := answers.get(one.key)) and one.accepts(said)]
    if taken:
        words = "; ".join(
            f"{_about(one, labels)}: {dict(one.options).get(answers[one.key], answers[one.key])}"
            for one in taken
        )
        yield ngettext(
            "Answered as in the file before, and can be changed here: %(answers)s.",
            "Answered as in the file before, and can be changed here: %(answers)s.",
            len(taken),
        ) % {"answers": words}


def _about(question: Question, labels: Mapping[str, str]) -> str:
    return question.label or labels.get(question.field, "") or question.key
