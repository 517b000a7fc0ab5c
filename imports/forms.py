"""The forms of an import: which file goes where, and what is answered about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports import answering, filling, spreading
from imports.answering import ColumnLine, QuestionBox, RowLine
from imports.asking import QuestionKind
from imports.book import column_letter
from imports.contract import Source
from imports.fields import Field, brought_by
from imports.matching import clash
from imports.models import Upload

_ALONE = (QuestionKind.ROW, QuestionKind.FILL, QuestionKind.OFFER, QuestionKind.DETAIL)
_ELSEWHERE = (QuestionKind.ROW, QuestionKind.DETAIL)  # not boxes of their own
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
        families = {source.family for source in sources.values() if source.family}
        # Of a family the list beside it says which one: "so-lieu-of" → "so-lieu-2019".
        choices += [(family, family) for family in families]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]
        self.families, self.sources = families, sources

    def clean_source(self) -> str:
        chosen: str = self.cleaned_data["source"]
        if chosen in self.families:
            chosen = self.data.get(f"{chosen}-of", "")
        if chosen not in self.sources:
            raise forms.ValidationError(_("Choose where the file goes."))
        return chosen


class AnswerForm(forms.Form):
    """What only a person can say of a file: which column is what, how its numbers are meant."""

    def __init__(self, *args: Any, upload: Upload, source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upload, self.source = upload, source
        self.known = {field.name: field for field in source.fields()}
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
        self.first_of = _first_of(upload.questions)
        for index, question in enumerate(upload.questions):
            self.fields[f"question-{index}"] = self._field(index, question)

    def _field(self, index: int, question: Mapping[str, Any]) -> forms.Field:
        said = self.upload.answers.get(question["key"]) or question.get("proposed") or None
        if question["kind"] == QuestionKind.FILL:
            return answering.of_all_rows(question, self._asked(question), said)
        if question["kind"] == QuestionKind.DETAIL:
            return answering.typed(question, question["label"], said)
        if question["kind"] in _ALONE:
            is_row = question["kind"] == QuestionKind.ROW
            label = _is_about(question) if is_row else question["label"]
            return answering.from_a_list(question, label, said)
        return self._choice(index, question)

    def _choice(self, index: int, question: Mapping[str, Any]) -> forms.ChoiceField:
        options = [tuple(option) for option in question["options"]]
        said = self.upload.answers.get(question["key"])
        first = self.upload.questions[self.first_of[index]]
        is_first = first is question
        if not is_first:
            letter = first["key"].partition(":")[2]
            options = [("", _("as column %(letter)s") % {"letter": letter}), *options]
            said = "" if said == self.upload.answers.get(first["key"]) else said
        return forms.ChoiceField(
            label=question["key"],
            choices=options,
            initial=said,
            required=is_first,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose one of these.")},
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._clean_fills(cleaned)
        self._clean_days(cleaned)
        chosen = Counter(name for name in self.matching.values() if name)
        for name, times in chosen.items():
            if times > 1 and not self.known[name].is_silent:
                label = capfirst(str(self.known[name].label))
                self.add_error(
                    None,
                    _("Two columns are said to be “%(field)s”. Leave one of them out.")
                    % {"field": label},
                )
        for clashing in spreading.clashing(self.matching, [*self.known.values()]).values():
            self.add_error(None, str(clash(clashing)))
        for field in self.source.keyless(chosen):
            self.add_error(None, self._without(field))
        return cleaned

    def _without(self, field: Field) -> str:
        return _(
            "No column holds “%(field)s”, and every row needs it. Say which column it is, or add "
            "the column and upload the file again."
        ) % {"field": capfirst(str(field.label))}

    def _clean_fills(self, cleaned: dict[str, Any]) -> None:
        """Something has to be said of all rows, unless a column was found for it after all."""
        matched = set(self.matching.values())
        matched |= brought_by(self.known[name] for name in matched if name)
        for index, question in enumerate(self.upload.questions):
            name, said = question["field"], cleaned.get(f"question-{index}", "")
            if question["kind"] != QuestionKind.FILL or name in matched:
                continue
            if not said and f"question-{index}" not in self.errors:
                self.add_error(f"question-{index}", _("Choose one of these, or match a column."))
            elif not question["options"] and (why := filling.wrong_with(self.known[name], said)):
                self.add_error(f"question-{index}", why)

    def _clean_days(self, cleaned: dict[str, Any]) -> None:
        for index, question in enumerate(self.upload.questions):
            said = cleaned.get(f"question-{index}", "")
            if question.get("is_day") and (why := answering.no_day(said)):
                self.add_error(f"question-{index}", why)

    @property
    def matching(self) -> dict[str, str]:
        """Column → field, as the upload keeps it."""
        return {str(at): self.cleaned_data.get(f"column-{at}", "") for at in self.titles}

    @property
    def answers(self) -> dict[str, str]:
        """Key of a question → what was chosen."""
        said = [self.cleaned_data.get(f"question-{at}", "") for at in range(len(self.first_of))]
        return {
            question["key"]: said[index] or said[self.first_of[index]]
            for index, question in enumerate(self.upload.questions)
        }

    # --- what the page shows ------------------------------------------------------------

    def columns(self) -> list[ColumnLine]:
        lines = []
        for at, heading in self.titles.items():
            name = self.upload.matching.get(str(at), "")
            use = _use(self.known.get(name))
            lines.append(ColumnLine(at, heading, self[f"column-{at}"], bool(name), use))
        return lines

    def open_columns(self) -> list[ColumnLine]:
        return [column for column in self.columns() if not column.is_matched or column.box.errors]

    def matched_columns(self) -> list[ColumnLine]:
        return [column for column in self.columns() if column.is_matched and not column.box.errors]

    def missing(self) -> list[str]:
        """Fields every record needs, no column of the file brings, and nobody is asked for."""
        fills = (one for one in self.upload.questions if one["kind"] == QuestionKind.FILL)
        found = {*self.upload.matching.values(), *(question["field"] for question in fills)}
        return [capfirst(str(field.label)) for field in self.source.missing(found)]

    def boxes(self) -> list[QuestionBox]:
        """The questions about columns: one that several columns raise stands there once."""
        return [
            self._box(index, [other for other, first in self.first_of.items() if first == index])
            for index in dict.fromkeys(self.first_of.values())
            if self.upload.questions[index]["kind"] not in _ELSEWHERE
        ]

    def _box(self, index: int, alike: Sequence[int] = ()) -> QuestionBox:
        question = self.upload.questions[index]
        return QuestionBox(
            title=self._asked(question),
            samples=question["samples"],
            box=self[f"question-{index}"],
            letter=question["key"].partition(":")[2],
            others=[self._box(other) for other in alike if other != index],
            details=self._details(question),
        )

    def _details(self, offer: Mapping[str, Any]) -> list[forms.BoundField]:
        is_offer = offer["kind"] == QuestionKind.OFFER
        return [
            self[f"question-{index}"]
            for index, question in enumerate(self.upload.questions)
            if is_offer and question["kind"] == QuestionKind.DETAIL
        ]

    def rows(self) -> list[RowLine]:
        return [
            RowLine(question["label"], question["samples"], self[f"question-{index}"])
            for index, question in enumerate(self.upload.questions)
            if question["kind"] == QuestionKind.ROW
        ]

    def _asked(self, question: Mapping[str, Any]) -> str:
        """The question in words: its key is its kind and the column it is about."""
        letter = question["key"].partition(":")[2]
        known = self.known.get(question["field"])
        heading = question.get("label") or (capfirst(str(known.label)) if known else "")
        if question["kind"] == QuestionKind.FILL:
            words = _("The file has no column “%(field)s”. %(field)s of all new rows:")
            return words % {"field": heading}
        asked = {
            "number": _("Column %(letter)s, %(heading)s: how are the numbers written?"),
            "date": _("Column %(letter)s, %(heading)s: in which order stand day and month?"),
            "typed": _("Column %(letter)s, %(heading)s: did the spreadsheet mistake the dates?"),
            "thousands": _(
                "Column %(letter)s, %(heading)s: in the spreadsheet cell %(cell)s is %(text)s. "
                "In the document it is:"
            ),
            "unit": _("Column %(letter)s, %(heading)s: in which unit?"),
            "encoding": _("In which letters is the text of the file?"),
        }
        if question["kind"] == QuestionKind.OFFER:
            return heading
        words = asked.get(question["kind"], _("Column %(letter)s, %(heading)s: how is it meant?"))
        cell, text = question["samples"][0] if question["samples"] else ("", "")
        return words % {"letter": letter, "heading": heading, "cell": cell, "text": text}


def _use(field: Field | None) -> str:
    if field is None or not field.is_silent:
        return ""
    return _("used as a check, not imported") if field.is_compared else _("not imported")


def _first_of(questions: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Each question → the first that has the same answers: what a file leaves open is mostly
    one thing, however many columns raise it. Units are the same where their names are."""
    firsts: dict[Any, int] = {}
    found: dict[int, int] = {}
    for index, question in enumerate(questions):
        is_unit = question["kind"] == QuestionKind.UNIT
        options = tuple(tuple(option) if is_unit else option[0] for option in question["options"])
        stands_alone = question["kind"] in _ALONE
        key = index if stands_alone else (question["kind"], options)
        found[index] = firsts.setdefault(key, index)
    return found


def _is_about(question: Mapping[str, Any]) -> str:
    return _("“%(name)s” is") % {"name": question["label"]}


def _goes_into(heading: str) -> str:
    return _("“%(heading)s” goes into") % {"heading": heading}
