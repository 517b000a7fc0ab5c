"""What people say about a figure: why an odd one stands, what is to be corrected or answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.text import NormalTextField
from history.tracking import tracked
from indicators.models.figures import Figure


@tracked()
class Explanation(models.Model):
    """Why a value that looked odd stands all the same, in the words of who knows.

    ``seen`` is what the portal said about it. It belongs to one version: another
    number is another question.
    """

    class Kind(models.TextChoices):
        THOUSANDFOLD = "thousandfold", _("a thousand times off")
        UNIT = "unit", _("another unit")
        OUTLIER = "outlier", _("far outside the row's history")
        PARTS = "parts", _("parts and total differ")
        REGISTER = "register", _("register and entered figure differ")
        OVER_PLAN = "over_plan", _("far above the plan")

    figure = models.ForeignKey(
        Figure, on_delete=models.PROTECT, related_name="explanations", verbose_name=_("figure")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    seen = NormalTextField(_("what was seen"))
    text = NormalTextField(_("explanation"))
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("explanation of a figure")
        verbose_name_plural = _("explanations of figures")
        ordering = ("figure", "kind")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("figure", "kind"), name="explanation_once"),
            models.CheckConstraint(condition=~Q(text=""), name="explanation_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.figure} · {self.get_kind_display()}"


class RemarkQuerySet(models.QuerySet["Remark"]):
    def open(self) -> RemarkQuerySet:
        """What still waits for an answer or a new number."""
        return self.filter(answered_at=None)


@tracked()
class Remark(models.Model):
    """A cell given back to its agency with a reason, or a question about its number.

    A returned cell is settled by a new version or an answer, a question by an
    answer.
    """

    class Kind(models.TextChoices):
        RETURN = "return", _("returned")
        QUESTION = "question", _("question")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    figure = models.ForeignKey(
        Figure, on_delete=models.PROTECT, related_name="remarks", verbose_name=_("figure")
    )
    text = NormalTextField(_("text"))
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    answer = NormalTextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark on a figure")
        verbose_name_plural = _("remarks on figures")
        ordering = ("-written_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.figure} · {self.get_kind_display()}"
