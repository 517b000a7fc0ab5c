from django.urls import path

from registers import views_export, views_files, views_list, views_pick, views_record

app_name = "registers"
urlpatterns = [
    path("so/", views_list.index, name="index"),
    path("so/chon/<slug:what>/", views_pick.pick, name="pick"),
    path("so/<slug:slug>/", views_list.record_list, name="list"),
    path("so/<slug:slug>/tong/", views_list.list_totals, name="totals"),
    path("so/<slug:slug>/xuat.<slug:kind>", views_export.export, name="export"),
    path("so/<slug:slug>/bo-loc/", views_list.save_filter, name="save_filter"),
    path("so/<slug:slug>/bo-loc/<int:pk>/xoa/", views_list.drop_filter, name="drop_filter"),
    path("so/<slug:slug>/them/", views_record.add, name="add"),
    path("so/<slug:slug>/<int:pk>/", views_record.detail, name="detail"),
    path("so/<slug:slug>/<int:pk>/sua/", views_record.change, name="change"),
    path("so/<slug:slug>/<int:pk>/xoa/", views_record.delete, name="delete"),
    path("so/<slug:slug>/<int:pk>/khoi-phuc/", views_record.restore, name="restore"),
    path("so/<slug:slug>/<int:pk>/tep/", views_files.attach, name="attach"),
    path("so/<slug:slug>/<int:pk>/tep/<int:file>/", views_files.fetch, name="file"),
    path("so/<slug:slug>/<int:pk>/tep/<int:file>/go/", views_files.remove, name="detach"),
    path("so/<slug:slug>/<int:pk>/tep/<int:file>/nguon/", views_files.make_source, name="cite"),
]
