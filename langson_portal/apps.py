from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class LangsonPortalConfig(AppConfig):
    name = "langson_portal"
    verbose_name = _("Lạng Sơn portal")
    default = True


class PortalAdminConfig(admin_apps.AdminConfig):
    default_site = "langson_portal.admin_site.PortalAdminSite"
    default = False
