"""What is refused before anything is done with a file, and refusals of sources in words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from common.limited import MIB
from imports.contract import Changed, Source
from imports.opening import Refused
from reference.periods import PeriodRefusal

MOST_MEGABYTES = 20  # as the place to drop a file says
KINDS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt"})
# What a source raises where it does not write or undo.
REFUSALS = (Refused, Changed, PeriodRefusal, PermissionDenied, ValidationError)


def refuse_file(name: str, size: int) -> None:
    if PurePosixPath(name).suffix.lower() not in KINDS:
        raise Refused(
            _("“%(name)s” is no spreadsheet. Upload Excel (xlsx, xls), CSV or ODS.")
            % {"name": name}
        )
    if not size:
        raise Refused(_("“%(name)s” is empty.") % {"name": name})
    if size > MOST_MEGABYTES * MIB:
        raise Refused(
            _(
                "“%(name)s” is larger than %(limit)s MB. Leave out pictures and other sheets, or "
                "divide it."
            )
            % {"name": name, "limit": MOST_MEGABYTES}
        )


@contextmanager
def no_room(refusal: type[Exception]) -> Iterator[None]:
    """A full disk is said in words."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise refusal(
            _("There is no room for the file on the server. Tell the administrator.")
        ) from error


def refuse_closed(source: Source) -> None:
    if why := source.refusal():
        raise Refused(why)


def worded(refusal: Exception) -> str:
    """Why a source does not write or undo, for people."""
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    if isinstance(refusal, Changed):
        return _("Records were changed at the same moment. Try again.")
    return str(refusal)
