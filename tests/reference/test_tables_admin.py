"""Administrators keep the tables: search without accents, statuses, no loss of shipped rows."""

from __future__ import annotations

import datetime as dt

import pytest

from reference.gates import GateClass
from reference.models import Country, Gate, GateStatus, Partner, Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
TABLES = ("country", "partner", "mechanism", "place", "gate")


@pytest.fixture
def admin_client(client_of, admin_user):
    return client_of(admin_user)


def names(answer) -> list[str]:
    return [row.name for row in answer.context["cl"].result_list]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_lists_and_opens_in_few_queries(
    admin_client, table, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20):
        answer = admin_client.get(f"/quan-tri/reference/{table}/")
    assert answer.status_code == 200
    row = answer.context["cl"].result_list[0]
    assert admin_client.get(f"/quan-tri/reference/{table}/{row.pk}/change/").status_code == 200
    assert admin_client.get(f"/quan-tri/reference/{table}/add/").status_code == 200


@pytest.mark.parametrize(
    ("table", "typed", "found"),
    [
        ("country", "ô-xtrây-li-a", "Ô-xtrây-li-a"),
        ("gate", "co nam", "Cốc Nam"),
        ("place", "tt dong dang", "thị trấn Đồng Đăng"),
        ("partner", "Bằng Tường", "thành phố Bằng Tường"),
    ],
)
def test_search_needs_no_accents(admin_client, table, typed, found):
    assert found in names(admin_client.get(f"/quan-tri/reference/{table}/", {"q": typed}))


def test_a_filter_leaves_what_is_gone_aside(admin_client):
    answer = admin_client.get("/quan-tri/reference/place/", {"in_force": "today"})
    assert answer.context["cl"].result_count == 66
    gone = admin_client.get("/quan-tri/reference/place/", {"in_force": "gone", "kind": "district"})
    assert gone.context["cl"].result_count == 10


def test_autocomplete_finds_without_accents(admin_client):
    answer = admin_client.get(
        "/quan-tri/autocomplete/",
        {
            "term": "bang tuong",
            "app_label": "reference",
            "model_name": "gate",
            "field_name": "counterpart_locality",
        },
    )
    assert [row["text"] for row in answer.json()["results"]] == ["thành phố Bằng Tường"]


def test_a_shipped_row_is_ended_and_never_deleted(admin_client):
    shipped = Country.objects.get(iso2="FR")
    assert admin_client.post(
        f"/quan-tri/reference/country/{shipped.pk}/delete/", {"post": "yes"}
    ).status_code in (403, 404)
    made = Country.objects.create(name="Nhầm")
    admin_client.post(f"/quan-tri/reference/country/{made.pk}/delete/", {"post": "yes"})
    assert not Country.objects.filter(pk=made.pk).exists()
    assert Country.objects.filter(pk=shipped.pk).exists()


def form_of(answer) -> dict[str, str]:
    """What a browser would send back from an admin form as it stands."""
    form = answer.context["adminform"].form
    data: dict[str, object] = {}
    inlines = [inline.formset for inline in answer.context["inline_admin_formsets"]]
    forms = [form, *(row for formset in inlines for row in formset.forms)]
    for one in [*forms, *(formset.management_form for formset in inlines)]:
        for bound in one:
            value = bound.value()
            data[bound.html_name] = "" if value is None else value
    return {key: value for key, value in data.items() if value is not False}  # type: ignore[misc]


def test_a_gate_gets_its_next_status_in_the_admin(admin_client):
    gate = Gate.objects.get(code="NAHINH")
    address = f"/quan-tri/reference/gate/{gate.pk}/change/"
    data = form_of(admin_client.get(address))
    data |= {
        "statuses-TOTAL_FORMS": "2",
        "statuses-1-gate": gate.pk,
        "statuses-1-valid_from": "01/01/2027",
        "statuses-1-gate_class": "main",
        "statuses-1-operation": "closed",
        "statuses-1-certainty": "C",
    }
    answer = admin_client.post(address, data)
    assert answer.status_code == 302, answer.context["errors"]
    assert gate.status_on(dt.date(2026, 12, 31)).gate_class == GateClass.SECONDARY
    assert gate.status_on(dt.date(2027, 1, 1)).gate_class == GateClass.MAIN
    data = form_of(admin_client.get(address)) | {"statuses-0-DELETE": "on"}
    admin_client.post(address, data)
    assert GateStatus.objects.filter(gate=gate).count() == 2


def test_a_status_from_one_day_stands_once(admin_client):
    gate = Gate.objects.get(code="TANTHANH")
    address = f"/quan-tri/reference/gate/{gate.pk}/change/"
    data = form_of(admin_client.get(address))
    data |= {"statuses-0-valid_from": "27/05/2024"}
    answer = admin_client.post(address, data)
    assert answer.status_code == 200
    assert GateStatus.objects.filter(gate=gate, valid_from=None).exists()


def test_a_place_ends_after_it_begins(admin_client):
    place = Place.objects.get(name="xã Thất Khê")
    address = f"/quan-tri/reference/place/{place.pk}/change/"
    data = form_of(admin_client.get(address)) | {"valid_to": "30/06/2025"}
    answer = admin_client.post(address, data)
    assert "Ngày cuối trước ngày đầu." in answer.content.decode()


def test_changes_leave_a_history():
    partner = Partner.objects.get(name_latin="Nanning")
    partner.note = "Thủ phủ"
    partner.save()
    assert list(partner.events.order_by("pgh_id").values_list("pgh_label", flat=True)) == [
        "insert",
        "update",
    ]
