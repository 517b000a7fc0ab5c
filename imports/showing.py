"""An import in the words and parts its pages are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from common.contracts import Label
from imports import spreading, tokens, undoing
from imports.contract import Kept, Outcome, Source
from imports.forms import AnswerForm
from imports.layout import Layout
from imports.models import MarkedWorkbook, Upload
from imports.pipeline import imported_before
from imports.preview import Balance, Preview, balance
from jobs.waiting import why_it_waits

State = Upload.State

MOST_KEPT = 20  # rows that are named of those that stay
WORKING = frozenset({State.READING, State.CHECKING, State.WRITING, State.UNDOING})
READ = frozenset({State.READING, State.CHECKING})
WRITTEN = frozenset({State.DONE, State.UNDOING, State.UNDONE})
STEPS: tuple[tuple[Label, frozenset[str]], ...] = (
    (pgettext_lazy("step of an import", "Read the file"), frozenset({State.READING})),
    (pgettext_lazy("step of an import", "Answer"), frozenset({State.ASKING})),
    (pgettext_lazy("step of an import", "Preview"), frozenset({State.CHECKING, State.READY})),
    (pgettext_lazy("step of an import", "Import"), frozenset({State.WRITING, *WRITTEN})),
)
WORK: dict[str, Label] = {
    State.READING: _("Reading the file"),
    State.CHECKING: _("Checking the rows"),
    State.WRITING: _("Writing the rows"),
    State.UNDOING: _("Undoing the import"),
}
BADGES: dict[str, str] = {
    State.ASKING: "waiting",
    State.READY: "waiting",
    State.DONE: "done",
    State.UNDONE: "draft",
    State.REFUSED: "failed",
}


@dataclass(frozen=True)
class Step:
    label: Label
    state: str  # "done", "open", "undone" or "" for what is still to come


# A step there is only where somebody asks for it.
UNDOING: dict[str, Step] = {
    State.UNDOING: Step(pgettext_lazy("step of an import", "Undo"), "open"),
    State.UNDONE: Step(pgettext_lazy("step of an import", "Undone"), "undone"),
}


@dataclass(frozen=True)
class Place:
    """Where a file can go."""

    code: str
    label: Label
    has_template: bool
    has_list: bool


@dataclass(frozen=True)
class Group:
    """Places that stand under one heading."""

    label: Label
    family: str  # places alike (the years of the figures) are chosen from one list
    places: list[Place]


@dataclass(frozen=True)
class Listed:
    """An import in the list of them."""

    upload: Upload
    source: Source | None  # None: not open to this person any more

    @property
    def label(self) -> Label:
        return self.source.label if self.source else self.upload.source

    @property
    def badge(self) -> str:
        return BADGES.get(self.upload.state, "running")

    @property
    def faulty(self) -> int:
        return int(self.upload.counts.get(Outcome.FAULTY, 0))

    @property
    def rows(self) -> int:
        return sum(self.upload.counts.values())


def place(source: Source) -> Place:
    own = type(source)
    has_template, has_list = own.template is not Source.template, own.listed is not Source.listed
    return Place(source.code, source.label, has_template, has_list)


def grouped(sources: Mapping[str, Source]) -> list[Group]:
    """Places under their headings, in the order they are declared."""
    groups: dict[str, Group] = {}
    for source in sources.values():
        new = Group(source.group, source.family, [])
        group = groups.setdefault(f"{source.group} {source.family}", new)
        group.places.append(place(source))
    return list(groups.values())


def steps(upload: Upload) -> list[Step]:
    at = next((i for i, (_l, states) in enumerate(STEPS) if upload.state in states), 0)
    over = upload.state in WRITTEN
    found = [
        Step(label, "done" if index < at or over else "open" if index == at else "")
        for index, (label, _states) in enumerate(STEPS)
    ]
    if upload.state in UNDOING:
        found.append(UNDOING[upload.state])
    return found


@dataclass(frozen=True)
class Left:
    """Rows that stay for one reason; ``later`` is the page of the import that went over them."""

    why: str
    titles: Sequence[str]
    later: str
    is_again: bool

    @property
    def first(self) -> Sequence[str]:
        return self.titles[:MOST_KEPT]

    @property
    def more(self) -> int:
        return len(self.titles) - len(self.first)


def left(kept: Iterable[Kept], user: User) -> list[Left]:
    groups = undoing.grouped(kept)
    mine = Upload.objects.of(user).filter(pk__in={group.later for group in groups})
    own = {upload.pk: reverse("imports:show", args=[upload.pk]) for upload in mine}
    return [
        Left(group.why, group.titles, own.get(group.later or 0, ""), group.later is not None)
        for group in groups
    ]


def marked_name(file_name: str) -> str:
    """The marked workbook is named after the person's own file."""
    return f"{PurePosixPath(file_name).stem}-danh-dau-loi.xlsx"


