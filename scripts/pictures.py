"""`make pictures`: the README's pictures, taken of a portal that runs for this alone.

It serves the published figures to the demo accounts from a data folder of its
own, which is thrown away, and needs Chromium as the tests do.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from urllib.parse import urlunsplit

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from langson_portal.embedded import DataFolder, free_port
from langson_portal.environment import OPTIONAL, REQUIRED

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
DATA = ROOT / ".build" / "pictures-data"
LOG = ROOT / ".build" / "pictures.log"
MANAGE = [sys.executable, str(ROOT / "manage.py")]
LARGEST = 300_000  # bytes: a README is read over slow lines too
DESK: ViewportSize = {"width": 1366, "height": 1366}
PHONE: ViewportSize = {"width": 390, "height": 844}
YEAR = 2019
PAGE_WIDTH = 900  # pixels across a printed page
DRAWN = """() => [...document.querySelectorAll("[data-chart]")]
    .every((canvas) => canvas.querySelector("svg") || canvas.matches(".is-failed"))"""


def environment() -> dict[str, str]:
    """Nothing of this machine's portal: neither its servers nor its settings."""
    ours = {*REQUIRED, *OPTIONAL, "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"PORTAL_DATA": str(DATA)}


def throw_away() -> None:
    """Remove the data, with the servers a broken-off run may have left behind."""
    if not DATA.exists():
        return
    folder = DataFolder(DATA)
    folder.prepare()
    folder.use()
    folder.leave()
    if (folder.postgres / "postmaster.pid").exists():
        sys.exit(f"Somebody is using {DATA}: is another `make pictures` running?")
    shutil.rmtree(DATA)


@contextmanager
def portal() -> Iterator[str]:
    """The address of a portal that is served as `make run` serves it."""
    throw_away()
    DataFolder(DATA).prepare()
    port = free_port()
    address = urlunsplit(("http", f"127.0.0.1:{port}", "", "", ""))
    with LOG.open("w") as log:
        served = subprocess.Popen(
            [*MANAGE, "serve", f"--port={port}"],
            cwd=ROOT,
            env=environment(),
            stdout=log,
            stderr=log,
        )
        try:
            wait_for(address, served)
            yield address
        finally:
            served.terminate()
            served.wait()
            throw_away()


def wait_for(address: str, served: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and served.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{address}/song/", timeout=2):
            return
        time.sleep(0.2)
    sys.exit(f"The portal does not answer: see {LOG}")


def signed_in(
    browser: Browser, address: str, username: str, size: ViewportSize, scale: int = 1
) -> Page:
    """A page of the right size, past the sign-in form."""
    passwords = json.loads((DATA / "demo-accounts.json").read_text(encoding="utf-8"))
    page = browser.new_page(viewport=size, device_scale_factor=scale, locale="vi-VN")
    page.goto(f"{address}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(passwords[username])
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda url: "/dang-nhap/" not in url)
    return page


def take(page: Page, address: str, name: str) -> None:
    """The first screen of a page, once fonts are there and charts are drawn."""
    page.goto(address)
    page.wait_for_function(DRAWN)
    page.evaluate("document.fonts.ready")
    keep(Image.open(BytesIO(page.screenshot())), name)


def photograph(address: str) -> None:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        overview = f"{address}/tong-quan/{YEAR}/"
        take(signed_in(browser, address, "lanhdao", DESK), overview, "overview")
        take(signed_in(browser, address, "lanhdao", PHONE, scale=2), overview, "overview-phone")
        entry = f"{address}/so-lieu/{YEAR}/"
        take(signed_in(browser, address, "chuyenvien", DESK), entry, "entry")
        browser.close()


def print_report() -> None:
    """The first page of the report and the first of its annex, as pictures."""
    file = DATA / "report.pdf"
    command = [*MANAGE, "render_report", str(YEAR), "--kind=A", f"--output={file}"]
    subprocess.run(command, cwd=ROOT, env=environment(), check=True, stdout=subprocess.DEVNULL)
    with pypdfium2.PdfDocument(file) as paper:
        heads = [page.get_textpage().get_text_range(count=40) for page in paper]
        annex = next(number for number, head in enumerate(heads) if "PHỤ LỤC" in head.upper())
        for number, name in ((0, "report-page-1"), (annex, "report-annex")):
            page = paper[number]
            drawn = page.render(scale=PAGE_WIDTH / page.get_width())
            keep(drawn.to_pil(), name)


def keep(picture: Image.Image, name: str) -> None:
    """Screens and paper have few colours: a palette of 256 makes a third of the file."""
    path = PICTURES / f"{name}.png"
    picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"· {path.relative_to(ROOT)}  {picture.width} × {picture.height}  {size // 1000} kB")
    if size > LARGEST:
        sys.exit(f"{path.name} is larger than {LARGEST // 1000} kB.")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with portal() as address:
        photograph(address)
        print_report()


if __name__ == "__main__":
    main()
