"""One border incident, for the tests every register passes."""

from __future__ import annotations

import datetime as dt

from reference.places import Place
from tests.registers.samples import Pick, Sample


def places() -> None:
    district = Place(name="huyện Văn Lãng", code="182", kind=Place.Kind.DISTRICT)
    district.valid_to = dt.date(2025, 6, 30)
    district.save()
    Place(
        name="xã Tân Thanh",
        code="06151",
        kind=Place.Kind.COMMUNE,
        district=district,
        valid_to=dt.date(2025, 6, 30),
        is_on_border=True,
    ).save()
    Place(
        name="xã Hoàng Văn Thụ",
        code="06172",
        kind=Place.Kind.COMMUNE,
        valid_from=dt.date(2025, 7, 1),
        is_on_border=True,
    ).save()


SAMPLES = (
    Sample(
        register="border",
        needs=places,
        form={
            "happened_on": "05/3/2019",
            "place": Pick("tan thanh", "xã Tân Thanh, huyện Văn Lãng", Place),
            "marker": "1090",
            "kind": "grazing",
            "side": "cn",
            "breaks_agreement": "on",
            "description": "Thả trâu qua đường biên",
            "status": "new",
        },
        changed=("handling", "Đã lập biên bản, trao đổi với phía đối diện"),
        word="tha trau",
        filtered="year=2019&side=cn",
        empty="year=2019&side=vn",
    ),
)
