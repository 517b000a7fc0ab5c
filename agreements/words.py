"""The fixed lists of agreements: level, field, renewal, kind of act, status."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    PROVINCE = "province", pgettext_lazy("level of signing", "province")
    DEPARTMENT = "department", pgettext_lazy("level of signing", "department, branch")
    DISTRICT = "district", pgettext_lazy("level of signing", "district (until 30/06/2025)")
    COMMUNE = "commune", pgettext_lazy("level of signing", "commune")
    ORGANISATION = "organisation", pgettext_lazy("level of signing", "organisation")


class Area(models.TextChoices):
    TRADE = "trade", pgettext_lazy("field of cooperation", "trade")
    GATES = "gates", pgettext_lazy("field of cooperation", "border gates")
    ZONE = "zone", pgettext_lazy("field of cooperation", "cross-border economic area")
    TRANSPORT = "transport", pgettext_lazy("field of cooperation", "transport links")
    TOURISM = "tourism", pgettext_lazy("field of cooperation", "tourism")
    LABOUR = "labour", pgettext_lazy("field of cooperation", "labour")
    FARMING = "farming", pgettext_lazy("field of cooperation", "agriculture, quarantine")
    CULTURE = "culture", pgettext_lazy("field of cooperation", "culture, sports")
    EDUCATION = "education", pgettext_lazy("field of cooperation", "education, training")
    HEALTH = "health", pgettext_lazy("field of cooperation", "health")
    SCIENCE = "science", pgettext_lazy("field of cooperation", "science and technology")
    BORDER = "border", pgettext_lazy("field of cooperation", "border management")
    SECURITY = "security", pgettext_lazy("field of cooperation", "security, fighting crime")
    FRIENDSHIP = "friendship", pgettext_lazy("field of cooperation", "twinning, friendship")
    OTHER = "other", pgettext_lazy("field of cooperation", "other")


class Renewal(models.TextChoices):
    NONE = "none", pgettext_lazy("renewal", "not foreseen")
    CONSENT = "consent", pgettext_lazy("renewal", "when the parties agree")
    AUTOMATIC = "automatic", pgettext_lazy("renewal", "by itself, unless a party objects")


class ActKind(models.TextChoices):
    AMENDED = "amended", pgettext_lazy("act", "amended")
    EXTENDED = "extended", pgettext_lazy("act", "extended")
    SUSPENDED = "suspended", pgettext_lazy("act", "suspended")
    RESUMED = "resumed", pgettext_lazy("act", "resumed")
    TERMINATED = "terminated", pgettext_lazy("act", "terminated")


class Status(models.TextChoices):
    PENDING = "pending", pgettext_lazy("status of an agreement", "not yet in force")
    IN_FORCE = "in_force", pgettext_lazy("status of an agreement", "in force")
    AMENDED = "amended", pgettext_lazy("status of an agreement", "in force, amended")
    EXTENDED = "extended", pgettext_lazy("status of an agreement", "in force, extended")
    SUSPENDED = "suspended", pgettext_lazy("status of an agreement", "suspended")
    TERMINATED = "terminated", pgettext_lazy("status of an agreement", "terminated")
    EXPIRED = "expired", pgettext_lazy("status of an agreement", "expired")


# What counts as being in force, whatever happened to it before.
IN_FORCE = (Status.IN_FORCE, Status.AMENDED, Status.EXTENDED)
