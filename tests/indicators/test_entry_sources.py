"""A source beside the entry table, in Chromium: opened, typed by, written for many cells."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from documents import actions as documents
from documents.models import SourceDocument
from indicators.models import Figure
from reference.models import Period
from tests import sources

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READING = 20_000  # ms: a file is read by a process of its own, on a machine that may be busy
TOTAL, EXPORT, IMPORT = "TRADE.TOTAL", "TRADE.EXPORT", "TRADE.IMPORT"


def field(code: str, side: str = "actual") -> str:
    return f'[data-row="{code}"] [data-side={side}] input'


def stored(code: str, side: str = "actual") -> Figure:
    return Figure.objects.current().select_related("source").get(indicator=code, side=side)


def cited(code: str, side: str = "actual") -> tuple[str, str]:
    """Number and page of the source of a cell."""
    figure = stored(code, side)
    return (figure.source.number if figure.source else "", figure.source_page)


@pytest.fixture
def report(agencies, desk) -> SourceDocument:
    caches["viewing"].clear()
    return documents.add_document(
        by=desk,
        number="412/BC-SCT",
        issued_on=dt.date(2019, 12, 5),
        issuer="Sở Công Thương",
        subject="Kết quả xuất nhập khẩu năm 2019",
        file=SimpleUploadedFile("báo cáo.pdf", sources.pdf(3)),
    )


@pytest.fixture
def figures(agencies, year_2019) -> None:
    for code in (TOTAL, EXPORT, IMPORT):
        Figure.objects.create(
            indicator=code,
            period=Period.objects.full_year(2019),
            agency=agencies["SCT"],
            side="actual",
            state="value",
            value=2000,
        )


@pytest.fixture
def screen(page: Page, live_server, sign_in, desk, figures, report) -> Page:
    sign_in(page.context, desk, live_server.url)
    page.goto(f"{live_server.url}/so-lieu/2019/")
    return page


def open_source(screen: Page, words: str = "412") -> None:
    """By the keyboard: F6, a few letters, the first document found."""
    screen.keyboard.press("F6")
    expect(screen.locator("[data-chooser] input")).to_be_focused()
    with screen.expect_response(lambda answer: answer.url.endswith(f"?q={quote(words, safe='')}")):
        screen.keyboard.type(words)
    choice = screen.locator("[data-chooser] .source-choice", has_text=words)
    expect(choice).to_be_visible()
    choice.focus()
    screen.keyboard.press("Enter")


def open_report(screen: Page) -> None:
    open_source(screen)
    expect(carried(screen)).to_contain_text("trang 1", timeout=READING)


def type_into(screen: Page, code: str, number: str, side: str = "actual") -> None:
    screen.fill(field(code, side), number)
    screen.press(field(code, side), "Enter")
    expect(screen.locator("#save-state")).to_have_attribute("data-state", "saved")


def carried(screen: Page):
    return screen.locator("[data-carries-now]")


def test_cells_typed_beside_a_document_take_it_with_the_page_in_view(screen):
    open_report(screen)
    picture = screen.locator("#source-viewer img")
    expect(picture).to_have_js_property("complete", True, timeout=READING)
    expect(carried(screen)).to_have_text("Các ô nhập tiếp theo mang nguồn này, trang 1")

    type_into(screen, TOTAL, "4.750")
    type_into(screen, TOTAL, "5.230", side="plan")
    screen.keyboard.press("Alt+PageDown")
    expect(carried(screen)).to_have_text("Các ô nhập tiếp theo mang nguồn này, trang 2")
    type_into(screen, EXPORT, "2.550")

    assert cited(TOTAL) == cited(TOTAL, "plan") == ("412/BC-SCT", "1")
    assert cited(EXPORT) == ("412/BC-SCT", "2")
    expect(screen.locator(f'[data-row="{EXPORT}"] [data-open=source]')).to_have_text("412/BC-SCT")


def test_what_was_open_survives_a_reload_and_not_a_new_sign_in(
    screen, live_server, sign_in, desk, complaints
):
    open_report(screen)
    screen.keyboard.press("Alt+PageDown")
    expect(carried(screen)).to_contain_text("trang 2")
    screen.reload()
    expect(carried(screen)).to_contain_text("trang 2", timeout=READING)
    type_into(screen, IMPORT, "2.200")
    assert cited(IMPORT) == ("412/BC-SCT", "2")

    # What the form of signing in does: the token of forms is another one from now on.
    screen.context.clear_cookies(name="csrftoken")
    sign_in(screen.context, desk, live_server.url)
    screen.reload()
    expect(screen.locator("#source-viewer")).to_be_hidden()
    type_into(screen, IMPORT, "2.201")
    assert cited(IMPORT) == ("412/BC-SCT", "2")  # kept with the figure, not taken anew


def test_the_switch_and_closing_stop_it(screen):
    open_report(screen)
    screen.locator("[data-carry]").uncheck()
    type_into(screen, TOTAL, "4.750")
    assert cited(TOTAL) == ("", "")
    screen.locator("[data-carry]").check()
    screen.get_by_role("button", name="Đóng văn bản").click()
    type_into(screen, EXPORT, "2.550")
    assert cited(EXPORT) == ("", "")


def test_a_source_chosen_by_hand_is_not_taken_away(screen, desk):
    other = documents.add_document(by=desk, number="99/QĐ", subject="Quyết định")
    open_report(screen)
    screen.focus(field(TOTAL))
    screen.keyboard.press("F2")
    drawer = screen.locator(".details-side[data-of=actual]")
    drawer.locator("[data-source-search]").fill("99/QĐ")
    drawer.locator(".source-choice", has_text="99/QĐ").click()
    expect(drawer.locator("[data-chosen]")).to_have_text("99/QĐ, Quyết định")
    type_into(screen, TOTAL, "4.751")
    assert stored(TOTAL).source == other
    type_into(screen, EXPORT, "2.550")
    assert cited(EXPORT) == ("412/BC-SCT", "1")


def test_one_source_is_written_for_cells_chosen_by_keys(screen):
    open_report(screen)
    screen.focus(field(TOTAL))
    screen.keyboard.press("Control+Space")
    screen.keyboard.press("Shift+ArrowDown")
    screen.keyboard.press("Shift+ArrowDown")
    expect(screen.locator("#cell-picks")).to_contain_text("Đã chọn 3 ô")
    screen.keyboard.press("F6")
    screen.keyboard.press("Enter")

    expect(screen.locator("#cell-picks")).to_contain_text("Đã ghi nguồn cho 3 ô.")
    for code in (TOTAL, EXPORT, IMPORT):
        assert cited(code) == ("412/BC-SCT", "1")
        source = screen.locator(f'[data-row="{code}"] [data-open=source]')
        expect(source).to_have_text("412/BC-SCT")
    assert stored(TOTAL).value == 2000
    # The cells go on from the new version: no conflict with oneself.
    type_into(screen, TOTAL, "4.000")
    assert stored(TOTAL).value == 4000


def test_all_cells_without_a_source_are_chosen_at_once_and_by_the_mouse(screen):
    open_report(screen)
    screen.get_by_role("button", name="Chọn cả 3 ô chưa có nguồn").click()
    expect(screen.locator("#cell-picks")).to_contain_text("Đã chọn 3 ô")
    screen.locator(field(IMPORT)).click(modifiers=["Control"])
    expect(screen.locator("#cell-picks")).to_contain_text("Đã chọn 2 ô")
    screen.get_by_role("button", name="Ghi nguồn này cho 2 ô").click()
    expect(screen.locator("#cell-picks")).to_contain_text("Đã ghi nguồn cho 2 ô.")
    assert cited(IMPORT) == ("", "")
    expect(screen.get_by_role("button", name="Chọn cả 1 ô chưa có nguồn")).to_be_visible()


def test_when_somebody_came_between_the_cell_is_named_and_nothing_is_written(
    screen, officer, complaints
):
    open_report(screen)
    screen.get_by_role("button", name="Chọn cả 3 ô chưa có nguồn").click()
    figure = stored(EXPORT)
    Figure.objects.filter(pk=figure.pk).update(is_current=False)
    figure.pk, figure.version, figure.value, figure.entered_by = None, 2, 2555, officer
    figure.save()

    screen.get_by_role("button", name="Ghi nguồn này cho 3 ô").click()
    said = screen.locator("#cell-picks [data-said]")
    expect(said).to_contain_text("Thực hiện 2019 – Kim ngạch xuất khẩu")
    expect(screen.locator(field(EXPORT))).to_have_value("2.555")
    assert cited(TOTAL) == ("", "")

    screen.get_by_role("button", name="Ghi nguồn này cho 3 ô").click()
    expect(said).to_have_text("Đã ghi nguồn cho 3 ô.")
    assert cited(TOTAL) == cited(EXPORT) == ("412/BC-SCT", "1")
    complaints.clear()  # Chromium notes the conflict (409)


def test_a_document_is_added_in_the_pane_and_is_open_at_once(screen, complaints, tmp_path):
    scan = tmp_path / "ảnh chụp.jpg"
    scan.write_bytes(sources.photograph())
    screen.keyboard.press("F6")
    screen.locator("[data-chooser] [data-add-document]").click()
    dialog = screen.get_by_role("dialog", name="Thêm văn bản")
    dialog.get_by_label("Số, ký hiệu").fill("15/BC-CTK")
    dialog.get_by_label("Tệp").set_input_files(scan)
    dialog.get_by_role("button", name="Thêm văn bản").click()
    expect(dialog.locator(".field .errorlist")).to_contain_text("Chưa nhập ô này")

    dialog.get_by_label("Trích yếu").fill("Số liệu thống kê")
    dialog.get_by_role("button", name="Thêm văn bản").click()
    expect(dialog).to_be_hidden()
    expect(screen.locator("#source-pane-title")).to_contain_text("15/BC-CTK")
    expect(screen.locator("#source-viewer img")).to_have_js_property(
        "naturalWidth", 1600, timeout=READING
    )
    type_into(screen, TOTAL, "4.750")
    assert cited(TOTAL) == ("15/BC-CTK", "1")
    assert SourceDocument.objects.get(number="15/BC-CTK").file_name == "ảnh chụp.jpg"
    complaints.clear()  # Chromium notes the refusal (422)


def test_a_document_that_is_there_is_offered_and_used_from_the_details(
    screen, complaints, tmp_path, report
):
    scan = tmp_path / "báo cáo.pdf"
    scan.write_bytes(sources.pdf(3))
    screen.focus(field(TOTAL))
    screen.keyboard.press("F2")
    drawer = screen.locator(".details-side[data-of=actual]")
    drawer.locator("[data-source-search]").fill("khong co gi")
    drawer.locator("[data-add-document]").click()
    dialog = screen.get_by_role("dialog", name="Thêm văn bản")
    dialog.get_by_label("Trích yếu").fill("Báo cáo")
    dialog.get_by_label("Tệp").set_input_files(scan)
    dialog.get_by_role("button", name="Thêm văn bản").click()
    dialog.get_by_role("button", name="Dùng văn bản này").click()

    expect(drawer.locator("[data-chosen]")).to_contain_text("412/BC-SCT")
    expect(screen.locator("#source-pane-title")).to_contain_text("412/BC-SCT")
    expect(screen.locator("#save-state")).to_have_attribute("data-state", "saved")
    assert stored(TOTAL).source == report
    assert SourceDocument.objects.count() == 1
    complaints.clear()  # Chromium notes the offer (409)


def test_the_history_opens_at_the_first_click_after_a_search_without_a_hit(screen):
    screen.focus(field(TOTAL))
    screen.keyboard.press("F2")
    drawer = screen.locator(".details-side[data-of=actual]")
    drawer.locator("[data-source-search]").fill("khong co gi")
    expect(drawer.locator(".source-choices")).to_contain_text("Không tìm thấy văn bản")
    place = drawer.locator("[data-history]").bounding_box()
    screen.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(screen.locator("#source-panel")).to_be_visible()


def test_the_desk_enters_on_behalf_of_an_agency(screen, live_server, desk, agencies):
    screen.get_by_role("button", name="Nhập thay").click()
    dialog = screen.get_by_role("dialog", name="Nhập thay cho đơn vị")
    dialog.get_by_label("Đơn vị").first.select_option(label="Sở Công Thương")
    dialog.get_by_label("Văn bản đơn vị đã gửi").fill("412")
    dialog.locator(".source-choice").first.click()
    dialog.get_by_role("button", name="Nhập thay").click()

    expect(screen.locator(".behalf-notice")).to_contain_text(
        "Nhập thay cho Sở Công Thương theo văn bản số 412/BC-SCT"
    )
    assert "thay=SCT&van-ban=" in screen.url
    expect(carried(screen)).to_contain_text("trang 1", timeout=READING)
    type_into(screen, IMPORT, "2.200")
    figure = stored(IMPORT)
    assert (figure.entered_by, figure.agency, cited(IMPORT)) == (
        desk,
        agencies["SCT"],
        ("412/BC-SCT", "1"),
    )


def test_a_file_that_cannot_be_shown_is_told_in_the_pane_and_can_be_cited(screen, desk):
    documents.add_document(
        by=desk,
        number="9/KH",
        subject="Tệp khóa",
        file=SimpleUploadedFile("khóa.pdf", sources.protected_pdf()),
    )
    open_source(screen, "9/KH")
    expect(screen.locator("#source-viewer .viewer-message")).to_contain_text(
        "Tệp có mật khẩu", timeout=READING
    )
    expect(carried(screen)).to_have_text("Các ô nhập tiếp theo mang nguồn này")
    type_into(screen, TOTAL, "4.750")
    assert cited(TOTAL) == ("9/KH", "")


def test_a_sheet_of_a_workbook_is_the_page_and_a_text_has_none(screen, desk):
    book = sources.xlsx({"Biểu 01": [["Chỉ tiêu", 2019]], "Biểu 02": [["Xuất khẩu", 2550]]})
    for number, name, content in (
        ("6/BC", "biểu.xlsx", book),
        ("7/BC", "báo cáo.docx", sources.docx(sources.paragraph("Kim ngạch 2.550"))),
    ):
        upload = SimpleUploadedFile(name, content)
        documents.add_document(by=desk, number=number, subject="Số liệu", file=upload)
    open_source(screen, "6/BC")
    expect(carried(screen)).to_contain_text("Biểu 01", timeout=READING)
    screen.get_by_role("button", name="Biểu 02").click()
    expect(carried(screen)).to_have_text("Các ô nhập tiếp theo mang nguồn này, trang tính Biểu 02")
    type_into(screen, TOTAL, "4.750")
    screen.locator("[data-pick]").click()
    screen.locator("[data-chooser] input").fill("7/BC")
    screen.locator("[data-chooser] .source-choice", has_text="7/BC").click()
    expect(screen.locator(".viewer-text")).to_contain_text("Kim ngạch 2.550", timeout=READING)
    type_into(screen, EXPORT, "2.550")
    assert (cited(TOTAL), cited(EXPORT)) == (("6/BC", "Biểu 02"), ("7/BC", ""))
