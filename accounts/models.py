"""People, the agencies they work for, and the roles they hold there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import ROLES, WRITING, Right, Scope, Verb
from common.contracts import DataClass
from common.lasting import Lasting, LastingQuerySet, ends_after_it_begins
from common.text import NormalCharField, NormalTextField, search_key, sort_key
from history.tracking import tracked


@tracked()
class Agency(Lasting, models.Model):
    """A department, board, commune or ward that reports to the province.

    Units of government change: an agency has the days between which it
    existed and the agencies it succeeds; old figures keep their old agency.
    """

    class Kind(models.TextChoices):
        PROVINCE = "province", _("province")
        DEPARTMENT = "department", _("department")
        AGENCY = "agency", pgettext_lazy("kind of agency", "agency")
        COMMUNE = "commune", _("commune")
        WARD = "ward", _("ward")
        ORGANISATION = "organisation", _("organisation")

    code = NormalCharField(_("code"), max_length=20, unique=True)
    name = NormalCharField(_("name"), max_length=200)
    short_name = NormalCharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    succeeds = models.ManyToManyField(
        "self", verbose_name=_("succeeds"), symmetrical=False, blank=True, related_name="successors"
    )
    note = NormalTextField(_("note"), blank=True)
    name_key = models.CharField(max_length=600, editable=False, db_index=True)
    search_text = models.CharField(max_length=300, editable=False)

    objects = LastingQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ("name_key", "pk")
        constraints: ClassVar = [ends_after_it_begins("agency_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self) -> None:
        """The stored keys names are sorted and found by."""
        self.name_key = sort_key(self.name)
        self.search_text = search_key(f"{self.code} {self.name} {self.short_name}")[:300]


@tracked()
class AgencySuccession(Agency.succeeds.through):  # type: ignore[name-defined]
    """Which agency succeeds which; here only so that it has a history."""

    class Meta:
        proxy = True
        verbose_name = _("succession of agencies")
        verbose_name_plural = _("successions of agencies")


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person. What they may do comes from the roles they hold today, nothing else."""

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This user name is taken.")},
    )
    full_name = NormalCharField(_("full name"), max_length=120)
    position = NormalCharField(_("position"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi"
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demo account"), default=False, editable=False)
    must_change_password = models.BooleanField(_("must change password"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["full_name"]
    is_superuser = False  # nobody stands outside the roles; the admin asks for it

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("full_name", "pk")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @cached_property
    def roles_held(self) -> list[RoleHolding]:
        """The roles in force today."""
        if not self.is_active or self.pk is None:
            return []
        held, today = self.role_holdings.order_by("role", "pk"), timezone.localdate()
        return [holding for holding in held if holding.existed_on(today)]

    @cached_property
    def holdings(self) -> list[tuple[Right, int | None]]:
        """Every right held today with the agency it is held for (None: no agency)."""
        return [
            (right, holding.agency_id)
            for holding in self.roles_held
            if holding.role in ROLES
            for right in ROLES[holding.role].rights
        ]

    def may(
        self,
        verb: Verb,
        *,
        data_class: DataClass = DataClass.ORDINARY,
        agency_id: int | None = None,
        everywhere: bool = False,
    ) -> bool:
        """Whether a role held today grants this.

        With ``agency_id``: for that agency's data; with ``everywhere``: for all
        agencies; with neither: for at least some.
        """
        reach = self.reach(verb, data_class)
        if everywhere:
            return reach is None
        if agency_id is not None:
            return reach is None or agency_id in reach
        return reach is None or bool(reach)

    def reach(self, verb: Verb, data_class: DataClass = DataClass.ORDINARY) -> set[int] | None:
        """The agencies whose data this verb reaches; None means all of them."""
        matching = [
            right
            for right, _agency in self.holdings
            if right.verb is verb and right.data_class is data_class
        ]
        if any(right.scope is Scope.ALL for right in matching):
            return None
        return self.own_agencies(verb, data_class)

    def own_agencies(self, verb: Verb, data_class: DataClass = DataClass.ORDINARY) -> set[int]:
        """The agencies this person does this for, and those they succeed.

        Old figures keep their old agency; its successor reads and corrects
        them. One that still exists answers for its figures itself, also when
        it is already known who will succeed it.
        """
        own = {
            agency_id
            for right, agency_id in self.holdings
            if right.verb is verb and right.data_class is data_class and agency_id is not None
        }
        if not own:
            return own
        return _with_predecessors(own, self._succeeded, ended_only=verb in WRITING)

    @cached_property
    def _succeeded(self) -> dict[int, list[tuple[int, bool]]]:
        """For each agency those it succeeds, and whether they have ended: one short query."""
        today = timezone.localdate()
        found: dict[int, list[tuple[int, bool]]] = {}
        rows = Agency.succeeds.through.objects.values_list(
            "from_agency_id", "to_agency_id", "to_agency__valid_to"
        )
        for later, earlier, last_day in rows:
            ended = last_day is not None and last_day < today
            found.setdefault(later, []).append((earlier, ended))
        return found

    # The Django admin asks these; it is open to administrators only.
    @property
    def is_staff(self) -> bool:
        return self.may(Verb.MANAGE)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.may(Verb.MANAGE)

    def has_perms(self, perm_list: Iterable[str], obj: object = None) -> bool:
        return self.may(Verb.MANAGE)

    def has_module_perms(self, app_label: str) -> bool:
        return self.may(Verb.MANAGE)


def _with_predecessors(
    own: set[int], succeeded: dict[int, list[tuple[int, bool]]], *, ended_only: bool
) -> set[int]:
    """These agencies and, transitively, those they succeed."""
    reached, waiting = set(own), list(own)
    while waiting:
        for earlier, ended in succeeded.get(waiting.pop(), ()):
            if earlier not in reached and (ended or not ended_only):
                reached.add(earlier)
                waiting.append(earlier)
    return reached


@tracked()
class RoleHolding(Lasting, models.Model):
    """A role somebody holds, for an agency, between two dates (delegation included)."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="role_holdings", verbose_name=_("user")
    )
    role = models.CharField(
        _("role"), max_length=30, choices=[(role.code, role.label) for role in ROLES.values()]
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("agency")
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = LastingQuerySet.as_manager()

    class Meta:
        verbose_name = _("role held")
        verbose_name_plural = _("roles held")
        ordering = ("user", "role", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("user", "role", "agency", "valid_from"),
                nulls_distinct=False,
                name="role_held_once",
            ),
            ends_after_it_begins("role_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    def clean(self) -> None:
        if self.role in ROLES and ROLES[self.role].needs_agency and self.agency is None:
            raise ValidationError({"agency": _("This role is held for an agency: choose one.")})
