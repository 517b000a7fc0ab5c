"""Invented delegations and meetings of 2018 and 2019; their numbers are those published.

2019: 53 delegations out with 505 people to 10 countries; 54 in from 14 countries, of which
36 with 524 people hosted, 10 with 162 guests, 8 with 45 reporters and experts. The people
add up to 731, while 583 were published: that difference is a finding, and it is to be seen.
2018: as many in as follows from the published change (69 with 606 people). A few that were
cancelled and what was planned for 2020 stand beside them and are not counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.text import capfirst

from delegations.choices import Form, Funding, Gathering, Pillar, Reception, Status
from delegations.demo_tables import IN, MEETINGS, OUT, Met, Trip
from delegations.models import Delegation, Inbound, Meeting, Outbound
from registers.demo import Writer

OUT_PERSONS = {2018: 548, 2019: 505}
IN_PERSONS = {
    2018: {Reception.HOSTED: 410, Reception.GUEST: 120, Reception.PRESS: 76},
    2019: {Reception.HOSTED: 524, Reception.GUEST: 162, Reception.PRESS: 45},
}
CANCELLED, PLANNED = 2, 6  # of each direction: in 2019, and for 2020
REPORTS_MISSING = 3
# Agencies of then that keep records today; for the others the Department of Foreign Affairs does.
KEEPERS = {"SNGV", "SCT", "SVHTTDL", "SGDDT", "LHHN", "CAT", "BQLKKT"}
LETTERS = "ABCDEGHIK"
HEADS = {
    Pillar.PARTY: "Lãnh đạo Tỉnh ủy",
    Pillar.STATE: "Lãnh đạo Ủy ban nhân dân tỉnh",
    Pillar.PEOPLE: "Lãnh đạo cơ quan chủ trì",
}
DAY = dt.timedelta(days=1)


def write(demo: Writer) -> None:
    for year in (2018, 2019):
        trips = list(_of(OUT, year))
        for number, (trip, persons) in enumerate(_sized(demo, trips, OUT_PERSONS[year]), 1):
            record = _outbound(demo, trip, year, number, persons)
            missing = year == 2019 and number > len(trips) - REPORTS_MISSING
            _add(demo, record, trip, reported=not missing)
        for mode, total in IN_PERSONS[year].items():
            trips = [trip for trip in _of(IN, year) if trip.reception == mode]
            for number, (trip, persons) in enumerate(_sized(demo, trips, total), 1):
                _add(demo, _inbound(demo, trip, year, number, persons), trip)
    _not_counted(demo)
    for met in MEETINGS:
        for year, session in met.years.items():
            _add_meeting(demo, met, year, session)


def _of(trips: tuple[Trip, ...], year: int) -> Iterator[Trip]:
    for trip in trips:
        times = trip.in_2018 if year == 2018 else trip.in_2019
        for time in range(1, times + 1):
            yield trip._replace(title=f"{trip.title}, đợt {time}") if times > 1 else trip


def _sized(demo: Writer, trips: list[Trip], total: int) -> Iterator[tuple[Trip, int]]:
    return zip(trips, demo.split(total, len(trips), least=3), strict=True)


def _not_counted(demo: Writer) -> None:
    """What was put off in 2019 and what was planned for 2020."""
    cases = [(2019, Status.CANCELLED)] * CANCELLED + [(2020, Status.PLANNED)] * PLANNED
    for number, (year, status) in enumerate(cases, 201):
        out, inbound = demo.random.choice(OUT[1:]), demo.random.choice(IN)
        away = _outbound(demo, out, year, number, demo.random.randint(4, 15))
        here = _inbound(demo, inbound, year, number, demo.random.randint(4, 15))
        for record, trip in ((away, out), (here, inbound)):
            record.status = Status.DECIDED if number % 4 == 0 and year == 2020 else status
            if record.status == Status.PLANNED:
                record.decision_number, record.decided_on, record.funding = "", None, ""
                record.cost = None
            _add(demo, record, trip, reported=False)


def _outbound(demo: Writer, trip: Trip, year: int, number: int, persons: int) -> Outbound:
    record = Outbound(direction="out", funding=_funding(trip), **_common(demo, trip, year, persons))
    is_party = trip.pillar == Pillar.PARTY
    record.authority = "Ban Thường vụ Tỉnh ủy" if is_party else "Ủy ban nhân dân tỉnh"
    record.decision_number = f"{100 + number}{'-QĐ/TU' if is_party else '/QĐ-UBND'}"
    record.decided_on = record.began_on - demo.random.randint(5, 20) * DAY
    record.head_position = HEADS[trip.pillar]
    record.head = f"Đồng chí {demo.random.choice(LETTERS)}"
    each = demo.random.randint(2, 4) if trip.countries == "CN" else demo.random.randint(30, 45)
    record.cost = persons * each
    return record


def _inbound(demo: Writer, trip: Trip, year: int, number: int, persons: int) -> Inbound:
    record = Inbound(direction="in", reception=trip.reception, **_common(demo, trip, year, persons))
    record.purpose = trip.content
    record.content = ""
    record.authority = "Ủy ban nhân dân tỉnh"
    record.decision_number = f"{300 + number}/UBND-{trip.reception[0].upper()}"
    record.head = f"Ông {demo.random.choice(LETTERS)}"
    record.head_position = "Trưởng đoàn phóng viên" if "phóng viên" in trip.title else "Trưởng đoàn"
    if not trip.partner:
        record.organisation = capfirst(trip.title.split(", đợt")[0].removeprefix("Đoàn "))
    return record


def _common(demo: Writer, trip: Trip, year: int, persons: int) -> dict[str, object]:
    is_spring = "đầu Xuân" in trip.title or "Ủy ban" in trip.title
    began_on = demo.day(year, 2, 3) if is_spring else demo.day(year)
    days = demo.random.randint(1, 3) if trip.countries == "CN" else demo.random.randint(3, 8)
    return {
        "agency": demo.agency(trip.lead if trip.lead in KEEPERS else "SNGV"),
        "title": trip.title,
        "content": trip.content,
        "pillar": trip.pillar,
        "persons": persons,
        "partner": demo.partner(trip.partner) if trip.partner else None,
        "lead_agency": demo.agency(trip.lead),
        "began_on": began_on,
        "ended_on": began_on + days * DAY,
        "status": Status.ENDED,
    }


def _funding(trip: Trip) -> Funding:
    return Funding.PARTNER if trip.pillar == Pillar.PEOPLE else Funding.BUDGET


def _add(demo: Writer, record: Delegation, trip: Trip, *, reported: bool = True) -> None:
    if record.status == Status.ENDED:
        record.results = "Hoàn thành chương trình làm việc."
    if record.direction == "out" and reported and record.ended_on:
        record.reported_on = record.ended_on + demo.random.randint(4, 14) * DAY
        record.report_number = f"{demo.random.randint(10, 99)}/BC"
    supporters = [] if trip.lead == "SNGV" else [demo.agency("SNGV")]
    countries = [demo.country(code) for code in trip.countries.split()]
    demo.add(record, countries=countries, supporters=supporters)


def _add_meeting(demo: Writer, met: Met, year: int, session: int | None) -> None:
    began_on = demo.day(year, 2, 3) if met.kind == Gathering.MECHANISM else demo.day(year, 4)
    is_past = year < 2020
    home = "Thành phố Lạng Sơn" if year == 2019 else "Thành phố Nam Ninh, Quảng Tây"
    record = Meeting(
        agency=demo.agency(met.lead if met.lead in KEEPERS else "SNGV"),
        title=f"{met.title} lần thứ {session}" if session else f"{met.title} năm {year}",
        kind=met.kind,
        mechanism=demo.mechanism(met.mechanism) if met.mechanism else None,
        session_number=session,
        began_on=began_on,
        ended_on=began_on + (1 if met.kind == Gathering.MECHANISM else 0) * DAY,
        place=met.place or home,
        form=Form.IN_PERSON,
        status=Status.ENDED if is_past else Status.PLANNED,
        lead_agency=demo.agency(met.lead),
        our_head=f"Đồng chí {demo.random.choice(LETTERS)}",
        our_position="Trưởng đoàn Việt Nam",
        their_head=f"Ông {demo.random.choice(LETTERS)}",
        their_position="Trưởng đoàn nước ngoài",
        our_delegates=demo.random.randint(8, 30) if is_past else None,
        their_delegates=demo.random.randint(8, 30) if is_past else None,
        authority="Ủy ban nhân dân tỉnh",
        documents_signed=met.signed if is_past else "",
        results="Hai bên thống nhất nội dung hợp tác." if is_past else "",
    )
    partners = [demo.partner(met.partner)] if met.partner else []
    demo.add(record, partners=partners, countries=[demo.country("CN")])
