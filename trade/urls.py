from django.urls import path

from trade import views

app_name = "trade"
urlpatterns = [path("so/kim-ngach/bang/", views.table, name="table")]
