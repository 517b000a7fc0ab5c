"""What a view demands: every page declares a right, or it stays closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from accounts.roles import Verb, roles_with
from common.contracts import DataClass

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class SignedInRequest(HttpRequest):
    """A request as views get it: login and htmx middleware have been there."""

    user: User
    htmx: HtmxDetails


@dataclass(frozen=True)
class Access:
    """The right a view needs: a verb on a class of data, everywhere or for some agency."""

    verb: Verb | None
    data_class: DataClass = DataClass.ORDINARY
    everywhere: bool = False
    always_open: bool = False  # also for who must change a one-time password first

    def allows(self, user: Any) -> bool:
        return self.verb is None or user.may(
            self.verb, data_class=self.data_class, everywhere=self.everywhere
        )

    def refusal(self) -> str:
        """Who may open the page instead, in words."""
        if self.verb is None:
            return ""
        names = ", ".join(
            str(role.label)
            for role in roles_with(self.verb, self.data_class, everywhere=self.everywhere)
        )
        return _("This page is for: %(roles)s. Please contact the administrator.") % {
            "roles": names
        }


def requires(
    verb: Verb | None,
    *,
    data_class: DataClass = DataClass.ORDINARY,
    everywhere: bool = False,
    always_open: bool = False,
) -> Callable[[View], View]:
    """Declare and enforce the right a view needs; ``None`` is any signed-in person."""
    access = Access(verb, data_class, everywhere, always_open)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not access.allows(request.user):
                raise PermissionDenied(access.refusal())
            return view(request, *args, **kwargs)

        guarded.access = access  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate
