"""The 2019 report from the database to the PDF, against Chromium printing the same page."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from unittest.mock import patch

from pypdf import PdfReader

from accounts.models import User
from benchmarks.timing import Result, in_turns
from reports import printing
from reports.issue import Issue
from reports.models import Report
from reports.pdf.engine import PdfDocument
from reports.printing import Printed

AIM = 2
TURNS = 7


class Printer:
    """Prints as a worker does and keeps the seconds of every stage."""

    def __init__(self, report: Report, viewer: User) -> None:
        self.report = report
        self.viewer = viewer
        self.stages: dict[str, list[float]] = defaultdict(list)

    def print(self) -> Printed:
        moments: list[float] = []
        printed = printing.print_report(
            self.report,
            self.report.office,
            self.viewer,
            Issue(),
            lambda _step, _percent: moments.append(time.perf_counter()),
        )
        collecting, drawing, laying_out, storing = moments
        inside = printed.pdf.stages  # of the child that lays out
        told = {
            "collecting": drawing - collecting,
            "charts": laying_out - drawing,
            "html": storing - laying_out - printed.pdf.seconds,
            "start of the child": printed.pdf.seconds - sum(inside.values()),
            **{name: inside[name] for name in ("fonts", "import", "layout", "write")},
        }
        for stage, seconds in told.items():
            self.stages[stage].append(seconds)
        return printed

    def profile(self, *, skip: int = 0) -> str:
        return " · ".join(
            f"{stage} {median(seconds[skip:]):.2f}" for stage, seconds in self.stages.items()
        )


class Chromium:
    """Prints a page out of a folder, in a process of its own each time."""

    def __init__(self, folder: Path, document: PdfDocument) -> None:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        if program is None:
            raise RuntimeError("Chromium is not installed: run `make setup-test`.")
        self.target = folder / "page.pdf"
        html = document.html.replace("</head>", f"<style>{document.css}</style></head>")
        for name, svg in document.charts.items():
            (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
            html = html.replace(f"report-chart:{name}", f"{name}.svg")
        page = folder / "page.html"
        page.write_text(html, encoding="utf-8")
        self.command = [
            program,
            "--headless",
            "--no-sandbox",  # root has none
            "--disable-gpu",
            f"--user-data-dir={folder / 'profile'}",
            "--no-pdf-header-footer",
            f"--print-to-pdf={self.target}",
            page.as_uri(),
        ]

    def print(self) -> None:
        self.target.unlink(missing_ok=True)
        subprocess.run(self.command, capture_output=True, check=True)
        assert self.target.stat().st_size

    @property
    def pages(self) -> int:
        return len(PdfReader(self.target).pages)


def run(report: Report, viewer: User) -> Result:
    """As in a worker that has drawn charts before: its JavaScript engine stays warm."""
    printer = Printer(report, viewer)
    with patch.object(printing, "render", wraps=printing.render) as spy:
        first = printer.print()
    cold = printer.profile()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        chromium = Chromium(Path(folder), spy.call_args.args[0])
        ours, theirs = in_turns(printer.print, chromium.print, turns=TURNS)
        pages = chromium.pages
    return Result(
        what=f"PDF of {report.period.year}, {first.pdf.pages} pages",
        ours=ours,
        yardstick=f"Chromium, same HTML, {pages} pages",
        theirs=theirs,
        aim=AIM,
        notes=(
            f"seconds of ours: {printer.profile(skip=2)}",
            f"a worker's first: {cold}",
        ),
    )
