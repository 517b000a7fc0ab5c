from django.urls import path

from reports import list_views, run_views, section_views, views

app_name = "reports"
urlpatterns = [
    path("bao-cao/", list_views.index, name="index"),
    path("bao-cao/lap/", list_views.new, name="new"),
    path("bao-cao/nam/<int:year>/", list_views.of_year, name="of_year"),
    path("bao-cao/<int:pk>/", views.detail, name="detail"),
    path("bao-cao/<int:pk>/muc/<slug:key>/", section_views.edit_section, name="section"),
    path("bao-cao/<int:pk>/muc/<slug:key>/luu/", section_views.save, name="save"),
    path("bao-cao/<int:pk>/muc/<slug:key>/xem-truoc/", section_views.preview, name="preview"),
    path("bao-cao/<int:pk>/muc/<slug:key>/chon-so-lieu/", section_views.pick_figure, name="pick"),
    path("bao-cao/<int:pk>/muc/<slug:key>/khop-so/", section_views.match_numeral, name="match"),
    path("bao-cao/<int:pk>/muc/<slug:key>/dang-soan/", section_views.present, name="presence"),
    path("bao-cao/<int:pk>/muc/<slug:key>/ban-luu/", section_views.versions, name="versions"),
    path(
        "bao-cao/<int:pk>/muc/<slug:key>/ban-luu/<int:version>/",
        section_views.restore,
        name="restore",
    ),
    path("bao-cao/<int:pk>/xuat/", run_views.start, name="start"),
    path("bao-cao/lan-xuat/<int:pk>/", run_views.show, name="run"),
    path("bao-cao/lan-xuat/<int:pk>/thu-lai/", run_views.again, name="again"),
    path("bao-cao/lan-xuat/<int:pk>/tep/", run_views.download, name="download"),
]
