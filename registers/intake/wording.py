"""What a check of a file says of records: those alike are put into words once."""

from __future__ import annotations

from operator import itemgetter
from typing import Any, NamedTuple

from registers.models import Record, searched

MOST_REMEMBERED = 20_000


class _Words(NamedTuple):
    title: str
    found_by: str


class Wording:
    """Titles and search texts of one model, in the language of one check: none outlives it."""

    def __init__(self, model: type[Record]) -> None:
        self._of = itemgetter(*model.WORDED_BY) if model.WORDED_BY else None
        self._known: dict[Any, _Words] = {}

    def title(self, record: Any) -> str:
        return self._words(record).title if self._of else str(record)

    def made_of(self, record: Any) -> Any:
        """What its title and search text are made of; None where nobody says."""
        if self._of is None:
            return None
        return self._of(record.__dict__), (*record.own_words(),)

    def set_keys(self, record: Any) -> None:
        """As the record's own ``set_keys`` does."""
        if self._of is None:
            record.set_keys()
            return
        own = searched(record.own_words())
        shared = self._words(record).found_by
        record.search_text = f"{shared} {own}" if shared and own else shared or own

    def _words(self, record: Any) -> _Words:
        assert self._of is not None
        key = self._of(record.__dict__)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            found = _Words(str(record), searched(record.search_words()))
            self._known[key] = found
        return found
