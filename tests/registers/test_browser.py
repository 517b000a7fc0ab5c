"""Create → list → filter → edit → history → export in Chromium, for every register."""

from __future__ import annotations

import re
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from reference.periods import open_year
from tests.registers.samples import Pick, Sample, Tick

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place(live_server, sample) -> str:
    """The address of the register's list."""
    open_year(2019)
    return f"{live_server.url}/so/{sample.of.slug}/"


@pytest.fixture
def desk_page(page, desk, sign_in, live_server) -> Page:
    sign_in(page.context, desk, live_server.url)
    return page


def control(page: Page, name: str) -> Any:
    return page.locator(f"#record-form [name='{name}']")


def fill_in(page: Page, name: str, value: Any) -> None:
    """What a person does in the field of this name."""
    if isinstance(value, list):
        for one in value:
            fill_in(page, name, one)
    elif isinstance(value, Tick):
        control(page, name).and_(page.locator(f"[value='{value}']")).check()
    elif isinstance(value, Pick):
        box = page.locator(f".picker[data-name='{name}'] .picker-box")
        box.fill(value.typed)
        page.get_by_role("option", name=value.name).first.click()
    elif (kind := control(page, name).first.evaluate("e => e.type")) in ("checkbox", "radio"):
        control(page, name).first.set_checked(value == "on")
    elif kind.startswith("select"):
        control(page, name).select_option(value)
    else:
        control(page, name).fill(value)


def fill_in_all(page: Page, sample: Sample) -> None:
    for name, value in sample.form.items():
        fill_in(page, name, value)
    for lines in sample.of.lines:
        area = page.locator(f"#lines-{lines.name}")
        for number, row in enumerate(sample.lines.get(lines.name, [])):
            if area.locator(".line-row").count() <= number:
                area.locator("[data-add-line]").click()
            for name, value in row.items():
                fill_in(page, f"{lines.name}-{number}-{name}", value)


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu", exact=True).click()


def created(page: Page, place: str, sample: Sample) -> str:
    """A record entered by hand; the address of its page."""
    page.goto(f"{place}them/")
    if "agency" in sample.of.fields:
        box = page.locator(".picker[data-name='agency'] .picker-box")
        box.fill("cong thuong")
        page.get_by_role("option", name="Sở Công Thương").first.click()
    if "data_class" in sample.of.fields:
        control(page, "data_class").select_option("ordinary")
    fill_in_all(page, sample)
    save(page)
    expect(page.get_by_text("Đã lưu bản ghi.")).to_be_visible()
    return page.url


def test_a_record_from_the_form_to_the_exported_list(desk_page, place, sample, tmp_path):
    page = desk_page
    record = created(page, place, sample)

    page.goto(place)
    page.get_by_label("Tìm").fill(sample.word)
    page.get_by_role("button", name="Lọc", exact=True).click()
    link = page.locator(f"a[href='{record.removeprefix(place.split('/so/')[0])}']")
    expect(link.first).to_be_visible()
    page.goto(f"{place}?{sample.empty}")
    expect(page.get_by_text("Không có bản ghi phù hợp")).to_be_visible()
    page.goto(f"{place}?{sample.filtered}")
    link.first.click()

    name, value = sample.changed
    page.get_by_role("link", name="Sửa").click()
    fill_in(page, name, value)
    save(page)
    expect(page.get_by_text("Đã lưu bản ghi.")).to_be_visible()
    first = page.locator(".timeline > li").first
    expect(first).to_contain_text("đã sửa bản ghi")
    expect(first).to_contain_text(value)

    page.goto(f"{place}?{sample.filtered}")
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    path = tmp_path / "list.xlsx"
    download.value.save_as(path)
    assert openpyxl.load_workbook(path).active.max_row == 2


def test_what_is_typed_survives_a_lost_connection_and_a_closed_page(
    desk_page, place, sample, complaints
):
    page = desk_page
    name, value = sample.changed
    page.goto(f"{place}them/")
    fill_in(page, name, value)
    page.context.set_offline(True)
    save(page)
    expect(page.get_by_text("Mất kết nối.")).to_be_visible()
    expect(control(page, name)).to_have_value(value)
    page.context.set_offline(False)

    page.goto(place)
    page.goto(f"{place}them/")
    page.get_by_role("button", name="Khôi phục bản nháp").click()
    expect(control(page, name)).to_have_value(value)
    expect(page.locator("#record-form[data-ready]")).to_be_visible()
    complaints.clear()  # the browser's own words about the lost connection


def test_a_wrong_form_says_what_is_missing_and_keeps_the_rest(desk_page, place, sample, complaints):
    page = desk_page
    name, value = sample.changed
    page.goto(f"{place}them/")
    fill_in(page, name, value)
    save(page)
    expect(page.get_by_text("Chưa lưu: sửa các ô được đánh dấu bên dưới.")).to_be_visible()
    expect(page.locator(".field-wrong").first).to_be_visible()
    expect(control(page, name)).to_have_value(value)
    assert all("422" in one for one in complaints)
    complaints.clear()


def test_two_people_at_one_record_choose(desk_page, place, sample, complaints):
    page = desk_page
    name, value = sample.changed
    record = created(page, place, sample)
    other = page.context.new_page()
    for one in (page, other):
        one.goto(f"{record}sua/")
    fill_in(other, name, value)
    save(other)
    expect(other.get_by_text("Đã lưu bản ghi.")).to_be_visible()
    fill_in(page, name, f"{value} (2)")
    save(page)
    expect(page.get_by_text("Bản ghi vừa có người khác sửa")).to_be_visible()
    page.locator(f"input[name='{name}_own'][value='0']").check()
    save(page)
    expect(page.get_by_text("Đã lưu bản ghi.")).to_be_visible()
    expect(page.locator(".timeline > li").first).to_contain_text(value)
    expect(page.locator(".timeline")).not_to_contain_text(f"{value} (2)")
    complaints.clear()  # the browser's own words about the conflict


def test_lines_come_and_go_by_hand(desk_page, place, sample):
    if not sample.of.lines:
        pytest.skip("this register has no lines")
    page = desk_page
    page.goto(f"{place}them/")
    for lines in sample.of.lines:
        area = page.locator(f"#lines-{lines.name}")
        rows = area.locator(".line-row:visible")
        before = rows.count()
        area.locator("[data-add-line]").click()
        expect(rows).to_have_count(before + 1)
        rows.last.locator("[data-remove-line]").click()
        expect(rows).to_have_count(before)


def test_no_page_of_a_register_has_a_grave_fault_for_a_screen_reader(
    desk_page, place, sample, complaints
):
    page, faults = desk_page, {}
    record = created(page, place, sample)
    for url in (place, record, f"{record}sua/", f"{place}them/"):
        page.goto(url)
        for fault in Axe().run(page).response["violations"]:
            if fault["impact"] in {"serious", "critical"}:
                places = [node["html"][:120] for node in fault["nodes"][:3]]
                faults.setdefault(url, []).append(f"{fault['id']}: {places}")
    complaints.clear()  # the checker writes styles of its own, which the policy refuses
    assert faults == {}


@pytest.mark.parametrize("width", [1366, 390])
def test_no_page_of_a_register_scrolls_sideways(desk_page, place, sample, width):
    page = desk_page
    page.set_viewport_size({"width": width, "height": 800})
    record = created(page, place, sample)
    for url in (place, f"{place}?{sample.filtered}", record, f"{record}sua/", f"{place}them/"):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
    assert re.search(r"/\d+/$", record)