def marking(upload: Upload) -> dict[str, Any]:
    """Whether the marked workbook is there, on its way, or failed."""
    marked = MarkedWorkbook.objects.filter(upload=upload).select_related("job").first()
    job = marked.job if marked else None
    is_coming = marked is not None and marked.is_coming
    return {
        "upload": upload,
        "marked": marked,
        "is_coming": is_coming,
        "marking_job": job,
        "marking_waits": why_it_waits(job) if is_coming and job else "",
        "quiet": upload.state == State.DONE,  # then it is not the next thing to do
    }


def context(
    upload: Upload, source: Source, user: User, query: QueryDict, form: AnswerForm | None = None
) -> dict[str, Any]:
    """Everything the page of an import shows."""
    fields = source.fields()
    job = upload.job
    is_working = upload.state in WORKING
    stopped = is_working and job is not None and not job.is_open and bool(job.error)
    found: dict[str, Any] = {
        "upload": upload,
        "source": source,
        "badge": BADGES.get(upload.state, "running"),
        "steps": steps(upload),
        "work": WORK.get(upload.state, ""),
        "is_working": is_working and not stopped,
        "stopped": job.error if stopped and job else "",
        "waiting_reason": why_it_waits(job) if is_working and job else "",
        "has_template": place(source).has_template,
        "may_answer": upload.state in (State.ASKING, State.READY)
        or bool(stopped and upload.state in READ),
        "may_discard": upload.state != State.UNDOING,
        "is_written": upload.state in WRITTEN,
        "closed": source.refusal(),
    }
    if found["may_answer"]:
        is_understood = spreading.columns(upload.matching, fields)
        if upload.layout.get("titles") and not is_understood:
            found["elsewhere"] = source.elsewhere(Layout.from_json(upload.layout))
        found["form"] = form or AnswerForm(upload=upload, source=source)
        found["earlier"] = (earlier := imported_before(upload))
        found["earlier_is_own"] = earlier is not None and earlier.by_id == user.pk
    if upload.state == State.READY:
        found |= _ready(upload, user)
    if upload.state in (State.READY, *WRITTEN) and upload.counts:
        found |= _rows(upload, source, fields, query)
    if upload.state == State.UNDONE:
        found["groups"] = left(undoing.read(upload.kept_rows), user)
    if upload.state == State.DONE:
        found["written_address"] = source.address(upload)
        found["balance"] = balance(upload)
        found |= marking(upload)
        found["next_step"] = source.next_step(upload)
    return found


def _ready(upload: Upload, user: User) -> dict[str, Any]:
    weighed: Balance = balance(upload)
    return {"balance": weighed, "token": tokens.sign(upload, user), **marking(upload)}


def _rows(upload: Upload, source: Source, fields: Any, query: QueryDict) -> dict[str, Any]:
    preview = Preview(upload, fields, slug=query.get("loai", ""), row=query.get("dong", "").strip())
    page = preview.page(query.get("page", ""))
    return {
        "preview": preview,
        "page": page,
        "lines": preview.lines(page, source.shown),
        "common_choices": preview.common_choices() if preview.outcome == Outcome.DUPLICATE else [],
        "preview_url": reverse("imports:show", args=[upload.pk]),
    }
