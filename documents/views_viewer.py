"""A document's file beside the work: what is in it, and its pages as pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.formats import get_format
from django.views.decorators.http import require_GET

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from documents import viewing
from documents.views import openable


@requires(Verb.READ)
@require_GET
def content(request: SignedInRequest, pk: int) -> HttpResponse:
    """The viewer of one file as a fragment; why it is not shown, where it is not."""
    document = openable(request.user, pk)
    context: dict[str, Any] = {"document": document}
    try:
        inside = viewing.look_inside(document)
    except viewing.CannotShow as refused:
        context["message"] = refused.message
    else:
        context |= {"inside": inside, "sheets": [_Sheet(sheet) for sheet in inside.sheets]}
    return render(request, "documents/_viewer.html", context)


@requires(Verb.READ)
@require_GET
def page(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """One page as a picture.

    The browser keeps it but asks each time: who may open the file can change,
    the picture of a page cannot.
    """
    document = openable(request.user, pk)
    etag = f'"{viewing.FORM}-{document.file_sha256}-{number}"'
    answer: HttpResponse | None = get_conditional_response(request, etag=etag)
    if answer is None:
        try:
            drawn = viewing.picture(document, number)
        except viewing.CannotShow as refused:
            return JsonResponse({"message": refused.message}, status=422)
        answer = HttpResponse(drawn, content_type="image/webp", headers={"ETag": etag})
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


class _Sheet:
    """A sheet as the template shows it: with the rows' numbers and the columns' letters."""

    def __init__(self, sheet: dict[str, Any]) -> None:
        self.name: str = sheet["name"]
        self.is_cut: bool = sheet["is_cut"]
        self._rows: list[list[Any]] = sheet["rows"]
        self._first_row: int = sheet["first_row"]
        first, width = sheet["first_column"], max(map(len, self._rows), default=0)
        self.columns = [_letters(first + place) for place in range(width)]

    def rows(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        point = get_format("DECIMAL_SEPARATOR")
        for number, row in enumerate(self._rows, self._first_row + 1):
            # A number is in a list. Its groups are not marked: it may be a year or a code.
            yield (
                number,
                [
                    {"text": cell[0].replace(".", point), "is_number": True}
                    if isinstance(cell, list)
                    else {"text": cell, "is_number": False}
                    for cell in row
                ],
            )


def _letters(column: int) -> str:
    """A, B, …, Z, AA, AB, … as spreadsheets call their columns."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
