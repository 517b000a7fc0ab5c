"""The engine: same bytes for the same document, no way out, an end to everything."""

from __future__ import annotations

import io
import json
import os
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pypdf import PdfReader

from common import limited
from common.limited import MIB
from reports.pdf import engine
from reports.pdf.engine import Limits, PdfDocument, RenderFailed, render, render_to
from reports.pdf.reasons import Reason

CSS = "@page { size: A4 } html { font: 14pt Tinos }"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">%s</svg>'
CHART = SVG % '<text y="20" font-family="Tinos" font-size="12">Kim ngạch</text>'
MOMENT = datetime(2019, 12, 20, 8, 30, tzinfo=UTC)


def page(body: str, head: str = "", **changes: object) -> PdfDocument:
    document = PdfDocument(
        html=f'<!DOCTYPE html><html lang="vi"><head>{head}</head><body>{body}</body></html>',
        css=CSS,
        charts={"trade": CHART},
        title="Báo cáo năm 2019",
        author="Sở Ngoại vụ",
        subject="Kết quả công tác đối ngoại",
        keywords=("đối ngoại", "Lạng Sơn"),
        created=MOMENT,
        modified=MOMENT,
        identifier="report-1",
    )
    return replace(document, **changes)


def reason_of(document: PdfDocument, limits: Limits | None = None) -> Reason:
    with pytest.raises(RenderFailed) as failure:
        render(document, limits=limits)
    assert failure.value.message
    return failure.value.reason_code


HELLO = page('<h1>Báo cáo</h1><p>Ủy ban nhân dân</p><img src="report-chart:trade" alt="Biểu đồ">')


def test_the_same_document_gives_the_same_bytes() -> None:
    first, second = render(HELLO), render(HELLO)
    assert first.content == second.content
    assert first.sha256 == second.sha256
    assert first.pages == 1
    assert set(first.stages) == {"fonts", "import", "layout", "write"}


def test_the_pdf_is_archivable_tagged_and_describes_itself() -> None:
    reader = PdfReader(io.BytesIO(render(HELLO).content))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("vi", True)
    assert {"/StructTreeRoot", "/OutputIntents", "/Metadata", "/Outlines"} <= set(root)
    assert not reader.attachments
    assert b'pdfaid:part="3"' in root["/Metadata"].get_data()
    assert b'pdfaid:conformance="A"' in root["/Metadata"].get_data()
    metadata = reader.metadata
    assert metadata is not None
    assert metadata.title == "Báo cáo năm 2019"
    assert metadata.author == "Sở Ngoại vụ"
    assert metadata.subject == "Kết quả công tác đối ngoại"
    assert metadata["/Keywords"] == "đối ngoại, Lạng Sơn"
    assert metadata.creation_date == metadata.modification_date == MOMENT


def test_text_of_the_page_and_of_the_chart_stays_text_and_is_composed() -> None:
    decomposed = page(
        '<p>U\u0309Y BAN NH\u00c2N D\u00c2N</p><img src="report-chart:trade" alt="x">'
    )
    text = PdfReader(io.BytesIO(render(decomposed).content)).pages[0].extract_text()
    assert "ỦY BAN NHÂN DÂN" in text
    assert "Kim ngạch" in text


def test_dates_without_a_time_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        replace(HELLO, created=datetime(2019, 12, 20))  # noqa: DTZ001


class Canary:
    """A server on this machine that nobody may call."""

    def __init__(self) -> None:
        self.hits = 0
        canary = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                canary.hits += 1
                self.send_response(200)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    canary = Canary()
    yield canary
    canary.server.shutdown()
    canary.server.server_close()


LEAKS = {
    "image": page('<img src="http://HOST/x.png" alt="x">'),
    "image without scheme": page('<img src="//HOST/x.png" alt="x">'),
    "image from a relative address": page('<img src="x.png" alt="x">'),
    "image from a base": page('<img src="x.png" alt="x">', head='<base href="http://HOST/">'),
    "object": page('<object data="http://HOST/x.svg"></object>'),
    "embed": page('<embed src="http://HOST/x.svg">'),
    "stylesheet link": page("x", head='<link rel="stylesheet" href="http://HOST/x.css">'),
    "attachment link": page("x", head='<link rel="attachment" href="http://HOST/x">'),
    "attachment anchor": page('<a rel="attachment" href="http://HOST/x">x</a>'),
    "import in a style": page("x", head='<style>@import "http://HOST/x.css";</style>'),
    "import in the sheet": page("x", css='@import "http://HOST/x.css";' + CSS),
    "font": page(
        "x", head="<style>@font-face { font-family: Z; src: url(http://HOST/x.ttf) }</style>"
    ),
    "background": page('<p style="background: url(http://HOST/x.png)">x</p>'),
    "generated content": page("<p>x</p>", css='p::before { content: url("http://HOST/x.png") }'),
    "list mark": page("<ul style=\"list-style: url('http://HOST/x.png')\"><li>x</ul>"),
    "inline svg": page('<svg width="9" height="9"><image href="http://HOST/x.png"/></svg>'),
    "svg in a chart": page(
        '<img src="report-chart:trade" alt="x">',
        charts={"trade": SVG % '<image href="http://HOST/x.png" width="9" height="9"/>'},
    ),
    "file": page('<img src="file:///etc/hostname" alt="x">'),
    "file sheet": page("x", head='<link rel="stylesheet" href="file:///etc/hostname">'),
    "data": page('<img src="data:image/svg+xml,%3Csvg/%3E" alt="x">'),
    "ftp": page('<img src="ftp://HOST/x.png" alt="x">'),
    "unknown chart": page('<img src="report-chart:other" alt="x">'),
}


