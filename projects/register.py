"""The registers of FDI projects (annex VII), ODA (annex VIII) and foreign NGO aid (annex V)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from common.contracts import Calendar
from projects import forms
from projects.base import Project
from projects.figures import FDI_FEEDS, NGO_FEEDS, ODA_FEEDS
from projects.filters import FdiFilter, NgoFilter, OdaFilter
from projects.models import (
    FdiAct,
    FdiAmount,
    FdiDisbursement,
    FdiProject,
    NgoAct,
    NgoAid,
    NgoAmount,
    NgoCapital,
    NgoDisbursement,
    OdaAct,
    OdaAmount,
    OdaCapital,
    OdaDisbursement,
    OdaProject,
)
from projects.money import disbursed, of_capital, promised, tally
from projects.stints import Status
from registers.contract import Column, Lines, Register, Section
from registers.showing import agency_name


def twins(project: Project) -> Q:
    """The same paper, or the same name decided on the same day."""
    same = Q(name__iexact=project.name, decided_on=project.decided_on)
    return same | Q(number__iexact=project.number) if project.number else same


def lines_before(project: Project) -> Iterator[tuple[str, str]]:
    """Nothing happens to a project before it was certified or decided: as the form says."""
    for name, day_field in forms.ProjectForm.LINE_DAYS.items():
        days = [getattr(line, day_field) for line in getattr(project, name).all()]
        if any(day and day < project.decided_on for day in days):
            yield name, gettext("This lies before the day of the certificate or decision.")


def status(project: Project) -> str:
    now = project.status
    return str(project.IN_FORCE if now == Status.ACTIVE else now.label)


def investor(project: FdiProject) -> str:
    """As the annex has it: who invests, and of which nationality."""
    return f"{project.investor} ({project.country})"


# --- what the three have in common ----------------------------------------------------

_money = partial(Column, is_number=True)
PAID = partial(
    _money, name="disbursed", value=disbursed, tally=tally("disbursements", amount=F("amount"))
)
NAME = partial(Column, name="name", sort="name", is_wide=True)
PLACES = Column(name="places", label=_("Places"), on_screen=False)
SECTOR = Column(name="sector", label=_("Sector"), sort="sector", on_screen=False)
STATUS = Column(name="status", label=_("Status today"), value=status)
NOTE = Column(name="note", label=_("Note"), on_screen=False)
AGENCY = Column(name="agency", label=_("Agency"), value=agency_name, on_screen=False)
MANAGING = Column(name="managing_agency", label=_("Managing agency"), on_screen=False)

KEEPING = Section(label=_("Keeping the record"), fields=("note", ("agency", "data_class")))
ACTS_HELP = _("Extension, suspension, end: the status on any day follows from these and the dates.")
AMOUNTS_HELP = _(
    "Each amount in its own currency. A supplement or decrease is a line of its own, with its day; "
    "the first amount stays as it was."
)
PAID_HELP = _("Only the money of the year itself; what was promised for many years stands above.")


def acts(model: Any, form: Any) -> Lines:
    return Lines(name="acts", label=_("Acts"), model=model, form=form, help=ACTS_HELP)


def amounts(label: Any, model: Any, form: Any) -> Lines:
    return Lines(name="amounts", label=label, model=model, form=form, help=AMOUNTS_HELP, at_least=1)


def paid(label: Any, model: Any, form: Any, once: tuple[str, ...]) -> Lines:
    return Lines(
        name="disbursements", label=label, model=model, form=form, help=PAID_HELP, once=once
    )


COURSE = Section(
    label=pgettext_lazy("section", "Course of the project"),
    lines=("acts",),
    derived=(Column(name="status", label=_("status today"), value=status),),
)
PREFETCH = ("places", "amounts", "acts", "disbursements")

# --- the registers --------------------------------------------------------------------

FDI = Register(
    code="fdi",
    slug="du-an-fdi",
    label=pgettext_lazy("register", "FDI projects"),
    description=_("Projects with foreign direct investment, their capital and its progress"),
    icon="fa-industry",
    order=50,
    model=FdiProject,
    form=forms.FdiForm,
    filters=FdiFilter,
    calendar=Calendar.CALENDAR,
    default_sort="-decided_on",
    columns=(
        NAME(label=_("Name of the project")),
        Column(name="investor", label=_("Investor, nationality"), value=investor, is_wide=True),
        Column(name="country", label=_("Country"), on_screen=False),
        Column(name="number", label=_("Number of the certificate"), on_screen=False),
        Column(name="decided_on", label=_("Day of the certificate"), sort="decided_on"),
        Column(name="ended_on", label=_("End of the term"), sort="ended_on", on_screen=False),
        Column(name="owner", label=_("Enterprise"), on_screen=False),
        MANAGING,
        PLACES,
        Column(name="zone", label=_("Economic zone, industrial park"), on_screen=False),
        SECTOR,
        _money(
            name="capital",
            label=_("Registered capital"),
            value=promised,
            tally=tally("amounts"),
        ),
        PAID(label=_("Implemented capital")),
        Column(name="labour", label=_("Workers"), total="labour", is_number=True, on_screen=False),
        Column(name="progress", label=_("Progress"), on_screen=False),
        STATUS,
        NOTE,
        AGENCY,
    ),
    sections=(
        Section(
            label=_("Project and investor"),
            fields=("name", ("investor", "country"), ("owner", "managing_agency")),
        ),
        Section(
            label=_("Investment registration certificate"),
            fields=("number", ("decided_on", "ended_on")),
        ),
        Section(label=_("Place and sector"), fields=("places", ("zone", "sector"))),
        Section(
            label=pgettext_lazy("section", "Capital"),
            lines=("amounts", "disbursements"),
            derived=(
                Column(name="capital", label=_("registered capital"), value=promised),
                Column(name="paid", label=_("implemented so far"), value=disbursed),
            ),
        ),
        COURSE,
        Section(label=_("Progress"), fields=("progress", "labour")),
        KEEPING,
    ),
    lines=(
        amounts(_("Registered capital"), FdiAmount, forms.FdiAmountForm),
        paid(
            _("Implemented capital by year"),
            FdiDisbursement,
            forms.FdiDisbursementForm,
            ("year", "currency"),
        ),
        acts(FdiAct, forms.FdiActForm),
    ),
    feeds=FDI_FEEDS,
    twins=twins,
    related=("agency", "country"),
    prefetch=PREFETCH,
    together=lines_before,
)

ODA = Register(
    code="oda",
    slug="du-an-oda",
    label=pgettext_lazy("register", "ODA programmes and projects"),
    description=_("Official development assistance and concessional loans"),
    icon="fa-hand-holding-dollar",
    order=60,
    model=OdaProject,
    form=forms.OdaForm,
    filters=OdaFilter,
    calendar=Calendar.CALENDAR,
    default_sort="-decided_on",
    columns=(
        NAME(label=_("Name of the programme or project")),
        Column(name="donor", label=_("Donor")),
        Column(name="country", label=_("Country"), on_screen=False),
        Column(name="modality", label=_("Modality"), on_screen=False),
        MANAGING,
        Column(name="owner", label=_("Project owner"), on_screen=False),
        Column(name="number", label=_("Number of the decision"), on_screen=False),
        Column(name="decided_on", label=_("Day of the decision"), sort="decided_on"),
        Column(name="started_on", label=_("From day"), on_screen=False),
        Column(name="ended_on", label=_("To day"), sort="ended_on"),
        PLACES,
        SECTOR,
        _money(
            name="grant",
            label=_("Grant aid"),
            value=of_capital(OdaCapital.GRANT),
            on_screen=False,
        ),
        _money(
            name="loan",
            label=_("Concessional loan"),
            value=of_capital(OdaCapital.LOAN),
            on_screen=False,
        ),
        _money(
            name="counterpart",
            label=_("Counterpart fund"),
            value=of_capital(OdaCapital.COUNTERPART),
            on_screen=False,
        ),
        _money(name="capital", label=_("Total investment"), value=promised, tally=tally("amounts")),
        PAID(label=_("Disbursed")),
        STATUS,
        NOTE,
        AGENCY,
    ),
    sections=(
        Section(
            label=_("Project and donor"),
            fields=("name", ("modality", "sector"), ("donor", "country")),
        ),
        Section(label=_("Managing agency and owner"), fields=("managing_agency", "owner")),
        Section(
            label=_("Decision and time"),
            fields=(("number", "decided_on"), ("started_on", "ended_on"), "places"),
        ),
        Section(
            label=pgettext_lazy("section", "Capital"),
            lines=("amounts", "disbursements"),
            derived=(
                Column(name="capital", label=_("total investment"), value=promised),
                Column(name="paid", label=_("disbursed so far"), value=disbursed),
            ),
        ),
        COURSE,
        KEEPING,
    ),
    lines=(
        amounts(_("Total investment"), OdaAmount, forms.OdaAmountForm),
        paid(
            _("Disbursement by year"),
            OdaDisbursement,
            forms.OdaDisbursementForm,
            ("year", "capital", "currency"),
        ),
        acts(OdaAct, forms.OdaActForm),
    ),
    feeds=ODA_FEEDS,
    twins=twins,
    related=("agency", "country"),
    prefetch=PREFETCH,
    together=lines_before,
)

NGO = Register(
    code="ngo",
    slug="vien-tro-pcpnn",
    label=pgettext_lazy("register", "Foreign NGO aid"),
    description=_("Projects and non-project aid of foreign non-governmental organisations"),
    icon="fa-hand-holding-heart",
    order=70,
    model=NgoAid,
    form=forms.NgoForm,
    filters=NgoFilter,
    default_sort="-decided_on",
    columns=(
        NAME(label=_("Name of the aid")),
        Column(name="kind", label=_("Kind"), sort="kind"),
        Column(name="donor", label=_("Donor organisation")),
        Column(name="country", label=_("Country"), on_screen=False),
        Column(name="registration", label=_("INGO registration"), on_screen=False),
        MANAGING,
        Column(name="owner", label=_("Owner of the aid"), on_screen=False),
        PLACES,
        SECTOR,
        Column(name="number", label=_("Approval decision"), on_screen=False),
        Column(name="decided_on", label=_("Day of approval"), sort="decided_on"),
        Column(name="started_on", label=_("From day"), on_screen=False),
        Column(name="ended_on", label=_("To day"), sort="ended_on"),
        _money(
            name="aid",
            label=_("Committed value"),
            value=of_capital(NgoCapital.AID),
            tally=tally("amounts", Q(capital=NgoCapital.AID)),
        ),
        _money(
            name="counterpart",
            label=_("Counterpart fund"),
            value=of_capital(NgoCapital.COUNTERPART),
            on_screen=False,
        ),
        PAID(label=_("Disbursed")),
        STATUS,
        NOTE,
        AGENCY,
    ),
    sections=(
        Section(
            label=_("Aid and donor"),
            fields=("name", ("kind", "sector"), ("donor", "country"), "registration"),
        ),
        Section(label=_("Managing agency and owner"), fields=("managing_agency", "owner")),
        Section(
            label=_("Approval and time"),
            fields=(("number", "decided_on"), ("started_on", "ended_on"), "places"),
        ),
        Section(
            label=pgettext_lazy("section", "Value"),
            lines=("amounts", "disbursements"),
            derived=(
                Column(name="aid", label=_("committed value"), value=of_capital(NgoCapital.AID)),
                Column(name="paid", label=_("disbursed so far"), value=disbursed),
            ),
        ),
        COURSE,
        KEEPING,
    ),
    lines=(
        amounts(_("Committed value and counterpart fund"), NgoAmount, forms.NgoAmountForm),
        paid(
            _("Disbursement by year"),
            NgoDisbursement,
            forms.NgoDisbursementForm,
            ("year", "currency"),
        ),
        acts(NgoAct, forms.NgoActForm),
    ),
    feeds=NGO_FEEDS,
    twins=twins,
    related=("agency", "country"),
    prefetch=PREFETCH,
    together=lines_before,
)

REGISTERS = (FDI, ODA, NGO)
