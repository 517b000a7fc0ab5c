"""The forms of the three registers: each asks what its own papers say."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.utils.translation import gettext as _

from projects.models import (
    FdiAct,
    FdiAmount,
    FdiDisbursement,
    FdiProject,
    NgoAct,
    NgoAid,
    NgoAmount,
    NgoDisbursement,
    OdaAct,
    OdaAmount,
    OdaDisbursement,
    OdaProject,
)
from registers.forms import RecordForm
from registers.lines import LineForm

KEPT = ("agency", "data_class")
ACT = ("kind", "done_on", "until", "document", "note")


class ProjectForm(RecordForm):
    """Nothing happens to a project before it was certified or decided."""

    LINE_DAYS: ClassVar = {"amounts": "decided_on", "acts": "done_on"}

    def is_valid(self) -> bool:
        is_valid = super().is_valid()
        return self._lines_follow() and is_valid

    def _lines_follow(self) -> bool:
        decided_on = self.cleaned_data.get("decided_on") if self.is_bound else None
        if not isinstance(decided_on, dt.date):
            return True
        follow = True
        for name, day_field in self.LINE_DAYS.items():
            for line in self.lines_named(name).kept():
                day = getattr(line, "cleaned_data", {}).get(day_field)
                if day and day < decided_on:
                    line.add_error(
                        day_field, _("This lies before the day of the certificate or decision.")
                    )
                    follow = False
        return follow


class FdiForm(ProjectForm):
    class Meta(RecordForm.Meta):
        model = FdiProject
        fields = (
            *("name", "sector", "investor", "country", "owner", "managing_agency"),
            *("number", "decided_on", "ended_on", "places", "zone"),
            *("labour", "progress", "note", *KEPT),
        )


class FdiAmountForm(LineForm):
    class Meta(LineForm.Meta):
        model = FdiAmount
        fields = ("change", "amount", "currency", "decided_on", "document")


class FdiDisbursementForm(LineForm):
    class Meta(LineForm.Meta):
        model = FdiDisbursement
        fields = ("year", "amount", "currency", "note")


class FdiActForm(LineForm):
    class Meta(LineForm.Meta):
        model = FdiAct
        fields = ACT


class OdaForm(ProjectForm):
    class Meta(RecordForm.Meta):
        model = OdaProject
        fields = (
            *("name", "modality", "sector", "donor", "country", "managing_agency", "owner"),
            *("number", "decided_on", "started_on", "ended_on", "places", "note", *KEPT),
        )


class OdaAmountForm(LineForm):
    class Meta(LineForm.Meta):
        model = OdaAmount
        fields = ("capital", "change", "amount", "currency", "decided_on", "document")


class OdaDisbursementForm(LineForm):
    class Meta(LineForm.Meta):
        model = OdaDisbursement
        fields = ("year", "capital", "amount", "currency", "note")


class OdaActForm(LineForm):
    class Meta(LineForm.Meta):
        model = OdaAct
        fields = ACT


class NgoForm(ProjectForm):
    class Meta(RecordForm.Meta):
        model = NgoAid
        fields = (
            *("name", "kind", "sector", "donor", "country", "registration"),
            *("managing_agency", "owner", "number", "decided_on", "started_on", "ended_on"),
            *("places", "note", *KEPT),
        )


class NgoAmountForm(LineForm):
    class Meta(LineForm.Meta):
        model = NgoAmount
        fields = ("capital", "change", "amount", "currency", "decided_on", "document")


class NgoDisbursementForm(LineForm):
    class Meta(LineForm.Meta):
        model = NgoDisbursement
        fields = ("year", "amount", "currency", "note")


class NgoActForm(LineForm):
    class Meta(LineForm.Meta):
        model = NgoAct
        fields = ACT
