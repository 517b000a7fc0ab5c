"""Annexes V, VII, VIII: aid and projects decided in the period or in force on its last day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from common.dates import short_date
from projects.base import Project
from projects.models import FdiProject, NgoAid, NgoCapital, OdaCapital, OdaProject
from projects.money import by_currency
from projects.stints import Status
from registers.annexes import Annex, Cells, Heading, Part, joined

BY_DAY = ("decided_on",)


def present(rows: Any, first: dt.date, last: dt.date) -> Any:
    """What ran on the last day, and what was decided in the period but is over by then."""
    return rows.in_force_on(last) | rows.in_days(first, last)


# --- words: what was known on a day ------------------------------------------------------


def _told(lines: Iterable[Any]) -> str:
    """Amounts by currency; in the narrow columns of paper the currency may go below."""
    return "; ".join(by_currency(lines)).replace("\u00a0", " ")


def _of(record: Any, day: dt.date, *kinds: str) -> str:
    """What was registered or committed by a day, of some kinds of capital or of all."""
    known = (line for line in record.amounts.all() if not line.counts_on or line.counts_on <= day)
    return _told(line for line in known if not kinds or line.capital in kinds)


def _paid(record: Any, year: int, *, until: bool = False) -> str:
    lines = record.disbursements.all()
    return _told(line for line in lines if line.year == year or (until and line.year < year))


def _status(project: Project, day: dt.date) -> str:
    then = project.status_on(day)
    return str(project.IN_FORCE if then == Status.ACTIVE else then.label)


def _paper(project: Project) -> str:
    return joined(project.number, short_date(project.decided_on))


def _term(project: Any) -> str:
    begins = short_date(project.active_from)
    return f"{begins} – {short_date(project.ended_on)}" if project.ended_on else f"từ {begins}"


def _agencies(project: Any) -> str:
    return joined(project.managing_agency, project.owner, by="; ")


# --- rows ------------------------------------------------------------------------------


def fdi(project: FdiProject, day: dt.date) -> Cells:
    return (
        project.name,
        joined(project.investor, project.country),
        _paper(project),
        joined(", ".join(map(str, project.places.all())), project.zone),
        project.get_sector_display(),
        _of(project, day),
        _paid(project, day.year, until=True),
        project.labour,
        project.progress,
        _status(project, day),
    )


def oda(project: OdaProject, day: dt.date) -> Cells:
    return (
        project.name,
        joined(project.donor, project.country),
        project.get_modality_display(),
        _agencies(project),
        _term(project),
        _of(project, day, OdaCapital.GRANT, OdaCapital.LOAN),
        _of(project, day, OdaCapital.COUNTERPART),
        _paid(project, day.year),
        _paid(project, day.year, until=True),
        _status(project, day),
    )


def ngo(aid: NgoAid, day: dt.date) -> Cells:
    return (
        aid.name,
        aid.get_kind_display(),
        joined(aid.donor, aid.country, aid.registration and f"số {aid.registration}"),
        _agencies(aid),
        aid.places,
        aid.get_sector_display(),
        _term(aid),
        _of(aid, day, NgoCapital.AID),
        _of(aid, day, NgoCapital.COUNTERPART),
        _paid(aid, day.year),
        _paid(aid, day.year, until=True),
        _paper(aid),
        _status(aid, day),
    )


ANNEXES = (
    Annex(
        code="fdi",
        title="Dự án đầu tư trực tiếp nước ngoài {period}",
        headings=(
            Heading("Tên dự án", 42),
            Heading("Nhà đầu tư, quốc tịch", 33),
            Heading("Số, ngày giấy chứng nhận", 24),
            Heading("Địa điểm", 36),
            Heading("Ngành", 21),
            Heading("Vốn đăng ký", 23, "number"),
            Heading("Vốn thực hiện", 21, "number"),
            Heading("Lao động", 12, "number"),
            Heading("Tiến độ", 18),
            Heading("Tình trạng", 14),
        ),
        parts=(Part(register="fdi", cells=fdi, order=BY_DAY, rows=present),),
    ),
    Annex(
        code="oda",
        title="Chương trình, dự án ODA, vốn vay ưu đãi {period}",
        headings=(
            Heading("Tên", 38),
            Heading("Nhà tài trợ", 24),
            Heading("Phương thức", 14),
            Heading("Cơ quan chủ quản, chủ dự án", 36),
            Heading("Thời gian", 20),
            Heading("ODA, vốn vay", 24, "number"),
            Heading("Vốn đối ứng", 28, "number"),
            Heading("Giải ngân trong năm", 22, "number"),
            Heading("Lũy kế", 22, "number"),
            Heading("Tình trạng", 16),
        ),
        parts=(Part(register="oda", cells=oda, order=BY_DAY, rows=present),),
    ),
    Annex(
        code="ngo",
        title="Viện trợ phi chính phủ nước ngoài {period}",
        headings=(
            Heading("Tên khoản viện trợ", 29),
            Heading("Loại", 12),
            Heading("Tổ chức tài trợ, quốc gia, giấy đăng ký", 27),
            Heading("Cơ quan chủ quản, chủ khoản viện trợ", 25),
            Heading("Địa bàn", 17),
            Heading("Lĩnh vực", 15),
            Heading("Thời gian", 19),
            Heading("Giá trị cam kết", 17, "number"),
            Heading("Vốn đối ứng", 21, "number"),
            Heading("Giải ngân trong năm", 15, "number"),
            Heading("Lũy kế", 15, "number"),
            Heading("Quyết định phê duyệt", 20),
            Heading("Tình trạng", 12),
        ),
        parts=(Part(register="ngo", cells=ngo, order=BY_DAY, rows=present),),
    ),
)
