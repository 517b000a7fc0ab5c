"""Creates the first administrator of an installation; all others are made in the portal."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.actions import create_user, give_one_time_password, grant_role


class Command(BaseCommand):
    help = "Create an administrator and print a one-time password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("full_name")

    def handle(self, *args: Any, username: str, full_name: str, **options: Any) -> None:
        try:
            with transaction.atomic():
                user = create_user(by=None, username=username, full_name=full_name)
                grant_role(by=None, user=user, role="admin")
                password = give_one_time_password(by=None, user=user)
        except ValidationError as problem:
            raise CommandError("; ".join(problem.messages)) from problem
        self.stdout.write(f"{username}  {password}")
        self.stdout.write("The password works once: it must be changed at the first sign-in.")
