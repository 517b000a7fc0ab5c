"""Writing one section: its page, and what its editor asks while somebody writes."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest as NotUnderstood
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import SignedInRequest, requires
from accounts.models import User
from accounts.roles import Verb
from reports import actions, editing, presence
from reports import versions as history
from reports.compose import section_narrative
from reports.forms import SectionForm
from reports.markup import from_plain, to_plain
from reports.masks import mask, unmask
from reports.matching import matches
from reports.models import Report, Section
from reports.narrative import BadToken, plain_chip
from reports.outlines import outlines
from reports.picker import forms_of, suggestions
from reports.queries import report_or_404
from reports.words import table_tools, words

MOST_BYTES = 1_500_000  # of one request; a text of 100.000 letters needs far less


@require_http_methods(["GET", "POST"])
@requires(Verb.COMPILE)
def edit_section(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """The page of one section; where no script runs, its plain form is saved here."""
    report, section = _section_or_404(pk, key)
    form = SectionForm(
        request.POST or None,
        initial={
            "text": to_plain(mask(section.text, request.user)),
            "version": section.version,
        },
    )
    theirs, status = None, 200
    if request.method == "POST":
        theirs, status = _save_plain(request, section, form)
        if status == 302:
            return redirect("reports:detail", pk)
    context = {
        **_page(report, section, request.user),
        "data": _begin(report, section, request.user),
        "table_tools": table_tools(),
        "form": form,
        "theirs": theirs,
        "theirs_plain": to_plain(mask(theirs.text, request.user)) if theirs else "",
    }
    return render(request, "reports/section.html", context, status=status)


def _save_plain(
    request: SignedInRequest, section: Section, form: SectionForm
) -> tuple[Section | None, int]:
    """Save the plain form: what somebody saved meanwhile, if so, and the answer's status."""
    if not form.is_valid():
        return None, 422
    typed = form.cleaned_data["text"].replace("\r\n", "\n")
    if typed == to_plain(mask(section.text, request.user)):
        return None, 302  # nothing was changed: no new version
    try:
        actions.save_section(
            section,
            unmask(from_plain(typed), [section.text]),
            by=request.user,
            seen_version=form.cleaned_data["version"],
        )
    except actions.TextRefused as refusal:
        for message in refusal.messages:
            form.add_error("text", message)
        return None, 422
    except actions.TextConflict as conflict:
        form.data = {"text": typed, "version": str(conflict.section.version)}
        return conflict.section, 409
    messages.success(request, _("The section has been saved."))
    return None, 302


def _page(report: Report, section: Section, user: User) -> dict[str, Any]:
    """What the page shows, and what its editor needs to begin."""
    outline = outlines()[report.outline]
    narrative = section_narrative(report, user, "", plain_chip)
    written = dict(report.sections.values_list("key", "text"))
    titles = [
        {
            "key": one.key,
            "level": one.level,
            "title": narrative.line(one.title, "title"),
            "is_empty": not written.get(one.key),
            "is_here": one.key == section.key,
        }
        for one in outline.sections
    ]
    here = next((place for place, one in enumerate(titles) if one["is_here"]), 0)
    return {
        "report": report,
        "section": section,
        "outline": outline,
        "titles": titles,
        "title": titles[here]["title"],
        "level": titles[here]["level"],
        "before": titles[here - 1] if here else None,
        "after": titles[here + 1] if here + 1 < len(titles) else None,
    }


def _begin(report: Report, section: Section, user: User) -> dict[str, Any]:
    place = [report.pk, section.key]
    addresses = {
        name: reverse(f"reports:{view}", args=place)
        for name, view in (
            ("save", "save"),
            ("preview", "preview"),
            ("presence", "presence"),
            ("pick", "pick"),
            ("match", "match"),
        )
    }
    return {
        "library": static("vendor/editor/editor.js"),
        "addresses": {**addresses, "login": reverse("accounts:login")},
        "html": mask(section.text, user),
        "version": section.version,
        "left": section.left_as_typed,
        "chips": editing.chips(report, user, section.text),
        "store": f"section:{user.pk}:{section.pk}",
        "now": int(timezone.now().timestamp() * 1000),
        "most": editing.MOST_CHARACTERS,
        "words": words(),
    }


# --- what the editor asks --------------------------------------------------------------


@require_POST
@requires(Verb.COMPILE)
def save(request: SignedInRequest, pk: int, key: str) -> JsonResponse:
    """Save the text: 422 with reasons, 409 with both texts when somebody was faster."""
    _report, section = _section_or_404(pk, key)
    body = _body(request)
    seen = body.get("version")
    earlier = history.text_of(section, seen) if isinstance(seen, int) else None
    try:
        sent = editing.typed(body, section, earlier)
    except editing.BadRequest as error:
        raise NotUnderstood from error
    outcome = editing.save(section, sent, request.user)
    return JsonResponse(outcome.body, status=outcome.status)


