"""Error pages: where, why, and what to do next; never a trace."""

from __future__ import annotations

import sys

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _answer(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    if not request.accepts("text/html") or "HX-Request" in request.headers:
        return JsonResponse({"message": message}, status=status)
    context = {"status": status, "title": title, "message": message}
    return render(request, "error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(
        request, 400, _("The request cannot be read"), _("Go back to the page and try again.")
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    message = str(exception) or _(
        "Your roles do not include this. Please contact the administrator."
    )
    return _answer(request, 403, _("No right to open this page"), message)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    said = exception.args[0] if isinstance(exception, Http404) and exception.args else ""
    ours = isinstance(said, str) and said and "matches the given query" not in said
    message = said if ours else _("Check the address, or use the menu.")
    return _answer(request, 404, _("There is nothing here"), message)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the database: it may be what failed."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError):
        title = _("The database cannot be reached")
        message = _("Nothing was saved half. Please try again in a minute.")
        return render(None, "error_bare.html", {"title": title, "message": message}, status=503)
    title = _("An error in the portal")
    message = _("Nothing was saved half. Tell the administrator what you were doing.")
    return render(None, "error_bare.html", {"title": title, "message": message}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(
        request,
        403,
        _("The page is too old"),
        _("Reload the page and send again; the session may have ended meanwhile."),
    )
