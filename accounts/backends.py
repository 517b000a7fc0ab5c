"""Signing in by name and password; rights come from roles, not from here."""

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User


class PortalBackend(BaseBackend):
    """Checks the password of an active user; a missing one costs the same time."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **kwargs: object
    ) -> User | None:
        user = User.objects.filter(username=username).first()
        if user is None:
            make_password(password)
            return None
        fits = user.check_password(password)
        return user if fits and allowed().filter(pk=user.pk).exists() else None

    def get_user(self, user_id: int) -> User | None:
        return allowed().filter(pk=user_id).first()


def allowed() -> QuerySet[User]:
    """Who may be signed in: active people, and demo accounts only where they are allowed."""
    people = User.objects.filter(is_active=True)
    return people if settings.DEMO_ACCOUNTS_ALLOWED else people.exclude(is_demo=True)
