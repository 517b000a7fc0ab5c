"""International agreements: who signed what with whom, for how long, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from accounts.models import Agency
from agreements.querysets import AgreementQuerySet
from agreements.words import ActKind, Area, Level, Renewal
from common.dates import short_date
from common.text import NormalCharField, NormalTextField
from history.tracking import tracked
from reference.partners import Mechanism, Partner
from registers.models import NO_HISTORY, Line, Record

LAST_DAY_OF_DISTRICTS = dt.date(2025, 6, 30)


@tracked(exclude=NO_HISTORY)
class Agreement(Record):
    """One agreement; its status is never stored, ``agreements.statuses`` derives it for a day."""

    DAY = "signed_on"

    title = NormalCharField(pgettext_lazy("of an agreement", "title"), max_length=400)
    level = models.CharField(gettext_lazy("level of signing"), max_length=20, choices=Level.choices)
    own_agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("Vietnamese party"),
    )
    own_party = NormalCharField(
        gettext_lazy("Vietnamese party in other words"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("Where it is not in the list, for example a former district."),
    )
    partners = models.ManyToManyField(
        Partner, blank=True, related_name="+", verbose_name=gettext_lazy("foreign parties")
    )
    other_party = NormalCharField(
        gettext_lazy("foreign party in other words"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("Where it is not in the list."),
    )
    own_signer = NormalCharField(
        gettext_lazy("signed for the Vietnamese side by"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Name and position."),
    )
    other_signer = NormalCharField(
        gettext_lazy("signed for the foreign side by"), max_length=200, blank=True
    )
    signed_on = models.DateField(gettext_lazy("day of signing"))
    signed_at = NormalCharField(gettext_lazy("place of signing"), max_length=200, blank=True)
    mechanism = models.ForeignKey(
        Mechanism,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("cooperation mechanism"),
    )
    occasion = NormalCharField(
        gettext_lazy("occasion"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("The meeting or visit at which it was signed."),
    )
    effective_on = models.DateField(
        gettext_lazy("effective from"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Empty: from the day of signing."),
    )
    expires_on = models.DateField(
        gettext_lazy("last day in force"),
        null=True,
        blank=True,
        help_text=gettext_lazy("As signed; extensions are acts below. Empty: without a term."),
    )
    renewal = models.CharField(
        gettext_lazy("renewal"), max_length=20, choices=Renewal.choices, default=Renewal.NONE
    )
    renewal_months = models.PositiveSmallIntegerField(
        gettext_lazy("months of each renewal"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1200)],
    )
    areas = ArrayField(
        models.CharField(max_length=20, choices=Area.choices),
        verbose_name=gettext_lazy("fields of cooperation"),
        default=list,
        blank=True,
    )
    languages = NormalCharField(
        gettext_lazy("languages"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("For example: Vietnamese, Chinese."),
    )
    implementation = NormalTextField(gettext_lazy("implementation"), blank=True)

    objects: ClassVar[Any] = AgreementQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("record", "international agreement")
        verbose_name_plural = pgettext_lazy("record", "international agreements")
        ordering = ("-signed_on", "-pk")
        indexes: ClassVar = [
            *Record.Meta.indexes,
            GinIndex(fields=("areas",), name="agreement_areas"),
            *(
                models.Index(
                    fields=(name, "id"), condition=Q(deleted_at=None), name=f"agreement_{name}"
                )
                for name in ("signed_on", "level", "title", "expires_on")
            ),
            models.Index(
                fields=("id",),
                condition=Q(deleted_at=None, renewal=Renewal.AUTOMATIC),
                name="agreement_renews",
            ),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(effective_on__gte=F("signed_on")),
                name="agreement_effective_once_signed",
                violation_error_message=gettext_lazy("It takes effect before it was signed."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("signed_on"))
                & (Q(effective_on=None) | Q(expires_on__gte=F("effective_on")))
                | Q(expires_on=None),
                name="agreement_ends_after_it_begins",
                violation_error_message=gettext_lazy("It ends before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(renewal=Renewal.AUTOMATIC)
                | Q(renewal_months__gte=1, expires_on__isnull=False),
                name="agreement_renews_by_a_term",
                violation_error_message=gettext_lazy(
                    "What is renewed by itself has a last day and the months of each renewal."
                ),
            ),
            models.CheckConstraint(
                condition=Q(own_agency__isnull=False) | ~Q(own_party=""),
                name="agreement_has_a_vietnamese_party",
                violation_error_message=gettext_lazy("The Vietnamese party is missing."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def starts_on(self) -> dt.date:
        """The first day in force."""
        return self.effective_on or self.signed_on

    @property
    def own_side(self) -> str:
        return ", ".join(filter(None, (str(self.own_agency or ""), self.own_party)))

    @property
    def own_side_short(self) -> str:
        """For a column: short where there is a short name."""
        agency = self.own_agency
        known = (agency.short_name or agency.name) if agency else ""
        return ", ".join(filter(None, (known, self.own_party)))

    @property
    def other_side(self) -> str:
        known = [str(partner) for partner in self.partners.all()] if self.pk else []
        return ", ".join(filter(None, (*known, self.other_party)))

    @property
    def signers(self) -> str:
        return "; ".join(filter(None, (self.own_signer, self.other_signer)))

    def search_words(self) -> Iterable[Any]:
        return (
            *(self.title, self.own_side, self.other_side, self.signers),
            *(self.signed_at, self.mechanism, self.occasion, self.implementation),
        )

    def counted(self) -> Mapping[dt.date, Any]:
        """An agreement is amended and extended long after its year: those sums stay as they are."""
        return {self.signed_on: (self.level, self.title, self.deleted_at)}

    def clean(self) -> None:
        wrong = dict(self._wrong_days()) | dict(self._wrong_renewal())
        if not self.own_agency_id and not self.own_party:
            wrong["own_agency"] = _("Choose the Vietnamese party, or write it beside.")
        if wrong:
            raise ValidationError(wrong)

    def _wrong_days(self) -> Iterable[tuple[str, str]]:
        signed: Any = self.signed_on  # nothing, where the form could not read it
        begins, ends = self.effective_on, self.expires_on
        if not isinstance(signed, dt.date):
            return
        if signed > timezone.localdate():
            yield "signed_on", pgettext("of signing", "This day lies in the future.")
        if self.level == Level.DISTRICT and signed > LAST_DAY_OF_DISTRICTS:
            yield "level", _("There are no districts since 01/07/2025. Choose another level.")
        if isinstance(begins, dt.date) and begins < signed:
            yield (
                "effective_on",
                _("It cannot take effect before it was signed (%(day)s).")
                % {"day": short_date(signed)},
            )
        first = max(day for day in (signed, begins) if isinstance(day, dt.date))
        if isinstance(ends, dt.date) and ends < first:
            yield (
                "expires_on",
                _("The last day in force cannot be before the first, %(day)s.")
                % {"day": short_date(first)},
            )

    def _wrong_renewal(self) -> Iterable[tuple[str, str]]:
        if self.renewal != Renewal.AUTOMATIC:
            if self.renewal_months is not None:
                yield "renewal_months", _("Only what is renewed by itself has such a term.")
            return
        if not self.expires_on:
            yield "expires_on", _("What is renewed by itself has a last day of its first term.")
        if not self.renewal_months:
            yield "renewal_months", _("Enter for how many months it is renewed each time.")


@tracked()
class AgreementPartner(Agreement.partners.through):  # type: ignore[name-defined]
    """A foreign party of an agreement; here only so that it has a history."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("foreign party of an agreement")
        verbose_name_plural = gettext_lazy("foreign parties of agreements")


@tracked()
class Act(Line):
    """What was done to an agreement after it was signed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="acts")
    done_on = models.DateField(pgettext_lazy("of an act", "day"))
    kind = models.CharField(gettext_lazy("act"), max_length=20, choices=ActKind.choices)
    expires_on = models.DateField(gettext_lazy("new last day in force"), null=True, blank=True)
    note = NormalCharField(gettext_lazy("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = gettext_lazy("act on an agreement")
        verbose_name_plural = gettext_lazy("acts on agreements")
        ordering = ("done_on", "pk")
        indexes: ClassVar = [models.Index(fields=("agreement", "done_on"), name="act_of_agreement")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=ActKind.EXTENDED, expires_on__gte=F("done_on"))
                | (~Q(kind=ActKind.EXTENDED) & Q(expires_on=None)),
                name="act_extends_to_a_day",
                violation_error_message=gettext_lazy(
                    "An extension, and only an extension, has a new last day after its own day."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{short_date(self.done_on)} · {self.get_kind_display()}"

    def clean(self) -> None:
        if self.kind == ActKind.EXTENDED and not self.expires_on:
            raise ValidationError({"expires_on": _("Enter until when it was extended.")})
        if self.kind and self.kind != ActKind.EXTENDED and self.expires_on:
            raise ValidationError({"expires_on": _("Only an extension has a new last day.")})
        if self.done_on and self.expires_on and self.expires_on <= self.done_on:
            said = _("The new last day has to be after %(day)s.")
            raise ValidationError({"expires_on": said % {"day": short_date(self.done_on)}})
