"""Files beside records: what may come in, who may have them, and as whose source."""

from __future__ import annotations

import mimetypes
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Verb
from documents.models import SourceDocument
from documents.uploads import check, clean_name, sha256
from registers.actions import Refused, noted, refuse_writing
from registers.contract import Register
from registers.models import Attachment, Record
from registers.years import refuse_closed

MAX_FILES = 40


@transaction.atomic
def attach(register: Register, record: Record, upload: File, *, by: User) -> Attachment:
    """Put a file beside a record; raises ValidationError for what may not come in."""
    _may_change(register, record, by, adds=True)
    check(upload)
    there = Attachment.objects.of(register.code, record.pk)
    if there.count() >= MAX_FILES:
        raise ValidationError(
            _("A record takes at most %(count)s files. Remove one, or join some into one PDF.")
            % {"count": MAX_FILES}
        )
    name = clean_name(upload.name or "")
    fields = {
        "name": name,
        "content_type": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "size": upload.size,
        "sha256": sha256(upload),
        "added_by": by,
    }
    try:
        with noted(by), transaction.atomic():
            return Attachment.objects.create(
                register=register.code, record_id=record.pk, file=upload, **fields
            )
    except IntegrityError:  # the same file again: sent twice, or under another name
        return there.get(sha256=fields["sha256"])


@transaction.atomic
def remove(register: Register, record: Record, attachment: Attachment, *, by: User) -> None:
    """Take a file away from a record; it stays in the store for history."""
    _may_change(register, record, by)
    attachment.removed_by, attachment.removed_at = by, timezone.now()
    with noted(by):
        attachment.save(update_fields=["removed_by", "removed_at"])


@transaction.atomic
def make_source(register: Register, attachment: Attachment, *, by: User) -> SourceDocument:
    """The attachment as a source document, so that figures can cite it and a page of it.

    What a label hides does not become a document many can open.
    """
    locked = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    if locked.source is not None:
        return locked.source
    record = register.model._default_manager.get(pk=attachment.record_id)
    if record.is_restricted:
        raise Refused(_("A file of a restricted record cannot become a source document."))
    if not by.may(Verb.ENTER):
        raise Refused(_("Source documents are added by people who enter figures."))
    with noted(by):
        locked.source = SourceDocument.objects.create(
            kind=SourceDocument.Kind.REPORT,
            subject=_("%(file)s, attached to: %(record)s")
            % {"file": locked.name, "record": record},
            file=locked.file.name,
            file_name=locked.name,
            file_sha256=locked.sha256,
            added_by=by,
        )
        locked.save(update_fields=["source"])
    return locked.source


def _may_change(register: Register, record: Any, by: User, *, adds: bool = False) -> None:
    refuse_writing(record, by)
    if record.is_deleted:
        raise Refused(_("This record was deleted. Restore it before it is changed."))
    if not (adds and record.lives_on):
        refuse_closed(record.counted_days(), register.calendar)
