"""The register of international agreements (annex III)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from agreements.figures import FEEDS
from agreements.filters import ENDING, AgreementFilter
from agreements.forms import ActForm, AgreementForm
from agreements.models import Act, Agreement
from agreements.statuses import impossible, shown_standing
from common.text import search_key
from registers.contract import Attention, Column, Lines, Register, Section
from registers.showing import agency_name


def twins(agreement: Agreement) -> Q | None:
    """The same title: one agreement, entered by two of those who signed it."""
    key = search_key(agreement.title)
    return Q(search_text__contains=key) if key else None


def ending(rows: Any, today: dt.date) -> Iterator[Attention]:
    """Agreements whose term ends soon: somebody has to extend them, or let them go."""
    days = settings.EXPIRY_NOTICE_DAYS
    count = rows.ending(today, days).count()
    if count:
        said = ngettext(
            "The term of %(count)s agreement ends within %(days)s days.",
            "The terms of %(count)s agreements end within %(days)s days.",
            count,
        )
        yield Attention(said % {"count": count, "days": days}, f"status={ENDING}")


def wrong_together(agreement: Agreement) -> Iterator[tuple[str, str]]:
    """What the form says of the parties and of the acts in the order of their days."""
    if not agreement.other_party and not agreement.partners.all():
        yield "partners", gettext("Choose the foreign party, or write it beside.")
    for act, _field, why in impossible(agreement, agreement.acts.all()):
        yield "acts", f"{act}: {why}"


STATUS = Column(
    name="status",
    label=pgettext_lazy("of an agreement", "Status"),
    value=lambda row: str(shown_standing(row).status.label),
)
ENDS_ON = Column(
    name="ends_on",
    label=pgettext_lazy("of an agreement", "Term ends"),
    value=lambda row: shown_standing(row).ends_on,
)

REGISTERS = (
    Register(
        code="agreements",
        slug="thoa-thuan-quoc-te",
        label=pgettext_lazy("register", "International agreements"),
        description=_("What was signed with foreign parties, for how long, and what became of it"),
        icon="fa-file-signature",
        order=50,
        model=Agreement,
        form=AgreementForm,
        filters=AgreementFilter,
        default_sort="-signed_on",
        columns=(
            Column(
                name="signed_on", label=pgettext_lazy("of an agreement", "Signed"), sort="signed_on"
            ),
            Column(
                name="title",
                label=pgettext_lazy("of an agreement", "Title"),
                sort="title",
                is_wide=True,
            ),
            Column(name="level", label=_("Level of signing"), sort="level"),
            Column(
                name="own_side", label=_("Vietnamese party"), value=lambda row: row.own_side_short
            ),
            Column(name="other_side", label=_("Foreign party"), value=lambda row: row.other_side),
            Column(
                name="signers", label=_("Signed by"), value=lambda row: row.signers, on_screen=False
            ),
            Column(name="signed_at", label=_("Place of signing"), on_screen=False),
            Column(name="occasion", label=_("Occasion"), on_screen=False),
            Column(name="effective_on", label=_("Effective from"), on_screen=False),
            ENDS_ON,
            Column(name="areas", label=_("Fields of cooperation"), on_screen=False),
            Column(name="languages", label=_("Languages"), on_screen=False),
            STATUS,
            Column(name="implementation", label=_("Implementation"), on_screen=False),
            Column(name="agency", label=_("Agency"), value=agency_name, on_screen=False),
        ),
        sections=(
            Section(
                label=pgettext_lazy("section", "The agreement"), fields=("title", "level", "areas")
            ),
            Section(
                label=pgettext_lazy("of an agreement", "Parties"),
                fields=(
                    ("own_agency", "own_party"),
                    ("partners", "other_party"),
                    ("own_signer", "other_signer"),
                ),
            ),
            Section(
                label=_("Signing"),
                fields=(("signed_on", "signed_at"), ("mechanism", "occasion"), "languages"),
            ),
            Section(
                label=_("Term and status"),
                fields=(("effective_on", "expires_on"), ("renewal", "renewal_months")),
                lines=("acts",),
                derived=(STATUS, ENDS_ON),
                help=_("The status follows from these days and acts; it is not entered by itself."),
            ),
            Section(label=pgettext_lazy("section", "Implementation"), fields=("implementation",)),
            Section(label=_("Keeping the record"), fields=(("agency", "data_class"),)),
        ),
        lines=(
            Lines(
                name="acts",
                label=_("Acts since signing"),
                model=Act,
                form=ActForm,
                once=("done_on", "kind"),
            ),
        ),
        feeds=FEEDS,
        twins=twins,
        attention=ending,
        related=("agency", "own_agency", "mechanism"),
        prefetch=("partners", "acts"),
        together=wrong_together,
    ),
)
