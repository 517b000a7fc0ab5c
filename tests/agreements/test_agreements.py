"""International agreements: what cannot have been signed, what counts, what waits, what changes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from agreements.models import Agreement
from indicators import year_table
from indicators.computed import Span, compute
from reference.models import ReportingYear
from reference.periods import PeriodRefusal, open_year
from registers import actions
from tests.registers.samples import samples

YEAR = Span(2019, dt.date(2018, 12, 15), dt.date(2019, 12, 14))
LIST = "/so/thoa-thuan-quoc-te/"
LINE = ("done_on", "kind", "expires_on", "note")


@pytest.fixture
def sample(db, agencies):
    found = samples()["agreements"]
    found.needs()
    return found


@pytest.fixture
def agreement(sample, agencies, desk):
    """Makes agreements the way the form does: ``agreement(level="department")``."""

    def make(**other):
        return sample.record(agencies["SNGV"], desk, **other)

    return make


@pytest.fixture
def sent(sample, agencies, desk, client_of):
    """Sends the form with other values and acts; the answer and what it says."""

    def send(acts=(), **other):
        data = sample.data(agencies["SNGV"], twins_seen="1", **other)
        for name in [name for name in data if name.startswith("acts-0-")]:
            del data[name]
        data["acts-TOTAL_FORMS"] = str(len(acts))
        for place, act in enumerate(acts):
            for name, value in zip(LINE, act, strict=False):
                data[f"acts-{place}-{name}"] = value
        answer = client_of(desk).post(reverse("registers:add", args=["thoa-thuan-quoc-te"]), data)
        return answer.status_code, answer.content.decode()

    return send


def counted(span=YEAR):
    found = compute([span])
    return tuple(found.get((f"AGREE.{level}", span.key)) for level in ("PROVINCE", "DEPARTMENT"))


# --- what cannot be ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("signed_on", "30/02/2019", "không phải"),
        ("signed_on", "22/02/2119", "Ngày này chưa đến"),
        ("effective_on", "21/02/2019", "Không thể có hiệu lực trước ngày ký (22/02/2019)"),
        ("expires_on", "21/02/2019", "không thể trước ngày bắt đầu hiệu lực, 01/03/2019"),
        ("expires_on", "28/02/2019", "không thể trước ngày bắt đầu hiệu lực, 01/03/2019"),
        ("renewal_months", "12", "Chỉ thỏa thuận tự động gia hạn"),
        ("renewal", "automatic", "Nhập số tháng của mỗi lần gia hạn"),
        ("own_agency", "", "Chọn bên ký kết Việt Nam"),
        ("partners", [], "Chọn bên ký kết nước ngoài"),
        ("partners", ["987654"], "Chọn trong danh sách"),
        ("level", "galaxy", "galaxy"),
        ("areas", ["magic"], "magic"),
    ],
)
def test_what_cannot_have_been_signed_is_refused_in_words(sent, field, value, said):
    status, page = sent(**{field: value})
    assert status == 422
    assert said in page
    assert not Agreement.objects.exists()


def test_there_are_no_districts_to_sign_after_they_ended(sent):
    late = {"signed_on": "01/7/2025", "effective_on": "", "expires_on": ""}
    status, page = sent(level="district", **late)
    assert status == 422 and "không còn cấp huyện" in page
    assert sent(level="commune", **late)[0] == 302


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        ([("21/02/2019", "amended")], "trước ngày ký (22/02/2019)"),
        ([("01/01/2020", "extended")], "Nhập ngày hết hiệu lực mới"),
        ([("01/01/2020", "extended", "01/01/2019")], "phải sau ngày 01/01/2020"),
        ([("01/01/2020", "extended", "28/02/2024")], "phải sau ngày 28/02/2024"),
        ([("01/01/2020", "amended", "28/02/2029")], "Chỉ gia hạn mới có"),
        ([("01/01/2020", "resumed")], "không bị tạm đình chỉ"),
        ([("01/01/2020", "suspended"), ("01/02/2020", "suspended")], "đang bị tạm đình chỉ"),
        ([("01/01/2020", "amended"), ("31/12/2019", "terminated")], "đã chấm dứt ngày 31/12/2019"),
        ([("01/01/2020", "amended"), ("01/01/2020", "amended")], "Đã có ở dòng trên"),
    ],
)
def test_acts_that_do_not_follow_from_those_before_are_refused(sent, acts, said):
    status, page = sent(acts)
    assert status == 422
    assert said in page
    assert not Agreement.objects.exists()


def test_acts_may_be_typed_in_any_order(sent):
    acts = [
        ("01/01/2024", "extended", "28/02/2029"),
        ("01/06/2021", "resumed"),
        ("01/06/2020", "suspended"),
    ]
    assert sent(acts)[0] == 302
    kinds = [act.kind for act in Agreement.objects.get().acts.all()]
    assert kinds == ["suspended", "resumed", "extended"]


def test_either_side_may_be_written_in_words(sent):
    words = {"own_party": "Ủy ban nhân dân huyện Lộc Bình", "other_party": "Trường Đại học X"}
    status, _page = sent(own_agency="", partners=[], **words)
    assert status == 302
    made = Agreement.objects.get()
    assert (made.own_side, made.other_side) == tuple(words.values())


def test_the_same_title_again_is_pointed_at(agreement, sample, agencies, desk, client_of):
    agreement()
    answer = client_of(desk).post(f"{LIST}them/", sample.data(agencies["SNGV"]))
    assert answer.status_code == 422
    assert "Giống bản ghi đã có" in answer.content.decode()


# --- figures -----------------------------------------------------------------------------


def test_agreements_are_counted_by_level_in_the_year_they_were_signed(agreement):
    at_once = {"effective_on": ""}
    for number in range(5):
        agreement(title=f"Thỏa thuận {number}")
    agreement(level="department", data_class="restricted")
    agreement(level="organisation")
    agreement(signed_on="14/12/2018", **at_once)
    agreement(signed_on="15/12/2019", **at_once)
    assert counted() == (5, 1)


def test_the_year_table_prints_the_sum_where_nobody_typed(agreement, desk):
    open_year(2019)
    agreement()
    row = year_table.build([2019], desk).row("AGREE.PROVINCE", 2019)
    assert (row.actual.number, row.actual.is_computed) == (1, True)


# --- after the year ----------------------------------------------------------------------


def test_acts_are_recorded_after_the_year_of_signing_was_closed(agreement, sample, agencies, desk):
    made = agreement()
    open_year(2019)
    ReportingYear.objects.update(locked_on=timezone.localdate())
    register = sample.of
    made.implementation = "Đã gia hạn"
    actions.save(register, made, by=desk, seen=1, together=lambda one: one.acts.all().delete())
    assert Agreement.objects.get().version == 2
    for field, value in {"level": "department", "signed_on": dt.date(2018, 5, 1)}.items():
        other = Agreement.objects.get()
        setattr(other, field, value)
        with pytest.raises(PeriodRefusal):
            actions.save(register, other, by=desk, seen=2)


# --- what waits ----------------------------------------------------------------------------


def test_a_list_tells_what_ends_soon_and_leads_there(agreement, desk, client_of):
    ends_on = timezone.localdate() + dt.timedelta(days=settings.EXPIRY_NOTICE_DAYS)
    made = agreement(title="Sắp hết hạn")
    made.acts.all().delete()
    Agreement.objects.update(expires_on=ends_on)
    client = client_of(desk)
    page = client.get(LIST).content.decode()
    assert "1 thỏa thuận hết thời hạn trong 90 ngày tới" in page
    assert 'href="?status=ending"' in page
    assert "Sắp hết hạn" in client.get(f"{LIST}?status=ending").content.decode()
    with override_settings(EXPIRY_NOTICE_DAYS=89):
        assert "thỏa thuận hết thời hạn" not in client.get(LIST).content.decode()


def test_who_keeps_an_agreement_is_told_on_the_first_page_and_no_other_agency(
    sample, agencies, desk, officer, leader, client_of
):
    sample.record(agencies["SNGV"], desk).acts.all().delete()
    Agreement.objects.update(expires_on=timezone.localdate())

    def told(user, address="/viec-cua-toi/"):
        return "1 thỏa thuận hết thời hạn" in client_of(user).get(address).content.decode()

    assert told(desk)
    assert not told(leader)  # reads, and keeps nothing
    assert not told(officer)
    assert not told(officer, LIST)
    Agreement.objects.update(agency=agencies["SCT"])
    assert told(officer)


def test_a_list_shows_the_status_of_the_day_it_is_asked_for(agreement, desk, client_of):
    agreement()
    client = client_of(desk)

    def asked(query):
        return client.get(f"{LIST}?{query}").content.decode()

    assert "chưa có hiệu lực</span>" in asked("on=28/02/2019")
    assert "còn hiệu lực</span>" in asked("on=01/03/2019")
    assert "đã gia hạn</span>" in asked("on=15/01/2024")
    assert "hết hiệu lực</span>" in asked("on=01/03/2029")
    assert "Không có bản ghi phù hợp" in asked("on=21/02/2019")
    assert "Không có bản ghi phù hợp" in asked("status=expired&on=28/02/2029")
    assert "hết hiệu lực</span>" in asked("status=expired&on=01/03/2029")


def test_what_was_signed_with_a_part_of_a_partner_is_found(agreement, desk, client_of):
    made = agreement()
    region, city = made.partners.order_by("pk")
    city.part_of = region
    city.save()
    made.partners.remove(region)
    page = client_of(desk).get(f"{LIST}?partner={region.pk}").content.decode()
    assert made.title in page
    assert made.title in client_of(desk).get(f"{LIST}?area=tourism").content.decode()
    assert made.title not in client_of(desk).get(f"{LIST}?area=health").content.decode()


def test_the_page_of_an_agreement_says_how_it_stands(agreement, desk, client_of):
    made = agreement()
    page = client_of(desk).get(f"{LIST}{made.pk}/").content.decode()
    assert "thương mại, du lịch" in page
    assert "28/02/2029" in page
