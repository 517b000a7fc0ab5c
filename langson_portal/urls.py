"""Addresses of the portal, in Vietnamese: they are read, sent and printed."""

from django.urls import include, path

from langson_portal import errors, views
from langson_portal.admin_site import site

urlpatterns = [
    path("", views.home, name="home"),
    path("song/", views.alive, name="alive"),
    path("san-sang/", views.ready, name="ready"),
    path("", include("accounts.urls")),
    path("", include("indicators.urls")),
    path("", include("registers.urls")),
    path("", include("trade.urls")),
    path("", include("documents.urls")),
    path("", include("imports.urls")),
    path("", include("reports.urls")),
    path("", include("dashboards.urls")),
    path("quan-tri/", site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
