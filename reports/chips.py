"""Numbers of a report on the screen: each opens where it comes from."""

from __future__ import annotations

from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse

from indicators.ledger import Entry


def screen_chip(entry: Entry) -> str:
    """The number as a button that opens "Nguồn số liệu"."""
    if entry.figure_id is not None:
        others = ",".join(str(pk) for pk, _version in entry.figures[1:])
        address = reverse("indicators:source", args=[entry.figure_id])
        address += f"?{urlencode({'with': others})}" if others else ""
    elif entry.fact is not None:
        address = reverse("indicators:fact", args=[entry.fact])
    else:
        address = ""
    context = {"text": entry.text, "address": address}
    return render_to_string("reports/_chip.html", context).strip()
