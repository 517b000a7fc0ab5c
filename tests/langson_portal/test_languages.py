"""The portal speaks Vietnamese to everybody, everywhere; English only where it is chosen."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from django.conf import settings

from accounts.models import Agency
from tests.crawl import Page, foreign_words, walk

# Names and loan words that stand in Vietnamese text as they are.
KNOWN = frozenset(
    # products and languages; names in the texts; a loan word of trade
    ("Excel", "Word", "English", "VietGAP", "Jong", "km", "logistics")
    # what is printed on the keys of a keyboard
    + ("Enter", "Esc", "Ctrl", "Alt", "Tab", "Shift", "Home", "End", "PageUp", "PageDown", "Space")
)


def test_the_syllables_tell_vietnamese_from_english():
    known = frozenset({"Word"})
    assert foreign_words("Xem trong sheet, lưu Word và PDF theo 22-NQ/TW", known) == ["sheet"]
    assert foreign_words("Add another; Save and continue editing", known) == [
        "Add", "another", "Save", "and", "continue", "editing",
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["admin", "desk", "leader", "data_entry", "inspector", "clerk"])
def test_no_page_in_vietnamese_shows_an_english_word(role, published, person, client_of):
    user = person(role, username="thu-nghiem", agency=Agency.objects.get(code="SCT"))
    strange = {
        path: sorted(set(found))
        for path, page in walk(client_of(user))
        if (found := [one for text in Page(page).words for one in foreign_words(text, KNOWN)])
    }
    assert strange == {}


@pytest.mark.parametrize(
    "catalogue", sorted(Path(settings.BASE_DIR).glob("*/locale/*/LC_MESSAGES/django.po")), ids=str
)
def test_no_entry_is_untranslated_or_fuzzy(catalogue: Path):
    entries = polib.pofile(str(catalogue))
    assert [entry.msgid for entry in entries if entry.fuzzy] == []
    assert [entry.msgid for entry in entries if not entry.translated() and not entry.obsolete] == []
