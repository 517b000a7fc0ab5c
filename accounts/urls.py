from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.SignIn.as_view(), name="login"),
    path("dang-xuat/", views.sign_out, name="logout"),
    path("mat-khau/", views.change_password, name="password"),
    path("ngon-ngu/", views.set_language, name="language"),
]
