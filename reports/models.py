"""Reports of a period, their sections, the runs that print them, and who issues them."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.text import NormalCharField, NormalTextField
from documents.models import SourceDocument
from history.tracking import tracked
from jobs.models import Job
from reference.models import Period


@tracked()
class IssuingOffice(models.Model):
    """The head and the signature block of an office that issues reports.

    Symbols and signature lines are set by the head of each office and change:
    configuration, never code. Lists are one item a line.
    """

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = NormalCharField(_("name"), max_length=120)
    issuing_name = NormalCharField(_("name in the annex line"), max_length=200)
    superior_lines = NormalTextField(_("superior body"), blank=True)
    superior_bold = models.BooleanField(_("superior body in bold"), default=False)
    name_lines = NormalTextField(_("issuing body"))
    symbol = NormalCharField(_("symbol"), max_length=40)
    place = NormalCharField(_("place name"), max_length=60)
    addressees = NormalTextField(_("addressed to"), blank=True)
    capacity_lines = NormalTextField(_("signing capacity"), blank=True)
    position_lines = NormalTextField(_("signer's position"), default="")
    held_office_lines = NormalTextField(_("signer's own office"), blank=True)
    recipients = NormalTextField(_("recipients"), blank=True)
    archive_line = NormalCharField(_("filing copy"), max_length=120)
    own_numbering = models.BooleanField(_("numbers its documents by itself"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("issuing office")
        verbose_name_plural = _("issuing offices")
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.name


class ReportQuerySet(models.QuerySet["Report"]):
    def with_state(self) -> ReportQuerySet:
        """Adds ``is_issued``: whether a copy with number and date has been printed."""
        issued = Run.objects.issued().filter(report=models.OuterRef("pk"))
        return self.annotate(is_issued=models.Exists(issued))


@tracked()
class Report(models.Model):
    """One report: an outline filled for a period; its office is what an export proposes."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, verbose_name=_("period"))
    outline = models.CharField(_("outline"), max_length=20)
    office = models.ForeignKey(
        IssuingOffice, on_delete=models.PROTECT, verbose_name=_("issuing office")
    )
    legal_bases = NormalTextField(_("legal bases"), blank=True)
    directives = models.ManyToManyField(
        SourceDocument, blank=True, related_name="+", verbose_name=_("leading documents")
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ("-period__year", "outline", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("period", "outline"), name="report_once")
        ]

    def __str__(self) -> str:
        return f"{self.outline} · {self.period}"


@tracked()
class ReportDirective(Report.directives.through):  # type: ignore[name-defined]
    """Which leading documents a report lists; here only so that it has a history."""

    class Meta:
        proxy = True
        verbose_name = _("leading document of a report")
        verbose_name_plural = _("leading documents of reports")


@tracked()
class Section(models.Model):
    """The text of one section of one report, tokens included.

    ``version`` guards against two tabs: a save names the version it saw.
    ``left_as_typed`` are typed numerals somebody decided to leave as they are
    (keys of ``reports.numerals``).
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=60)
    text = NormalTextField(_("text"), blank=True)
    left_as_typed = models.JSONField(_("numerals left as typed"), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(default=timezone.now)

    events: Any  # the rows of history; added by ``tracked``

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ("report", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("report", "key"), name="section_once")
        ]

    def __str__(self) -> str:
        return f"{self.report} · {self.key}"


@tracked(exclude=("seen_at",))
class SectionPresence(models.Model):
    """Somebody has a section open in one window of a browser; its heartbeat is no history."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    window = models.CharField(max_length=40)
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("open section")
        verbose_name_plural = _("open sections")
        ordering = ("since", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("section", "user", "window"), name="section_open_once_a_window"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} · {self.user}"


def stored_name(instance: models.Model, filename: str) -> str:
    return f"reports/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}.pdf"


class RunQuerySet(models.QuerySet["Run"]):
    def issued(self) -> RunQuerySet:
        """Finished copies that carry number and date."""
        return self.filter(issued_on__isnull=False, job__state=Job.State.DONE).exclude(number="")


@tracked()
class Run(models.Model):
    """One printing of a report: parameters, ledger, warnings and file.

    The office is the run's own: whatever the report is set to later, the
    record of what was printed stands.

    ``ledger`` says for every number in the file which version of which figure
    stands there. Number, date and signer belong to the clerical office after
    signature; without them the file is a draft.
    """

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="runs", verbose_name=_("report")
    )
    office = models.ForeignKey(
        IssuingOffice, on_delete=models.PROTECT, verbose_name=_("issuing office")
    )
    job = models.OneToOneField(Job, on_delete=models.PROTECT, null=True, related_name="report_run")
    number = NormalCharField(_("number"), max_length=20, blank=True)
    issued_on = models.DateField(_("date"), null=True, blank=True)
    signer = NormalCharField(_("signer"), max_length=120, blank=True)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(_("requested"), default=timezone.now)
    ledger = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    file = models.FileField(upload_to=stored_name, blank=True)
    file_name = NormalCharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(null=True)
    seconds = models.DecimalField(max_digits=8, decimal_places=2, null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("printing of a report")
        verbose_name_plural = _("printings of reports")
        ordering = ("-requested_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sha256="") | ~Q(file=""), name="run_with_a_hash_has_a_file"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} #{self.pk}"

    @property
    def is_draft(self) -> bool:
        return not (self.number and self.issued_on)

    @property
    def number_and_symbol(self) -> str:
        """ "05/BC-SNgV"; empty in a draft."""
        return f"{self.number.zfill(2)}/{self.office.symbol}" if self.number else ""
