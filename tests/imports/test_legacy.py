"""Text typed with the fonts of before Unicode: known words, and what must stay as it is."""

from __future__ import annotations

import unicodedata

import pytest

from imports import legacy
from imports.legacy import TCVN3, VNI
from tests.imports import books

# As they stand in files: a word in the old code, and what it says.
KNOWN = {
    TCVN3: [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("Uû ban nh©n d©n tØnh L¹ng S¬n", "Uỷ ban nhân dân tỉnh Lạng Sơn"),
        ("Kim ng¹ch xuÊt khÈu", "Kim ngạch xuất khẩu"),
        ("Tæng céng", "Tổng cộng"),
        ("­íc thùc hiÖn n¨m 2019", "ước thực hiện năm 2019"),
        ("®oµn ra, ®oµn vµo", "đoàn ra, đoàn vào"),
        ("cöa khÈu H÷u NghÞ", "cửa khẩu Hữu Nghị"),
        ("TæNG CéNG Hµ Néi", "TỔNG CỘNG Hà Nội"),
    ],
    VNI: [
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("Uyû ban nhaân daân tænh Laïng Sôn", "Uỷ ban nhân dân tỉnh Lạng Sơn"),
        ("Kim ngaïch xuaát khaåu", "Kim ngạch xuất khẩu"),
        ("TOÅNG COÄNG", "TỔNG CỘNG"),
        ("öôùc thöïc hieän naêm 2019", "ước thực hiện năm 2019"),
        ("ñoaøn ra, ñoaøn vaøo", "đoàn ra, đoàn vào"),
        ("cöûa khaåu Höõu Nghò", "cửa khẩu Hữu Nghị"),
    ],
}
LETTERS = [
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
] + ["đ"]


@pytest.mark.parametrize(
    ("encoding", "written", "meant"),
    [(encoding, *pair) for encoding, pairs in KNOWN.items() for pair in pairs],
)
def test_known_words_are_converted(encoding, written, meant):
    assert legacy.convert(written, encoding) == meant


@pytest.mark.parametrize("encoding", [TCVN3, VNI])
@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_comes_back(encoding, letter):
    assert legacy.convert(books.old(letter, encoding), encoding) == letter


@pytest.mark.parametrize("letter", LETTERS)
def test_every_capital_of_vni_comes_back(letter):
    assert legacy.convert(books.old(letter.upper(), VNI), VNI) == letter.upper()


@pytest.mark.parametrize("encoding", [TCVN3, VNI])
def test_the_encoding_is_recognised(encoding):
    assert legacy.recognise([written for written, _meant in KNOWN[encoding]]) == encoding


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["KNXK", "2.550", "abc"],
        ["Tổng cộng", "Kim ngạch xuất khẩu", "và", "là", "có"],
        ["café", "naïve", "façade", "Zürich", "Köln", "São Paulo", "Côte d'Ivoire"],
        ["°C", "m²", "±5", "50 €", "§ 12", "½"],
        ["中国", "Россия"],
    ],
)
def test_other_text_is_not_taken_for_it(texts):
    assert legacy.recognise(texts) == ""


def test_text_in_unicode_stays_beside_old_text():
    texts = ["Tổng cộng", "Hà", "Tæng céng", "Kim ng¹ch"]
    assert legacy.converted(texts, TCVN3) == {"Tæng céng": "Tổng cộng", "Kim ng¹ch": "Kim ngạch"}


def test_where_all_is_old_short_words_are_converted_too():
    assert legacy.converted(["Lµo", "vÒ", "Tæng céng"], TCVN3) == {
        "Lµo": "Lào", "vÒ": "về", "Tæng céng": "Tổng cộng",
    }  # fmt: skip
