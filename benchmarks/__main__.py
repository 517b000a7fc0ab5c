"""``python -m benchmarks``: every benchmark in one run, told as ratios.

``python -m benchmarks imports [ROWS]``: that of imports alone.
``python -m benchmarks registers [APP…]``: lists and records alone, of all fields or of some.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from benchmarks.stage import servers
from benchmarks.timing import Result
from tests.servers import Slot

YEAR = 2019
YEARS = range(2006, 2026)


def results(slot: Slot) -> Iterator[Result]:
    """The portal as published, one with a figure in every place, then registers at size."""
    # Imported here: models can be read once the servers run and their settings are known.
    data, pdf, preview, year_table, dashboard, entry, registers = map(
        part, ("data", "pdf", "preview", "year_table", "dashboard", "entry", "registers")
    )
    data.load_published()
    desk = data.person("desk")
    yield pdf.run(data.report(YEAR), desk)
    data.fill(range(YEARS[0] - 1, YEARS[-1] + 1))
    leader = data.person("leader")
    yield year_table.run(YEARS, leader)
    yield dashboard.run(YEAR, leader)
    yield preview.run(data.report(YEAR), desk)
    yield entry.save(YEAR, desk)
    yield entry.page(YEAR, desk)
    yield from part("imports").run(desk, slot.analyze)
    yield from registers.run(desk, slot.analyze)
    yield year_table.run(YEARS, leader)  # again, its sums out of all those records


def of_imports(slot: Slot, *rows: str) -> Iterator[Result]:
    data = part("data")
    data.load_published()
    yield from part("imports").run(data.person("desk"), slot.analyze, *map(int, rows))


def of_registers(slot: Slot, *apps: str) -> Iterator[Result]:
    data = part("data")
    data.load_published()
    yield from part("registers").run(data.person("desk"), slot.analyze, *apps)


def part(name: str) -> Any:
    return import_module(f"benchmarks.{name}")


def line(ours: str, theirs: str, ratio: str, aim: str) -> str:
    return f"{ours:<64}{theirs:<64}{ratio:>7}  {aim}"


def tell(result: Result) -> str:
    met = "" if result.ratio <= result.aim else "  missed"
    told = line(
        f"{result.what:<38}{result.ours}",
        f"{result.yardstick:<38}{result.theirs}",
        f"{result.ratio:.2f} ×",
        f"≤ {result.aim} ×{met}",
    )
    return "\n".join([told, *(f"    {note}" for note in result.notes)])


def main(which: str = "", *arguments: str) -> None:
    begun = time.perf_counter()
    say(line("ours: median (fastest–slowest)", "against: the same", "ratio", "aim"))
    with servers() as slot:
        chosen = {"imports": of_imports, "registers": of_registers}.get(which, results)
        for result in chosen(slot, *arguments):
            say(tell(result))
    # Read the ratios with care where others share the cores.
    load = f"load {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores"
    say(f"{time.perf_counter() - begun:.0f} s in all, {load}")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
