"""The first page of imports, templates to fill in, and one import through its states."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import SignedInRequest, requires
from accounts.models import User
from accounts.roles import Verb
from common import downloads
from imports import pipeline, showing
from imports.contract import Source
from imports.declarations import all_of, open_to, source_of
from imports.forms import AnswerForm, UploadForm
from imports.models import MarkedWorkbook, Upload
from imports.opening import Refused

PER_PAGE = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Verb.IMPORT)
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Choosing where a file goes, its template, the file; below it the imports so far."""
    chosen = request.GET.get("vao", "")
    form = UploadForm(sources=open_to(request.user), initial={"source": chosen})
    return _index_page(request, form, chosen)


@requires(Verb.IMPORT)
@require_POST
def receive(request: SignedInRequest) -> HttpResponse:
    """Take a file in; the page that follows shows it being read."""
    sources = open_to(request.user)
    form = UploadForm(request.POST, request.FILES, sources=sources)
    if form.is_valid():
        source = sources[form.cleaned_data["source"]]
        file, corrects = form.cleaned_data["file"], _corrected(request)
        try:
            upload = pipeline.receive(file, source=source, by=request.user, corrects=corrects)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("imports:show", upload.pk)
    return _index_page(request, form, form.cleaned_data.get("source", ""), status=422)


def _corrected(request: SignedInRequest) -> Upload | None:
    """The person's own import at whose page a corrected file was uploaded."""
    said = request.POST.get("corrects", "")
    if not said.isdecimal() or len(said) > 18:
        return None
    return Upload.objects.of(request.user).filter(pk=said).first()


def _index_page(
    request: SignedInRequest, form: UploadForm, chosen: str, status: int = 200
) -> HttpResponse:
    mine = all_of(request.user)
    sources = {code: source for code, source in mine.items() if not source.refusal()}
    uploads = Upload.objects.of(request.user).select_related("job")
    page = Paginator(uploads, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "groups": showing.grouped(sources),
        "chosen": showing.place(sources[chosen]) if chosen in sources else None,
        "page": page,
        "uploads": [showing.Listed(upload, mine.get(upload.source)) for upload in page],
    }
    return render(request, "imports/index.html", context, status=status)


@requires(Verb.IMPORT)
@require_GET
def template(request: SignedInRequest, source: str) -> HttpResponse:
    """A workbook to fill in, made for who asks."""
    found = source_of(source, request.user)
    if found is None or found.refusal() or not showing.place(found).has_template:
        raise Http404(_("There is no such template."))
    response = HttpResponse(found.template(by=request.user), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="bieu-mau-{found.code}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@requires(Verb.IMPORT)
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One import: being read, asking, previewed, written, undone."""
    upload, source = upload_or_404(request.user, pk)
    return upload_page(request, upload, source)


@requires(Verb.IMPORT)
@require_GET
def original(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The file as it came."""
    upload, _source = upload_or_404(request.user, pk)
    return downloads.send(upload.file, upload.file_name, "application/octet-stream")


@requires(Verb.IMPORT)
@require_GET
def marked_workbook(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The person's own workbook back, faulty cells coloured and commented."""
    upload, _source = upload_or_404(request.user, pk)
    marked = MarkedWorkbook.objects.filter(upload=upload).exclude(file="").first()
    if marked is None:
        raise Http404(_("The faults of this file have not been marked."))
    return downloads.send(marked.file, showing.marked_name(upload.file_name), XLSX)


def upload_or_404(user: User, pk: int) -> tuple[Upload, Source]:
    """An import of this person into something they may still import into."""
    upload = Upload.objects.of(user).select_related("job", "by", "undone_by").filter(pk=pk).first()
    source = source_of(upload.source, user) if upload else None
    if upload is None or source is None:
        raise Http404(_("There is no such import."))
    return upload, source


def upload_page(
    request: SignedInRequest,
    upload: Upload,
    source: Source,
    form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of an import, or the part of it a fragment asks for."""
    target = request.htmx.target if request.htmx else None
    if target == "marked":
        return render(
            request, "imports/_marked.html", showing.marking(upload) | {"was_awaited": True}
        )
    context: dict[str, Any] = showing.context(upload, source, request.user, request.GET, form)
    names = {"upload": "imports/_upload.html", "preview": "imports/_preview.html"}
    return render(request, names.get(target or "", "imports/upload.html"), context, status=status)
