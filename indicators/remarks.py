"""Remarks on figures: cells given back with a reason, questions, and their answers.

A remark belongs to the cell, whatever version it was written on. A returned cell
is settled by the next saved version or by an answer, a question by an answer.
Who may not read the figure knows nothing of its remarks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Verb
from common.text import nfc
from indicators.declarations import indicators
from indicators.models import Figure, Remark, RemarkQuerySet, Side
from reference.periods import guard, held_year

TEXT_LENGTH = 2000


class RemarkRefusal(Exception):
    """A remark that cannot be written or answered; the message says why and what to do."""


# --- reading ---------------------------------------------------------------------------


def readable(user: User) -> RemarkQuerySet:
    """Remarks on the figures this person may read."""
    return Remark.objects.filter(figure__in=Figure.objects.visible_to(user).values("pk"))


def on_cells(figures: Iterable[Figure]) -> RemarkQuerySet:
    """Remarks on these cells, whatever version they were written on."""
    cells = [
        Q(
            figure__indicator=figure.indicator,
            figure__period=figure.period_id,
            figure__agency=figure.agency_id,
            figure__side=figure.side,
        )
        for figure in figures
    ]
    return Remark.objects.filter(reduce(or_, cells)) if cells else Remark.objects.none()


def open_on(figures: Collection[Figure]) -> dict[int, Remark]:
    """The open remark of each of these figures that has one, by its key: one query.

    A returned cell shows why it was returned before it shows a question.
    """
    of_cell = {_cell(figure): figure.pk for figure in figures}
    periods = {figure.period_id for figure in figures}
    rows = Remark.objects.open().filter(figure__period__in=periods)
    found: dict[int, Remark] = {}
    for remark in rows.select_related("figure", "written_by").order_by("kind", "pk"):
        pk = of_cell.get(_cell(remark.figure))
        if pk is not None and (pk not in found or remark.kind == Remark.Kind.RETURN):
            found[pk] = remark
    return found


def has_open(figure: Figure) -> bool:
    """Whether anything waits on the cell of a figure.

    Every save asks it and hardly ever anything does: the plain statement costs
    a tenth of what a query set takes to be put together.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HAS_OPEN, _cell(figure))
        return bool(cursor.fetchone()[0])


_HAS_OPEN = """
    SELECT EXISTS (
        SELECT FROM indicators_remark AS remark
        JOIN indicators_figure AS figure ON figure.id = remark.figure_id
        WHERE remark.answered_at IS NULL AND figure.indicator = %s AND figure.period_id = %s
            AND figure.agency_id = %s AND figure.side = %s
    )
"""


def _cell(figure: Figure) -> tuple[str, int, int, str]:
    return figure.indicator, figure.period_id, figure.agency_id, figure.side


def may_give_back(user: User) -> bool:
    """Who puts the report together gives back what does not hold."""
    return user.may(Verb.COMPILE, everywhere=True)


def may_ask(user: User) -> bool:
    return user.may(Verb.ASK)


def may_answer(remark: Remark, user: User) -> bool:
    """The agency of the figure answers, or who enters for all."""
    row = indicators().get(remark.figure.indicator)
    return row is not None and user.may(
        Verb.ENTER, data_class=row.data_class, agency_id=remark.figure.agency_id
    )


# --- writing ----------------------------------------------------------------------------


@transaction.atomic
def give_back(
    seen: Collection[int], reason: str, *, by: User, today: dt.date | None = None
) -> list[Remark]:
    """Give cells back with one reason; all of them or none.

    ``seen`` are their figures as the person saw them. A cell that is given back
    already, and waits, is not given back twice.
    """
    if not may_give_back(by):
        raise PermissionDenied
    text = _text(reason, _("Say what is to be corrected."))
    found = list(
        Figure.objects.visible_to(by).filter(pk__in=seen).select_related("period").order_by("pk")
    )
    if len(found) < len(set(seen)) or not all(figure.is_current for figure in found):
        raise RemarkRefusal(
            _("One of the cells has been changed meanwhile. Reload the page and mark it again.")
        )
    held = {year: held_year(year) for year in sorted({figure.period.year for figure in found})}
    for figure in found:
        is_plan = figure.side == Side.PLAN
        day = today or timezone.localdate()
        guard(figure.period, held[figure.period.year], is_plan=is_plan, today=day)
    waiting = {
        _cell(remark.figure)
        for remark in on_cells(found)
        .open()
        .filter(kind=Remark.Kind.RETURN)
        .select_related("figure")
    }
    fresh = [figure for figure in found if _cell(figure) not in waiting]
    kind = Remark.Kind.RETURN
    return Remark.objects.bulk_create(
        Remark(kind=kind, figure=figure, text=text, written_by=by) for figure in fresh
    )


def ask(figure: Figure, question: str, *, by: User) -> Remark:
    """Ask the agency of a figure about it."""
    if not may_ask(by) or not Figure.objects.visible_to(by).filter(pk=figure.pk).exists():
        raise PermissionDenied
    text = _text(question, _("Enter the question."))
    kind = Remark.Kind.QUESTION
    return Remark.objects.create(kind=kind, figure=figure, text=text, written_by=by)


@transaction.atomic
def answer(pk: int, words: str, *, by: User) -> Remark:
    """Answer a question, or say why a returned cell stands as it is.

    Raises Remark.DoesNotExist for who may not read the figure.
    """
    rows = readable(by).select_related("figure", "written_by", "answered_by")
    remark = rows.select_for_update(of=("self",)).get(pk=pk)
    if not may_answer(remark, by):
        raise PermissionDenied(
            _("Answers come from %(agency)s or the compiling desk.")
            % {"agency": remark.figure.agency}
        )
    if remark.answered_at is not None:
        raise RemarkRefusal(
            _("This was answered at %(time)s by %(who)s; nothing was written twice.")
            % {
                "time": timezone.localtime(remark.answered_at).strftime("%H:%M %d/%m/%Y"),
                "who": remark.answered_by,
            }
        )
    remark.answer = _text(words, _("Enter the answer."))
    remark.answered_by, remark.answered_at = by, timezone.now()
    remark.save(update_fields=["answer", "answered_by", "answered_at"])
    return remark


def settle(fresh: Collection[Figure], *, by: User) -> None:
    """A new version settles what was returned; called by whoever saves one."""
    waiting = on_cells(fresh).open().filter(kind=Remark.Kind.RETURN)
    waiting.update(answered_by=by, answered_at=timezone.now())


def _text(typed: str, missing: str) -> str:
    text = nfc(typed).replace("\x00", "").strip()
    if not text:
        raise RemarkRefusal(missing)
    if len(text) > TEXT_LENGTH:
        raise RemarkRefusal(
            _("The text is too long: %(length)s of at most %(limit)s characters.")
            % {"length": len(text), "limit": TEXT_LENGTH}
        )
    return text
