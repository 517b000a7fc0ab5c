"""Forms of the reports' screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import IssuingOffice
from reports.pdf.document import Signer
from reports.printing import Issue


class ExportForm(forms.Form):
    """Which office issues, and what the clerical office adds after signature."""

    office = forms.ModelChoiceField(
        IssuingOffice.objects.all(),
        label=_("Issuing office"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    issued_on = forms.DateField(
        label=_("Date of issue"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric"}),
        error_messages={"invalid": _("Enter the date as 05/12/2025.")},
    )
    signer = forms.CharField(label=_("Signer's full name"), max_length=120, required=False)

    def __init__(self, *args: Any, may_issue: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_issue:
            for name in ("number", "issued_on", "signer"):
                del self.fields[name]

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].strip()
        if number and not number.isdigit():
            raise forms.ValidationError(_("The number is digits only: 05, 128."))
        return number

    def clean_signer(self) -> str:
        signer = self.cleaned_data["signer"].strip()
        try:
            Signer(capacity_lines=(), name=signer)
        except ValueError as error:
            raise forms.ValidationError(
                _("Enter the signer's name without academic titles.")
            ) from error
        return signer

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("number")) != bool(cleaned.get("issued_on")) and not self.errors:
            raise forms.ValidationError(
                _("Number and date go together: enter both, or leave both empty for a draft.")
            )
        return cleaned

    @property
    def issue(self) -> Issue:
        return Issue(
            number=self.cleaned_data.get("number") or "",
            issued_on=self.cleaned_data.get("issued_on"),
            signer=self.cleaned_data.get("signer") or "",
        )


class SectionForm(forms.Form):
    """The plain form of a section's text; the version guards against two tabs."""

    text = forms.CharField(
        label=_("Text of the section"),
        required=False,
        max_length=100_000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class NewReportForm(forms.Form):
    """Making the report of a year from an outline."""

    office = forms.ModelChoiceField(
        IssuingOffice.objects.all(),
        label=_("Issuing office"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
