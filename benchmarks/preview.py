"""The live preview of one section: what it adds to rendering that section alone."""

from __future__ import annotations

import json

from django.test import Client
from django.urls import reverse

from accounts.models import User
from benchmarks.timing import Result, in_turns
from reports import proof
from reports.compose import section_narrative
from reports.models import Report
from reports.narrative import plain_chip

AIM = 0.3  # seconds
TURNS = 25


class Added(Result):
    """A benchmark of seconds added, not of how many times as long."""

    @property
    def ratio(self) -> float:
        return (self.ours.median - self.theirs.median) / AIM


def run(report: Report, viewer: User) -> Added:
    """The longest text of the report, as its editor sends it after a pause."""
    section = max(report.sections.all(), key=lambda one: len(one.text))
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(viewer)
    address = reverse("reports:preview", args=[report.pk, section.key])
    body = {"html": section.text, "blocks": list(proof.prose(section.text)), "left": []}
    sent = json.dumps(body)

    def preview() -> bytes:
        response = browser.post(address, sent, content_type="application/json")
        assert response.status_code == 200, response
        return response.content

    def alone() -> str:
        narrative = section_narrative(report, viewer, section.text, plain_chip)
        return narrative.fill(section.text, section.key)

    assert alone()
    ours, theirs = in_turns(preview, alone, turns=TURNS, warm_up=3)
    added = (ours.median - theirs.median) * 1000
    return Added(
        what=f"preview of a section, {len(section.text)} characters",
        ours=ours,
        yardstick="the section rendered alone",
        theirs=theirs,
        aim=1,
        notes=(f"{added:.0f} ms added; the ratio is that against {AIM * 1000:.0f} ms",),
    )
