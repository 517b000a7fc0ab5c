from django.urls import path

from dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("tong-quan/", views.latest, name="latest"),
    path("tong-quan/<int:year>/", views.year, name="year"),
    path("nhat-ky/", views.trail, name="trail"),
]
