"""Signing in and changing one's own password."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """One message for a wrong name and a wrong password: names are not told apart."""

    error_messages = {
        "invalid_login": _("User name or password is not right. Both are case-sensitive."),
        "inactive": _("User name or password is not right. Both are case-sensitive."),
    }
