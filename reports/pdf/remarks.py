"""A remark belongs on the page of its call.

WeasyPrint carries footnotes to a later page when that lets one more line of a
paragraph fit (Kozea/WeasyPrint#2432). No style switches this off, but it never
does so for a paragraph that may not be split. So we look where the remarks
went, hold the paragraphs around such a page break together, and lay out again.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import Any

from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes

ROUNDS = 8
_WHOLE = "orphans: 99"  # more lines than a paragraph has


def keep_with_calls(lay_out: Callable[[], Document]) -> Document:
    """Lay out until every remark stands on the page of its call."""
    document = lay_out()
    for _ in range(ROUNDS):
        paragraphs = list(_paragraphs_to_hold(document.pages))
        if not paragraphs:
            break
        for element in paragraphs:
            element.set("style", _WHOLE)
        document = lay_out()
        gc.collect()  # the layout before this one; the child collects nothing by itself
    return document


def _paragraphs_to_hold(pages: list[Page]) -> Iterator[Any]:
    """The paragraphs around the end of each page that lost a remark, unless held already."""
    calls, notes = _pages_of(pages, "footnote-call"), _pages_of(pages, "footnote-marker")
    for number in sorted({page for note, page in calls.items() if notes.get(note) != page}):
        around = _paragraphs_on(pages[number])[-1:]
        if number + 1 < len(pages):
            around += _paragraphs_on(pages[number + 1])[:3]
        yield from (element for element in around if element.get("style") != _WHOLE)


def _pages_of(pages: list[Page], part: str) -> dict[Any, int]:
    """Element of each remark → index of the page on which that part of it is printed."""
    return {
        box.element: number
        for number, page in enumerate(pages)
        for box in page._page_box.descendants()
        if (box.element_tag or "").endswith(f"::{part}")
    }


def _paragraphs_on(page: Page) -> list[Any]:
    """Elements with lines of text in the flow of the page, from top to bottom."""
    flow = page._page_box.children[0]
    return [
        box.element
        for box in flow.descendants()
        if isinstance(box, boxes.BlockContainerBox)
        and any(isinstance(child, boxes.LineBox) for child in box.children)
    ]
