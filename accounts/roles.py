"""Roles as data: a manager can read this file and say whether it is right.

A right is a verb on a class of data, over one's own agency or over all. Roles
never name apps: a new field of work declares its class of data and every role
already knows what it may do there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from common.contracts import DataClass, Label, unique


class Verb(StrEnum):
    """What can be done; the labels are shown to administrators."""

    READ = "read"
    ENTER = "enter"
    IMPORT = "import"
    EXPORT = "export"
    APPROVE = "approve"
    COMPILE = "compile"  # write the text of reports
    ISSUE = "issue"  # number and date, after signature
    ASK = "ask"
    ASSIGN = "assign"  # which agency owes which indicator
    INSPECT = "inspect"  # history of everything
    MANAGE = "manage"  # users, agencies, years


VERB_LABELS: dict[Verb, Label] = {
    Verb.READ: _("read"),
    Verb.ENTER: _("enter and correct"),
    Verb.IMPORT: _("import spreadsheets"),
    Verb.EXPORT: _("export reports and lists"),
    Verb.APPROVE: _("approve"),
    Verb.COMPILE: _("write reports"),
    Verb.ISSUE: _("number and issue documents"),
    Verb.ASK: _("ask about a figure"),
    Verb.ASSIGN: _("say which agency owes which indicator"),
    Verb.INSPECT: _("read the history"),
    Verb.MANAGE: _("manage users, agencies, years and settings"),
}


# Verbs that write figures, or stand for them: the agency that owes them answers for these.
WRITING = frozenset({Verb.ENTER, Verb.IMPORT, Verb.APPROVE})


class Scope(StrEnum):
    """Whose data a right reaches."""

    OWN = "own"
    ALL = "all"


@dataclass(frozen=True)
class Right:
    """One verb on one class of data, for one's own agency or for all."""

    verb: Verb
    scope: Scope
    data_class: DataClass = DataClass.ORDINARY


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role as people know it: a name, one sentence, and its rights."""

    code: str
    label: Label
    description: Label
    rights: tuple[Right, ...]

    @property
    def needs_agency(self) -> bool:
        """Rights over "own" data mean nothing without an agency."""
        return any(right.scope is Scope.OWN for right in self.rights)


def _own(*verbs: Verb, data_class: DataClass = DataClass.ORDINARY) -> tuple[Right, ...]:
    return tuple(Right(verb, Scope.OWN, data_class) for verb in verbs)


def _all(*verbs: Verb, data_class: DataClass = DataClass.ORDINARY) -> tuple[Right, ...]:
    return tuple(Right(verb, Scope.ALL, data_class) for verb in verbs)


ROLES: dict[str, Role] = unique(
    (
        Role(
            code="data_entry",
            label=_("Data-entry officer"),
            description=_("Enters and submits the figures of their own agency"),
            rights=_own(Verb.READ, Verb.ENTER, Verb.IMPORT, Verb.EXPORT)
            + _own(Verb.READ, Verb.ENTER, data_class=DataClass.RESTRICTED),
        ),
        Role(
            code="agency_head",
            label=_("Head of the reporting agency"),
            description=_("Approves and sends the figures of their own agency"),
            rights=_own(Verb.READ, Verb.ENTER, Verb.IMPORT, Verb.EXPORT, Verb.APPROVE)
            + _own(Verb.READ, Verb.ENTER, data_class=DataClass.RESTRICTED),
        ),
        Role(
            code="desk",
            label=_("Compiling desk"),
            description=_(
                "Receives, returns, enters on behalf, writes reports "
                "(Department of Foreign Affairs)"
            ),
            rights=_all(Verb.READ, Verb.ENTER, Verb.IMPORT, Verb.EXPORT, Verb.COMPILE)
            + _all(Verb.ASK, Verb.ASSIGN)
            + _all(Verb.READ, Verb.ENTER, data_class=DataClass.RESTRICTED),
        ),
        Role(
            code="division_head",
            label=_("Division head"),
            description=_("Reviews figures and drafts before they are submitted"),
            rights=_all(Verb.READ, Verb.EXPORT, Verb.COMPILE, Verb.ASK)
            + _all(Verb.READ, data_class=DataClass.RESTRICTED),
        ),
        Role(
            code="approver",
            label=_("Approver"),
            description=_("Approves figures and reports, lets a year be closed"),
            rights=_all(Verb.READ, Verb.EXPORT, Verb.APPROVE, Verb.ASK)
            + _all(Verb.READ, Verb.APPROVE, data_class=DataClass.RESTRICTED),
        ),
        Role(
            code="clerk",
            label=_("Clerical office"),
            description=_("Records number, date and recipients; uploads the signed copy; issues"),
            rights=_all(Verb.READ, Verb.EXPORT, Verb.ISSUE),
        ),
        Role(
            code="leader",
            label=_("Leader"),
            description=_("Reads the overview and reports, asks for clarification"),
            rights=_all(Verb.READ, Verb.EXPORT, Verb.ASK),
        ),
        Role(
            code="inspector",
            label=_("Inspection and supervision"),
            description=_("Reads everything including history, changes nothing"),
            rights=_all(Verb.READ, Verb.INSPECT) + _all(Verb.READ, data_class=DataClass.RESTRICTED),
        ),
        Role(
            code="admin",
            label=_("System administrator"),
            description=_("Manages users, agencies, years and settings"),
            rights=_all(Verb.READ, Verb.IMPORT, Verb.ASSIGN, Verb.INSPECT, Verb.MANAGE),
        ),
    ),
    "Role",
)


def roles_with(
    verb: Verb, data_class: DataClass = DataClass.ORDINARY, *, everywhere: bool = False
) -> list[Role]:
    """Who may do this: named on the page that refuses somebody else."""
    scopes = {Scope.ALL} if everywhere else set(Scope)
    return [
        role
        for role in ROLES.values()
        if any(
            right.verb is verb and right.data_class is data_class and right.scope in scopes
            for right in role.rights
        )
    ]
