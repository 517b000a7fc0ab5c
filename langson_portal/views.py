"""Where people land, and whether the portal is alive."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from jobs.actions import broker_answers


@requires(None)
def home(request: SignedInRequest) -> HttpResponse:
    """Staff land on what waits for them, leaders on the overview."""
    user = request.user
    if user.may(Verb.ENTER):
        return redirect("dashboards:my_work")
    if user.may(Verb.READ, everywhere=True):
        return redirect("dashboards:latest")
    return render(request, "no_role.html")


@login_not_required
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def ready(request: HttpRequest) -> HttpResponse:
    """Whether database and broker can be reached, by name and without details."""
    state = {"database": True, "broker": broker_answers()}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        state["database"] = False
    return JsonResponse(state, status=200 if all(state.values()) else 503)
