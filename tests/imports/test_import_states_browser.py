"""Every state an import can be in, as a page: fits a phone, breaks no accessibility rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from imports import pipeline
from imports.models import Upload
from jobs import actions as jobs
from jobs.models import Job
from reference.models import ReportingYear
from registers import actions
from registers.declarations import registers
from tests.imports import books
from tests.imports.standin import HEADINGS, Desk, TurnoverSource, months, turnover_source
from tests.trade.sample import gates
from trade.models import Turnover

__all__ = ["turnover_source"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("turnover_source"),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1366, "height": 768}
State = Upload.State
WRONG = [(f"{month:02d}/2016", "KHONGCO", "export", 7, "") for month in range(1, 9)]
WRONG += [("09/2016", "HUUNGHI", "export", -1, ""), ("10/2016", "HUUNGHI", "export", "năm", "")]


def address(upload: Upload, name: str = "show") -> str:
    return reverse(f"imports:{name}", args=[upload.pk])


def put(upload: Upload, at: str, **job: Any) -> str:
    """As if its job were at this point."""
    Upload.objects.filter(pk=upload.pk).update(state=at)
    Job.objects.filter(pk=upload.job_id).update(**{"finished_at": None, **job})
    return address(upload)


def edited(upload: Upload, day: dt.date) -> Upload:
    row = Turnover.objects.get(month=day)
    row.note = "sửa tay"
    actions.save(registers()["trade"], row, by=upload.by, seen=row.version)
    return upload


# --- the states ---------------------------------------------------------------------------


def choosing(desk: Desk) -> str:
    desk.confirm(desk.upload(months(2)))
    desk.upload(
        [*months(2), *WRONG], name="Biểu 02 kim ngạch xuất nhập khẩu quý IV (bản sửa 3).csv"
    )
    return reverse("imports:index")


def chosen(desk: Desk) -> str:
    return f"{reverse('imports:index')}?vao={TurnoverSource.code}"


def reading(desk: Desk) -> str:
    return put(desk.upload(months(2)), State.READING, state="running", progress=5)


def waiting(desk: Desk) -> str:
    then = timezone.now() - dt.timedelta(minutes=5)
    return put(desk.upload(months(2)), State.READING, state="waiting", requested_at=then)


def stopped(desk: Desk) -> str:
    error = (
        "Công việc dừng do lỗi của cổng. Số liệu và nội dung còn nguyên. Báo quản trị (mã CV-12)."
    )
    return put(desk.upload(months(2)), State.CHECKING, state="failed", error=error)


def asking(desk: Desk) -> str:
    row = ("01/2015", "HUUNGHI", "export", "6.500", "Kim ngạch cửa khẩu phụ, tổng cộng", "lạ")
    content = books.csv([(*HEADINGS, "Ghi thêm"), row], encoding="tcvn3")
    file = ContentFile(content, name="cu.csv")
    upload = desk.worked(pipeline.receive(file, source=TurnoverSource(), by=desk.user))
    assert upload.state == State.ASKING
    return address(upload)


def refused(desk: Desk) -> str:
    return address(desk.upload([], name="trong.csv"))


def ready(desk: Desk) -> str:
    desk.confirm(desk.upload(months(2)))
    return address(desk.upload(months(60, value=7)))


def nothing_new(desk: Desk) -> str:
    desk.confirm(desk.upload(months(2)))
    return address(desk.upload(months(2)))


def duplicates(desk: Desk) -> str:
    desk.confirm(desk.upload(months(2)))
    Turnover.objects.update(note="trùng")
    return address(desk.upload(months(2, value=7)))


def faulty(desk: Desk) -> str:
    return address(desk.upload([*months(2), *WRONG]))


def marking(desk: Desk) -> str:
    upload = desk.upload([*months(2), *WRONG])
    job = pipeline.mark(upload, by=desk.user).job_id
    Job.objects.filter(pk=job).update(state="running", progress=30)
    return address(upload)


def marked(desk: Desk) -> str:
    upload = desk.upload([*months(2), *WRONG])
    jobs.run(pipeline.mark(upload, by=desk.user).job_id)
    return address(upload)


def writing(desk: Desk) -> str:
    return put(desk.upload(months(2)), State.WRITING, state="running", progress=20)


def done(desk: Desk) -> str:
    return address(desk.confirm(desk.upload([*months(2), *WRONG]), only_good=True))


def undoing(desk: Desk) -> str:
    upload = desk.confirm(desk.upload(months(30)))
    desk.confirm(desk.upload(months(25, value=7), name="kim ngạch (sửa).csv"))
    return address(edited(upload, dt.date(2017, 6, 1)), "undo")


def nothing_to_undo(desk: Desk) -> str:
    upload = desk.confirm(desk.upload(months(1)))
    return address(edited(upload, dt.date(2015, 1, 1)), "undo")


def closed(desk: Desk) -> str:
    upload = desk.confirm(desk.upload(months(1)))
    ReportingYear.objects.create(year=2015, locked_on=dt.date(2016, 1, 31))
    return address(upload, "undo")


def undone(desk: Desk) -> str:
    return address(desk.undo(edited(desk.confirm(desk.upload(months(3))), dt.date(2015, 2, 1))))


STATES = (
    *(choosing, chosen, reading, waiting, stopped, asking, refused, ready, nothing_new),
    *(duplicates, faulty, marking, marked, writing, done, undoing, nothing_to_undo, closed, undone),
)


@pytest.mark.parametrize("state", STATES, ids=[state.__name__ for state in STATES])
def test_its_page_fits_every_screen_and_breaks_no_accessibility_rule(
    state: Callable[[Desk], str], page: Page, live_server: Any, sign_in: Any, desk: User
):
    gates()
    path = state(Desk(desk))
    sign_in(page.context, desk, live_server.url)
    page.goto(f"{live_server.url}{path}")
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
