"""What only lists of people and agencies need: the list there is, and slips of new accounts."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from imports import showing
from imports.declarations import source_of
from imports.models import Upload
from imports.people import slips as account_slips
from imports.people.users import UserSource
from imports.views import XLSX, upload_or_404


@requires(Verb.MANAGE)
@require_GET
def listed(request: SignedInRequest, source: str) -> HttpResponse:
    """What is there, as a workbook that can be corrected and imported again."""
    found = source_of(source, request.user)
    if found is None or not showing.place(found).has_list:
        raise Http404(_("There is no such list."))
    response = HttpResponse(found.listed(by=request.user), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="danh-sach-{found.code}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@requires(Verb.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks on GET; on POST draws passwords and shows the slips this once."""
    upload, source = upload_or_404(request.user, pk)
    if not isinstance(source, UserSource) or upload.state != Upload.State.DONE:
        raise Http404(_("This import has no account slips."))
    sheets = account_slips.draw(upload, by=request.user) if request.method == "POST" else []
    context = {
        "upload": upload,
        "source": source,
        "sheets": sheets,
        "drawn": sum(map(len, sheets)),
        "waiting": account_slips.waiting(upload),
        "people": account_slips.people(upload).count(),
        "address": request.build_absolute_uri("/"),
        "at_once": account_slips.AT_ONCE,
    }
    name = "imports/slips_paper.html" if sheets else "imports/slips.html"
    response = render(request, name, context)
    response["Cache-Control"] = "private, no-store"
    return response
