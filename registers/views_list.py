"""The registers, the list of one, and its column totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import SignedInRequest, requires
from accounts.models import User
from accounts.roles import Verb
from common.contracts import DataClass
from registers.addresses import attention_of, register_or_404, rows_of
from registers.contract import Column, Register
from registers.declarations import open_to
from registers.filters import RecordFilter
from registers.lists import COUNTED, Order, bounded_count, order, totals, window
from registers.models import SavedFilter
from registers.sheets.resources import RecordResource
from registers.showing import shown, text

SORT, AFTER, BEFORE = "sort", "after", "before"


@dataclass(frozen=True)
class Cell:
    text: str
    is_number: bool
    label: str = ""  # stands beside it on a phone


def cell(record: Any, column: Column, label: str) -> Cell:
    said = text(column.value(record)) if column.value else shown(record, column.name)
    return Cell(said, column.is_number, label)


def cells(record: Any, columns: list[tuple[Column, str]]) -> list[Cell]:
    return [cell(record, column, label) for column, label in columns]


@requires(Verb.READ)
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """The registers there are."""
    return render(request, "registers/index.html", {"registers": open_to(request.user)})


def filtered(request: SignedInRequest, register: Register) -> RecordFilter:
    """What the address asks for, out of what this person may see."""
    return register.filters(
        request.GET or QueryDict(),
        queryset=rows_of(register, request.user),
        register=register,
        user=request.user,
    )


@requires(Verb.READ)
@require_GET
def record_list(request: SignedInRequest, slug: str) -> HttpResponse:
    register = register_or_404(slug, request.user)
    chosen = filtered(request, register)
    by = order(register, request.GET.get(SORT, ""))
    rows = chosen.qs
    page = window(
        rows.select_related(*register.related).prefetch_related(*register.prefetch),
        by,
        after=request.GET.get(AFTER, ""),
        before=request.GET.get(BEFORE, ""),
    )
    count = bounded_count(rows)
    columns = [column for column in register.columns if column.on_screen]
    labelled = [(column, str(column.label)) for column in columns]
    is_long = count > COUNTED
    context = {
        "register": register,
        "filter": chosen,
        "heads": [head(request, column, by) for column in columns],
        "rows": [(record, *_named(cells(record, labelled), columns)) for record in page.rows],
        "page": page,
        "count": count,
        "counted": COUNTED,
        "is_long": is_long,
        "totals": None if is_long else total_cells(rows, columns),
        "has_totals": any(column.total or column.tally for column in columns),
        "first_page": address(request, **{AFTER: None, BEFORE: None}),
        "next_page": address(request, **{AFTER: page.after, BEFORE: None}),
        "previous_page": address(request, **{AFTER: None, BEFORE: page.before}),
        "active": [
            (label, value, address(request, **{name: None, AFTER: None, BEFORE: None}))
            for name, label, value in chosen.active()
        ],
        "query": kept_query(request),
        "sort": request.GET.get(SORT, ""),
        "saved": SavedFilter.objects.filter(user=request.user, register=register.code),
        "attention": attention_of(register, request.user, timezone.localdate()),
        "links": [link for link in register.links if request.user.may(link.verb)],
        "may_add": request.user.may(Verb.ENTER),
        "may_import": RecordResource.may_import(request.user),
        "may_export": request.user.may(Verb.EXPORT),
        "has_demo": has_demo(rows),
        "hides_from_export": hides_from_export(register, request.user, rows),
    }
    return render(request, "registers/list.html", context)


def _named(row: list[Any], columns: Sequence[Column]) -> tuple[list[Any], int]:
    """The cells, and which of them names the record: people press the name, not the date."""
    wide = (at for at, column in enumerate(columns) if column.is_wide and row[at].text)
    return row, next(wide, 0)


def has_demo(rows: Any) -> bool:
    """Whether one of the rows is invented; that none of the register is, is quick to know."""
    invented = rows.filter(is_demo=True)
    return rows.model._default_manager.filter(is_demo=True).exists() and invented.exists()


def head(request: SignedInRequest, column: Column, by: Order) -> dict[str, Any]:
    """A column's heading, with the address that sorts by it."""
    is_sorted = by.column == column.name
    wanted = f"-{column.name}" if is_sorted and not by.descending else column.name
    return {
        "column": column,
        "url": address(request, **{SORT: wanted, AFTER: None, BEFORE: None}),
        "sorted": ("descending" if by.descending else "ascending") if is_sorted else "",
    }


def total_cells(rows: Any, columns: list[Column]) -> list[Cell]:
    found = totals(rows, columns)
    return [Cell(text(found.get(column.name)), column.is_number) for column in columns]


@requires(Verb.READ)
@require_GET
def list_totals(request: SignedInRequest, slug: str) -> HttpResponse:
    """The totals of a long list, asked for once its page stands."""
    register = register_or_404(slug, request.user)
    columns = [column for column in register.columns if column.on_screen]
    rows = filtered(request, register).qs
    return render(request, "registers/_totals.html", {"totals": total_cells(rows, columns)})


def hides_from_export(register: Register, user: User, rows: Any) -> bool:
    """Whether some of these records may be seen but not taken away."""
    if "data_class" not in register.fields or user.reach(Verb.EXPORT, DataClass.RESTRICTED) is None:
        return False
    return rows.filter(data_class=DataClass.RESTRICTED).exists()


def address(request: SignedInRequest, **changed: Any) -> str:
    """This address with some arguments replaced; None takes one away."""
    query = request.GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    for name in [name for name in query if not query[name]]:
        del query[name]
    return f"?{query.urlencode()}"


def kept_query(request: SignedInRequest) -> str:
    """What narrows and sorts the list, without the page one is on."""
    return address(request, **{AFTER: None, BEFORE: None}).removeprefix("?")


@requires(Verb.READ)
@require_POST
def save_filter(request: SignedInRequest, slug: str) -> HttpResponse:
    """Keep the present filter under a name; the same name again replaces it."""
    register = register_or_404(slug, request.user)
    name, query = request.POST.get("name", "").strip(), request.POST.get("query", "")
    target = f"{reverse('registers:list', args=[slug])}?{QueryDict(query).urlencode()}"
    if not name:
        messages.error(request, _("A saved filter needs a name."))
        return redirect(target)
    kept, _created = SavedFilter.objects.get_or_create(
        user=request.user, register=register.code, name=name[:80]
    )
    kept.query = QueryDict(query).urlencode()
    try:
        kept.full_clean()
    except ValidationError:
        kept.delete()
        messages.error(request, _("This filter is too long to be kept."))
        return redirect(target)
    kept.save()
    messages.success(request, _("The filter “%(name)s” has been saved.") % {"name": kept.name})
    return redirect(target)


@requires(Verb.READ)
@require_POST
def drop_filter(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    register = register_or_404(slug, request.user)
    kept = SavedFilter.objects.filter(user=request.user, register=register.code, pk=pk).first()
    if kept is None:
        raise Http404(_("There is no such filter."))
    kept.delete()
    messages.success(request, _("The saved filter has been removed."))
    return redirect("registers:list", slug)
