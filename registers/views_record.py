"""One record: its page, its form, deleting and restoring it."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import DecimalField, Q, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import SignedInRequest, requires
from accounts.models import User
from accounts.roles import Verb
from common.contracts import Kind
from documents.uploads import ACCEPT, MAX_MEGABYTES
from indicators.declarations import indicators
from indicators.models import FigureUse
from reference.periods import PeriodRefusal
from registers import actions
from registers.actions import Conflict, Refused, may_enter
from registers.addresses import record_or_404, register_or_404, rows_of
from registers.contract import Register, Section
from registers.counted import codes_counting
from registers.forms import RecordForm, settled
from registers.models import Attachment, Record, RecordUse
from registers.showing import shown, text
from registers.timeline import seen_values, timeline
from registers.years import year_of

TWINS_SHOWN = 5
MOST_SENTENCES = 30


@requires(Verb.READ)
@require_GET
def detail(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    register = register_or_404(slug, request.user)
    record = record_or_404(register, pk, request.user)
    # Only here, where nothing is written: a form must see the lines it just stored.
    prefetch_related_objects([record], *register.belonging)
    files = list(Attachment.objects.ever_of(register.code, pk).prefetch_related("added_by"))
    context = {
        "register": register,
        "record": record,
        "sections": [parts_of(register, section, record) for section in register.sections],
        "attachments": [file for file in files if file.removed_at is None],
        "timeline": timeline(register, record, files, viewer=request.user),
        "figures": figures_of(register, record, request.user),
        "uses": RecordUse.objects.of(register.code, pk),
        "may_change": may_enter(record, request.user),
        "may_cite": request.user.may(Verb.ENTER) and not record.is_restricted,
        "accept": ACCEPT,
        "max_megabytes": MAX_MEGABYTES,
    }
    return render(request, "registers/detail.html", context)


def parts_of(register: Register, section: Section, record: Record) -> dict[str, Any]:
    pairs = [(register.label_of(name), shown(record, name)) for name in section.names]
    pairs += [
        (str(one.label), text(one.value(record)) if one.value else shown(record, one.name))
        for one in section.derived
    ]
    lines = [lines_of(register.lines_named(name), record) for name in section.lines]
    return {"label": section.label, "pairs": pairs, "lines": lines}


def lines_of(lines: Any, record: Record) -> dict[str, Any]:
    """A table of the lines; columns no line has anything in would only make it wide."""
    stored = list(getattr(record, lines.name).all())
    columns = []
    for field in map(lines.model._meta.get_field, lines.form._meta.fields):
        values = [shown(line, field.name) for line in stored]
        if any(values):
            is_number = isinstance(field, DecimalField)
            head = str(field.verbose_name), is_number
            columns.append((head, [(value, is_number) for value in values]))
    heads = [head for head, _values in columns]
    rows = list(zip(*(values for _head, values in columns), strict=True))
    return {"label": lines.label, "heads": heads, "rows": rows}


def figures_of(register: Register, record: Record, viewer: User) -> list[dict[str, Any]]:
    """The indicators this record counts in, in which year, and the sentences that print them."""
    if record.is_deleted or not register.feeds:
        return []
    year = year_of(record.day, register.calendar)
    codes = codes_counting(register, record.pk)
    return [
        {
            "indicator": indicators()[code],
            "year": year,
            "lives_on": indicators()[code].kind is Kind.AT_DATE,
            "sentences": sentences,
        }
        for code, sentences in _sentences(codes, year, viewer).items()
    ]


def _sentences(codes: list[str], year: int, viewer: User) -> dict[str, list[Any]]:
    """Where reports print these figures, for who may open reports."""
    found: dict[str, list[Any]] = {code: [] for code in codes}
    if codes and viewer.may(Verb.READ, everywhere=True):
        current = Q(figure__is_current=True, figure__period__year=year)
        rows = FigureUse.objects.filter(current, figure__indicator__in=codes)
        for use in rows.values("figure__indicator", "label", "text", "address")[:MOST_SENTENCES]:
            found[use["figure__indicator"]].append(use)
    return found


@requires(Verb.ENTER)
def add(request: SignedInRequest, slug: str) -> HttpResponse:
    register = register_or_404(slug, request.user)
    start = register.model(**register.initial, data_class=register.data_class)
    form = register.form(request.POST or None, register=register, by=request.user, instance=start)
    return _edit(request, register, form)


@requires(Verb.ENTER)
def change(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    register = register_or_404(slug, request.user)
    record = record_or_404(register, pk, request.user)
    actions.refuse_writing(record, request.user)
    if record.is_deleted:
        return redirect("registers:detail", slug, pk)
    sent = settled(register, request.POST, record) if request.method == "POST" else None
    # The form writes into its instance while it checks: it gets a copy of its own.
    form = register.form(sent, register=register, by=request.user, instance=copy(record))
    return _edit(request, register, form, record)


def _edit(
    request: SignedInRequest, register: Register, form: RecordForm, record: Record | None = None
) -> HttpResponse:
    """Show the form, or store what it brings; nothing typed is ever lost on the way."""
    if request.method == "POST" and request.POST.get("draft"):
        form.be_quiet()
        return _form_page(request, register, form, record, status=200)
    if request.method != "POST":
        return _form_page(request, register, form, record, status=200)
    is_valid = form.is_valid()
    twins = list(twins_of(register, form.instance, request)) if is_valid else []
    # Asked last: what stood in the way may be the record this very form made a moment ago.
    if record is None and (sent := _sent_before(form, request.user)):
        return _done(request, register, sent, _("The record has been saved."))
    if not is_valid:
        return _form_page(request, register, form, record, status=422 if form.is_wrong else 200)
    if twins and not form.cleaned_data["twins_seen"]:
        form.data = form.data.copy()
        form.data["twins_seen"] = "1"
        return _form_page(request, register, form, record, twins=twins, status=422)
    try:
        stored = actions.save(
            register,
            form.instance,
            by=request.user,
            seen=form.cleaned_data["seen"],
            together=form.save_together,
        )
    except Conflict as conflict:
        return _conflict_page(request, register, form, conflict.current)
    except (PeriodRefusal, PermissionDenied, Refused) as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, register, form, record, status=422)
    return _done(request, register, stored, _("The record has been saved."))


def _sent_before(form: RecordForm, by: User) -> Record | None:
    form.instance.entry_key = form.cleaned_data.get("entry_key")
    return actions.sent_before(form.instance, by)


def twins_of(register: Register, record: Record, request: SignedInRequest) -> Any:
    """Other records that are probably the same one, out of those this person sees."""
    condition = register.twins(record) if register.twins else None
    if condition is None:
        return []
    rows = rows_of(register, request.user).alive().filter(condition).exclude(pk=record.pk)
    return rows.select_related(*register.related)[:TWINS_SHOWN]


def _conflict_page(
    request: SignedInRequest, register: Register, form: RecordForm, current: Record
) -> HttpResponse:
    base = seen_values(register, current, form.cleaned_data["seen"])
    differences = form.differences(current, base)
    if not differences:  # the same words twice: one form sent twice
        return _done(request, register, current, _("The record has been saved."))
    form.data = form.data.copy()
    form.data["seen"] = str(current.version)
    context = {"differences": differences, "who": current.changed_by, "when": current.changed_at}
    return _form_page(request, register, form, current, status=409, **context)


def _form_page(
    request: SignedInRequest,
    register: Register,
    form: RecordForm,
    record: Record | None,
    *,
    status: int,
    **more: Any,
) -> HttpResponse:
    context = {
        "register": register,
        "form": form,
        "record": record,
        "sections": [
            {
                "section": section,
                "rows": [form_row(form, row) for row in section.fields],
                "lines": [form.lines_named(name) for name in section.lines],
            }
            for section in register.sections
        ],
        **more,
    }
    return render(request, "registers/form.html", context, status=status)


def form_row(form: RecordForm, row: str | tuple[str, ...]) -> list[Any]:
    return [form[name] for name in ((row,) if isinstance(row, str) else row)]


def _done(request: SignedInRequest, register: Register, record: Record, said: str) -> HttpResponse:
    """On to the record's page; the script of the form is told where it is."""
    messages.success(request, said)
    target = reverse("registers:detail", args=[register.slug, record.pk])
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": target})
    return redirect(target)


@requires(Verb.ENTER)
@require_POST
def delete(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    register = register_or_404(slug, request.user)
    record = record_or_404(register, pk, request.user)
    seen = request.POST.get("seen", "")
    try:
        actions.delete(
            register,
            record,
            by=request.user,
            seen=int(seen) if seen.isdecimal() else 0,
            reason=request.POST.get("reason", ""),
        )
    except Conflict:
        messages.error(
            request,
            _("Somebody changed this record meanwhile. Look at it again before deleting it."),
        )
    except (Refused, PeriodRefusal) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The record has been deleted. It can be restored here."))
    return redirect("registers:detail", slug, pk)


@requires(Verb.ENTER)
@require_POST
def restore(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    register = register_or_404(slug, request.user)
    record = record_or_404(register, pk, request.user)
    try:
        actions.restore(register, record, by=request.user)
    except (Refused, PeriodRefusal) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The record has been restored."))
    return redirect("registers:detail", slug, pk)
