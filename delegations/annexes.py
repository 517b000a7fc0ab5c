"""Annexes I, II, IV, XII of what took place, and XIII: what is planned for the next period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from common.dates import short_date
from delegations.choices import Gathering
from delegations.models import Delegation, Meeting
from registers.annexes import Annex, Cells, Heading, Part, joined

BY_DAY = ("began_on",)


def took_place(rows: Any, first: dt.date, last: dt.date) -> Any:
    return rows.in_days(first, last).took_place()


def planned(rows: Any, first: dt.date, last: dt.date) -> Any:
    return rows.in_days(first, last).planned()


def conferences(rows: Any, first: dt.date, last: dt.date) -> Any:
    return took_place(rows, first, last).filter(kind=Gathering.CONFERENCE)


def sessions(rows: Any, first: dt.date, last: dt.date) -> Any:
    return took_place(rows, first, last).exclude(kind=Gathering.CONFERENCE)


# --- words -----------------------------------------------------------------------------


def _when(record: Any) -> str:
    if record.ended_on and record.ended_on != record.began_on:
        return f"{short_date(record.began_on)} – {short_date(record.ended_on)}"
    return short_date(record.began_on)


def _named(delegation: Delegation) -> str:
    return joined(delegation.title, delegation.content, by=". ")


def _head(delegation: Delegation) -> str:
    return joined(delegation.head, delegation.head_position)


def _decision(record: Any) -> str:
    number = record.decision_number
    return joined(record.authority, number and f"số {number}")


def _report(delegation: Delegation) -> str:
    told = delegation.reported_on and f"báo cáo ngày {short_date(delegation.reported_on)}"
    return joined(delegation.results.rstrip(" ."), told, by="; ")


def _different(records: Sequence[Any]) -> int:
    """Countries, each counted once."""
    return len({country.pk for record in records for country in record.countries.all()})


def _persons(records: Sequence[Any]) -> int:
    return sum(record.persons or 0 for record in records)


# --- rows ------------------------------------------------------------------------------


def outbound(delegation: Delegation, day: dt.date) -> Cells:
    return (
        _named(delegation),
        _head(delegation),
        delegation.persons,
        delegation.countries,
        _when(delegation),
        _decision(delegation),
        delegation.get_funding_display(),
        delegation.cost,
        _report(delegation),
        delegation.note,
    )


def outbound_total(records: Sequence[Delegation]) -> Cells:
    said = f"Cộng: {len(records)} đoàn"
    countries = f"{_different(records)} quốc gia, vùng lãnh thổ"
    return (said, "", _persons(records), countries, "", "", "", "", "", "")


def inbound(delegation: Delegation, day: dt.date) -> Cells:
    return (
        _named(delegation),
        _head(delegation),
        joined(
            ", ".join(map(str, delegation.countries.all())),
            delegation.partner,
            delegation.organisation,
            by="; ",
        ),
        delegation.persons,
        _when(delegation),
        delegation.lead_agency,
        delegation.get_reception_display(),
        delegation.purpose,
        _decision(delegation),
        delegation.results,
    )


def inbound_total(records: Sequence[Delegation]) -> Cells:
    said = f"Cộng: {len(records)} đoàn"
    countries = f"{_different(records)} quốc gia, vùng lãnh thổ"
    return (said, "", countries, _persons(records), "", "", "", "", "", "")


def conference(meeting: Meeting, day: dt.date) -> Cells:
    return (
        meeting.title,
        meeting.lead_agency,
        meeting.partners,
        joined(_when(meeting), meeting.place),
        meeting.our_delegates,
        meeting.their_delegates,
        len(meeting.countries.all()) or "",
        _decision(meeting),
        meeting.get_form_display(),
        meeting.results,
    )


def session(meeting: Meeting, day: dt.date) -> Cells:
    return (
        meeting.mechanism or meeting.title,
        meeting.session_number and f"lần thứ {meeting.session_number}",
        joined(_when(meeting), meeting.place),
        joined(meeting.our_head, meeting.our_position),
        joined(meeting.their_head, meeting.their_position),
        meeting.documents_signed,
        meeting.results,
    )


def planned_delegation(delegation: Delegation, day: dt.date) -> Cells:
    return (
        _named(delegation),
        delegation.countries,
        _when(delegation),
        delegation.persons,
        delegation.lead_agency,
        delegation.get_status_display(),
    )


def planned_meeting(meeting: Meeting, day: dt.date) -> Cells:
    with_whom = ", ".join(map(str, meeting.partners.all()))
    return (
        meeting.title,
        with_whom or meeting.countries,
        joined(_when(meeting), meeting.place),
        "",
        meeting.lead_agency,
        meeting.get_status_display(),
    )


ANNEXES = (
    Annex(
        code="delegations_out",
        title="Đoàn ra {period}",
        headings=(
            Heading("Tên đoàn, nội dung", 54),
            Heading("Trưởng đoàn, chức vụ", 26),
            Heading("Số người", 12, "number"),
            Heading("Nước, vùng lãnh thổ", 22),
            Heading("Thời gian", 22),
            Heading("Cấp phê duyệt, số quyết định", 27),
            Heading("Nguồn kinh phí", 17),
            Heading("Kinh phí (triệu đồng)", 16, "number"),
            Heading("Kết quả, báo cáo sau đoàn", 36),
            Heading("Ghi chú", 12),
        ),
        parts=(
            Part(
                register="delegations_out",
                cells=outbound,
                order=BY_DAY,
                rows=took_place,
                total=outbound_total,
            ),
        ),
    ),
    Annex(
        code="delegations_in",
        title="Đoàn vào {period}",
        headings=(
            Heading("Tên đoàn", 40),
            Heading("Trưởng đoàn", 20),
            Heading("Quốc tịch, tổ chức", 34),
            Heading("Số người", 12, "number"),
            Heading("Thời gian", 22),
            Heading("Cơ quan chủ trì đón", 26),
            Heading("Hình thức", 17),
            Heading("Mục đích", 25),
            Heading("Cấp cho phép", 24),
            Heading("Kết quả", 24),
        ),
        parts=(
            Part(
                register="delegations_in",
                cells=inbound,
                order=BY_DAY,
                rows=took_place,
                total=inbound_total,
            ),
        ),
    ),
    Annex(
        code="conferences",
        title="Hội nghị, hội thảo quốc tế {period}",
        headings=(
            Heading("Tên, chủ đề", 56),
            Heading("Đơn vị tổ chức", 26),
            Heading("Đối tác", 28),
            Heading("Thời gian, địa điểm", 30),
            Heading("Đại biểu Việt Nam", 14, "number"),
            Heading("Đại biểu nước ngoài", 15, "number"),
            Heading("Số nước", 11, "number"),
            Heading("Cấp cho phép, số văn bản", 26),
            Heading("Hình thức", 16),
            Heading("Kết quả", 22),
        ),
        parts=(Part(register="meetings", cells=conference, order=BY_DAY, rows=conferences),),
    ),
    Annex(
        code="mechanisms",
        title="Cơ chế hợp tác, hội đàm {period}",
        headings=(
            Heading("Cơ chế, nội dung", 52),
            Heading("Lần thứ", 16, "center"),
            Heading("Thời gian, địa điểm", 34),
            Heading("Trưởng đoàn Việt Nam", 32),
            Heading("Trưởng đoàn nước ngoài", 32),
            Heading("Văn kiện ký", 40),
            Heading("Kết quả", 38),
        ),
        parts=(Part(register="meetings", cells=session, order=BY_DAY, rows=sessions),),
    ),
    Annex(
        code="plan",
        title="Kế hoạch đoàn ra, đoàn vào, hội nghị {period}",
        headings=(
            Heading("Tên, nội dung", 82),
            Heading("Nước, đối tác", 48),
            Heading("Thời gian, địa điểm", 36),
            Heading("Số người", 14, "number"),
            Heading("Cơ quan chủ trì", 36),
            Heading("Tình trạng", 28),
        ),
        is_ahead=True,
        parts=(
            Part(
                register="delegations_out",
                cells=planned_delegation,
                order=BY_DAY,
                rows=planned,
                heading="Đoàn ra",
            ),
            Part(
                register="delegations_in",
                cells=planned_delegation,
                order=BY_DAY,
                rows=planned,
                heading="Đoàn vào",
            ),
            Part(
                register="meetings",
                cells=planned_meeting,
                order=BY_DAY,
                rows=planned,
                heading="Hội nghị, hội đàm",
            ),
        ),
    ),
)
