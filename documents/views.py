"""Source documents: the list, one document, its form and its file."""

from __future__ import annotations

import logging
import mimetypes
from collections.abc import Callable
from copy import copy
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.db.models.functions import Coalesce, ExtractYear
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from common.numbers import format_number
from documents.actions import add_document, change_document, may_change, refuse_change
from documents.forms import DocumentFilter, DocumentForm
from documents.models import SourceDocument

logger = logging.getLogger(__name__)

PER_PAGE = 30


@requires(Verb.READ)
def document_list(request: SignedInRequest) -> HttpResponse:
    latest_first = SourceDocument.objects.order_by(
        Coalesce(ExtractYear("issued_on"), F("issued_year")).desc(nulls_last=True),
        F("issued_on").desc(nulls_last=True),
        "pk",
    )
    chosen = DocumentFilter(request.GET, queryset=latest_first)
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {"filter": chosen, "page": page, "may_add": request.user.may(Verb.ENTER)}
    return render(request, "documents/list.html", context)


@requires(Verb.READ)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(SourceDocument.objects.select_related("added_by"), pk=pk)
    figures = document.figures.current().visible_to(request.user).select_related("period", "agency")
    rows = [
        {"figure": figure, "text": _shown(figure)}
        for figure in figures.order_by("-period__year", "indicator", "side")
    ]
    context = {"document": document, "rows": rows, "may_change": may_change(document, request.user)}
    return render(request, "documents/detail.html", context)


def _shown(figure: Any) -> str:
    if figure.value_given:
        return figure.value_given
    return format_number(figure.value) if figure.value is not None else figure.get_state_display()


@requires(Verb.ENTER)
def add(request: SignedInRequest) -> HttpResponse:
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        document = _stored(form, lambda: add_document(by=request.user, **form.content()))
        if document:
            messages.success(request, _("The document has been added."))
            return redirect("documents:detail", document.pk)
    return _form_page(request, form)


@requires(Verb.ENTER)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(SourceDocument, pk=pk)
    refuse_change(document, request.user)
    # The form writes into its instance while it checks: it gets a copy of its own.
    form = DocumentForm(request.POST or None, request.FILES or None, instance=copy(document))
    if request.method == "POST" and form.is_valid():
        stored = _stored(form, lambda: change_document(document, by=request.user, **form.content()))
        if stored:
            messages.success(request, _("The document has been changed."))
            return redirect("documents:detail", pk)
    return _form_page(request, form, document)


@requires(Verb.READ)
def file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The file as a download: never rendered under the portal's own address."""
    document = get_object_or_404(SourceDocument, pk=pk)
    try:
        content = document.file.open("rb")
    except (ValueError, OSError) as error:  # no file at all, or gone from the disk
        raise Http404(_("The file of this document is not in the store.")) from error
    response = FileResponse(
        content,
        as_attachment=True,
        filename=document.file_name,
        content_type=mimetypes.guess_type(document.file_name)[0] or "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def _stored(form: DocumentForm, save: Callable[[], SourceDocument]) -> SourceDocument | None:
    """Save, or say on the form why the disk did not take the file."""
    try:
        return save()
    except OSError:
        logger.exception("the file of a document could not be written")
        form.add_error(
            "file",
            _(
                "The server could not store the file; nothing was saved. Try again without the "
                "file, and tell the administrator."
            ),
        )
        return None


def _form_page(
    request: SignedInRequest, form: DocumentForm, document: SourceDocument | None = None
) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "document": document}
    return render(request, "documents/form.html", context, status=status)
