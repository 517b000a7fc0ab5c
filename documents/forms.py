"""The form of a document and the filter of the list."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.dates import NotADate, parse_short_date, short_date
from common.text import search_key
from documents.models import SourceDocument
from documents.uploads import ACCEPT, MAX_MEGABYTES, check


class ShortDateField(forms.CharField):
    """A date typed as 05/12/2025: the browser's own date box follows the computer's language."""

    widget = forms.TextInput(
        attrs={"inputmode": "numeric", "placeholder": _("dd/mm/yyyy"), "autocomplete": "off"}
    )

    def prepare_value(self, value: Any) -> Any:
        return short_date(value) if hasattr(value, "year") else value

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        if not typed:
            return None
        try:
            return parse_short_date(typed)
        except NotADate as error:
            raise forms.ValidationError(str(error)) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class DocumentForm(forms.ModelForm):
    marks_required = True  # read by the field template: most fields may stay empty

    issued_on = ShortDateField(label=_("date"), required=False)
    file = forms.FileField(
        label=_("file"),
        required=False,
        allow_empty_file=True,  # an empty file gets the message about its content
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_("PDF, PNG, JPG, Word or Excel, at most %(limit)s MB.")
        % {"limit": MAX_MEGABYTES},
    )

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)  # see change_document

    class Meta:
        model = SourceDocument
        fields: tuple[str, ...] = (
            "kind",
            "number",
            "issued_on",
            "issued_year",
            "issuer",
            "subject",
            "file",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {"subject": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "issued_year" in self.fields:
            self.fields["issued_year"].widget = forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "off"}
            )

    def clean_issued_year(self) -> int | None:
        year = self.cleaned_data["issued_year"]
        if year is not None and not 1945 <= year <= timezone.localdate().year + 1:
            raise forms.ValidationError(_("The year has four digits, for example 2019."))
        return year

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            check(upload)
        return upload

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, year = cleaned.get("issued_on"), cleaned.get("issued_year")
        if day and year and day.year != year:
            self.add_error("issued_year", _("The date lies in another year. Leave the year empty."))
        return cleaned

    def content(self) -> dict[str, Any]:
        """What the actions take: the fields, and the file only when one was chosen."""
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        upload = fields.pop("file")
        return {**fields, "file": upload if isinstance(upload, UploadedFile) else None}

    def differences(self, stored: SourceDocument) -> list[tuple[str, str, str]]:
        """(label, stored, typed) wherever what is typed is not what is stored."""
        found = []
        for name in (*self.Meta.fields[:-1], "file"):
            theirs, ours = getattr(stored, name), self.cleaned_data[name]
            if name == "file":
                if not isinstance(ours, UploadedFile):
                    continue
                theirs, ours = stored.file_name, ours.name
            if (theirs or "") != (ours or ""):
                label = str(self.fields[name].label)
                found.append((label, _in_words(name, theirs), _in_words(name, ours)))
        return found

    def build_upon(self, stored: SourceDocument) -> None:
        """Keep what is typed, to be saved over ``stored`` by who has seen it now."""
        self.data = {name: self.data[name] for name in self.data} | {"seen": str(stored.version)}


def _in_words(name: str, value: Any) -> str:
    if name == "kind":
        return str(SourceDocument.Kind(value).label)
    return short_date(value) if hasattr(value, "year") else str(value or "…")


class ShortDocumentForm(DocumentForm):
    """What a new document needs while one is entering figures."""

    class Meta(DocumentForm.Meta):
        fields = ("kind", "number", "issued_on", "issuer", "subject", "file")
        widgets: ClassVar[dict[str, forms.Widget]] = {"subject": forms.Textarea(attrs={"rows": 2})}


class DocumentFilter(django_filters.FilterSet):
    """Search without accents, and by kind; both live in the address."""

    q = django_filters.CharFilter(
        label=_("Number, issuing body or subject"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=SourceDocument.Kind.choices, empty_label=_("all kinds")
    )

    class Meta:
        model = SourceDocument
        fields = ("q", "kind")

    def search(self, documents: QuerySet, name: str, words: str) -> QuerySet:
        for word in search_key(words[:200]).split():
            documents = documents.filter(search_text__contains=word)
        return documents
