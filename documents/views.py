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
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import SignedInRequest, requires
from accounts.models import User
from accounts.roles import Verb
from common.downloads import send
from common.numbers import format_number
from documents.actions import (
    ChangedMeanwhile,
    add_document,
    change_document,
    may_change,
    refuse_change,
    same_documents,
)
from documents.forms import DocumentFilter, DocumentForm, ShortDocumentForm
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
    shown = SourceDocument.objects.filter(pk__in=[document.pk for document in page])
    context = {
        "filter": chosen,
        "page": page,
        "may_add": request.user.may(Verb.ENTER),
        "open_files": set(shown.with_file_open_to(request.user).values_list("pk", flat=True)),
    }
    return render(request, "documents/list.html", context)


@requires(Verb.READ)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(SourceDocument.objects.select_related("added_by"), pk=pk)
    figures = document.figures.current().visible_to(request.user).select_related("period", "agency")
    rows = [
        {"figure": figure, "text": _shown(figure)}
        for figure in figures.order_by("-period__year", "indicator", "side")
    ]
    context = {
        "document": document,
        "rows": rows,
        "may_change": may_change(document, request.user),
        "file_open": _file_open(document, request.user),
    }
    return render(request, "documents/detail.html", context)


def openable(user: User, pk: int) -> SourceDocument:
    """A document whose file is open to this person; Http404 for any other."""
    document = get_object_or_404(SourceDocument, pk=pk)
    if not _file_open(document, user):
        raise Http404(
            _(
                "This file is open to who added it, to the agencies whose figures rest on it, "
                "and to those who read the figures of all agencies."
            )
        )
    return document


def _file_open(document: SourceDocument, user: User) -> bool:
    return SourceDocument.objects.with_file_open_to(user).filter(pk=document.pk).exists()


def _shown(figure: Any) -> str:
    if figure.value_given:
        return str(figure.given)
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
def add_beside(request: SignedInRequest) -> HttpResponse:
    """Adding a document without leaving the work: a short form in a dialog.

    201 names the stored document as JSON; 422 is the form with what is wrong;
    409 offers the documents that seem to be the same one.
    """
    if request.method != "POST":
        form = ShortDocumentForm(initial={"issuer": request.GET.get("issuer", "")[:200]})
        return render(request, "documents/_short_form.html", {"form": form})
    form = ShortDocumentForm(request.POST, request.FILES)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        same = [] if "anyway" in request.POST else list(same_documents(**form.content())[:5])
        if same:
            context["same"] = same
            return render(request, "documents/_short_form.html", context, status=409)
        document = _stored(form, lambda: add_document(by=request.user, **form.content()))
        if document:
            answer = {"id": document.pk, "label": document.citation}
            return JsonResponse(answer, status=201)
    return render(request, "documents/_short_form.html", context, status=422)


@requires(Verb.ENTER)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(SourceDocument, pk=pk)
    refuse_change(document, request.user)
    # The form writes into its instance while it checks: it gets a copy of its own.
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        instance=copy(document),
        initial={"seen": document.version},
    )
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            stored = _stored(
                form,
                lambda: change_document(document, by=request.user, seen=seen, **form.content()),
            )
        except ChangedMeanwhile as conflict:
            differences = form.differences(conflict.current)
            form.build_upon(conflict.current)
            return _form_page(request, form, conflict.current, differences)
        if stored:
            messages.success(request, _("The document has been changed."))
            return redirect("documents:detail", pk)
    return _form_page(request, form, document)


@requires(Verb.READ)
def file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The file as a download, for those it is open to."""
    document = openable(request.user, pk)
    content_type = mimetypes.guess_type(document.file_name)[0] or "application/octet-stream"
    return send(document.file, document.file_name, content_type)


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
    request: SignedInRequest,
    form: DocumentForm,
    document: SourceDocument | None = None,
    differences: list[tuple[str, str, str]] | None = None,
) -> HttpResponse:
    """The form, with what somebody else stored meanwhile where ``differences`` is given."""
    status = 409 if differences is not None else 422 if form.errors else 200
    context = {"form": form, "document": document, "differences": differences}
    return render(request, "documents/form.html", context, status=status)
