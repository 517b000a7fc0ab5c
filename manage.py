#!/usr/bin/env python3
"""Runs the portal's commands; on a data folder it brings the servers along."""

import sys

from langson_portal.bootstrap import prepare


def main() -> None:
    prepare(sys.argv)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
