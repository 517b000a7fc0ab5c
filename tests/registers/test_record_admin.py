"""Records in the Django admin, asked of each declared register."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import NoReverseMatch, reverse

from registers.sheets.resources import resource_of
from tests.registers.samples import address, close_year_of


def test_administrators_enter_records_in_the_django_admin(
    sample, agencies, admin_user, client_of, desk
):
    meta = sample.of.model._meta
    name = f"admin:{meta.app_label}_{meta.model_name}"
    client = client_of(admin_user)
    data = sample.data(agencies["SCT"])
    for lines in sample.of.lines:
        data |= {f"{lines.name}-MIN_NUM_FORMS": "0", f"{lines.name}-MAX_NUM_FORMS": "1000"}
    answer = client.post(reverse(f"{name}_add"), data)
    assert answer.status_code == 302, answer.context["errors"]
    made = sample.of.model.objects.get()
    assert (made.created_by, made.version) == (admin_user, 1)
    assert client.get(reverse(f"{name}_changelist"), {"q": sample.word}).status_code == 200
    assert client.get(reverse(f"{name}_change", args=[made.pk])).status_code == 200
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get(reverse(f"{name}_export")).streaming_content))
    )
    titles, row = (list(cells) for cells in book.active.iter_rows(values_only=True))
    columns = resource_of(sample.register)().columns
    assert titles == [str(column.label) for column in columns]
    assert (row[0], len(row)) == (made.pk, len(columns))
    named = {column.name for column in columns}
    assert named >= {*sample.of.fields, *(lines.name for lines in sample.of.lines)}
    hidden = sample.record(agencies["SNNMT"], desk, data_class="restricted", **sample.nth(1))
    assert client.get(reverse(f"{name}_change", args=[hidden.pk])).status_code == 302


def test_the_admins_import_leads_to_the_portal(sample, admin_user, client_of):
    meta = sample.of.model._meta
    name = f"admin:{meta.app_label}_{meta.model_name}"
    answer = client_of(admin_user).get(reverse(f"{name}_import"), follow=True)
    assert answer.redirect_chain == [(address(sample, "list"), 302)]
    assert "Tệp bản ghi do người nhập liệu nhập" in answer.content.decode()
    with pytest.raises(NoReverseMatch):
        reverse(f"{name}_process_import")  # the library's own view


def test_the_admin_refuses_what_the_portal_refuses(sample, record, agencies, admin_user, client_of):
    close_year_of(sample, record)
    meta = sample.of.model._meta
    change = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])
    answer = client_of(admin_user).post(change, sample.data(agencies["SCT"], record, seen="1"))
    assert answer.status_code == 200
    assert "đã chốt" in answer.content.decode()
