"""The registers of delegations out (annex I) and in (annex II), and of meetings (IV, XII)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from common.dates import short_date
from delegations.choices import Direction, Status
from delegations.figures import IN, IN_FEEDS, OUT, OUT_FEEDS
from delegations.filters import NOT_UPDATED, OVERDUE, InboundFilter, MeetingFilter, OutboundFilter
from delegations.forms import InboundForm, MeetingForm, OutboundForm
from delegations.models import Delegation, Inbound, Meeting, Outbound
from registers.contract import Attention, Column, Register, Section
from registers.showing import agency_name


def report(delegation: Delegation) -> str:
    """What there is of the report: handed in, due, or overdue."""
    if delegation.reported_on:
        return gettext("handed in %(day)s") % {"day": short_date(delegation.reported_on)}
    if delegation.report_due_on is None or not delegation.took_place:
        return ""
    day = {"day": short_date(delegation.report_due_on)}
    if delegation.report_due_on < timezone.localdate():
        return gettext("overdue since %(day)s") % day
    return gettext("due %(day)s") % day


def twins(delegation: Delegation) -> Q:
    """One journey entered twice: the same first day and name or size, or the same decision."""
    alike = Q(title__iexact=delegation.title)
    if delegation.persons:
        alike |= Q(persons=delegation.persons, lead_agency=delegation.lead_agency_id)
    alike &= Q(began_on=delegation.began_on)
    number = delegation.decision_number
    return alike | Q(decision_number__iexact=number) if number else alike


def twin_meetings(meeting: Meeting) -> Q:
    """The same session of a mechanism, or the same name on the same day."""
    alike = Q(began_on=meeting.began_on, title__iexact=meeting.title)
    if meeting.mechanism_id and meeting.session_number:
        alike |= Q(mechanism=meeting.mechanism_id, session_number=meeting.session_number)
    return alike


def waiting(rows: Any, today: dt.date) -> Iterator[Attention]:
    """Delegations whose report is overdue, and those nobody said anything of since their day."""
    overdue = rows.report_overdue(today).count()
    if overdue:
        said = ngettext(
            "The report of %(count)s delegation is overdue.",
            "The reports of %(count)s delegations are overdue.",
            overdue,
        )
        yield Attention(said % {"count": overdue}, f"attention={OVERDUE}")
    yield from waiting_for_status(rows, today)


def waiting_for_status(rows: Any, today: dt.date) -> Iterator[Attention]:
    gone_by = rows.not_updated(today).count()
    if gone_by:
        said = ngettext(
            "The first day of %(count)s record has gone by: say whether it took place.",
            "The first day of %(count)s records has gone by: say whether they took place.",
            gone_by,
        )
        yield Attention(said % {"count": gone_by}, f"attention={NOT_UPDATED}")


# Who stayed at home is no part of any sum.
NOT_CANCELLED = ~Q(status=Status.CANCELLED)


def different_countries(rows: Any) -> str:
    """Each country once, as in the bottom line of the annexes."""
    found = rows.filter(NOT_CANCELLED, countries__isnull=False).order_by()
    count = found.values("countries").distinct().count()
    said = ngettext("%(count)s country or territory", "%(count)s countries, territories", count)
    return said % {"count": count}


TITLE = Column(name="title", label=_("Name of the delegation"), is_wide=True)
CONTENT = Column(name="content", label=_("Content of work"), on_screen=False)
HEAD = (
    Column(name="head", label=_("Head of delegation"), on_screen=False),
    Column(name="head_position", label=_("Position"), on_screen=False),
)
PERSONS = Column(
    name="persons",
    label=_("People"),
    sort="persons",
    total=Sum("persons", filter=NOT_CANCELLED),
    is_number=True,
)
COUNTRIES = Column(
    name="countries", label=_("Countries and territories"), tally=different_countries
)
FIRST_DAY = Column(name="began_on", label=_("From day"), sort="began_on")
LAST_DAY = Column(name="ended_on", label=_("To day"))
PILLAR = Column(name="pillar", label=_("Pillar"), on_screen=False)
LEAD = Column(name="lead_agency", label=_("Lead agency"), on_screen=False)
SUPPORTERS = Column(name="supporters", label=_("Coordinating agencies"), on_screen=False)
PAPERS = (
    Column(name="authority", label=_("Deciding authority"), on_screen=False),
    Column(name="decision_number", label=_("Decision, permit"), on_screen=False),
    Column(name="decided_on", label=_("Day of the decision"), on_screen=False),
)
MONEY = (
    Column(name="funding", label=_("Source of funding"), on_screen=False),
    Column(name="cost", label=_("Cost (million VND)"), is_number=True, on_screen=False),
)
STATUS = Column(name="status", label=_("Status"), sort="status")
AFTER = (
    Column(name="results", label=_("Results"), on_screen=False),
    Column(name="note", label=_("Note"), on_screen=False),
    Column(name="agency", label=_("Agency"), value=agency_name, on_screen=False),
)
REPORT = Column(name="report", label=_("Report"), value=report)

PEOPLE = Section(label=_("Head and people"), fields=(("head", "head_position", "persons"),))
AGENCIES = Section(label=_("Agencies"), fields=(("lead_agency", "supporters"),))
KEEPING = Section(label=_("Keeping the record"), fields=(("agency", "data_class"),))
AFTERWARDS = Section(
    label=_("Results, report afterwards"),
    fields=("results", ("report_due_on", "reported_on", "report_number"), "note"),
    help=_("Can still be filled in after the figures of the year are closed."),
)


# What lists of delegations write above their columns.
HEADINGS = {
    "title": ("Đoàn", "Tên đoàn", "Đoàn công tác"),
    "head": ("Trưởng đoàn Họ tên", "Trưởng đoàn Họ và tên", "Họ tên trưởng đoàn"),
    "head_position": ("Trưởng đoàn Chức vụ", "Chức vụ trưởng đoàn"),
    "persons": ("Số thành viên", "Số lượng người", "Thành phần Số người"),
    "began_on": ("Ngày đi", "Ngày đến"),
    "ended_on": ("Ngày về",),
}
HEADINGS_OUT = {**HEADINGS, "countries": ("Nước đến", "Quốc gia đến", "Nước đến công tác", "Nước")}
HEADINGS_IN = {**HEADINGS, "countries": ("Nước đi", "Quốc tịch", "Đoàn đến từ", "Nước")}


def papers(label: Any) -> Section:
    fields = ("authority", ("decision_number", "decided_on"), ("funding", "cost"))
    return Section(label=label, fields=fields)


REGISTERS = (
    Register(
        code="delegations_out",
        slug=OUT,
        label=pgettext_lazy("register", "Delegations out"),
        description=_("Delegations of the province that go abroad, and what came of them"),
        icon="fa-plane-departure",
        order=20,
        model=Outbound,
        form=OutboundForm,
        filters=OutboundFilter,
        initial={"direction": Direction.OUT},
        default_sort="-began_on",
        columns=(
            *(FIRST_DAY, LAST_DAY, TITLE, CONTENT, *HEAD, PERSONS, COUNTRIES),
            *(PILLAR, LEAD, SUPPORTERS, *PAPERS, *MONEY, STATUS, REPORT, *AFTER),
        ),
        sections=(
            Section(
                label=pgettext_lazy("section", "The delegation"),
                fields=("title", "content", "pillar"),
            ),
            PEOPLE,
            Section(
                label=_("Destination and time"),
                fields=(("countries", "partner"), ("began_on", "ended_on", "status")),
            ),
            AGENCIES,
            papers(_("Decision and funding")),
            AFTERWARDS,
            KEEPING,
        ),
        feeds=OUT_FEEDS,
        twins=twins,
        attention=waiting,
        related=("agency", "partner", "lead_agency"),
        prefetch=("countries", "supporters"),
        units={"cost": "million_vnd"},
        headings=HEADINGS_OUT,
    ),
    Register(
        code="delegations_in",
        slug=IN,
        label=pgettext_lazy("register", "Delegations in"),
        description=_("Delegations from abroad, how they were received, and what came of it"),
        icon="fa-plane-arrival",
        order=30,
        model=Inbound,
        form=InboundForm,
        filters=InboundFilter,
        initial={"direction": Direction.IN},
        default_sort="-began_on",
        columns=(
            *(FIRST_DAY, LAST_DAY, TITLE, *HEAD, COUNTRIES),
            Column(name="organisation", label=_("Sending organisation"), on_screen=False),
            PERSONS,
            Column(name="lead_agency", label=_("Received by"), on_screen=False),
            SUPPORTERS,
            Column(name="reception", label=_("Mode of reception"), sort="reception"),
            Column(name="purpose", label=_("Purpose"), on_screen=False),
            *(CONTENT, PILLAR, *PAPERS, *MONEY, STATUS, *AFTER),
        ),
        sections=(
            Section(
                label=pgettext_lazy("section", "The delegation"),
                fields=("title", ("reception", "pillar")),
            ),
            PEOPLE,
            Section(
                label=_("Origin and time"),
                fields=(
                    "countries",
                    ("partner", "organisation"),
                    ("began_on", "ended_on", "status"),
                ),
            ),
            AGENCIES,
            Section(label=_("Purpose and content"), fields=("purpose", "content")),
            papers(_("Permit and funding")),
            AFTERWARDS,
            KEEPING,
        ),
        feeds=IN_FEEDS,
        twins=twins,
        attention=waiting,
        related=("agency", "partner", "lead_agency"),
        prefetch=("countries", "supporters"),
        units={"cost": "million_vnd"},
        headings=HEADINGS_IN,
    ),
    Register(
        code="meetings",
        slug="hoi-nghi-co-che",
        label=pgettext_lazy("register", "Conferences, cooperation mechanisms"),
        description=_("Sessions of mechanisms, talks, conferences, and what was signed there"),
        icon="fa-handshake",
        order=40,
        model=Meeting,
        form=MeetingForm,
        filters=MeetingFilter,
        default_sort="-began_on",
        columns=(
            FIRST_DAY,
            Column(name="ended_on", label=_("To day"), on_screen=False),
            Column(name="title", label=_("Name, topic"), is_wide=True),
            Column(name="kind", label=pgettext_lazy("of a meeting", "Type"), sort="kind"),
            Column(name="mechanism", label=_("Mechanism"), on_screen=False),
            Column(name="session_number", label=_("Session number"), is_number=True),
            Column(name="place", label=_("Venue")),
            Column(name="our_head", label=_("Head, Vietnamese side"), on_screen=False),
            Column(name="our_position", label=_("Position"), on_screen=False),
            Column(name="their_head", label=_("Head, foreign side"), on_screen=False),
            Column(name="their_position", label=_("Position"), on_screen=False),
            Column(name="partners", label=_("Partners"), on_screen=False),
            Column(name="countries", label=_("Countries and territories"), on_screen=False),
            Column(
                name="our_delegates",
                label=_("Vietnamese delegates"),
                is_number=True,
                on_screen=False,
            ),
            Column(
                name="their_delegates",
                label=_("Foreign delegates"),
                is_number=True,
                on_screen=False,
            ),
            Column(name="form", label=_("Form of the meeting"), on_screen=False),
            Column(name="authority", label=_("Permitting authority"), on_screen=False),
            Column(name="decision_number", label=_("Decision, permit"), on_screen=False),
            Column(name="documents_signed", label=_("Documents signed")),
            Column(name="results", label=_("Results"), on_screen=False),
            STATUS,
            Column(name="agency", label=_("Agency"), value=agency_name, on_screen=False),
        ),
        sections=(
            Section(
                label=pgettext_lazy("section", "The meeting"),
                fields=("title", "kind", ("mechanism", "session_number")),
            ),
            Section(
                label=_("Time and venue"),
                fields=(("began_on", "ended_on", "status"), ("place", "form"), "lead_agency"),
            ),
            Section(
                label=_("Those who take part"),
                fields=(
                    ("our_head", "our_position"),
                    ("their_head", "their_position"),
                    "partners",
                    "countries",
                    ("our_delegates", "their_delegates"),
                ),
            ),
            Section(
                label=_("Permit, documents, results"),
                fields=(("authority", "decision_number"), "documents_signed", "results"),
            ),
            KEEPING,
        ),
        twins=twin_meetings,
        attention=waiting_for_status,
        related=("agency", "mechanism", "lead_agency"),
        prefetch=("partners", "countries"),
    ),
)
