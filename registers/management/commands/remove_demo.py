"""Removes exactly the sample records, with their lines and attachments."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registers.demo import DemoRefusal, remove


class Command(BaseCommand):
    help = "Remove all sample records; records people entered and the history stay."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = remove()
        except DemoRefusal as refusal:
            raise CommandError(str(refusal)) from refusal
        removed = sum(one.records for one in done)
        self.stdout.write(f"· sample records: {removed} removed")
        for one in done if options["verbosity"] > 1 else ():
            self.stdout.write(f"  {one.records:>6} {one.label}")
