"""The entry screen in Chromium: typing, previews, refusals, a lost line."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone, translation
from playwright.sync_api import expect

from common.numbers import format_number
from indicators.declarations import indicators
from indicators.entry import words
from indicators.models import Figure
from indicators.rows import Row, Value
from tests.entering import TOTAL, cell_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ACTUAL = cell_of("TRADE.TOTAL")


def test_a_cell_previews_while_typing_and_saves_by_itself(screen, stored):
    screen.fill(ACTUAL, "5.230")
    expect(screen.locator(f"{TOTAL} .c-ratio")).to_have_text("100%")
    assert stored().value == 4750

    screen.press(ACTUAL, "Enter")

    expect(screen.locator("#save-state")).to_contain_text("Đã lưu tất cả lúc")
    assert stored().value == 5230
    expect(screen.locator(cell_of("TRADE.EXPORT"))).to_be_focused()


def test_a_question_is_answered_by_a_button(screen, stored, complaints):
    screen.fill(ACTUAL, "4,750.5")
    screen.press(ACTUAL, "Enter")
    screen.get_by_role("button", name="Đúng, ghi 4.750,5").click()

    expect(screen.locator(ACTUAL)).to_have_value("4.750,5")
    expect(screen.locator("#save-state")).to_contain_text("Đã lưu tất cả")
    assert stored().value == Decimal("4750.5")
    complaints.clear()  # Chromium notes the refusal (422)


def test_of_two_values_the_person_chooses(screen, stored, complaints, officer):
    Figure.objects.filter(side="actual").update(version=2, entered_by=officer, value=2200)

    screen.fill(ACTUAL, "2.210")
    screen.press(ACTUAL, "Enter")

    message = screen.locator(".cell-message")
    expect(message).to_contain_text("Hoàng Thị Then vừa ghi 2.200")
    message.get_by_role("button", name="2.210").click()
    expect(message).to_have_count(0)
    expect(screen.locator("#save-state")).to_contain_text("Đã lưu tất cả")
    assert stored().value == 2210
    complaints.clear()  # Chromium notes the conflict (409)


def test_a_lost_line_keeps_what_was_typed(screen, stored, complaints):
    screen.context.set_offline(True)
    screen.fill(ACTUAL, "4.760")
    screen.press(ACTUAL, "Enter")
    expect(screen.locator("#offline")).to_contain_text("Mất kết nối. 1 ô chưa gửi")

    screen.context.set_offline(False)

    expect(screen.locator("#offline")).to_be_hidden()
    expect(screen.locator("#save-state")).to_contain_text("Đã lưu tất cả")
    assert stored().value == 4760
    complaints.clear()  # Chromium notes the failed request


def test_what_belongs_to_the_number_is_saved_with_it(screen, stored):
    screen.focus(ACTUAL)
    screen.keyboard.press("F2")
    form = screen.locator('.details [data-of="actual"]')
    form.locator('[data-field="status"]').select_option("estimate")
    form.locator('[data-field="note"]').fill("số của Sở Công Thương")
    form.locator('[data-field="note"]').blur()

    expect(screen.locator(f"{TOTAL} .c-status")).to_have_text("Ước")
    expect(screen.locator(f"{TOTAL} .c-note")).to_have_text("số của Sở Công Thương")
    expect(screen.locator("#save-state")).to_contain_text("Đã lưu tất cả")
    assert (stored().status, stored().note) == ("estimate", "số của Sở Công Thương")


def test_a_corrected_part_replaces_the_questioned_one(screen, stored, complaints):
    screen.focus(ACTUAL)
    screen.keyboard.press("Control+Enter")
    eleven = screen.locator('.parts-line [data-field="eleven_months"]')
    eleven.fill("4300.5")
    eleven.blur()
    screen.get_by_role("button", name="Sửa lại").click()
    expect(eleven).to_be_focused()

    eleven.fill("4300,5")
    eleven.blur()

    expect(screen.locator("#save-state")).to_contain_text("Đã lưu tất cả")
    assert (stored().eleven_months, stored().december_estimate) == (
        Decimal("4300.5"),
        Decimal("449.5"),
    )
    complaints.clear()  # Chromium notes the refusal (422)


def test_a_question_about_december_is_answered_for_december(screen, stored, complaints):
    screen.focus(cell_of("TRADE.EXPORT"))
    screen.keyboard.press("Control+Enter")
    for field, text in (("eleven_months", "2.300"), ("december_estimate", "250.5")):
        screen.locator(f'.parts-line [data-field="{field}"]').fill(text)
        screen.locator(f'.parts-line [data-field="{field}"]').blur()

    screen.get_by_role("button", name="Đúng, ghi 250,5").click()

    expect(screen.locator("#save-state")).to_contain_text("Đã lưu tất cả")
    found = stored("TRADE.EXPORT")
    assert (found.eleven_months, found.december_estimate) == (2300, Decimal("250.5"))
    complaints.clear()  # Chromium notes the refusal (422)


def test_the_details_are_headed_like_the_column_whatever_the_unit(screen):
    cell = screen.locator(f"{TOTAL} [data-side=actual]")
    cell.locator("input").evaluate(
        "input => input.setAttribute('aria-label', 'Kim ngạch, thực hiện 2019, tấn, lít')"
    )
    screen.focus(ACTUAL)
    screen.keyboard.press("F2")

    heading = screen.locator('.details [data-of="actual"] legend')
    expect(heading).to_have_text(cell.get_attribute("data-l"))


def test_the_preview_counts_like_the_portal(page):
    """The browser's arithmetic against Python's, on numbers of every size."""
    page.add_script_tag(path=Path(settings.BASE_DIR) / "static" / "entry-preview.js")
    chance = random.Random(2019)
    rows = [row for row in indicators().values() if row.yearly]
    cases: list[tuple[dict[str, Any], dict[str, Any]]] = []
    with translation.override("vi"):
        said_as = {"amounts": words.amounts(), "directions": words.directions()}
        for _case in range(600):
            numbers = [_some_number(chance) for _side in range(3)]
            row = _row(chance.choice(rows), *numbers)
            rule = words.preview_rule(row)
            typed = [format_number(number) for number in numbers[:2]]
            said = {
                "ratio": words.plan_ratio(row, "vi"),
                "change": words.change(row, "vi"),
                "tone": row.tone,
            }
            cases.append(({"rule": rule, "actual": typed[0], "plan": typed[1]}, said))
    previews = page.evaluate(
        """([cases, words]) => cases.map(({ rule, actual, plan }) => {
          const number = EntryPreview.parse(actual, "vi");
          const change = EntryPreview.change(number, rule, words, "vi");
          const planned = EntryPreview.parse(plan, "vi");
          const ratio = rule.ratio ? EntryPreview.planRatio(number, planned, "vi") : "";
          return { ratio, change: change.text, tone: change.tone };
        })""",
        [[case for case, _said in cases], said_as],
    )

    wrong = [
        (case, said, preview)
        for (case, said), preview in zip(cases, previews, strict=True)
        if said != preview
    ]
    assert not wrong


def _some_number(chance: random.Random) -> Decimal:
    size = chance.choice((0, 1, 9, 100, 5000, 10**9, 10**15))
    number = Decimal(chance.randint(0, size)).scaleb(-chance.choice((0, 0, 1, 2)))
    return number if chance.random() > 0.1 else -number


def _row(indicator, actual: Decimal, plan: Decimal, last: Decimal) -> Row:
    def value(side: str, year: int, number: Decimal) -> Value:
        return Value(
            figure_id=1,
            indicator=indicator.code,
            side=side,
            year=year,
            calendar=str(indicator.calendar),
            agency="",
            version=1,
            state="value",
            value=number,
            status="",
            plan_stage="",
            precision="",
            origin="typed",
            source_id=None,
            entered_at=timezone.now(),
        )

    return Row(
        indicator=indicator,
        year=2019,
        plan=value("plan", 2019, plan),
        actual=value("actual", 2019, actual),
        last=value("actual", 2018, last),
    )
