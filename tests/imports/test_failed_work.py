"""Work an error of the portal stopped: the file can be put aside, or read another way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from imports import pipeline
from imports.contract import Checked, Parsed
from imports.models import Upload
from tests.imports.standin import Desk, TurnoverSource, months, turnover_source
from tests.trade.sample import gates

__all__ = ["turnover_source"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turnover_source")]
State = Upload.State
ClientOf = Callable[[User], Client]


@pytest.fixture
def stopped(desk: User, monkeypatch: pytest.MonkeyPatch) -> Upload:
    """A source that fails while a column is called a note."""
    check = TurnoverSource.check

    def fails(self: TurnoverSource, rows: Iterable[Parsed], **how: object) -> Iterator[Checked]:
        taken = list(rows)
        if "note" in taken[0].columns:
            raise KeyError("note")
        for row in taken:
            row.values["note"] = ""
        return check(self, taken, **how)

    monkeypatch.setattr(TurnoverSource, "check", fails)
    gates()
    return Desk(desk).upload(months(2))


def test_the_page_offers_another_try_another_reading_and_an_end(
    stopped: Upload, desk: User, client_of: ClientOf
) -> None:
    assert stopped.state == State.CHECKING
    page = client_of(desk).get(reverse("imports:show", args=[stopped.pk])).content.decode()
    for step in ("again", "answer", "discard"):
        assert reverse(f"imports:{step}", args=[stopped.pk]) in page
    assert 'hx-trigger="every' not in page


def test_columns_may_be_matched_otherwise(stopped: Upload, desk: User, client_of: ClientOf) -> None:
    columns = {f"column-{at}": name for at, name in stopped.matching.items() if name != "note"}
    answer = reverse("imports:answer", args=[stopped.pk])
    assert client_of(desk).post(answer, columns).status_code == 302
    stopped.refresh_from_db()
    again = Desk(desk).worked(stopped)
    assert (again.state, again.counts) == (State.READY, {"new": 2})


def test_the_file_may_be_put_aside(stopped: Upload, desk: User) -> None:
    pipeline.discard(stopped, by=desk)
    assert not Upload.objects.filter(pk=stopped.pk).exists()


def test_what_is_still_being_read_is_not_answered(stopped: Upload, desk: User) -> None:
    pipeline.again(stopped, by=desk)
    with pytest.raises(pipeline.Refused):
        pipeline.answer(stopped, by=desk, matching=stopped.matching)
