"""Writes the sample records of every register: invented, and marked so everywhere."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registers.demo import DemoRefusal, load


class Command(BaseCommand):
    help = "Write sample records of 2018 and 2019 into registers that have none; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
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
