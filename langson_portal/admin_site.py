"""The Django admin for administrators; sign-in is the portal's own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.access import Access
from accounts.roles import Verb

# Screens Django and its plug-ins bring along: rights come from roles, not from groups,
# and who locked themselves out gets a one-time password.
HIDDEN_APPS = {"auth", "axes"}
# What administrators come for stands first; an app not named here follows.
ORDER = ("accounts", "reference", "indicators", "reports", "documents", "jobs")


class PortalAdminSite(admin.AdminSite):
    site_header = _("Administration")
    site_title = _("Lạng Sơn portal")
    index_title = _("Users, agencies, years and settings")
    enable_nav_sidebar = False
    access = Access(Verb.MANAGE, everywhere=True)

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")  # things end one by one, seen by somebody

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models = (
            [model_or_iterable]
            if isinstance(model_or_iterable, type) and issubclass(model_or_iterable, Model)
            else model_or_iterable
        )
        shown = [model for model in models if model._meta.app_label not in HIDDEN_APPS]
        super().register(shown, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and self.access.allows(request.user)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        listed = super().get_app_list(request, app_label)
        return sorted(listed, key=lambda app: (*ORDER, app["app_label"]).index(app["app_label"]))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied(self.access.refusal())
            return inner(request, *args, **kwargs)

        guarded.admin_site = self  # type: ignore[attr-defined]
        guarded.access = self.access  # type: ignore[attr-defined]
        return guarded

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The portal's own sign-in, and back to where one was going."""
        target = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
            target = reverse("admin:index")
        if request.user.is_authenticated:
            return redirect(target)
        return redirect_to_login(target)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        return redirect("accounts:password")


site = admin.site
