"""What every record has; attachments, saved filters, and where records are printed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from common.contracts import DataClass
from common.text import NormalCharField, NormalTextField, search_key
from history.tracking import tracked
from registers.querysets import RecordQuerySet

# What only machines read is no history: ``@tracked(exclude=NO_HISTORY)`` on every record.
NO_HISTORY = ("search_text", "entry_key")


class Visibility(models.TextChoices):
    """The label of a record: its class of data, as people know it."""

    ORDINARY = DataClass.ORDINARY.value, _("ordinary")
    RESTRICTED = DataClass.RESTRICTED.value, _("internal – restricted")


def person(label: Any) -> Any:
    return models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=label,
    )


_key = lru_cache(maxsize=4096)(search_key)  # records often say the same words of themselves


def searched(words: Iterable[Any]) -> str:
    """Words as a search finds them."""
    return " ".join(filter(None, (_key(str(word)) for word in words)))


class Labelled(models.Model):
    """The label of a choice; Django translates the whole list to look one up."""

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> str:  # Django's name
        value = getattr(self, field.attname)
        labels = field.__dict__.get("_labels")
        if labels is None:
            labels = field._labels = dict(field.flatchoices)
        return str(labels.get(value, "" if value is None else value))


class Record(Labelled):
    """One entry of a register.

    ``version`` counts saves and tells two people editing at once apart;
    ``entry_key`` makes sending one form twice harmless. A deleted record stays
    with its reason until somebody restores it.
    """

    DAY: ClassVar[str]  # the date field that decides in which year a record counts
    # The attributes that title and search words are made of, where these are few: a check of a
    # file puts records that agree in them into words once (``registers.intake.wording``).
    WORDED_BY: ClassVar[tuple[str, ...]] = ()
    # Who saved it and when: what no rule asks for.
    KEPT_BY: ClassVar = ("created_by", "created_at", "changed_by", "changed_at", "entry_key")

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )
    data_class = models.CharField(
        _("who may see it"),
        max_length=20,
        choices=Visibility.choices,
        default=DataClass.ORDINARY.value,
    )
    created_by = person(_("entered by"))
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    changed_by = person(_("changed by"))
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    deleted_by = person(_("deleted by"))
    deleted_at = models.DateTimeField(_("time of deletion"), null=True, editable=False)
    deletion_reason = NormalTextField(_("reason for deletion"), blank=True, editable=False)
    is_demo = models.BooleanField(_("sample data"), default=False, editable=False)
    import_id = models.BigIntegerField(_("import"), null=True, editable=False)
    entry_key = models.UUIDField(null=True, unique=True, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[Any] = RecordQuerySet.as_manager()
    events: Any  # the rows of history; added by ``tracked``

    class Meta:
        abstract = True
        indexes: ClassVar = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="%(class)s_search"),
            # Few or none: whether a list holds samples is asked of every page.
            models.Index(fields=["id"], condition=Q(is_demo=True), name="%(class)s_demo"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(deleted_at=None) | ~Q(deletion_reason=""),
                name="%(class)s_deleted_for_a_reason",
                violation_error_message=_("A record is deleted for a reason: write it down."),
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self) -> None:
        """The stored key records are found by; bulk writers call it themselves."""
        self.search_text = searched((*self.search_words(), *self.own_words()))

    def search_words(self) -> Iterable[Any]:
        """What the search box looks in."""
        return (str(self),)

    def own_words(self) -> Iterable[Any]:
        """What it looks in besides, of this record alone: ``WORDED_BY`` need not name it."""
        return ()

    def clean_alone(self) -> None:
        """``clean`` without asking for other records: an import has asked for all of them."""
        self.clean()

    @property
    def day(self) -> dt.date:
        return getattr(self, self.DAY)

    def counted_days(self) -> Iterable[dt.date]:
        """The days whose years must be open: more than one where a record spans years."""
        return (self.day,)

    def counted(self) -> Mapping[dt.date, Any]:
        """What counts on which day: only days on which this changes must lie in open years.

        All of a record, unless it lives on for years (an agreement that is
        extended): then what the sums of the day stand on, and nothing else.
        """
        return dict.fromkeys(self.counted_days(), self.version)

    @property
    def lives_on(self) -> bool:
        """Whether it may change, and get files, after the year it counts in was closed."""
        return type(self).counted is not Record.counted

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def is_restricted(self) -> bool:
        return self.data_class == DataClass.RESTRICTED


class Line(Labelled):
    """A row that belongs to one record; it changes, and is seen, with its record."""

    class Meta:
        abstract = True


def stored_name(instance: models.Model, filename: str) -> str:
    """Files are stored under names we make; the given name is only shown."""
    return f"registers/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def ever_of(self, register: str, record_id: int) -> AttachmentQuerySet:
        """Those of a record, and those that were removed."""
        return self.filter(register=register, record_id=record_id)

    def of(self, register: str, record_id: int) -> AttachmentQuerySet:
        return self.ever_of(register, record_id).filter(removed_at=None)


@tracked()
class Attachment(models.Model):
    """A file beside a record: seen by whoever sees the record, and by nobody else."""

    register = models.CharField(_("register"), max_length=40)
    record_id = models.BigIntegerField(_("record"))
    file = models.FileField(_("file"), upload_to=stored_name)
    name = NormalCharField(_("name"), max_length=200)
    content_type = models.CharField(_("kind"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    added_by = person(_("added by"))
    added_at = models.DateTimeField(_("time added"), default=timezone.now, editable=False)
    removed_by = person(_("removed by"))
    removed_at = models.DateTimeField(_("time of removal"), null=True, editable=False)
    source = models.ForeignKey(
        "documents.SourceDocument",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("source document"),
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("added_at", "pk")
        indexes: ClassVar = [models.Index(fields=("register", "record_id"), name="attachment_of")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("register", "record_id", "sha256"),
                condition=Q(removed_at=None),
                name="attachment_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class SavedFilter(models.Model):
    """A search somebody comes back to: the address of a list under a name."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    register = models.CharField(_("register"), max_length=40)
    name = NormalCharField(_("name"), max_length=80)
    query = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ("name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("user", "register", "name"),
                name="saved_filter_once",
                violation_error_message=_("There is already a saved filter of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class RecordUseQuerySet(models.QuerySet["RecordUse"]):
    def of(self, register: str, record_id: int) -> RecordUseQuerySet:
        return self.filter(register=register, record_id=record_id)


@tracked()
class RecordUse(models.Model):
    """Where a record stands in print: written by reports, read by "used where?"."""

    register = models.CharField(_("register"), max_length=40)
    record_id = models.BigIntegerField(_("record"))
    label = NormalCharField(_("label"), max_length=200)
    address = models.CharField(_("address"), max_length=200)
    is_frozen = models.BooleanField(_("in an issued copy"), default=False)

    objects = RecordUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a record")
        verbose_name_plural = _("uses of records")
        ordering = ("label", "pk")
        indexes: ClassVar = [models.Index(fields=("register", "record_id"), name="record_use_of")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("register", "record_id", "label", "address"), name="record_use_once"
            )
        ]

    def __str__(self) -> str:
        return self.label
