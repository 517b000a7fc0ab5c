"""One agreement, for the tests every register passes."""

from __future__ import annotations

from accounts.models import Agency
from reference.partners import Country, Mechanism, Partner
from tests.registers.samples import Pick, Sample, Tick


def partners() -> None:
    china = Country(name="Trung Quốc", iso2="CN")
    china.save()
    for name, kind in (
        ("Khu tự trị dân tộc Choang Quảng Tây", Partner.Kind.REGION),
        ("thành phố Sùng Tả", Partner.Kind.CITY),
    ):
        Partner(name=name, kind=kind, country=china).save()
    Mechanism(name="Chương trình Gặp gỡ đầu Xuân", kind=Mechanism.Kind.MEETING).save()


SAMPLES = (
    Sample(
        register="agreements",
        needs=partners,
        form={
            "title": "Bản ghi nhớ về hợp tác thương mại qua biên giới",
            "level": "province",
            "areas": [Tick("trade"), Tick("tourism")],
            "own_agency": Pick("cong thuong", "Sở Công Thương", Agency),
            "partners": [
                Pick("quang tay", "Khu tự trị dân tộc Choang Quảng Tây", Partner),
                Pick("sung ta", "thành phố Sùng Tả", Partner),
            ],
            "own_signer": "Lãnh đạo Ủy ban nhân dân tỉnh",
            "signed_on": "22/02/2019",
            "signed_at": "thành phố Lạng Sơn",
            "mechanism": Pick("gap go", "Chương trình Gặp gỡ đầu Xuân", Mechanism),
            "effective_on": "01/3/2019",
            "expires_on": "28/02/2024",
            "renewal": "consent",
            "languages": "tiếng Việt, tiếng Trung",
        },
        lines={
            "acts": [
                {"done_on": "15/01/2024", "kind": "extended", "expires_on": "28/02/2029"},
            ]
        },
        changed=("title", "Bản ghi nhớ về hợp tác thương mại, du lịch qua biên giới"),
        word="hop tac quang tay",
        filtered="year=2019&level=province&status=valid&on=01%2F6%2F2019",
        empty="year=2019&level=department",
    ),
)
