"""A list as a file: exactly what the address filters, less what a label holds back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from registers.addresses import register_or_404
from registers.lists import order
from registers.sheets.export import XLSX_ROWS, as_csv, as_xlsx
from registers.sheets.resources import resource_of
from registers.views_list import SORT, filtered

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Verb.EXPORT)
@require_GET
def export(request: SignedInRequest, slug: str, kind: str) -> HttpResponseBase:
    register = register_or_404(slug, request.user)
    if kind not in ("xlsx", "csv"):
        raise Http404(_("Lists are exported as XLSX or CSV."))
    by = order(register, request.GET.get(SORT, ""))
    rows: Any = filtered(request, register).qs
    found = rows.exportable_by(request.user).order_by(*by.by())
    resource = resource_of(register.code)()
    with_demo = found.filter(is_demo=True).exists()
    name = f"{register.slug}-{timezone.localdate():%Y%m%d}.{kind}"
    if kind == "csv":
        lines = as_csv(found, resource, with_demo=with_demo)
        answer: HttpResponseBase = StreamingHttpResponse(
            lines, content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    elif found.order_by()[: XLSX_ROWS + 1].count() > XLSX_ROWS:
        messages.error(
            request,
            _(
                "A workbook takes at most %(count)s rows here. Narrow the filter, "
                "or take the CSV file, which has no such bound."
            )
            % {"count": XLSX_ROWS},
        )
        return redirect(f"{reverse('registers:list', args=[slug])}?{request.GET.urlencode()}")
    else:
        book = as_xlsx(found, resource, with_demo=with_demo)
        answer = FileResponse(book, as_attachment=True, filename=name, content_type=XLSX_TYPE)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
