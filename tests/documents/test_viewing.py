"""A document's file beside the work: what is shown, to whom, and what is not done with it."""

from __future__ import annotations

import io
import unicodedata

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from documents import actions, viewing
from documents.models import SourceDocument
from tests import sources

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["viewing"].clear()


@pytest.fixture
def stored(desk):
    """A document with this file, as it lies on the disk."""

    def store(name: str, content: bytes) -> SourceDocument:
        upload = SimpleUploadedFile(name, content)
        return actions.add_document(by=desk, subject="Báo cáo", kind="report", file=upload)

    return store


def address(document: SourceDocument, rest: str = "noi-dung/") -> str:
    return f"/van-ban-nguon/{document.pk}/{rest}"


def text_of(answer) -> str:
    return unicodedata.normalize("NFC", answer.content.decode())


def shown(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


# --- what is shown ----------------------------------------------------------------


def test_a_pdf_is_shown_page_by_page(client_of, desk, stored):
    document = stored("báo cáo.pdf", sources.pdf(3))
    assert 'data-pages="3"' in text_of(client_of(desk).get(address(document)))
    answer = client_of(desk).get(address(document, "trang/2/"))
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    width, height = shown(answer.content).size
    assert (round(height / width, 2), width > 1500) == (1.41, True)


def test_a_page_once_drawn_is_not_drawn_again(client_of, desk, stored, monkeypatch):
    document = stored("báo cáo.pdf", sources.pdf(3))
    first = client_of(desk).get(address(document, "trang/1/"))
    monkeypatch.setattr(viewing.limited, "run", pytest.fail)
    again = client_of(desk).get(address(document, "trang/1/"))
    assert again.content == first.content
    known = {"If-None-Match": first["ETag"]}
    assert client_of(desk).get(address(document, "trang/1/"), headers=known).status_code == 304


def test_another_file_is_another_picture(client_of, desk, stored):
    document = stored("a.pdf", sources.pdf(3))
    first = client_of(desk).get(address(document, "trang/1/"))
    actions.change_document(
        document,
        by=desk,
        seen=document.version,
        file=SimpleUploadedFile("a.jpg", sources.photograph()),
    )
    known = {"If-None-Match": first["ETag"]}
    answer = client_of(desk).get(address(document, "trang/1/"), headers=known)
    assert answer.status_code == 200 and answer.content != first.content


@pytest.mark.parametrize(("orientation", "red"), [(1, "top"), (3, "bottom"), (6, "right")])
def test_a_photograph_is_shown_upright(client_of, desk, stored, orientation, red):
    document = stored("ảnh.jpg", sources.photograph(orientation=orientation))
    picture = shown(client_of(desk).get(address(document, "trang/1/")).content)
    width, height = picture.size
    places = {
        "top": (width // 2, 9),
        "bottom": (width // 2, height - 9),
        "right": (width - 9, height // 2),
    }
    opposite = {"top": "bottom", "bottom": "top", "right": "left"}[red]
    places["left"] = (9, height // 2)
    assert picture.getpixel(places[red])[1] < 90 < picture.getpixel(places[opposite])[1]


def test_a_large_photograph_is_made_smaller(client_of, desk, stored):
    document = stored("ảnh.jpg", sources.photograph(size=(6000, 4000)))
    width, height = shown(client_of(desk).get(address(document, "trang/1/")).content).size
    assert width * height < 4_000_000 and round(width / height, 1) == 1.5


def test_word_is_shown_as_plain_text_and_tables(client_of, desk, stored):
    body = sources.paragraph("Kim ngạch &lt;script&gt;alert(1)&lt;/script&gt;")
    body += sources.word_table([["Xuất khẩu", "2.550"]])
    body += (
        '<w:hyperlink r:id="r9"><w:r><w:t>liên kết</w:t></w:r></w:hyperlink>'
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Mục</w:t></w:r></w:p>'
    )
    links = sources._relations().replace(
        "</Relationships>",
        '<Relationship Id="r9" TargetMode="External" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/hyperlink" Target="javascript:alert(1)"/>'
        "</Relationships>",
    )
    text = text_of(client_of(desk).get(address(stored("a.docx", sources.docx(body, links=links)))))
    assert "<td><p>2.550</p></td>" in text and "liên kết" in text
    assert "<script>alert" not in text and "javascript:" not in text


def test_a_workbook_is_shown_sheet_by_sheet(client_of, desk, stored):
    book = sources.xlsx(
        {"Biểu 01": [["Chỉ tiêu", 2019], ["Xuất khẩu", 2550.5]], "Nháp": [["x"]], "B2": [["y"]]},
        hidden=["Nháp"],
    )
    text = text_of(client_of(desk).get(address(stored("a.xlsx", book))))
    assert 'data-of-sheet="Biểu 01"' in text and 'data-of-sheet="B2"' in text
    assert "Nháp" not in text
    assert '<td class="number">2019</td>' in text and '<td class="number">2550,5</td>' in text


# --- to whom -----------------------------------------------------------------------


def test_who_may_not_have_the_file_may_not_look_at_it(client_of, officer, leader, stored):
    document = stored("a.pdf", sources.pdf(3))
    for rest in ("noi-dung/", "trang/1/"):
        assert client_of(officer).get(address(document, rest)).status_code == 404
        assert client_of(leader).get(address(document, rest)).status_code == 200


def test_a_picture_kept_by_the_browser_is_not_for_who_lost_the_right(client_of, officer, stored):
    document = stored("a.pdf", sources.pdf(3))
    etag = f'"{viewing.FORM}-{document.file_sha256}-1"'
    known = {"If-None-Match": etag}
    assert client_of(officer).get(address(document, "trang/1/"), headers=known).status_code == 404


# --- what is not shown --------------------------------------------------------------

ENTITIES = "<!DOCTYPE a [" + "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 20 if n else "x" * 10_000}">' for n in range(7)
)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("mật khẩu.pdf", sources.protected_pdf, "mật khẩu"),
        ("cụt.pdf", lambda: sources.pdf(3)[:3000], "hỏng"),
        ("giả.pdf", lambda: b"%PDF-1.7 <script>alert(1)</script>", "hỏng"),
        ("giả.docx", lambda: sources.xlsx({"A": [["x"]]}), "hỏng"),
        ("giả.xlsx", lambda: sources.package([("a", "b")]), "hỏng"),
        ("giả.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "hỏng"),
        ("cụt.docx", lambda: sources.docx(sources.paragraph("x"))[:-40], "hỏng"),
        ("trống.docx", sources.docx, "không có nội dung"),
        ("cũ.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "không xem được"),
        (
            "bom.docx",
            lambda: sources.docx("", more=[("word/media/a", b"\0" * 300_000_000)]),
            "quá lớn",
        ),
        (
            "bom.xlsx",
            lambda: sources.package((f"xl/{n}.xml", "") for n in range(4000)),
            "quá lớn",
        ),
        (
            "thực thể.docx",
            lambda: sources.docx("", more=[("word/styles.xml", ENTITIES + "]><a>&e6;</a>")]),
            "hỏng",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_shown_says_why(client_of, desk, stored, name, content, said):
    answer = client_of(desk).get(address(stored(name, content())))
    assert answer.status_code == 200
    assert "viewer-message" in text_of(answer) and said in text_of(answer)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bom.png", lambda: sources.png_declaring(50_000, 50_000), "quá lớn"),
        ("cụt.png", lambda: sources.png_declaring(2000, 2000), "hỏng"),
        ("bom.pdf", lambda: sources.pdf_with(b" " * 1_500_000_000), "không đọc được"),
        ("chậm.pdf", lambda: sources.pdf_with(b"0 0 m 595 842 l S\n" * 3_000_000), "xem"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_page_ends_its_reader_and_nothing_else(
    client_of, desk, stored, name, content, said
):
    document = stored(name, content())
    answer = client_of(desk).get(address(document, "trang/1/"))
    assert answer.status_code == 422
    assert said in answer.json()["message"]
    fine = stored("sau.pdf", sources.pdf(3))
    assert client_of(desk).get(address(fine, "trang/1/")).status_code == 200


def test_a_page_of_absurd_size_is_drawn_small(client_of, desk, stored):
    wide = stored("rộng.pdf", sources.pdf_with(b"0 0 m 99 99 l S", size="1000000 1000000"))
    answer = client_of(desk).get(address(wide, "trang/1/"))
    width, height = shown(answer.content).size
    assert width * height < 4_000_000


@pytest.mark.parametrize("number", [0, 4, 10**9])
def test_a_page_that_is_not_there_is_told(client_of, desk, stored, number):
    document = stored("a.pdf", sources.pdf(3))
    answer = client_of(desk).get(address(document, f"trang/{number}/"))
    assert answer.status_code == 422
    assert "không có trang này" in answer.json()["message"]


def test_a_document_without_a_file_says_so(client_of, desk):
    document = actions.add_document(by=desk, subject="Báo cáo giấy")
    assert "chưa có tệp" in text_of(client_of(desk).get(address(document)))


def test_a_file_gone_from_the_disk_is_told(client_of, desk, stored):
    document = stored("a.pdf", sources.pdf(3))
    document.file.storage.delete(document.file.name)
    text = text_of(client_of(desk).get(address(document)))
    assert "Kho lưu trữ không có tệp này" in text


def test_readers_wait_for_one_another_and_not_for_ever(desk, stored, monkeypatch):
    document = stored("a.pdf", sources.pdf(3))
    monkeypatch.setattr(viewing, "PATIENCE", 0.01)
    with viewing._children, viewing._children, pytest.raises(viewing.CannotShow) as refused:
        viewing.look_inside(document)
    assert "phút" in refused.value.message
    assert viewing.look_inside(document).pages == 3
