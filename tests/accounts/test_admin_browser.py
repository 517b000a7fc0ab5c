"""The admin in a real browser: usable under the content policy, without a complaint."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import RoleHolding, User
from reference.models import Period, ReportingYear

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def admin_page(page, live_server, sign_in, admin_user, agencies):
    sign_in(page.context, admin_user, live_server.url)
    page.goto(f"{live_server.url}/quan-tri/")
    return page


def test_an_administrator_makes_a_user_with_a_role_and_a_first_password(admin_page, live_server):
    page = admin_page
    page.goto(f"{live_server.url}/quan-tri/accounts/user/add/")
    page.fill("#id_username", "thuyminh")
    page.fill("#id_full_name", "Lý Thùy Minh")
    page.select_option("#id_role_holdings-0-role", "data_entry")
    page.click("#id_role_holdings-0-agency + .select2")
    page.fill(".select2-search__field", "cong thuong")
    page.click(".select2-results__option:has-text('Sở Công Thương')")
    page.click("input[name=_save]")
    page.click(".object-tools a[href*=mat-khau-mot-lan]")
    page.click("main input[type=submit]")
    password = page.inner_text("[data-password]")
    assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", password)
    made = User.objects.get(username="thuyminh")
    assert made.check_password(password) and made.must_change_password
    assert made.role_holdings.get().agency.code == "SCT"


def test_the_last_administrator_stays_one_and_is_told_why(admin_page, live_server, admin_user):
    page = admin_page
    page.goto(f"{live_server.url}/quan-tri/accounts/user/{admin_user.pk}/change/")
    page.uncheck("#id_is_active")
    page.click("input[name=_save]")
    expect(page.locator(".messagelist .error")).to_be_visible()
    admin_user.refresh_from_db()
    assert admin_user.is_active
    page.check("#id_role_holdings-0-DELETE")
    page.click("input[name=_save]")
    expect(page.locator(".messagelist .error")).to_be_visible()
    assert RoleHolding.objects.filter(user=admin_user, role="admin").exists()


def test_opening_a_year_makes_its_periods(admin_page, live_server):
    page = admin_page
    page.goto(f"{live_server.url}/quan-tri/reference/reportingyear/add/")
    page.fill("#id_year", "2026")
    page.click("input[name=_save]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Period.objects.full_years([2026]).count() == 2
    page.goto(f"{live_server.url}/quan-tri/reference/reportingyear/2026/change/")
    page.fill("#id_locked_on", "20/12/2026")
    page.click("input[name=_save]")
    assert str(ReportingYear.objects.get(year=2026).locked_on) == "2026-12-20"


def test_every_list_and_form_opens_in_vietnamese(admin_page, live_server, admin_user):
    page = admin_page
    links = page.eval_on_selector_all("#content-main a", "all => all.map(link => link.href)")
    assert len(links) > 10
    for link in [*links, f"{live_server.url}/quan-tri/accounts/user/{admin_user.pk}/history/"]:
        assert page.goto(link).status == 200, link
        assert page.get_attribute("html", "lang") == "vi"
