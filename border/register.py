"""The register of border incidents (annex XI).

Restricted by its nature: a new record starts with the limited label, and the
label of each decides who sees it. Yearly totals are published all the same.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from border.figures import FEEDS
from border.filters import IncidentFilter
from border.forms import IncidentForm
from border.models import Incident
from common.contracts import DataClass
from registers.contract import Column, Register, Section
from registers.showing import agency_name


def twins(incident: Incident) -> Q | None:
    """The same day, side and commune: probably told twice, by two agencies."""
    return Q(
        happened_on=incident.happened_on,
        side=incident.side,
        place=incident.place_id,
    )


REGISTERS = (
    Register(
        code="border",
        slug="vu-viec-bien-gioi",
        label=pgettext_lazy("register", "Border incidents"),
        description=_("Incidents at the border, the violating side, and how they were settled"),
        icon="fa-map-location-dot",
        order=90,
        model=Incident,
        form=IncidentForm,
        filters=IncidentFilter,
        notice=_("Do not enter anything on the list of State secrets."),
        data_class=DataClass.RESTRICTED,
        default_sort="-happened_on",
        columns=(
            Column(name="happened_on", label=_("Day"), sort="happened_on"),
            Column(name="marker", label=_("Marker")),
            Column(name="place", label=_("Commune")),
            Column(name="side", label=_("Violating side"), sort="side"),
            Column(name="kind", label=_("Type"), sort="kind"),
            Column(name="breaks_agreement", label=_("Breaks the agreement")),
            Column(name="description", label=_("Description"), is_wide=True),
            Column(name="handling", label=_("Handling"), on_screen=False),
            Column(name="channel", label=_("Form of exchange"), on_screen=False),
            Column(name="status", label=_("Status"), sort="status"),
            Column(name="agency", label=_("Agency"), value=agency_name),
        ),
        sections=(
            Section(
                label=_("Time and place"),
                fields=(("happened_on", "place"), ("sector", "marker")),
            ),
            Section(
                label=pgettext_lazy("section", "The incident"),
                fields=(("kind", "side"), "breaks_agreement", "description"),
            ),
            Section(
                label=_("Settlement"),
                fields=("handling", ("channel", "status")),
            ),
            Section(
                label=_("Keeping the record"),
                fields=("agency", "data_class"),
                help=_(
                    "An internal – restricted record is seen only by who may read restricted "
                    "data; it is not exported and stands in no public table. It still counts "
                    "in the yearly figures."
                ),
            ),
        ),
        feeds=FEEDS,
        twins=twins,
        related=("place", "agency"),
    ),
)
