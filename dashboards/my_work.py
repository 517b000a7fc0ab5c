""" "Việc của tôi": what waits for one person, each thing one click from where it is done.

A fixed number of queries, whatever is waiting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.roles import Verb
from common.contracts import Label
from indicators import remarks
from indicators.declarations import indicators
from indicators.entry.cells import shown, side_title
from indicators.models import Figure, Remark, Side
from indicators.owed import Owed, owed
from indicators.spans import WHOLE_YEAR, Span
from jobs.kinds import Shown
from jobs.kinds import shown as shown_jobs
from jobs.models import Job
from reference.at_work import periods_at_work
from reference.deadlines import due_on, left_words, plan_due_on, working_days_left
from reference.models import Period, ReportingYear
from registers.addresses import attention_of
from registers.declarations import open_to

SOON = 3  # working days
REMEMBERED = dt.timedelta(days=30)  # answers stay in sight
JOBS_REMEMBERED = dt.timedelta(days=7)
MOST_JOBS, MOST_REMARKS = 8, 200

Jobs = list[tuple[Job, Shown]]


@dataclass(frozen=True)
class Task:
    """The figures of one agency in one period."""

    owed: Owed
    due: dt.date
    left: str
    pace: str  # "late", "soon" or ""
    address: str

    @property
    def title(self) -> str:
        names = {"year": self.owed.period.year, "period": self.owed.period}
        if self.owed.is_plan:
            return _("Plan of %(year)s") % names
        if self.owed.period.is_full_year:
            return _("Figures of %(year)s") % names
        return _("Figures of %(period)s") % names


@dataclass(frozen=True)
class Item:
    """A remark, with the cell it is about."""

    remark: Remark
    title: str
    value: str
    address: str
    is_open: bool
    may_answer: bool


@dataclass(frozen=True)
class Board:
    """How far the agencies are in one period, for the desk."""

    task: Task  # of any of them: title and deadline are the same
    done: int
    lines: tuple[BoardLine, ...]

    @property
    def agencies(self) -> int:
        return self.done + len(self.lines)


@dataclass(frozen=True)
class BoardLine:
    """An agency that still owes something: empty cells, returned ones, answers."""

    owed: Owed
    returned: int
    questions: int
    address: str


@dataclass(frozen=True)
class Notice:
    """What waits in a register: agreements whose term ends, reports that are due."""

    register: Label
    text: str
    address: str


@dataclass(frozen=True, kw_only=True)
class MyWork:
    tasks: tuple[Task, ...] = ()
    returned: tuple[Item, ...] = ()
    questions: tuple[Item, ...] = ()
    notices: tuple[Notice, ...] = ()
    waiting: tuple[Item, ...] = ()  # for somebody else's answer
    answered: tuple[Item, ...] = ()
    boards: tuple[Board, ...] = ()
    jobs: Jobs = field(default_factory=list)

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.owed.empty)

    @property
    def done_tasks(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if not task.owed.empty)

    @property
    def has_main(self) -> bool:
        main = (self.tasks, self.returned, self.questions, self.notices, self.boards)
        return any(main)

    @property
    def has_side(self) -> bool:
        return bool(self.jobs or self.waiting or self.answered)

    @property
    def is_running(self) -> bool:
        return is_running(self.jobs)

    @property
    def is_done(self) -> bool:
        """Nothing waits for this person."""
        return not (self.open_tasks or self.returned or self.questions or self.notices)


def is_running(jobs: Jobs) -> bool:
    return any(job.is_open for job, _shown in jobs)


def build(user: User, today: dt.date) -> MyWork:
    """What waits for this person today."""
    periods = periods_at_work(today)
    oversees = user.may(Verb.COMPILE, everywhere=True)
    own = user.own_agencies(Verb.ENTER)
    found = owed(periods, user, today) if own or oversees else []
    tasks = [_task(one, today) for one in found if one.agency.pk in own]
    items = _items(user)
    locked = set(ReportingYear.objects.exclude(locked_on=None).values_list("year", flat=True))
    pending = [item for item in items if item.is_open and not _is_settled(item, locked)]
    mine = [item for item in pending if item.remark.figure.agency_id in own]
    returned = [item for item in mine if _is_return(item)]
    questions = [item for item in mine if not _is_return(item) and item.remark.written_by != user]
    waiting = [
        item
        for item in pending
        if item not in returned + questions and (oversees or item.remark.written_by == user)
    ]
    return MyWork(
        tasks=tuple(sorted(tasks, key=lambda task: task.due)),
        returned=tuple(returned),
        questions=tuple(questions),
        notices=tuple(_notices(user, today)),
        waiting=tuple(waiting),
        answered=tuple(item for item in items if not item.is_open),
        boards=tuple(_boards(found, pending, user, today)) if oversees else (),
        jobs=jobs_of(user),
    )


def jobs_of(user: User) -> Jobs:
    """What somebody asked the portal to do: under way, or done lately."""
    since = timezone.now() - JOBS_REMEMBERED
    lately = Job.objects.filter(requested_by=user, requested_at__gte=since)
    return shown_jobs(list(lately.order_by("-requested_at", "-pk")[:MOST_JOBS]))


# --- cells to enter --------------------------------------------------------------------


def _task(one: Owed, today: dt.date) -> Task:
    due = plan_due_on(one.period) if one.is_plan else due_on(one.period)
    soon = "soon" if working_days_left(due, today) <= SOON else ""
    only_empty = "?chi=trong" if one.empty else ""
    return Task(
        owed=one,
        due=due,
        left=left_words(due, today),
        pace="late" if today > due else soon,
        address=_sheet(one.period) + only_empty,
    )


def _sheet(period: Period, *, is_plan: bool = False) -> str:
    """The entry screen where a period, or the plan of its year, is entered."""
    span = WHOLE_YEAR if is_plan else Span(period.kind, period.months)
    if span.is_full_year:
        return reverse("indicators:year", args=[period.year])
    return reverse("indicators:year_of_period", args=[period.year, span])


# --- registers -------------------------------------------------------------------------


def _notices(user: User, today: dt.date) -> Iterator[Notice]:
    """What waits in the registers somebody keeps."""
    for register in open_to(user) if user.may(Verb.ENTER) else ():
        address = reverse("registers:list", args=[register.slug])
        for one in attention_of(register, user, today):
            yield Notice(register.label, one.text, f"{address}?{one.query}")


# --- remarks ---------------------------------------------------------------------------


def _items(user: User) -> list[Item]:
    """Open remarks on what this person reads, and lately answered ones they wrote."""
    rows = remarks.readable(user).select_related(
        "figure__period", "figure__agency", "written_by", "answered_by"
    )
    since = timezone.now() - REMEMBERED
    answered = rows.filter(written_by=user, answered_at__gte=since)
    found = (rows.open() | answered).order_by("-written_at", "-pk")[:MOST_REMARKS]
    return [_item(remark, user) for remark in found if remark.figure.indicator in indicators()]


def _item(remark: Remark, user: User) -> Item:
    figure = remark.figure
    row = indicators()[figure.indicator]
    returned = "?chi=tra-lai" if remark.answered_at is None else ""
    sheet = _sheet(figure.period, is_plan=figure.side == Side.PLAN)
    return Item(
        remark=remark,
        title=f"{row.label}, {_lower(side_title(row, figure.period, figure.side))}",
        value=_value(figure),
        address=f"{sheet}{returned}#{figure.indicator}.{figure.side}",
        is_open=remark.answered_at is None,
        may_answer=remark.answered_at is None and remarks.may_answer(remark, user),
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _value(figure: Figure) -> str:
    unit = indicators()[figure.indicator].measure.label if figure.value is not None else ""
    return f"{shown(figure)} {unit}".strip()


def _is_return(item: Item) -> bool:
    return item.remark.kind == Remark.Kind.RETURN


def _is_settled(item: Item, locked: set[int]) -> bool:
    """A cell given back in a year that was closed since cannot be corrected any more."""
    return _is_return(item) and item.remark.figure.period.year in locked


# --- the desk --------------------------------------------------------------------------


def _boards(
    found: Sequence[Owed], pending: Iterable[Item], user: User, today: dt.date
) -> Iterable[Board]:
    """A table for each period that has begun: who still owes what, the most first."""
    counts: dict[tuple[int, int], list[int]] = {}
    for item in pending:
        figure = item.remark.figure
        both = counts.setdefault((figure.agency_id, figure.period.year), [0, 0])
        both[0 if _is_return(item) else 1] += 1
    for _mark, group in groupby(found, key=lambda one: id(one.period)):
        owing = list(group)
        period = owing[0].period
        if owing[0].is_plan:
            continue
        lines = []
        for one in owing:
            returned, questions = counts.get((one.agency.pk, period.year), (0, 0))
            if one.empty or returned or questions:
                address = _on_behalf(one.agency, period, user)
                lines.append(BoardLine(one, returned, questions, address))
        lines.sort(key=lambda line: (-line.owed.empty, line.owed.agency.name_key))
        done = len(owing) - len(lines)
        yield Board(_task(owing[0], today), done, tuple(lines))


def _on_behalf(agency: Agency, period: Period, user: User) -> str:
    """The agency's rows, for who may enter them; else the whole sheet."""
    own_rows = f"?thay={agency.code}&chi=trong" if user.may(Verb.ENTER, everywhere=True) else ""
    return _sheet(period) + own_rows
