"""Every register: a file of its own records is imported, changed, and taken back."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.forms.models import model_to_dict
from django.urls import reverse

from accounts.models import User
from imports import pipeline, tokens
from imports.models import Upload
from jobs import actions as jobs
from registers import actions
from registers.importing import RecordSource
from registers.sheets.export import as_csv
from registers.sheets.resources import resource_of
from tests.registers.samples import Sample

State = Upload.State


class Importer:
    """Somebody who brings a register's own exports back, changed or not."""

    def __init__(self, sample: Sample, user: User) -> None:
        self.register, self.user = sample.of, user

    def export(self) -> list[list[str]]:
        found = self.register.model._default_manager.alive().order_by("pk")
        resource = resource_of(self.register.code)()
        text = "".join(as_csv(found, resource, with_demo=True))

        return list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=text_delimiter(text)))

    def column(self, name: str) -> int:
        return [one.name for one in resource_of(self.register.code)().columns].index(name)

    def upload(self, table: list[list[str]]) -> Upload:

        text = io.StringIO()
        csv.writer(text).writerows(table)
        file = ContentFile(text.getvalue().encode(), name="bang.csv")
        source = RecordSource(self.register, self.user)
        return self._worked(pipeline.receive(file, source=source, by=self.user))

    def confirm(self, upload: Upload) -> Upload:
        assert upload.state == State.READY, (upload.state, upload.message, upload.questions)
        token = tokens.sign(upload, self.user)
        return self._worked(pipeline.confirm(upload, by=self.user, token=token))

    def undo(self, upload: Upload) -> Upload:
        return self._worked(pipeline.undo(upload, by=self.user))

    def _worked(self, upload: Upload) -> Upload:
        assert upload.job is not None
        jobs.run(upload.job.pk)
        return Upload.objects.select_related("job").get(pk=upload.pk)


def text_delimiter(text: str) -> str:
    return ";" if text.split("\n")[0].count(";") > text.split("\n")[0].count(",") else ","


@pytest.fixture
def record(sample: Sample, agencies: Any, desk: User) -> Any:
    return sample.record(agencies["SCT"], desk)


@pytest.fixture
def importer(sample: Sample, record: Any, desk: User) -> Importer:
    return Importer(sample, desk)


def content(record: Any, register: Any) -> dict[str, Any]:
    """What a record says, with its countries and lines."""
    fields: dict[str, Any] = model_to_dict(record, fields=[*register.fields, "data_class"])
    several = {field.name for field in record._meta.many_to_many}
    fields |= {name: sorted(row.pk for row in fields[name]) for name in several & fields.keys()}
    for lines in register.lines:
        names = lines.form._meta.fields
        rows = [model_to_dict(line, fields=names) for line in getattr(record, lines.name).all()]
        fields[lines.name] = sorted(rows, key=repr)
    return fields


def test_a_record_that_is_written_anew_from_its_export_is_the_same(
    importer: Importer, record: Any, desk: User
) -> None:
    register = importer.register
    before = content(record, register)
    table = importer.export()
    for row in table[1:]:
        row[importer.column("record")] = ""
    actions.delete(register, record, by=desk, seen=record.version, reason="thử")
    upload = importer.confirm(importer.upload(table))
    assert (upload.state, upload.written_rows) == (State.DONE, 1), upload.message
    made = register.model._default_manager.alive().get()
    assert content(made, register) == before
    assert (made.import_id, made.version, made.created_by) == (upload.pk, 1, desk)
    assert sorted(made.search_text.split()) == sorted(record.search_text.split())
    upload = importer.undo(upload)
    assert (upload.undone_rows, upload.kept_rows) == (1, [])
    assert not register.model._default_manager.alive().exists()


def test_one_changed_cell_is_written_and_taken_back(
    sample: Sample, importer: Importer, record: Any
) -> None:
    register = importer.register
    before = content(record, register)
    name, value = sample.changed
    table = importer.export()
    table[1][importer.column(name)] = value
    upload = importer.confirm(importer.upload(table))
    assert upload.written_rows == 1
    changed = register.model._default_manager.get(pk=record.pk)
    assert content(changed, register) == before | {name: value}
    assert (changed.version, changed.import_id) == (record.version + 1, upload.pk)
    importer.undo(upload)
    back = register.model._default_manager.get(pk=record.pk)
    assert content(back, register) == before
    assert (back.search_text, back.version) == (record.search_text, record.version + 2)


def test_emptied_lines_and_choices_come_back(importer: Importer, record: Any) -> None:
    register = importer.register
    several = [lines.name for lines in register.lines if not lines.at_least]
    several += [
        field.name
        for field in register.model._meta.many_to_many
        if field.name in register.fields and field.blank and getattr(record, field.name).exists()
    ]
    several = [name for name in several if getattr(record, name).exists()]
    if not several:
        pytest.skip("nothing of several in the sample")
    before = content(record, register)
    for name in several:
        table = importer.export()
        table[1][importer.column(name)] = ""
        upload = importer.upload(table)
        if upload.counts.get("faulty"):
            continue  # an agreement has another party, one way or the other
        assert importer.confirm(upload).written_rows == 1
        assert not getattr(record, name).exists()
        importer.undo(upload)
        assert content(register.model._default_manager.get(pk=record.pk), register) == before


def test_the_history_names_file_and_row_to_who_imported_it(
    sample: Sample, importer: Importer, record: Any, desk: User, division_head: User, client_of: Any
) -> None:
    name, value = sample.changed
    table = importer.export()
    table[1][importer.column(name)] = value
    upload = importer.confirm(importer.upload(table))
    page = reverse("registers:detail", args=[importer.register.slug, record.pk])
    link = f'<a href="{reverse("imports:show", args=[upload.pk])}">bang.csv</a>, dòng 2<'
    assert link in client_of(desk).get(page).content.decode()
    seen_by_others = client_of(division_head).get(page).content.decode()
    assert "nhập từ tệp<" in seen_by_others and "bang.csv" not in seen_by_others
    importer.undo(upload)
    assert "hoàn tác lần nhập từ tệp <a" in client_of(desk).get(page).content.decode()


def test_an_officer_brings_back_the_list_they_took_away(
    sample: Sample, record: Any, officer: User, client_of: Any
) -> None:
    address = reverse("registers:export", args=[sample.of.slug, "csv"])
    content = b"".join(client_of(officer).get(address).streaming_content)
    upload = Importer(sample, officer).upload(
        list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    )
    assert (upload.state, upload.counts) == (State.READY, {"unchanged": 1})
