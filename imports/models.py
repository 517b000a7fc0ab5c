"""Uploads and their rows: what was understood, asked, shown, and written."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Agency, User
from common.text import NormalCharField
from history.tracking import tracked
from imports.contract import Choice, Outcome
from jobs.models import Job


def stored_name(instance: models.Model, filename: str) -> str:
    """Files are stored under names we make; the given name is only shown."""
    return f"imports/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}"


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, user: User) -> UploadQuerySet:
        """An upload belongs to who made it: for everybody else it is not there."""
        return self.filter(by=user)

    def written(self) -> UploadQuerySet:
        return self.filter(state__in=(Upload.State.DONE, Upload.State.UNDONE))


@tracked(exclude=["layout", "matching", "questions", "recognised"])
class Upload(models.Model):
    """One file on its way into a source."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        ASKING = "asking", _("waits for answers")
        CHECKING = "checking", _("being checked")
        READY = "ready", _("can be confirmed")
        WRITING = "writing", _("being imported")
        DONE = "done", pgettext_lazy("state of an import", "imported")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")
        REFUSED = "refused", _("cannot be read")

    source = models.CharField(_("destination"), max_length=80)
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="uploads", verbose_name=_("uploaded by")
    )
    at = models.DateTimeField(_("time"), default=timezone.now, editable=False)
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agency"),
    )
    file = models.FileField(_("file"), upload_to=stored_name)
    file_name = NormalCharField(_("name of the file"), max_length=150)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.READING
    )
    message = models.TextField(_("message"), blank=True)  # why it was refused or stopped
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    layout = models.JSONField(default=dict)  # imports.layout.Layout
    matching = models.JSONField(default=dict)  # column → field, "" left out
    questions = models.JSONField(default=list)  # imports.questions.Question
    answers = models.JSONField(default=dict)  # key of a question → what was chosen
    recognised = models.JSONField(default=list)  # sentences on what was found in the file
    counts = models.JSONField(default=dict)  # Outcome → rows
    only_good = models.BooleanField(_("only the rows without faults"), default=False)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    written_rows = models.PositiveIntegerField(_("rows written"), default=0)
    undone_at = models.DateTimeField(_("undone"), null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    undone_rows = models.PositiveIntegerField(_("rows undone"), default=0)
    kept_rows = models.JSONField(default=list)  # imports.contract.Kept: left as they are

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = pgettext_lazy("files taken in", "imports")
        ordering = ("-at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=("by", "-at"), name="upload_of_person"),
            models.Index(fields=("sha256", "source"), name="upload_again"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(confirmed_at__isnull=False),
                name="upload_done_was_confirmed",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class UploadRow(models.Model):
    """A row of the file, checked and waiting; working data of the upload, no history."""

    upload = models.ForeignKey(  # found by ``upload_row_once``, too
        Upload, on_delete=models.CASCADE, related_name="rows", db_index=False
    )
    number = models.PositiveIntegerField()  # as the spreadsheet counts
    part = models.PositiveSmallIntegerField(default=0)  # from 1 where a line is several rows
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Outcome])
    choice = models.CharField(
        max_length=10, blank=True, choices=[(c.value, c.value) for c in Choice]
    )
    choices = models.JSONField(default=list)
    title = models.TextField(blank=True)
    target = models.BigIntegerField(null=True)  # of a new row: the key reserved for it
    seen = models.IntegerField(null=True)
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    shown = models.JSONField(default=dict)
    faults = models.JSONField(default=list)

    class Meta:
        ordering = ("number", "part")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("upload", "number", "part"), name="upload_row_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=("upload", "outcome", "number"), name="upload_row_outcome")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"


class MarkedWorkbook(models.Model):
    """The person's own workbook with its faults marked, as the last check found them.

    Made by a job when it is asked for; working data of the upload, no history.
    """

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="marked")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    file = models.FileField(_("file"), upload_to=stored_name, blank=True)

    def __str__(self) -> str:
        return str(self.upload)

    @property
    def is_coming(self) -> bool:
        return not self.file and self.job is not None and self.job.is_open


@tracked()
class Match(models.Model):
    """A heading somebody matched by hand, remembered for the agency's next file."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True, related_name="+")
    source = models.CharField(max_length=80)
    heading = models.CharField(max_length=200)  # search_key of what stood there
    field = models.CharField(max_length=80, blank=True)  # "" leaves the column out

    class Meta:
        verbose_name = _("remembered heading")
        verbose_name_plural = _("remembered headings")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("agency", "source", "heading"),
                nulls_distinct=False,
                name="match_once",
            )
        ]

    def __str__(self) -> str:
        return self.heading
