from django.urls import path, register_converter

from indicators import (
    views,
    views_assignments,
    views_block,
    views_explanations,
    views_print,
    views_remarks,
    views_sources,
)
from indicators.spans import SpanConverter

register_converter(SpanConverter, "span")

app_name = "indicators"
urlpatterns = [
    path("so-lieu/", views.latest, name="latest"),
    path("so-lieu/<int:year>/", views.year, name="year"),
    path("so-lieu/<int:year>/o/", views.save, name="save"),
    path("so-lieu/<int:year>/dan/", views_block.paste, name="paste"),
    path("so-lieu/<int:year>/giai-trinh/", views_explanations.explain, name="explain"),
    path("so-lieu/<int:year>/<span:span>/", views.year, name="year_of_period"),
    path("so-lieu/<int:year>/<span:span>/dan/", views_block.paste, name="paste_of_period"),
    path("so-lieu/<int:year>/<span:span>/o/", views.save, name="save_of_period"),
    path(
        "so-lieu/<int:year>/<span:span>/giai-trinh/",
        views_explanations.explain,
        name="explain_of_period",
    ),
    path("so-lieu/<int:year>/in-bieu/", views_print.form, name="print"),
    path("so-lieu/<int:year>/<span:span>/in-bieu/", views_print.form, name="print_of_period"),
    path("so-lieu/van-ban/", views_sources.choose, name="sources"),
    path("so-lieu/nguon-cho-nhieu-o/", views_sources.cite_many, name="cite"),
    path("phan-cong/", views_assignments.latest, name="assignments_latest"),
    path("phan-cong/<int:year>/", views_assignments.show, name="assignments"),
    path("phan-cong/<int:year>/luu/", views_assignments.save, name="assign"),
    path("phan-cong/<int:year>/chep/", views_assignments.carry, name="carry_over"),
    path("y-kien/tra-lai/", views_remarks.give_back, name="give_back"),
    path("y-kien/hoi/<int:pk>/", views_remarks.ask, name="ask"),
    path("y-kien/<int:pk>/tra-loi/", views_remarks.answer, name="answer"),
    path("nguon-so-lieu/<int:pk>/", views_sources.source, name="source"),
    path("nguon-so-lieu/so/<str:code>/<int:year>/", views_sources.records, name="records"),
    path(
        "nguon-so-lieu/so/<str:code>/<int:year>/<span:span>/",
        views_sources.records,
        name="records_of_period",
    ),
    path("su-kien/<int:pk>/", views_sources.fact, name="fact"),
]
