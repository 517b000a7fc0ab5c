"""Lists and templates of people and agencies come back as they left."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Agency, User
from imports.contract import Source
from imports.people.agencies import AgencySource
from imports.people.users import UserSource
from tests.imports.office import ClientOf, Office, counts

pytestmark = pytest.mark.django_db


def test_the_list_of_users_comes_back_unchanged(users: Office, everyone: dict[str, User]) -> None:
    User.objects.filter(pk=everyone["clerk"].pk).update(position="=1+1")
    file = ContentFile(UserSource().listed(by=users.user), name="danh-sach.xlsx")
    assert counts(users.give(file)) == {"unchanged": len(everyone)}


def test_the_list_of_agencies_comes_back_unchanged_but_for_what_was_edited(
    offices: Office, agencies: dict[str, Agency]
) -> None:
    agencies["SNNMT"].succeeds.add(agencies["CTK"])
    book = openpyxl.load_workbook(io.BytesIO(AgencySource().listed(by=offices.user)))
    sheet = book.worksheets[0]
    edited = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "CTK")
    edited[2].value = "CTK tỉnh"
    saved = io.BytesIO()
    book.save(saved)
    upload = offices.give(ContentFile(saved.getvalue(), name="danh-sach.xlsx"))
    assert counts(upload) == {"unchanged": len(agencies) - 1, "changed": 1}
    assert list(upload.rows.get(outcome="changed").values) == ["short_name"]


WORDS = st.text("aăâđơưÀẾÔỹ019 =+-@'\"#;,._\n", max_size=40).map(str.strip)


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(name=WORDS, position=WORDS, short_name=WORDS)
def test_whatever_text_stands_in_a_list_comes_back_as_it_was(
    users: Office, officer: User, name: str, position: str, short_name: str
) -> None:
    User.objects.filter(pk=officer.pk).update(full_name=f"Họ tên {name}", position=position)
    Agency.objects.filter(code="SCT").update(name=f"Sở {name}", short_name=short_name)
    for source in (UserSource, AgencySource):
        file = ContentFile(source().listed(by=users.user), name="danh-sach.xlsx")
        upload = Office(users.user, source).give(file)
        assert set(counts(upload)) == {"unchanged"}, [row.shown for row in upload.rows.all()]


@pytest.mark.parametrize("source", [UserSource, AgencySource])
def test_the_template_is_read_as_its_own(
    source: type[Source], users: Office, client_of: ClientOf
) -> None:
    path = reverse("imports:template", args=[source.code])
    made = client_of(users.user).get(path).content
    book = openpyxl.load_workbook(io.BytesIO(made))
    headings = [cell.value for cell in book.worksheets[0][4]]
    assert len(headings) == (8 if source is UserSource else 7)
    assert not {"Mật khẩu", "Phân quyền"} & set(headings)
    line = {
        "Họ và tên": "Bế Thị An",
        "Tên đăng nhập": "an.be",
        "Mã": "X",
        "Tên": "Xã X",
        "Loại": "xã",
    }
    book.worksheets[0].append([line.get(heading) for heading in headings])
    saved = io.BytesIO()
    book.save(saved)
    office = Office(users.user, source)
    upload = office.give(ContentFile(saved.getvalue(), name="bieu-mau.xlsx"))
    assert counts(upload) == {"new": 1}


@pytest.mark.parametrize("code", ["nguoi-dung", "don-vi"])
def test_the_admin_leads_to_import_and_list(code: str, users: Office, client_of: ClientOf) -> None:
    client = client_of(users.user)
    place = "accounts_user" if code == "nguoi-dung" else "accounts_agency"
    page = client.get(reverse(f"admin:{place}_changelist")).content.decode()
    assert f"{reverse('imports:index')}?vao={code}" in page
    assert reverse("imports:listed", args=[code]) in page
    answer = client.get(reverse("imports:listed", args=[code]))
    assert answer.content.startswith(b"PK")
    assert "no-store" in answer.headers["Cache-Control"]
