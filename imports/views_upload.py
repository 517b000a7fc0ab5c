"""What is done with one import: answering, choosing, confirming, undoing, giving up."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from imports import pipeline, showing
from imports.contract import Choice
from imports.forms import AnswerForm
from imports.models import Upload
from imports.opening import Refused
from imports.views import upload_or_404, upload_page


@requires(Verb.IMPORT)
@require_POST
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which sheet, which column is what, how numbers and dates are meant."""
    upload, source = upload_or_404(request.user, pk)
    sheet = request.POST.get("sheet")
    if sheet:
        return _do(request, upload, lambda: pipeline.answer(upload, by=request.user, sheet=sheet))
    form = AnswerForm(request.POST, upload=upload, source=source)
    if not form.is_valid():
        return upload_page(request, upload, source, form, status=422)
    return _do(
        request,
        upload,
        lambda: pipeline.answer(
            upload, by=request.user, matching=form.matching, answers=form.answers
        ),
    )


@requires(Verb.IMPORT)
@require_POST
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """What happens to duplicates: to one row, or to all of them."""
    upload, source = upload_or_404(request.user, pk)
    row = request.POST.get("row", "")
    try:
        choice = Choice(request.POST.get("choice", ""))
        rows = [int(row)] if row else None
    except ValueError as error:
        raise Http404(_("There is no such choice.")) from error
    try:
        pipeline.choose(upload, by=request.user, choice=choice, rows=rows)
    except Refused as refusal:
        messages.error(request, str(refusal))
    if request.htmx:
        return upload_page(request, upload, source)
    return redirect("imports:show", pk)


@requires(Verb.IMPORT)
@require_POST
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write what was previewed; the token proves that this person saw this file's preview."""
    upload, _source = upload_or_404(request.user, pk)
    token, only_good = request.POST.get("token", ""), "only_good" in request.POST
    return _do(
        request,
        upload,
        lambda: pipeline.confirm(upload, by=request.user, token=token, only_good=only_good),
    )


@requires(Verb.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Says on GET what would go back and what would stay; on POST takes the import back."""
    upload, source = upload_or_404(request.user, pk)
    if request.method == "POST":
        return _do(request, upload, lambda: pipeline.undo(upload, by=request.user))
    context = {"upload": upload, "source": source}
    try:
        undone = pipeline.foresee(upload, by=request.user)
    except Refused as refusal:
        return render(request, "imports/undo.html", context | {"refusal": str(refusal)})
    context |= {"undone": undone.undone, "kept": len(undone.kept)}
    context["groups"] = showing.left(undone.kept, request.user)
    return render(request, "imports/undo.html", context)


@requires(Verb.IMPORT)
@require_POST
def mark(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have the faults marked in the person's own workbook; the page shows how far it is."""
    upload, _source = upload_or_404(request.user, pk)
    return _do(request, upload, lambda: pipeline.mark(upload, by=request.user))


@requires(Verb.IMPORT)
@require_POST
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a file up that was not imported."""
    upload, _source = upload_or_404(request.user, pk)
    try:
        pipeline.discard(upload, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("imports:show", pk)
    messages.success(
        request, _("“%(name)s” was put aside; nothing was imported.") % {"name": upload.file_name}
    )
    return redirect("imports:index")


@requires(Verb.IMPORT)
@require_POST
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Try the step again that failed."""
    upload, _source = upload_or_404(request.user, pk)
    return _do(request, upload, lambda: pipeline.again(upload, by=request.user))


def _do(request: SignedInRequest, upload: Upload, action: Callable[[], object]) -> HttpResponse:
    """Do it, or say why not; either way the import's page shows what came of it."""
    try:
        action()
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("imports:show", upload.pk)
