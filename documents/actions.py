"""Adding and changing source documents."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Verb
from documents.models import SourceDocument
from documents.uploads import check, clean_name, sha256


class ChangedMeanwhile(Exception):
    """Somebody else changed the document since it was read; ``current`` is what they stored."""

    def __init__(self, current: SourceDocument) -> None:
        self.current = current
        super().__init__(f"document {current.pk} was changed meanwhile")


def may_change(document: SourceDocument, by: User) -> bool:
    """Figures of several agencies may rest on a document: it stays with who added it
    and with those who enter for all agencies."""
    if document.added_by_id == by.pk:
        return by.may(Verb.ENTER)
    return by.may(Verb.ENTER, everywhere=True)


def refuse_change(document: SourceDocument, by: User) -> None:
    """Raise PermissionDenied, naming who may change the document instead."""
    if not may_change(document, by):
        raise PermissionDenied(
            _("This document is changed by the person who added it or by the compiling desk.")
        )


@transaction.atomic
def add_document(*, by: User, file: File | None = None, **fields: Any) -> SourceDocument:
    """Store a document; raises PermissionDenied, or ValidationError for a wrong file."""
    if not by.may(Verb.ENTER):
        raise PermissionDenied(_("Source documents are added by people who enter figures."))
    return _save(SourceDocument(added_by=by), file, fields)


def same_documents(
    *,
    number: str = "",
    issued_on: dt.date | None = None,
    issuer: str = "",
    file: File | None = None,
    **_other: Any,
) -> QuerySet[SourceDocument]:
    """The documents that seem to be this one: the same file, or number, date and issuer."""
    alike = Q(pk=None)
    if file is not None:
        alike |= Q(file_sha256=sha256(file))
    if number:
        alike |= Q(number__iexact=number, issued_on=issued_on, issuer__iexact=issuer)
    return SourceDocument.objects.filter(alike).order_by("pk")


@transaction.atomic
def change_document(
    document: SourceDocument, *, by: User, seen: int, file: File | None = None, **fields: Any
) -> SourceDocument:
    """Change a document as it was ``seen``; raises ChangedMeanwhile when that is not the latest.

    A new file replaces the shown one, the old stays on disk for history.
    """
    current = SourceDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    refuse_change(current, by)
    if current.version != seen:
        raise ChangedMeanwhile(current)
    return _save(current, file, fields)


def _save(document: SourceDocument, file: File | None, fields: dict[str, Any]) -> SourceDocument:
    for name, value in fields.items():
        setattr(document, name, value)
    if file is not None:
        check(file)
        document.file_name = clean_name(file.name or "")
        document.file_sha256 = sha256(file)
        document.file = file
    document.save()
    return document
