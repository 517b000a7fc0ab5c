"""Annex III: what was signed in the period, and how it stood on its last day."""

from __future__ import annotations

import datetime as dt

from agreements.models import Agreement
from agreements.statuses import standing
from common.dates import short_date
from registers.annexes import Annex, Cells, Heading, Part
from registers.showing import shown


def cells(agreement: Agreement, day: dt.date) -> Cells:
    then = standing(agreement, day)
    places = (short_date(agreement.signed_on), agreement.signed_at)
    return (
        agreement.title,
        agreement.get_level_display(),
        agreement.own_side,
        agreement.other_side,
        agreement.signers,
        ", ".join(filter(None, places)),
        _term(agreement, then.ends_on),
        shown(agreement, "areas"),
        agreement.languages,
        str(then.status.label),
        agreement.implementation,
    )


def _term(agreement: Agreement, ends_on: dt.date | None) -> str:
    begins = f"từ {short_date(agreement.starts_on)}"
    return f"{begins} đến {short_date(ends_on)}" if ends_on else f"{begins}, không thời hạn"


ANNEXES = (
    Annex(
        code="agreements",
        title="Thỏa thuận quốc tế ký trong {period}",
        headings=(
            Heading("Tên thỏa thuận", 38),
            Heading("Cấp ký", 15, "center"),
            Heading("Bên Việt Nam", 22),
            Heading("Bên nước ngoài", 24),
            Heading("Người ký", 26),
            Heading("Ngày, nơi ký", 21),
            Heading("Hiệu lực, thời hạn", 21),
            Heading("Lĩnh vực", 18),
            Heading("Ngôn ngữ", 15),
            Heading("Tình trạng", 14),
            Heading("Kết quả thực hiện", 30),
        ),
        parts=(Part(register="agreements", cells=cells, order=("signed_on",)),),
    ),
)
