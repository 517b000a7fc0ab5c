""" "Việc của tôi": the first page of staff."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from dashboards import my_work


@requires(Verb.READ)
@require_GET
def show(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    work = my_work.build(request.user, today)
    return render(request, "dashboards/my_work.html", {"work": work, "today": today})


@requires(Verb.READ)
@require_GET
def jobs(request: SignedInRequest) -> HttpResponse:
    """The list of jobs by itself, asked for again while one of them runs."""
    found = my_work.jobs_of(request.user)
    context = {"jobs": found, "running": my_work.is_running(found)}
    return render(request, "dashboards/_jobs.html", context)
