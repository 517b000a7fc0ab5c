from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("van-ban-nguon/", views.document_list, name="list"),
    path("van-ban-nguon/them/", views.add, name="add"),
    path("van-ban-nguon/<int:pk>/", views.detail, name="detail"),
    path("van-ban-nguon/<int:pk>/sua/", views.change, name="change"),
    path("van-ban-nguon/<int:pk>/tep/", views.file, name="file"),
]
