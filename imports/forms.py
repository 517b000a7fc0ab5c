"""The forms of an import: which file goes where, and what is answered about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports.book import column_letter
from imports.contract import Field, Source
from imports.models import Upload

ACCEPT = ".xlsx,.xls,.ods,.csv,.xlsm,.txt,.tsv"


class UploadForm(forms.Form):
    """A file and where it goes."""

    source = forms.ChoiceField(
        label=gettext_lazy("Where the file goes"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose where the file goes.")},
    )
    file = forms.FileField(
        label=gettext_lazy("file"),
        allow_empty_file=True,  # an empty file gets the message about its content
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": gettext_lazy("Choose the file to import.")},
    )

    def __init__(self, *args: Any, sources: Mapping[str, Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, source.label) for code, source in sources.items()]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]


@dataclass(frozen=True)
class ColumnLine:
    """A column of the file and the box that says which field it is."""

    index: int
    heading: str
    box: forms.BoundField
    is_matched: bool
    is_silent: bool

    @property
    def letter(self) -> str:
        return column_letter(self.index)


@dataclass(frozen=True)
class QuestionBox:
    """A question about the file with the samples it is asked for."""

    title: str
    samples: Sequence[Sequence[str]]
    box: forms.BoundField


class AnswerForm(forms.Form):
    """What only a person can say of a file: which column is what, how its numbers are meant."""

    def __init__(self, *args: Any, upload: Upload, fields: Sequence[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upload = upload
        self.known = {field.name: field for field in fields}
        self.titles = {int(at): text for at, text in upload.layout.get("titles", {}).items()}
        names = [("", _("— do not import this column —"))]
        names += [(name, capfirst(str(field.label))) for name, field in self.known.items()]
        for at, heading in self.titles.items():
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=heading or _("column %(letter)s") % {"letter": column_letter(at)},
                choices=names,
                required=False,
                initial=upload.matching.get(str(at), ""),
                widget=forms.Select(attrs={"class": "control", "aria-label": _goes_into(heading)}),
            )
        for index, question in enumerate(upload.questions):
            self.fields[f"question-{index}"] = forms.ChoiceField(
                label=question["key"],
                choices=[tuple(option) for option in question["options"]],
                initial=upload.answers.get(question["key"]),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of these.")},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = Counter(name for name in self.matching.values() if name)
        for name, times in chosen.items():
            if times > 1 and not self.known[name].is_silent:
                label = capfirst(str(self.known[name].label))
                self.add_error(
                    None,
                    _("Two columns are said to be “%(field)s”. Leave one of them out.")
                    % {"field": label},
                )
        return cleaned

    @property
    def matching(self) -> dict[str, str]:
        """Column → field, as the upload keeps it."""
        return {str(at): self.cleaned_data.get(f"column-{at}", "") for at in self.titles}

    @property
    def answers(self) -> dict[str, str]:
        """Key of a question → what was chosen."""
        return {
            question["key"]: self.cleaned_data[f"question-{index}"]
            for index, question in enumerate(self.upload.questions)
        }

    # --- what the page shows ------------------------------------------------------------

    def columns(self) -> list[ColumnLine]:
        lines = []
        for at, heading in self.titles.items():
            name = self.upload.matching.get(str(at), "")
            field = self.known.get(name)
            silent = field is not None and field.is_silent
            lines.append(ColumnLine(at, heading, self[f"column-{at}"], bool(name), silent))
        return lines

    def open_columns(self) -> list[ColumnLine]:
        return [column for column in self.columns() if not column.is_matched or column.box.errors]

    def matched_columns(self) -> list[ColumnLine]:
        return [column for column in self.columns() if column.is_matched and not column.box.errors]

    def missing(self) -> list[str]:
        """Fields every record needs and no column of the file brings."""
        found = set(self.upload.matching.values())
        return [
            capfirst(str(field.label))
            for field in self.known.values()
            if field.required and field.name not in found
        ]

    def boxes(self) -> list[QuestionBox]:
        return [
            QuestionBox(self._asked(question), question["samples"], self[f"question-{index}"])
            for index, question in enumerate(self.upload.questions)
        ]

    def _asked(self, question: Mapping[str, Any]) -> str:
        """The question in words: its key is its kind and the column it is about."""
        letter = question["key"].partition(":")[2]
        known = self.known.get(question["field"])
        heading = question.get("label") or (capfirst(str(known.label)) if known else "")
        asked = {
            "number": _("Column %(letter)s, %(heading)s: how are the numbers written?"),
            "date": _("Column %(letter)s, %(heading)s: in which order stand day and month?"),
            "typed": _("Column %(letter)s, %(heading)s: did the spreadsheet mistake the dates?"),
            "thousands": _("Column %(letter)s, %(heading)s: did the spreadsheet lose thousands?"),
            "unit": _("Column %(letter)s, %(heading)s: in which unit?"),
            "encoding": _("In which letters is the text of the file?"),
        }
        words = asked.get(question["kind"], _("Column %(letter)s, %(heading)s: how is it meant?"))
        return words % {"letter": letter, "heading": heading}


def _goes_into(heading: str) -> str:
    return _("“%(heading)s” goes into") % {"heading": heading}