@require_POST
@requires(Verb.COMPILE)
def preview(request: SignedInRequest, pk: int, key: str) -> JsonResponse:
    """What is being typed, as it will print, with its chips and its typed numerals."""
    report, section = _section_or_404(pk, key)
    body = _body(request)
    text = body.get("html")
    if not isinstance(text, str):
        raise NotUnderstood
    if message := editing.too_long(text):
        return JsonResponse({"messages": [message]}, status=422)
    try:
        marks = editing.typed_numerals(body.get("blocks", []), body.get("left"))
    except editing.BadRequest as error:
        raise NotUnderstood from error
    shown = editing.preview(report, section, request.user, unmask(text, [section.text]))
    page = render_to_string("reports/_preview.html", shown)
    return JsonResponse({"page": page, "chips": shown["chips"], "numerals": marks})


@require_GET
@requires(Verb.COMPILE)
def pick_figure(request: SignedInRequest, pk: int, key: str) -> JsonResponse:
    """Figures that fit a search, or every other form of one that stands in the text."""
    report, section = _section_or_404(pk, key)
    if inside := request.GET.get("token", ""):
        original = unmask(f"[[{inside}]]", [section.text])[2:-2]
        try:
            forms = forms_of(report, request.user, original)
        except BadToken:
            forms = []
        return JsonResponse({"forms": [form.as_json() for form in forms]})
    found = suggestions(report, request.user, request.GET.get("q", "")[:200])
    return JsonResponse({"found": [one.as_json() for one in found]})


@require_GET
@requires(Verb.COMPILE)
def match_numeral(request: SignedInRequest, pk: int, key: str) -> JsonResponse:
    """Which figures a typed number could be, and what it is remembered by when left."""
    report, _section = _section_or_404(pk, key)
    prose, start = request.GET.get("text", "")[:2000], request.GET.get("at", "")
    if not start.isdecimal():
        raise NotUnderstood
    found = matches(report, request.user, prose, int(start))
    remembered = editing.numeral_key(prose, int(start))
    return JsonResponse({"found": [one.as_json() for one in found], "key": remembered})


@require_POST
@requires(Verb.COMPILE)
def present(request: SignedInRequest, pk: int, key: str) -> JsonResponse:
    """A window's heartbeat: who else is here, and which version is the newest."""
    _report, section = _section_or_404(pk, key)
    body = _body(request)
    window = body.get("window")
    if not isinstance(window, str) or not window:
        raise NotUnderstood
    if body.get("leaving"):
        presence.leave(section, request.user, window)
        return JsonResponse({})
    others = presence.beat(section, request.user, window)
    answer: dict[str, Any] = {
        "people": others.names,
        "twice": others.is_here_twice,
        "version": section.version,
        "who": editing.author(section, request.user),
    }
    if body.get("version") != section.version and body.get("wants"):
        answer["html"] = mask(section.text, request.user)
        answer["chips"] = editing.chips(section.report, request.user, section.text)
    return JsonResponse(answer)


# --- versions --------------------------------------------------------------------------


@require_GET
@requires(Verb.COMPILE)
def versions(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Who wrote what, when, readable; every version can stand again."""
    report, section = _section_or_404(pk, key)
    saved = history.texts(section)
    say = editing.sayer(report, request.user, (one.text for one in saved))
    context = {**_page(report, section, request.user), "versions": history.versions(section, say)}
    return render(request, "reports/versions.html", context)


@require_POST
@requires(Verb.COMPILE)
def restore(request: SignedInRequest, pk: int, key: str, version: int) -> HttpResponse:
    """Put an earlier text in its place again, as a new version."""
    _report, section = _section_or_404(pk, key)
    text = history.text_of(section, version)
    if text is None:
        raise Http404(_("The section has no such version."))
    actions.save_section(section, text, by=request.user, seen_version=section.version)
    messages.success(request, _("The earlier text stands again; the later ones are kept below."))
    return redirect("reports:versions", pk, key)


def _body(request: HttpRequest) -> dict[str, Any]:
    """The JSON of a request; anything else is not from the editor."""
    if request.content_type != "application/json":
        raise NotUnderstood
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise NotUnderstood
    try:
        body = json.loads(request.body)
    except ValueError as error:
        raise NotUnderstood from error
    if not isinstance(body, dict):
        raise NotUnderstood
    return body


def _section_or_404(pk: int, key: str) -> tuple[Report, Section]:
    report = report_or_404(pk)
    section = report.sections.select_related("edited_by").filter(key=key).first()
    if section is None:
        raise Http404(_("The report has no such section."))
    section.report = report
    return report, section
