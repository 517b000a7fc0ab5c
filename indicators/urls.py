from django.urls import path

from indicators import views, views_sources

app_name = "indicators"
urlpatterns = [
    path("so-lieu/", views.latest, name="latest"),
    path("so-lieu/<int:year>/", views.year, name="year"),
    path("so-lieu/<int:year>/o/", views.save, name="save"),
    path("so-lieu/van-ban/", views_sources.choose, name="sources"),
    path("nguon-so-lieu/<int:pk>/", views_sources.source, name="source"),
    path("su-kien/<int:pk>/", views_sources.fact, name="fact"),
]
