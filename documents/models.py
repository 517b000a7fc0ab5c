"""Source documents: the papers that figures, plans and reports rest on."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Verb
from common.text import NormalCharField, NormalTextField, search_key
from history.tracking import tracked


def stored_name(instance: models.Model, filename: str) -> str:
    """Files are stored under names we make; the given name is only shown."""
    return f"documents/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}"


class SourceDocumentQuerySet(models.QuerySet["SourceDocument"]):
    def with_file_open_to(self, user: User) -> SourceDocumentQuerySet:
        """The documents whose file this person may have; that they exist is no secret.

        An agency's report is for that agency and for those who read all of them. A figure
        this person sees opens the file it rests on, but only where who cited it had the
        file: anybody may cite any document, and citing must not be a way to read one.
        """
        if user.may(Verb.READ, everywhere=True):
            return self
        if not user.may(Verb.READ):
            return self.none()
        # Figures lie above documents: met by the name of their relation, never imported.
        figures: Any = SourceDocument._meta.get_field("figures").related_model
        seen = figures._default_manager.visible_to(user)
        resting = seen.cited_by_who_had_the_file().values("source")
        return self.filter(
            Q(kind__in=SourceDocument.OPEN_KINDS) | Q(added_by=user) | Q(pk__in=resting)
        )


@tracked(exclude=["search_text"])
class SourceDocument(models.Model):
    """One document: number, date, issuer, subject, and its file where there is one.

    The same table serves the sources of figures, the decisions that set
    plans, legal bases and the report's section on leadership.
    """

    class Kind(models.TextChoices):
        PUBLICATION = "publication", gettext_lazy("publication")
        LEGAL = "legal", gettext_lazy("legal or leading document")
        DECISION = "decision", gettext_lazy("decision that sets a plan")
        REPORT = "report", gettext_lazy("report of an agency")
        OTHER = "other", gettext_lazy("other")

    OPEN_KINDS = (Kind.PUBLICATION, Kind.LEGAL, Kind.DECISION)  # their files: for all who read

    code = models.SlugField(
        gettext_lazy("code"), max_length=60, unique=True, null=True, blank=True, editable=False
    )
    kind = models.CharField(
        gettext_lazy("kind"), max_length=20, choices=Kind.choices, default=Kind.REPORT
    )
    number = NormalCharField(gettext_lazy("number and symbol"), max_length=80, blank=True)
    issued_on = models.DateField(gettext_lazy("date"), null=True, blank=True)
    issued_year = models.PositiveSmallIntegerField(
        gettext_lazy("year of issue"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Where only the year is known."),
    )
    issuer = NormalCharField(gettext_lazy("issuing body"), max_length=200, blank=True)
    subject = NormalTextField(gettext_lazy("subject"))
    file = models.FileField(gettext_lazy("file"), upload_to=stored_name, blank=True)
    file_name = NormalCharField(max_length=200, blank=True, editable=False)
    file_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    added_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects = SourceDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("source document")
        verbose_name_plural = gettext_lazy("source documents")
        ordering = ("-issued_on", "-issued_year", "pk")

    def __str__(self) -> str:
        return self.citation

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self) -> None:
        """The stored key documents are found by."""
        self.search_text = search_key(f"{self.number} {self.issuer} {self.subject}")

    events: Any  # the rows of history; added by ``tracked``

    @property
    def version(self) -> int:
        """The number of the latest change in the document's history."""
        return self.events.aggregate(latest=models.Max("pgh_id"))["latest"] or 0

    @property
    def date_text(self) -> str:
        """The date as far as it is known: dd/mm/yyyy, a year, or nothing."""
        if self.issued_on:
            return self.issued_on.strftime("%d/%m/%Y")
        return str(self.issued_year or "")

    @property
    def official_citation(self) -> str:
        """As an official document cites another one; always in Vietnamese.

        "Chỉ thị 25-CT/TW ngày 08/8/2018 của Ban Bí thư về …"; parts that are
        not known are left out.
        """
        day = self.issued_on
        month = f"{day.month:02d}" if day and day.month <= 2 else str(day.month if day else "")
        parts = (
            self.number or self.subject,
            f"ngày {day.day:02d}/{month}/{day.year}" if day else "",
            f"của {self.issuer}" if self.issuer else "",
            self.subject if self.number else "",
        )
        return " ".join(part for part in parts if part)

    @property
    def citation(self) -> str:
        """One line that names the document: number, date, issuer, subject."""
        head = " ".join(filter(None, (self.number, self.date_text and f"({self.date_text})")))
        who = self.issuer if self.issuer and self.issuer not in self.subject else ""
        return ", ".join(filter(None, (head if self.number else "", who, self.subject))) + (
            "" if self.number or not self.date_text else _(", %(date)s") % {"date": self.date_text}
        )
