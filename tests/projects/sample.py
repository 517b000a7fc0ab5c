"""One project of each register, for the tests every register passes."""

from __future__ import annotations

from reference.partners import Country
from reference.places import Place
from tests.registers.samples import Pick, Sample


def reference() -> None:
    for name, code in (("Trung Quốc", "CN"), ("Nhật Bản", "JP"), ("Hoa Kỳ", "US")):
        Country(name=name, iso2=code).save()
    Place(name="tỉnh Lạng Sơn", code="20", kind=Place.Kind.PROVINCE).save()
    Place(name="huyện Cao Lộc", code="183", kind=Place.Kind.DISTRICT).save()


PLACES = [Pick("cao loc", "huyện Cao Lộc", Place), Pick("tinh lang", "tỉnh Lạng Sơn", Place)]

SAMPLES = (
    Sample(
        register="fdi",
        needs=reference,
        form={
            "name": "Kho bãi cửa khẩu Tân Thanh",
            "sector": "transport",
            "investor": "Công ty TNHH Nam Quế",
            "country": Pick("trung", "Trung Quốc", Country),
            "number": "1234567890",
            "decided_on": "05/3/2019",
            "ended_on": "05/3/2069",
            "places": PLACES,
            "labour": "1.200",
        },
        lines={
            "amounts": [
                {"change": "initial", "amount": "5.000.000", "currency": "USD"},
                {
                    "change": "increase",
                    "amount": "1.500.000,5",
                    "currency": "USD",
                    "decided_on": "10/9/2019",
                },
            ],
            "disbursements": [{"year": "2019", "amount": "750.000", "currency": "USD"}],
            "acts": [{"kind": "suspended", "done_on": "01/12/2019"}],
        },
        changed=("name", "Kho bãi và sang tải hàng hóa"),
        word="nam que",
        filtered="year=2019&by=active",
        empty="year=2018&by=active",
    ),
    Sample(
        register="oda",
        needs=reference,
        form={
            "name": "Nước sạch nông thôn",
            "modality": "programme",
            "sector": "environment",
            "donor": "Ngân hàng Phát triển Châu Á",
            "managing_agency": "Ủy ban nhân dân tỉnh",
            "owner": "Ban quản lý dự án",
            "number": "120/QĐ-UBND",
            "decided_on": "05/3/2019",
            "started_on": "01/4/2019",
            "ended_on": "31/12/2023",
            "places": PLACES[1:],
        },
        lines={
            "amounts": [
                {
                    "capital": "loan",
                    "change": "initial",
                    "amount": "10.000.000",
                    "currency": "USD",
                },
                {
                    "capital": "counterpart",
                    "change": "initial",
                    "amount": "50.000.000.000",
                    "currency": "VND",
                },
            ],
            "disbursements": [
                {"year": "2019", "capital": "loan", "amount": "1.000.000", "currency": "USD"}
            ],
            "acts": [{"kind": "extended", "done_on": "01/12/2020", "until": "31/12/2024"}],
        },
        changed=("name", "Nước sạch và vệ sinh nông thôn"),
        word="chau a",
        filtered="year=2019&currency=VND&modality=programme",
        empty="year=2019&by=supplemented",
    ),
    Sample(
        register="ngo",
        needs=reference,
        form={
            "name": "Thư viện thân thiện",
            "kind": "project",
            "sector": "education",
            "donor": "Tổ chức Phòng đọc",
            "country": Pick("hoa", "Hoa Kỳ", Country),
            "registration": "CNV-100/REG",
            "number": "345/QĐ-UBND",
            "decided_on": "05/3/2019",
            "ended_on": "31/12/2021",
            "places": PLACES[:1],
        },
        lines={
            "amounts": [
                {"capital": "aid", "change": "initial", "amount": "58.991", "currency": "USD"},
                {
                    "capital": "aid",
                    "change": "increase",
                    "amount": "25.000",
                    "currency": "USD",
                    "decided_on": "20/6/2019",
                },
            ],
            "disbursements": [{"year": "2019", "amount": "20.000", "currency": "USD"}],
        },
        changed=("name", "Thư viện thân thiện trường tiểu học"),
        word="phong doc",
        filtered="year=2019&by=new&aid=project",
        empty="year=2019&aid=non_project",
    ),
)
