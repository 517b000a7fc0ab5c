"""What one person may do with the records of a file: whose they are, and which years are closed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.roles import Verb
from common.contracts import DataClass
from reference.models import ReportingYear
from registers.contract import Register
from registers.years import refusal, year_of


class Rights:
    """Whose records somebody may see and enter; each answer is worked out once."""

    def __init__(self, by: User) -> None:
        self._by = by
        self._sees: dict[tuple[str, int | None], bool] = {}
        self._refusals: dict[tuple[str, int | None], str] = {}

    def sees(self, record: Any) -> bool:
        key = (record.data_class, record.agency_id)
        if key not in self._sees:
            kind, agency = DataClass(key[0]), key[1]
            self._sees[key] = self._by.may(Verb.READ, data_class=kind, agency_id=agency)
        return self._sees[key]

    def refusal(self, record: Any) -> str:
        """Why this person may not enter the record, or ""."""
        key = (record.data_class, record.agency_id)
        if key not in self._refusals:
            self._refusals[key] = self._refuse(*key)
        return self._refusals[key]

    def _refuse(self, kind: str, agency: int | None) -> str:
        if agency is None:
            return _("Whose record this is is not said: write the agency.")
        may_import = self._by.may(Verb.IMPORT, agency_id=agency)
        may_enter = self._by.may(Verb.ENTER, data_class=DataClass(kind), agency_id=agency)
        if may_import and may_enter:
            return ""
        return _("Records of %(agency)s are kept by that agency or the compiling desk.") % {
            "agency": Agency.objects.get(pk=agency)
        }


class Years:
    """The closed years, read once; writing asks for them again and holds them."""

    def __init__(self, register: Register) -> None:
        self._calendar = register.calendar
        closed = ReportingYear.objects.exclude(locked_on=None).values_list("year", "locked_on")
        self._closed: dict[int, Any] = dict(closed)

    def __bool__(self) -> bool:
        """Whether any is closed: only then it matters what counts when."""
        return bool(self._closed)

    def refusal(self, before: Any, after: Any) -> str:
        """Why what counts on these days cannot change, or ""."""
        for day in {*before, *after}:
            if before.get(day) != after.get(day):
                year = year_of(day, self._calendar)
                if year in self._closed:
                    return refusal(year, self._closed[year])
        return ""
