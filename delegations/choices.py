"""What delegations and meetings are sorted by: direction, status, pillar, reception, money."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(models.TextChoices):
    OUT = "out", pgettext_lazy("direction", "out")
    IN = "in", pgettext_lazy("direction", "in")


class Status(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("status of a delegation", "planned")
    DECIDED = "decided", pgettext_lazy("status of a delegation", "decided")
    UNDER_WAY = "under_way", pgettext_lazy("status of a delegation", "under way")
    ENDED = "ended", pgettext_lazy("status of a delegation", "ended")
    CANCELLED = "cancelled", pgettext_lazy("status of a delegation", "cancelled, put off")


# Only what took place is counted; what is still to come stands in the plan of its year.
TOOK_PLACE = Q(status__in=(Status.UNDER_WAY, Status.ENDED))
TO_COME = Q(status__in=(Status.PLANNED, Status.DECIDED))


class Pillar(models.TextChoices):
    """Whose diplomacy it is."""

    PARTY = "party", pgettext_lazy("pillar", "Party")
    STATE = "state", pgettext_lazy("pillar", "State")
    PEOPLE = "people", pgettext_lazy("pillar", "people-to-people")


class Reception(models.TextChoices):
    """How a delegation from abroad is received: each way is counted by itself."""

    HOSTED = "hosted", _("received by the province as host")
    GUEST = "guest", _("international guests")
    PRESS = "press", _("reporters, experts")


class Funding(models.TextChoices):
    UNKNOWN = "", pgettext_lazy("funding", "not yet known")
    BUDGET = "budget", _("State budget")
    PARTNER = "partner", _("paid by the inviting side")
    OWN = "own", _("paid by those who travel")
    PROJECT = "project", _("a project or aid")
    MIXED = "mixed", _("several sources")


class Form(models.TextChoices):
    """How people meet."""

    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")
    BOTH = "both", _("in person and online")


class Gathering(models.TextChoices):
    """What a meeting is."""

    MECHANISM = "mechanism", _("session of a cooperation mechanism")
    TALKS = "talks", pgettext_lazy("meeting", "talks")
    CONFERENCE = "conference", _("international conference, seminar")
    OTHER = "other", _("another meeting")
