"""Annex XI: the incidents of the period that may be told in public."""

from __future__ import annotations

import datetime as dt

from border.models import Incident
from registers.annexes import Annex, Cells, Heading, Part


def cells(incident: Incident, day: dt.date) -> Cells:
    return (
        incident.happened_on,
        ", ".join(filter(None, (incident.sector, incident.marker))),
        incident.place,
        incident.get_side_display(),
        incident.get_kind_display(),
        "có" if incident.breaks_agreement else "không",
        incident.description,
        incident.handling,
        incident.get_channel_display(),
        incident.get_status_display(),
    )


ANNEXES = (
    Annex(
        code="border",
        title="Vụ việc biên giới {period}",
        headings=(
            Heading("Ngày", 19, "center"),
            Heading("Khu vực, mốc", 24),
            Heading("Xã", 26),
            Heading("Bên vi phạm", 19),
            Heading("Loại", 25),
            Heading("Vi phạm Hiệp định", 15, "center"),
            Heading("Mô tả", 42),
            Heading("Xử lý", 36),
            Heading("Hình thức trao đổi", 19),
            Heading("Tình trạng", 19),
        ),
        parts=(Part(register="border", cells=cells, order=("happened_on",)),),
    ),
)
