"""Writes the sample records of every register: invented, and marked so everywhere."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registers.demo import DemoRefusal, load, were_removed


class Command(BaseCommand):
    help = "Write sample records of 2018 and 2019 into registers that have none; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--unless-removed", action="store_true", help="leave registers without, if removed once"
        )

    def handle(self, *args: Any, unless_removed: bool, **options: Any) -> None:
        if unless_removed and were_removed():
            return
        try:
            done = load()
        except DemoRefusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if not options["verbosity"]:
            return
        new = sum(one.records for one in done if not one.was_there)
        there = sum(one.records for one in done if one.was_there)
        self.stdout.write(
            f"· sample records (dữ liệu minh họa): {new} written, {there} there before; "
            "manage.py remove_demo removes them"
        )
        for one in done if options["verbosity"] > 1 else ():
            self.stdout.write(f"  {one.records:>6} {one.label}")
