"""What pickers find: without accents, on a day, the likely row first, quickly."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.utils.translation import override

from reference.entries import find_key
from reference.models import Country, Gate, GateStatus, Partner
from reference.search import KINDS, Choice, find

pytestmark = pytest.mark.django_db
DAY = dt.date(2019, 6, 30)
TODAY = dt.date(2025, 12, 31)


def labels(kind: str, query: str, on: dt.date = TODAY) -> list[str]:
    return [choice.label for choice in find(kind, query, on=on)]


@pytest.mark.parametrize("typed", ["oxtray", "ô-xtrây", "O XTRAY", "australia", "úc", "aus"])
def test_a_country_is_found_by_any_of_its_names(reference_data, typed):
    assert "Ô-xtrây-li-a" in labels("country", typed)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("han", "Hàn Quốc"), ("mỹ", "Hoa Kỳ"), ("lao", "Lào"), ("trung", "Trung Phi"), ("anh", "Anh")],
)
def test_names_that_begin_with_what_was_typed_stand_first(reference_data, typed, first):
    assert labels("country", typed)[0] == first


def test_our_own_country_is_no_foreign_one(reference_data):
    assert "Việt Nam" not in labels("country", "viet nam")


def test_nothing_typed_offers_the_first_rows_in_vietnamese_order(reference_data):
    assert labels("country", "")[:3] == ["A-déc-bai-gian", "A-rập Xê-út", "A-ru-ba (Hà Lan)"]
    assert labels("gate", "", DAY)[:3] == ["Hữu Nghị", "Ga Đồng Đăng", "Chi Ma"]


def test_only_places_of_the_day_are_offered(reference_data):
    assert labels("place", "dong dang", DAY) == ["thị trấn Đồng Đăng, huyện Cao Lộc"]
    assert labels("place", "dong dang", TODAY) == ["xã Đồng Đăng"]
    assert labels("place", "tp lang son", DAY) == ["thành phố Lạng Sơn"]
    assert labels("place", "tp lang son", TODAY) == []


def test_the_hint_tells_where_a_commune_of_today_came_from(reference_data):
    with override("vi"):
        (choice,) = find("place", "ky lua", on=TODAY)
    assert choice.label == "phường Kỳ Lừa"
    assert choice.hint.startswith("trước đây thuộc ")
    assert "thành phố Lạng Sơn" in choice.hint and "huyện Cao Lộc" in choice.hint


def test_the_hint_of_a_gate_is_its_class_on_the_day(reference_data):
    with override("vi"):
        hints = [
            find("gate", "tan thanh", on=day)[0].hint
            for day in (DAY, dt.date(2024, 5, 26), dt.date(2024, 5, 27))
        ]
    assert hints == ["cửa khẩu phụ", "cửa khẩu phụ", "lối thông quan"]


def test_a_closed_gate_says_so_and_is_not_open(reference_data):
    gate = Gate.objects.get(code="PONHUNG")
    GateStatus.objects.create(
        gate=gate, valid_from=dt.date(2020, 1, 30), gate_class="secondary", operation="closed"
    )
    with override("vi"):
        assert find("gate", "po nhung", on=TODAY)[0].hint == "cửa khẩu phụ · tạm dừng"
    assert gate.is_open_on(DAY) and not gate.is_open_on(TODAY)
    assert gate in Gate.objects.open_on(DAY) and gate not in Gate.objects.open_on(TODAY)


def test_a_gate_is_found_by_its_counterpart(reference_data):
    assert labels("gate", "youyiguan", DAY) == ["Hữu Nghị"]
    assert labels("gate", "爱店", DAY) == ["Chi Ma"]


def test_what_a_form_holds_is_shown_though_it_is_gone(reference_data):
    old = find("place", "dong dang", on=DAY)[0]
    new = find("place", "dong dang", on=TODAY)[0]
    with override("vi"):
        shown = KINDS["place"].chosen([old.id, new.id, 10**9], on=TODAY)
    assert shown[0] == Choice(old.id, old.label, "đến 30/06/2025")
    assert [choice.label for choice in shown] == [old.label, new.label]


def test_an_unknown_table_is_refused():
    with pytest.raises(KeyError):
        find("user", "a")


@pytest.mark.parametrize("typed", ["%", "_", "'; --", "\\", "(", "ờ" * 300, "\x00"])
def test_odd_letters_are_harmless(reference_data, typed):
    find("country", typed, on=TODAY)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ô-xtrây-li-a", "oxtraylia"),
        ("Đồng Đăng – Lạng Sơn", "dong dang lang son"),
        ("TP. Lạng Sơn", "tp lang son"),
        ("Côte d'Ivoire", "cote divoire"),
        ("广西", "广西"),
    ],
)
def test_keys_are_words_without_accents_and_signs(text, key):
    assert find_key(text) == key


def test_thousands_of_partners_are_searched_by_an_index(django_assert_max_num_queries):
    country = Country.objects.create(name="Nhật Bản", iso2="JP")
    partners = [
        Partner(name=f"Tổ chức Hữu nghị số {number}", kind="ngo", country=country)
        for number in range(5000)
    ]
    for partner in partners:
        partner.set_keys()
    Partner.objects.bulk_create(partners)
    with django_assert_max_num_queries(1):
        assert find("partner", "huu nghi 4711")[0].label == "Tổ chức Hữu nghị số 4711"
    with connection.cursor() as cursor:  # statistics are the owner's to gather: leave no choice
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    rows = Partner.objects.filter(search_text__contains="4711").order_by()
    assert "partner_search" in rows.explain()
