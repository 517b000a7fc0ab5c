"""One row of turnover, for the tests every register passes; and gates as they were."""

from __future__ import annotations

import datetime as dt
from typing import Any

from reference.gates import Gate, GateClass, GateStatus, Operation
from tests.registers.samples import Pick, Sample


def gates() -> None:
    """Four gates: one closed in 2020, one that became a route on 27/5/2024, one opened then."""

    def gate(code: str, name: str, position: int, **more: Any) -> Gate:
        made = Gate(code=code, name=name, mode=Gate.Mode.ROAD, position=position, **more)
        made.save()
        return made

    def status(of: Gate, day: dt.date | None, kind: GateClass, **more: Any) -> None:
        GateStatus.objects.create(gate=of, valid_from=day, gate_class=kind, **more)

    changed = dt.date(2024, 5, 27)
    huu_nghi = gate("HUUNGHI", "Hữu Nghị", 1)
    status(huu_nghi, None, GateClass.INTERNATIONAL)
    chi_ma = gate("CHIMA", "Chi Ma", 3)
    status(chi_ma, None, GateClass.MAIN)
    status(chi_ma, dt.date(2020, 2, 1), GateClass.MAIN, operation=Operation.CLOSED)
    status(chi_ma, dt.date(2020, 4, 15), GateClass.MAIN)
    tan_thanh = gate("TANTHANH", "Tân Thanh", 4)
    status(tan_thanh, None, GateClass.SECONDARY)
    status(tan_thanh, changed, GateClass.CLEARANCE_ROUTE, parent=huu_nghi)
    road = gate("DCD", "Đường chuyên dụng", 13, valid_from=changed)
    status(road, changed, GateClass.DEDICATED_ROAD, parent=huu_nghi)


def nth(number: int) -> dict[str, Any]:
    """Another month of 2019, regime and side of goods: a row exists once."""
    regimes = ("", "business", "processing", "reexport", "reimport", "transit", "bonded", "other")
    return {
        "month": f"{12 - number % 11}/2019",
        "regime": regimes[number // 11 % 8],
        "flow": "export" if number < 88 else "import",
        "is_local": None,
    }


SAMPLES = (
    Sample(
        register="trade",
        needs=gates,
        form={
            "kind": "month",
            "month": "12/2019",
            "gate": Pick("huu nghi", "Hữu Nghị", Gate),
            "flow": "export",
            "scope": "report",
            "value": "104.250.000,5",
            "vehicles": "1.250",
            "note": "Theo báo cáo tháng",
        },
        changed=("note", "Đã đối chiếu với hải quan"),
        word="huu nghi",
        filtered="year=2019&flow=export",
        empty="year=2019&flow=import",
        nth=nth,
    ),
)
