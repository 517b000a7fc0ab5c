from django.urls import path

from imports import views, views_people, views_upload

app_name = "imports"
urlpatterns = [
    path("nhap-tu-excel/", views.index, name="index"),
    path("nhap-tu-excel/tai-len/", views.receive, name="receive"),
    path("nhap-tu-excel/bieu-mau/<slug:source>.xlsx", views.template, name="template"),
    path("nhap-tu-excel/danh-sach/<slug:source>.xlsx", views_people.listed, name="listed"),
    path("nhap-tu-excel/<int:pk>/", views.show, name="show"),
    path("nhap-tu-excel/<int:pk>/tep/", views.original, name="file"),
    path("nhap-tu-excel/<int:pk>/tep-danh-dau-loi/", views.marked_workbook, name="marked"),
    path("nhap-tu-excel/<int:pk>/danh-dau-loi/", views_upload.mark, name="mark"),
    path("nhap-tu-excel/<int:pk>/tra-loi/", views_upload.answer, name="answer"),
    path("nhap-tu-excel/<int:pk>/chon/", views_upload.choose, name="choose"),
    path("nhap-tu-excel/<int:pk>/xac-nhan/", views_upload.confirm, name="confirm"),
    path("nhap-tu-excel/<int:pk>/hoan-tac/", views_upload.undo, name="undo"),
    path("nhap-tu-excel/<int:pk>/bo/", views_upload.discard, name="discard"),
    path("nhap-tu-excel/<int:pk>/lam-lai/", views_upload.again, name="again"),
    path("nhap-tu-excel/<int:pk>/phieu-tai-khoan/", views_people.slips, name="slips"),
]
