"""Closed by default, and the reader's own language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.access import Access


class LanguageMiddleware:
    """The language a person set for themselves; never guessed from the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = dict(settings.LANGUAGES)
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if request.user.is_authenticated:
            wanted = request.user.language
        language = wanted if wanted in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class ClosedByDefaultMiddleware(LoginRequiredMiddleware):
    """Login for every page, and a declared right: a view that declares none is closed."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        if not request.user.is_authenticated:
            # A piece of a page cannot turn into the sign-in page: it gets the message.
            if request.accepts("text/html") and "HX-Request" not in request.headers:
                return super().process_view(request, view_func, view_args, view_kwargs)
            message = _(
                "The session has ended. Sign in again; what is being entered is still there."
            )
            return JsonResponse({"message": message}, status=401)
        access: Access | None = getattr(view_func, "access", None)
        if request.user.must_change_password and not (access and access.always_open):
            return redirect(reverse("accounts:password"))
        if access:
            return None
        if hasattr(view_func, "admin_site") or hasattr(view_func, "model_admin"):
            return None  # the admin asks for its own right
        raise PermissionDenied
