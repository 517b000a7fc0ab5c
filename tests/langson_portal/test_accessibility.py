"""Everybody can use every page: names and roles for screen readers, small screens, large type."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from accounts.models import Agency
from tests.crawl import walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GRAVE = {"serious", "critical"}
WIDTHS = {1366: "a desk", 683: "a desk at 200%", 390: "a telephone"}


@pytest.fixture
def pages_of(page, live_server, sign_in, person, client_of):
    """Signs somebody in and lists one page of each kind within their reach."""
    call_command("load_published", verbosity=0)

    def found(role: str) -> list[str]:
        user = person(role, agency=Agency.objects.get(code="SCT"))
        sign_in(page.context, user, live_server.url)
        return sorted({path for path, _text in walk(client_of(user), each=1)})

    return found


@pytest.mark.parametrize("role", ["desk", "data_entry", "leader", "admin"])
def test_no_page_has_a_grave_fault_for_a_screen_reader(
    role, page, live_server, pages_of, complaints
):
    faults: dict[str, list[str]] = {}
    for path in pages_of(role):
        page.goto(live_server.url + path)
        found = Axe().run(page, context={"exclude": [[".select2-container"]]})  # the library's own
        for fault in found.response["violations"]:
            if fault["impact"] in GRAVE:
                places = [node["html"][:120] for node in fault["nodes"][:3]]
                faults.setdefault(path, []).append(f"{fault['id']}: {places}")
    complaints.clear()  # the checker writes styles of its own, which the policy refuses
    assert faults == {}


@pytest.mark.parametrize("role", ["desk", "data_entry", "leader"])
def test_no_page_scrolls_sideways_on_any_screen(role, page, live_server, pages_of):
    wide: list[str] = []
    for path in pages_of(role):
        page.goto(live_server.url + path)
        for width, screen in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 768})
            needed = page.evaluate("document.documentElement.scrollWidth")
            if needed > width:
                wide.append(f"{path} needs {needed} px on {screen}")
    assert wide == []
