"""What the tables of reference data share: days, certainty, keys, and where a row came from."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.lasting import Lasting, LastingQuerySet, ends_after_it_begins
from common.text import NormalCharField, NormalTextField, search_key, sort_key

# What only the loader reads is no history.
NO_HISTORY = ("loaded_key", "loaded")
_JOINED = re.compile(r"(?<=\w)[-’'](?=\w)")  # "Ô-xtrây-li-a" is one word to who searches it
_BETWEEN = re.compile(r"\W+")


def find_key(text: str) -> str:
    """Words without accents and signs: "o xtray" and "oxtray" both find "Ô-xtrây-li-a"."""
    return _BETWEEN.sub(" ", _JOINED.sub("", search_key(text))).strip()


class Certainty(models.TextChoices):
    """How sure a row is; the marks are those of the files it is loaded from."""

    CONFIRMED = "C", _("confirmed by the office")
    LOOKED_UP = "T", _("looked up")
    PUBLISHED = "S", _("published by the province")
    KNOWN = "K", _("general knowledge, to be confirmed")
    UNSURE = "?", _("unsure")


class Sourced(models.Model):
    """A row with its source; it remembers which row of the shipped files it came from.

    ``loaded`` keeps the values as they were loaded: the loader renews those that
    are still the same, and leaves alone what somebody changed since.
    """

    certainty = models.CharField(
        _("certainty"), max_length=1, choices=Certainty.choices, default=Certainty.CONFIRMED
    )
    source = NormalCharField(_("source"), max_length=300, blank=True)
    note = NormalTextField(_("note"), blank=True)
    loaded_key = models.CharField(max_length=60, null=True, blank=True, unique=True, editable=False)
    loaded = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True


class Entry(Lasting, Sourced):
    """A named row of a reference table, and the days between which it existed."""

    name = NormalCharField(_("name"), max_length=200)
    aliases = NormalCharField(
        _("other names"),
        max_length=500,
        blank=True,
        help_text=_("Other spellings and abbreviations it is found by, with semicolons between."),
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    name_key = models.CharField(max_length=600, editable=False, db_index=True)
    search_text = models.CharField(max_length=1000, editable=False)

    objects: ClassVar[Any] = LastingQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar[tuple[str, ...]] = ("name_key", "pk")
        indexes: ClassVar = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="%(class)s_search")
        ]
        constraints: ClassVar = [ends_after_it_begins("%(class)s_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self) -> None:
        """The stored keys names are sorted and found by."""
        self.name_key = sort_key(self.name)[:600]
        words = [find_key(text) for text in (self.name, *self.found_by(), self.aliases)]
        self.search_text = " ".join(filter(None, words))[:1000]

    def found_by(self) -> tuple[str, ...]:
        """What else it is found by, besides its names."""
        return ()
