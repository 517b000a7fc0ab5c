"""The Django admin for administrators; sign-in is the portal's own."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(admin.AdminSite):
    site_header = _("Administration")
    site_title = _("Lạng Sơn portal")
    index_title = _("Users, agencies, years and settings")

    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return redirect(f"{reverse('accounts:login')}?next={request.get_full_path()}")


site = admin.site
