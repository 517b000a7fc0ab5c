"""Figures in every version, facts, who owes which figure, and where figures are used."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, RoleHolding, User
from accounts.roles import Verb, roles_with
from common.contracts import DataClass
from common.lasting import in_force
from common.numbers import format_number
from common.text import NormalCharField, NormalTextField
from documents.models import SourceDocument
from history.tracking import tracked
from indicators.declarations import indicators
from indicators.models.choices import Origin, PlanStage, Precision, Side, State, Status, YearPart
from reference.models import Period

_CELL = re.compile(r"(.+)!([A-Z]{1,3}[0-9]{1,7})")  # as spreadsheets name a cell: "Bieu 02!F12"


def page_words(page: str) -> str:
    """A page as it is kept; of a cell in words: "Bieu 02, ô F12"."""
    if cell := _CELL.fullmatch(page):
        return gettext("%(sheet)s, cell %(cell)s") % {"sheet": cell[1], "cell": cell[2]}
    return page


class FigureQuerySet(models.QuerySet["Figure"]):
    def current(self) -> FigureQuerySet:
        """The one version of each figure that counts."""
        return self.filter(is_current=True)

    def visible_to(self, user: User) -> FigureQuerySet:
        """Figures of the agencies, and classes of data, this person may read."""
        reach = user.reach(Verb.READ)
        seen = self if reach is None else self.filter(agency_id__in=reach)
        closed = [kind for kind in DataClass if not user.may(Verb.READ, data_class=kind)]
        hidden = [code for code, row in indicators().items() if row.data_class in closed]
        return seen.exclude(indicator__in=hidden) if hidden else seen

    def cited_by_who_had_the_file(self) -> FigureQuerySet:
        """The versions that brought in their source, and whose author could open its file then.

        That is who added the document, who read all agencies on that day, or the load of
        published figures, which is nobody. Anybody may cite any document: a
        citation alone must not open a file to the one who makes it, nor to
        colleagues. A later version that only carries the source along says nothing new.
        """
        readers = [role.code for role in roles_with(Verb.READ, everywhere=True)]
        day = OuterRef("entered_day")
        held = RoleHolding.objects.filter(in_force(day))
        reading_all = held.filter(user=OuterRef("entered_by"), role__in=readers)
        carried = Figure.objects.filter(
            indicator=OuterRef("indicator"),
            period=OuterRef("period"),
            agency=OuterRef("agency"),
            side=OuterRef("side"),
            version=OuterRef("version") - 1,
            source=OuterRef("source"),
        )
        author = Q(entered_by=None) | Q(entered_by=F("source__added_by")) | Exists(reading_all)
        cited = self.exclude(source=None).annotate(entered_day=TruncDate("entered_at"))
        return cited.filter(author, ~Exists(carried))


@tracked()
class Figure(models.Model):
    """One version of one value: who says what about which indicator and period.

    A save never overwrites: it adds a version and takes the mark "current"
    from the one before. ``value`` is in the unit the indicator declares;
    ``value_given`` and ``unit_given`` keep what the source wrote.
    """

    indicator = models.CharField(_("indicator"), max_length=60)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, verbose_name=_("period"))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, verbose_name=_("agency"))
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    version = models.PositiveIntegerField(_("version"), default=1)
    is_current = models.BooleanField(default=True)

    state = models.CharField(_("state"), max_length=20, choices=State.choices)
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6, null=True, blank=True)
    eleven_months = models.DecimalField(
        _("eleven months"), max_digits=24, decimal_places=6, null=True, blank=True
    )
    december_estimate = models.DecimalField(
        _("estimated December"), max_digits=24, decimal_places=6, null=True, blank=True
    )
    computed_part = models.CharField(
        _("computed part"), max_length=20, choices=YearPart.choices, blank=True, default=""
    )
    value_given = NormalCharField(_("value as given"), max_length=40, blank=True)
    unit_given = NormalCharField(_("unit as given"), max_length=40, blank=True)
    status = models.CharField(
        _("certainty"), max_length=20, choices=Status.choices, blank=True, default=""
    )
    plan_stage = models.CharField(
        _("kind of plan"), max_length=20, choices=PlanStage.choices, blank=True, default=""
    )
    precision = models.CharField(
        _("qualifier"), max_length=20, choices=Precision.choices, blank=True, default=""
    )
    origin = models.CharField(
        _("origin"), max_length=20, choices=Origin.choices, default=Origin.TYPED
    )
    source = models.ForeignKey(
        SourceDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("source"),
    )
    source_page = NormalCharField(_("page"), max_length=60, blank=True)  # or "Bieu 02!F12"
    note = NormalTextField(_("note"), blank=True)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered"), default=timezone.now)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ("indicator", "period", "side", "-version", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("indicator", "period", "agency", "side", "version"),
                name="figure_version_once",
            ),
            models.UniqueConstraint(
                fields=("indicator", "period", "agency", "side"),
                condition=Q(is_current=True),
                name="figure_one_current_version",
            ),
            models.CheckConstraint(
                condition=Q(state="value", value__isnull=False)
                | Q(state="zero", value=0)
                | Q(state__in=("missing", "not_applicable"), value__isnull=True),
                name="figure_value_fits_its_state",
                violation_error_message=_("The value does not fit its state."),
            ),
            models.CheckConstraint(
                condition=Q(side="plan", status="") | Q(side="actual", plan_stage=""),
                name="figure_status_belongs_to_its_side",
            ),
            models.CheckConstraint(
                condition=Q(eleven_months=None, december_estimate=None)
                | Q(value=models.F("eleven_months") + models.F("december_estimate")),
                name="figure_parts_of_the_year_add_up",
                violation_error_message=_(
                    "Eleven months and estimated December do not add to the year."
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=("period", "indicator"),
                name="figure_current",
                condition=Q(is_current=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} · {self.get_side_display()} · {self.period} · {self.version}"

    @property
    def label(self) -> str:
        """The row's name for people; the code where nobody declares it any more."""
        declared = indicators().get(self.indicator)
        return str(declared.label) if declared else self.indicator

    @property
    def given(self) -> str:
        """The number as its source writes it; plain digits with their thousands set apart."""
        plain = self.value_given.isascii() and self.value_given.isdecimal()
        return format_number(Decimal(self.value_given), "vi") if plain else self.value_given

    @property
    def place(self) -> str:
        """Where in its source the number stands, in words: "trang 12", "trang Bieu 02, ô F12"."""
        words = page_words(self.source_page)
        if words != self.source_page:
            return gettext("sheet %(place)s") % {"place": words}
        return gettext("page %(page)s") % {"page": words} if words else ""


