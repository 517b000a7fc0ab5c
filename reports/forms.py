"""Forms of the reports' screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reference.models import ReportingYear
from reports.issue import Issue, faults
from reports.models import IssuingOffice, Report
from reports.outlines import outlines

# The periods reports are asked for, by their months.
PERIODS = (
    (12, _("Whole year")),
    (9, _("First 9 months")),
    (6, _("First 6 months")),
)


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
        widget=forms.TextInput(attrs={"placeholder": _("dd/mm/yyyy"), "inputmode": "numeric"}),
        error_messages={"invalid": _("Enter the date as 05/12/2025.")},
    )
    signer = forms.CharField(label=_("Signer's full name"), max_length=120, required=False)

    def __init__(self, *args: Any, report: Report, may_issue: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"office": report.office_id}, **kwargs})
        self.report = report
        if not may_issue:
            for name in ("number", "issued_on", "signer"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            for fault in faults(self._issue(cleaned), self.report, timezone.localdate()):
                self.add_error(fault.field or None, fault.message)
        return cleaned

    @property
    def issue(self) -> Issue:
        return self._issue(self.cleaned_data)

    @staticmethod
    def _issue(cleaned: dict[str, Any]) -> Issue:
        return Issue(
            number=(cleaned.get("number") or "").strip(),
            issued_on=cleaned.get("issued_on"),
            signer=(cleaned.get("signer") or "").strip(),
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
    """Making the report of a year to date from an outline."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    months = forms.TypedChoiceField(
        label=_("Period"), choices=PERIODS, coerce=int, initial=12, widget=forms.RadioSelect
    )
    outline = forms.ChoiceField(label=_("Outline"), widget=forms.RadioSelect)
    office = forms.ModelChoiceField(
        IssuingOffice.objects.all(),
        label=_("Issuing office"),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = ReportingYear.objects.values_list("year", flat=True)
        kinds = [(outline.code, outline.label) for outline in outlines().values()]
        self.fields["year"].choices = [(year, year) for year in years]  # type: ignore[attr-defined]
        self.fields["outline"].choices = kinds  # type: ignore[attr-defined]
