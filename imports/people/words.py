"""What cells of lists of people mean: roles, agencies, and columns that are never taken in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from common.contracts import Label
from common.dates import short_date
from common.text import search_key
from imports.book import address
from imports.contract import Fault, Parsed, Source
from imports.fields import Converted, Field, Wrong

BREAKS = re.compile(r"[;\n]")
# Known so that they are refused by name; silent, so that what stands there is never staged.
SENSITIVE = (
    Field(
        name="password",
        label=_("Password"),
        also=("mật khẩu", "mật khẩu đăng nhập", "pass", "pwd", "mã pin"),
        is_silent=True,
        secret=_(
            "Passwords are not imported: every new account gets a one-time password. Delete this "
            "column from the file."
        ),
    ),
    Field(
        name="is_superuser",
        label=_("Permissions"),
        also=("is_staff", "superuser", "phân quyền", "quyền", "quyền quản trị", "quản trị"),
        is_silent=True,
    ),
)
_REFUSED: Mapping[str, Label] = {
    "is_superuser": _(
        "Permissions are not imported, they come from the role. Name the role in its column, and "
        "delete this one."
    ),
}


def label_of(field: Any) -> Label:
    """What a field of a model is called, as a heading."""
    return capfirst(field.verbose_name)


def refused_columns(row: Parsed) -> list[Fault]:
    """Faults where a sensitive cell holds something; what it holds is not repeated."""
    return [
        Fault(name, address(row.columns[name], row.number), "", str(why))
        for name, why in _REFUSED.items()
        if name in row.columns and row.raw.get(name) not in (None, "", False)
    ]


def fault(row: Parsed, field: str, message: Any) -> Fault:
    """What is wrong with a cell of this row, or with the row where it has no such column."""
    if field not in row.columns:
        return Fault("", "", "", str(message))
    shown = row.raw.get(field)
    return Fault(
        field,
        address(row.columns[field], row.number),
        "" if shown is None else say(shown),
        str(message),
    )


def needed(row: Parsed, source: Source, *, is_new: bool) -> list[Fault]:
    """Faults for the columns the file lacks: of a new row all it needs, else who it is."""
    said = gettext("“%(label)s” is needed for a new record.")
    return [
        Fault("", "", "", said % {"label": field.label})
        for field in (source.missing if is_new else source.keyless)(row.columns)
    ]


def say(value: Any) -> str:
    """A stored value in words."""
    if value is None:
        return ""
    return short_date(value) if hasattr(value, "isoformat") else str(value)


def valid(field: Any) -> Callable[[Converted], Any]:
    """Takes what the field of the model takes: length, letters, the form of an address."""

    def accept(value: Converted) -> Any:
        text = value or ""
        try:
            field.run_validators(text)
        except ValidationError as error:
            raise Wrong(" ".join(error.messages)) from error
        return text

    return accept


class Choices:
    """The values of a field with choices, by their words in either language or by code."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        self._labels = dict(pairs)
        self._codes: dict[str, str] = {}
        for language in ("en", "vi"):
            with override(language):
                for code, label in self._labels.items():
                    self._codes[search_key(str(label))] = code
        self._codes |= {search_key(code): code for code in self._labels}

    def labels(self) -> Sequence[str]:
        return [str(label) for label in self._labels.values()]

    def label(self, code: str) -> str:
        return str(self._labels.get(code, code))

    def accept(self, value: Converted) -> str | None:
        if not value:
            return None
        code = self._codes.get(search_key(" ".join(str(value).split())))
        if code is None:
            raise Wrong(
                format_lazy(
                    _("“{value}” is not known here. Write one of: {choices}."),
                    value=str(value)[:60],
                    choices=", ".join(self.labels()),
                )
            )
        return code


class Agencies:
    """Agencies by code, name or short name; a code goes first, one that exists today next."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        today = timezone.localdate()
        self.by_pk = {agency.pk: agency for agency in agencies}
        self._codes: dict[str, list[Agency]] = {}
        self._names: dict[str, list[Agency]] = {}
        self._today = {
            agency.pk
            for agency in self.by_pk.values()
            if (agency.valid_from is None or agency.valid_from <= today)
            and (agency.valid_to is None or agency.valid_to >= today)
        }
        for agency in self.by_pk.values():
            self._codes.setdefault(search_key(agency.code), []).append(agency)
            for name in {search_key(agency.name), search_key(agency.short_name)} - {""}:
                self._names.setdefault(name, []).append(agency)

    def accept(self, value: Converted) -> int | None:
        return self.find(str(value)).pk if value else None

    def find(self, text: str) -> Agency:
        key = search_key(" ".join(text.split()))
        found = self._codes.get(key) or self._names.get(key, [])
        if len(found) > 1:
            found = [agency for agency in found if agency.pk in self._today] or found
        if not found:
            raise Wrong(
                format_lazy(
                    _("There is no agency “{value}”. Write its code or its name as in the list."),
                    value=text[:60],
                )
            )
        if len(found) > 1:
            raise Wrong(
                format_lazy(
                    _("Several agencies are called “{value}”. Write the code: {codes}."),
                    value=text[:60],
                    codes=", ".join(sorted(agency.code for agency in found)),
                )
            )
        return found[0]

    def names(self) -> Sequence[str]:
        """Those that exist today, to choose from."""
        found = [agency for pk, agency in self.by_pk.items() if pk in self._today]
        return [agency.name for agency in sorted(found, key=lambda agency: agency.name_key)]


def parts(text: str) -> list[str]:
    """Several names in one cell, each after a semicolon or on its own line."""
    return [part.strip() for part in BREAKS.split(text) if part.strip()]
