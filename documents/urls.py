from django.urls import path

from documents import views, views_viewer

app_name = "documents"
urlpatterns = [
    path("van-ban-nguon/", views.document_list, name="list"),
    path("van-ban-nguon/them/", views.add, name="add"),
    path("van-ban-nguon/them-nhanh/", views.add_beside, name="add_beside"),
    path("van-ban-nguon/<int:pk>/", views.detail, name="detail"),
    path("van-ban-nguon/<int:pk>/sua/", views.change, name="change"),
    path("van-ban-nguon/<int:pk>/tep/", views.file, name="file"),
    path("van-ban-nguon/<int:pk>/noi-dung/", views_viewer.content, name="content"),
    path("van-ban-nguon/<int:pk>/trang/<int:number>/", views_viewer.page, name="page"),
]
