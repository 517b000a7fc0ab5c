"""Prints the demo accounts with their passwords, creating what is missing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import AccountRefusal
from accounts.demo import deactivate_demo_accounts, ensure_demo_accounts


class Command(BaseCommand):
    help = "Print the demo accounts, creating what is missing; --deactivate closes them all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--deactivate", action="store_true", help="close all demo accounts")

    def handle(self, *args: Any, deactivate: bool, **options: Any) -> None:
        if deactivate:
            self.stdout.write(f"{deactivate_demo_accounts()} demo accounts closed")
            return
        try:
            ensure_demo_accounts(self.stdout.write)
        except AccountRefusal as refusal:
            raise CommandError(str(refusal)) from refusal