@tracked()
class Fact(models.Model):
    """A number a sentence can cite that is no row of the entry screen."""

    code = models.CharField(_("code"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    scope = NormalCharField(_("scope"), max_length=200, blank=True)
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6)
    unit = models.CharField(_("unit"), max_length=40)
    precision = models.CharField(
        _("qualifier"), max_length=20, choices=Precision.choices, blank=True, default=""
    )
    source = models.ForeignKey(
        SourceDocument, on_delete=models.PROTECT, null=True, verbose_name=_("source")
    )
    note = NormalTextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ("code", "year", "scope", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("code", "year", "scope"), nulls_distinct=False, name="fact_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year or ''}"


@tracked()
class Assignment(models.Model):
    """Which agency owes an indicator in a year, where it is not the declared one."""

    indicator = models.CharField(_("indicator"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, verbose_name=_("agency"))

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("indicator", "year")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("indicator", "year"), name="assignment_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"


@tracked()
class FigureUse(models.Model):
    """Where a figure stands in print: written by reports, read by "where used?"."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="uses")
    place = NormalCharField(_("place"), max_length=200)
    text = NormalTextField(_("text"))
    label = NormalCharField(_("label"), max_length=200)
    address = models.CharField(_("address"), max_length=200)
    is_frozen = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("use of a figure")
        verbose_name_plural = _("uses of figures")
        ordering = ("label", "place", "pk")

    def __str__(self) -> str:
        return f"{self.label} · {self.place}"
