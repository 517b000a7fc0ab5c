from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import ngettext

from delegations.delegation import AFTERWARDS, Delegation
from delegations.models import Inbound, Meeting, Outbound
from registers.forms import RecordForm

KEPT = ("agency", "data_class")
PEOPLE = ("head", "head_position", "persons")
WHEN = ("began_on", "ended_on", "status")
WHO = ("lead_agency", "supporters")
PAPERS = ("authority", "decision_number", "decided_on", "funding", "cost")


class DelegationForm(RecordForm):
    """What is left to the configuration, the day of the report, follows the journey."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "ended_on" in cleaned and "report_due_on" in cleaned:
            last, due = cleaned["ended_on"], cleaned["report_due_on"]
            if due is None or self._was_left_to_us(due):
                cleaned["report_due_on"] = self._default(last)
        return cleaned

    def _was_left_to_us(self, due: Any) -> bool:
        """The day of before, which was the usual one of a journey that is moved now."""
        before = self.initial.get("ended_on")
        return before is not None and due == self._default(before)

    def _default(self, last: Any) -> Any:
        return Delegation(direction=self.instance.direction, ended_on=last).default_report_day()


class OutboundForm(DelegationForm):
    class Meta(RecordForm.Meta):
        model = Outbound
        fields = (
            *("title", "content", "pillar", *PEOPLE, "countries", "partner"),
            *(*WHEN, *WHO, *PAPERS, *AFTERWARDS, *KEPT),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = settings.POST_TRIP_REPORT_DAYS
        self.fields["report_due_on"].help_text = ngettext(
            "Left empty: %(count)s day after the last day.",
            "Left empty: %(count)s days after the last day.",
            days,
        ) % {"count": days}


class InboundForm(DelegationForm):
    class Meta(RecordForm.Meta):
        model = Inbound
        fields = (
            *("title", "pillar", *PEOPLE, "countries", "partner", "organisation"),
            *(*WHEN, *WHO, "reception", "purpose", "content", *PAPERS, *AFTERWARDS, *KEPT),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reception"].required = True


class MeetingForm(RecordForm):
    class Meta(RecordForm.Meta):
        model = Meeting
        fields = (
            *("title", "kind", "mechanism", "session_number", "began_on", "ended_on"),
            *("place", "form", "status", "lead_agency", "partners", "countries"),
            *("our_head", "our_position", "their_head", "their_position"),
            *("our_delegates", "their_delegates", "authority", "decision_number"),
            *("documents_signed", "results", *KEPT),
        )
