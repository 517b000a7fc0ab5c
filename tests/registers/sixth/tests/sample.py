from reference.partners import Country
from tests.registers.samples import Pick, Sample


def countries() -> None:
    for name, code in (("Trung Quốc", "CN"), ("Nhật Bản", "JP")):
        Country(name=name, iso2=code).save()


SAMPLES = (
    Sample(
        register="visits",
        needs=countries,
        form={
            "title": "Thăm Quảng Tây",
            "began_on": "05/3/2019",
            "persons": "1.200",
            "cost": "4.750,5",
            "countries": [
                Pick("trung", "Trung Quốc", Country),
                Pick("nhat", "Nhật Bản", Country),
            ],
        },
        lines={"hosts": [{"name": "Văn phòng Ngoại sự", "persons": "3"}]},
        changed=("title", "Thăm Quảng Tây lần hai"),
        word="quang tay",
        filtered="year=2019&title=Th%C4%83m",
        empty="year=2018",
    ),
)
