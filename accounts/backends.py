"""Signing in by name and password; rights come from roles, not from here."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from accounts.models import User


class PortalBackend(BaseBackend):
    """Checks the password of an active user; a missing one costs the same time."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **kwargs
    ) -> User | None:
        user = User.objects.filter(username=username).first()
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
