"""WeasyPrint, fenced in. Imported by the child only, after its checks."""

from __future__ import annotations

import hashlib
import logging
import time
from contextlib import suppress
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.pdf.fonts import FAMILY
from reports.pdf.reasons import Reason, Refused
from reports.pdf.remarks import keep_with_calls

CHART_SCHEME = "report-chart"
VARIANT = "pdf/a-3a"  # docs/decisions/0002-pdf.md


class ChartFetcher(URLFetcher):
    """Serves the charts that came with the document; any other address ends the rendering."""

    def __init__(self, charts: dict[str, str]) -> None:
        super().__init__(allowed_protocols=(CHART_SCHEME,), allow_redirects=False)
        self.charts = charts
        self.refused: list[str] = []  # drawing an SVG or loading a font swallows the exception

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, name = url.partition(":")
        if scheme != CHART_SCHEME or name not in self.charts:
            self.refused.append(url)
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, self.charts[name], {"Content-Type": "image/svg+xml"})


class Complaints(logging.Handler):
    """Keeps what WeasyPrint only logs: an image left out is not a report."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        kept = self.errors if record.levelno >= logging.ERROR else self.warnings
        kept.append(record.getMessage())


def draw(request: dict[str, Any]) -> dict[str, Any]:
    """Lay out the request's document, write it, and say how many pages it took."""
    complaints = Complaints()
    logging.getLogger("weasyprint").addHandler(complaints)
    fetcher = ChartFetcher(request["charts"])
    started = time.perf_counter()
    with suppress(FatalURLFetchingError):
        document = _lay_out(request, fetcher)
        laid_out = time.perf_counter()
        _write(document, request)
    if fetcher.refused:
        raise Refused(Reason.BAD_ADDRESS, ", ".join(fetcher.refused))
    if complaints.errors:
        raise Refused(Reason.BROKEN, "; ".join(complaints.errors))
    if others := {font.family for font in document.fonts.values()} - {FAMILY}:
        raise Refused(Reason.OTHER_FONT, ", ".join(sorted(others)))
    return {
        "pages": len(document.pages),
        "warnings": complaints.warnings,
        "stages": {"layout": laid_out - started, "write": time.perf_counter() - laid_out},
    }


def _lay_out(request: dict[str, Any], fetcher: ChartFetcher) -> Document:
    # A base address makes WeasyPrint ask for relative addresses too, instead of dropping them.
    base = f"{CHART_SCHEME}:"
    css = CSS(string=request["css"], base_url=base, url_fetcher=fetcher)
    page = HTML(string=request["html"], base_url=base, url_fetcher=fetcher)
    document = keep_with_calls(lambda: page.render(stylesheets=[css], pdf_variant=VARIANT))
    metadata = document.metadata
    metadata.title = request["title"]
    metadata.authors = [request["author"]]
    metadata.description = request["subject"]
    metadata.keywords = request["keywords"]
    metadata.created = request["created"]
    metadata.modified = request["modified"]
    return document


def _write(document: Document, request: dict[str, Any]) -> None:
    identifier = hashlib.sha256(request["identifier"].encode()).hexdigest()[:32]
    with open(request["output"], "wb") as file:
        document.write_pdf(file, pdf_variant=VARIANT, pdf_identifier=identifier)