@pytest.mark.parametrize("name", LEAKS)
def test_an_address_that_is_not_ours_ends_the_rendering_unfetched(
    name: str, canary: Canary
) -> None:
    leak = LEAKS[name]
    leak = replace(
        leak,
        html=leak.html.replace("HOST", canary.host),
        css=leak.css.replace("HOST", canary.host),
        charts={key: svg.replace("HOST", canary.host) for key, svg in leak.charts.items()},
    )
    assert reason_of(leak) is Reason.BAD_ADDRESS
    assert canary.hits == 0


def test_a_symbol_outside_a_chart_is_not_fetched(canary: Canary) -> None:
    svg = SVG % f'<use href="http://{canary.host}/x.svg#a"/>'
    render(page('<img src="report-chart:trade" alt="x">', charts={"trade": svg}))
    assert canary.hits == 0


def test_a_chart_that_cannot_be_drawn_is_not_left_out() -> None:
    broken = page('<img src="report-chart:trade" alt="x">', charts={"trade": "<svg"})
    assert reason_of(broken) is Reason.BROKEN


def test_a_layout_without_end_is_ended() -> None:
    endless = '<div style="display: flex">' * 12 + "x" + "</div>" * 12
    assert reason_of(page(endless), Limits(cpu_seconds=3)) is Reason.TOO_LONG
    assert reason_of(page(endless), Limits(seconds=3)) is Reason.TOO_LONG
    assert render(HELLO).pages == 1


def test_a_page_that_needs_too_much_memory_is_refused() -> None:
    long = page("x" * 10_000_000)
    assert reason_of(long, Limits(memory_bytes=340 * MIB)) is Reason.TOO_LARGE


def test_a_page_nested_too_deep_is_refused() -> None:
    assert reason_of(page("<div>" * 2000 + "x" + "</div>" * 2000)) is Reason.TOO_LARGE


def test_a_file_larger_than_allowed_is_refused() -> None:
    assert reason_of(HELLO, Limits(output_bytes=1000)) is Reason.TOO_LARGE


def test_a_full_disk_is_named() -> None:
    with pytest.raises(RenderFailed) as failure:
        render_to(Path("/dev/full"), HELLO)
    assert failure.value.reason_code is Reason.DISK_FULL


def test_no_room_for_a_working_folder_is_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.tempfile, "tempdir", "/nonexistent")
    assert reason_of(HELLO) is Reason.DISK_FULL


def test_a_missing_font_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "fonts.conf"
    empty.write_text("<fontconfig></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(empty))
    assert reason_of(HELLO) is Reason.NO_FONT


def test_a_missing_face_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    for face in tinos_files():
        if face.stem != "Tinos-BoldItalic":
            (fonts / face.name).symlink_to(face)
    partial = tmp_path / "fonts.conf"
    partial.write_text(f"<fontconfig><dir>{fonts}</dir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(partial))
    assert reason_of(HELLO) is Reason.NO_FONT


def tinos_files() -> list[Path]:
    listed = subprocess.run(
        ["fc-list", "--format", "%{file}\n", "Tinos"], capture_output=True, text=True, check=True
    )
    return [Path(line) for line in listed.stdout.split()]


def test_letters_the_font_lacks_are_named() -> None:
    with pytest.raises(RenderFailed) as failure:
        render(page("<p>Quảng Tây (&#24191;西)</p>"))
    assert failure.value.reason_code is Reason.NO_LETTER
    assert failure.value.detail == "广 西"


def test_another_font_is_an_error() -> None:
    assert reason_of(page("x", css="html { font-family: sans-serif }")) is Reason.OTHER_FONT


def test_the_child_sees_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    monkeypatch.setenv("SECRET_KEY", "secret")
    assert "secret" not in json.dumps(limited.environment())
    assert os.environ["PATH"] == limited.environment()["PATH"]


def test_every_reason_has_its_words() -> None:
    assert set(engine.MESSAGES) == set(Reason)
