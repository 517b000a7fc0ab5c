from django.urls import path

from dashboards import my_work_views, views

app_name = "dashboards"
urlpatterns = [
    path("viec-cua-toi/", my_work_views.show, name="my_work"),
    path("viec-cua-toi/viec-may/", my_work_views.jobs, name="my_jobs"),
    path("tong-quan/", views.latest, name="latest"),
    path("tong-quan/<int:year>/", views.year, name="year"),
    path("nhat-ky/", views.trail, name="trail"),
]
