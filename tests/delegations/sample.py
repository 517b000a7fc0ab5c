"""One delegation out, one in and one meeting, for the tests every register passes."""

from __future__ import annotations

from accounts.models import Agency
from reference.partners import Country, Mechanism, Partner
from tests.registers.samples import Pick, Sample


def world() -> None:
    if Country.objects.filter(iso2="CN").exists():
        return  # two samples of ours in one test
    china = Country(name="Trung Quốc", iso2="CN")
    china.save()
    Country(name="Nhật Bản", iso2="JP").save()
    Partner(
        name="Khu tự trị dân tộc Choang Quảng Tây", kind=Partner.Kind.REGION, country=china
    ).save()
    Mechanism(name="Hội nghị Ủy ban công tác liên hợp", kind=Mechanism.Kind.MEETING).save()


QUANG_TAY = Pick("quang tay", "Khu tự trị dân tộc Choang Quảng Tây", Partner)
CHINA = Pick("trung", "Trung Quốc", Country)
JAPAN = Pick("nhat", "Nhật Bản", Country)
DEPARTMENT = Pick("ngoai vu", "Sở Ngoại vụ", Agency)

SAMPLES = (
    Sample(
        register="delegations_out",
        needs=world,
        form={
            "title": "Đoàn công tác của tỉnh thăm Quảng Tây",
            "pillar": "state",
            "head": "Đồng chí A",
            "head_position": "Phó Chủ tịch UBND tỉnh",
            "persons": "12",
            "countries": [CHINA, JAPAN],
            "partner": QUANG_TAY,
            "began_on": "05/3/2019",
            "ended_on": "08/3/2019",
            "status": "ended",
            "lead_agency": DEPARTMENT,
            "authority": "Ủy ban nhân dân tỉnh",
            "decision_number": "123/QĐ-UBND",
            "decided_on": "26/02/2019",
            "funding": "budget",
            "cost": "250,5",
        },
        changed=("content", "Trao đổi hợp tác thương mại biên giới"),
        word="phó chủ tịch quảng tây",
        filtered="year=2019&status=took_place",
        empty="year=2019&status=to_come",
    ),
    Sample(
        register="delegations_in",
        needs=world,
        form={
            "title": "Đoàn đại biểu Quảng Tây",
            "reception": "hosted",
            "pillar": "party",
            "head": "Ông A",
            "persons": "20",
            "countries": [CHINA],
            "partner": QUANG_TAY,
            "began_on": "10/6/2019",
            "ended_on": "12/6/2019",
            "status": "ended",
            "lead_agency": DEPARTMENT,
            "purpose": "Chào xã giao, trao đổi hợp tác",
        },
        changed=("content", "Làm việc về nâng cấp cửa khẩu"),
        word="dai bieu quang tay",
        filtered="year=2019&reception=hosted",
        empty="year=2019&reception=press",
    ),
    Sample(
        register="meetings",
        needs=world,
        form={
            "title": "Hội nghị lần thứ 10 Ủy ban công tác liên hợp",
            "kind": "mechanism",
            "mechanism": Pick("uy ban", "Hội nghị Ủy ban công tác liên hợp", Mechanism),
            "session_number": "10",
            "began_on": "20/02/2019",
            "ended_on": "21/02/2019",
            "status": "ended",
            "place": "Thành phố Lạng Sơn",
            "form": "in_person",
            "our_head": "Đồng chí A",
            "their_head": "Ông B",
            "partners": [QUANG_TAY],
            "documents_signed": "Biên bản hội nghị",
        },
        changed=("results", "Thống nhất kế hoạch hợp tác năm 2019"),
        word="cong tac lien hop",
        filtered="year=2019&kind=mechanism",
        empty="year=2019&kind=talks",
    ),
)
