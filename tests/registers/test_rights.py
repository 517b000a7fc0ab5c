"""Role × agency × label × action, on every declared register.

What each role may do is written here by hand, once for all registers: they
are the same because a register declares its data and no rights.
"""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import ROLES
from registers.declarations import registers
from registers.models import Attachment
from tests.registers.samples import samples

ORDINARY, RESTRICTED = "ordinary", "restricted"
OWN, OTHER = "own", "other"
KINDS = [(whose, label) for whose in (OWN, OTHER) for label in (ORDINARY, RESTRICTED)]
EVERYTHING = frozenset(KINDS)
OWN_ONES = frozenset(kind for kind in KINDS if kind[0] == OWN)
ORDINARY_ONES = frozenset(kind for kind in KINDS if kind[1] == ORDINARY)
NOTHING: frozenset[tuple[str, str]] = frozenset()

SEES = {
    "data_entry": OWN_ONES,
    "agency_head": OWN_ONES,
    "desk": EVERYTHING,
    "division_head": EVERYTHING,
    "approver": EVERYTHING,
    "clerk": ORDINARY_ONES,
    "leader": ORDINARY_ONES,
    "inspector": EVERYTHING,
    "admin": ORDINARY_ONES,
}
WRITES = {"data_entry": OWN_ONES, "agency_head": OWN_ONES, "desk": EVERYTHING}
TAKES_AWAY = dict.fromkeys(  # of what they see
    ("data_entry", "agency_head", "desk", "division_head", "approver", "clerk", "leader"),
    ORDINARY_ONES,
)
PDF = b"%PDF-1.4 a scanned paper"


def test_every_register_has_a_sample():
    assert set(samples()) == set(registers())


def test_every_role_is_in_the_table():
    assert set(SEES) == set(ROLES)


@pytest.fixture
def records(sample, desk, agencies, client_of):
    """One record of each kind: of one's own agency and another's, open and restricted."""
    made = {}
    for number, (whose, label) in enumerate(KINDS):
        agency = agencies["SCT" if whose == OWN else "SNNMT"]
        record = sample.record(agency, desk, data_class=label, **sample.nth(number))
        address = reverse("registers:attach", args=[sample.of.slug, record.pk])
        client_of(desk).post(address, {"files": SimpleUploadedFile("bien-ban.pdf", PDF)})
        made[whose, label] = record
    return made


def found(client, records, url_name, method="get", data=None, sample=None, **more):
    """The kinds an address answers for, and those it refuses openly."""
    answered, refused = set(), set()
    for kind, record in records.items():
        arguments = [sample.of.slug, record.pk]
        if more.get("file"):
            file = Attachment.objects.get(register=sample.register, record_id=record.pk)
            arguments.append(file.pk)
        sent = data(record) if callable(data) else data or {}
        answer = getattr(client, method)(reverse(f"registers:{url_name}", args=arguments), sent)
        if answer.status_code == 403:
            refused.add(kind)
        elif answer.status_code != 404:
            answered.add(kind)
    return answered, refused


@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_on_records_what_the_table_says(role, sample, records, everyone, client_of):
    client, register = client_of(everyone[role]), sample.of
    sees, writes = SEES[role], WRITES.get(role, NOTHING)

    def asked(url_name, method="get", data=None, **more):
        return found(client, records, url_name, method, data, sample, **more)

    assert asked("detail") == (sees, set())
    assert asked("file", file=True) == (sees, set())
    listed = client.get(reverse("registers:list", args=[register.slug])).content.decode()
    links = {
        kind
        for kind, record in records.items()
        if reverse("registers:detail", args=[register.slug, record.pk]) in listed
    }
    assert links == sees

    # Who may write nothing is refused at the door; others meet only what they see.
    shut = set(KINDS) if role not in WRITES else set()
    assert asked("change") == (writes, shut)
    assert asked("attach", "post") == (writes, shut)
    assert asked("detach", "post", file=True) == (writes, shut)
    assert asked("delete", "post", {"reason": "", "seen": "1"}) == (writes, shut)
    assert asked("restore", "post") == (writes, shut)

    answer = client.get(reverse("registers:export", args=[register.slug, "csv"]))
    if role not in TAKES_AWAY:
        assert answer.status_code == 403
        return
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(content)))  # a cell may have several lines itself
    assert len(lines) - 1 == len(TAKES_AWAY[role] & sees)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_adds_records_for_whom_the_table_says(
    role, sample, agencies, everyone, client_of, desk
):
    client, register = client_of(everyone[role]), sample.of
    address = reverse("registers:add", args=[register.slug])
    added = set()
    for whose, label in KINDS:
        agency = agencies["SCT" if whose == OWN else "SNNMT"]
        before = set(register.model.objects.values_list("pk", flat=True))
        data = sample.data(agency, data_class=label, twins_seen="1")
        answer = client.post(address, data)
        new = register.model.objects.exclude(pk__in=before)
        assert answer.status_code in (302, 403, 422)
        # Who enters for one agency cannot even name another: theirs is put instead.
        added |= {
            (whose, label)
            for record in new
            if record.agency == agency and record.data_class == label
        }
        new.delete()
    expected = WRITES.get(role, NOTHING)
    if "data_class" not in register.fields:
        expected = frozenset(kind for kind in expected if kind[1] == str(register.data_class))
    assert added == expected


def test_nobody_learns_of_a_register_that_is_not_there(desk, client_of):
    assert client_of(desk).get("/so/khong-co/").status_code == 404


def test_an_address_of_one_register_opens_no_record_of_another(sample, desk, agencies, client_of):
    record = sample.record(agencies["SCT"], desk)
    others = [one for one in registers().values() if one.model is not sample.of.model]
    for other in others:
        if not other.model.objects.filter(pk=record.pk).exists():
            address = reverse("registers:detail", args=[other.slug, record.pk])
            assert client_of(desk).get(address).status_code == 404
