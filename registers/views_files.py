"""Attachments of a record: adding, fetching, removing, citing."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import SignedInRequest, requires
from accounts.models import User
from accounts.roles import Verb
from common.downloads import send
from reference.periods import PeriodRefusal
from registers import attaching
from registers.actions import Refused
from registers.addresses import record_or_404, register_or_404
from registers.contract import Register
from registers.models import Attachment, Record

logger = logging.getLogger(__name__)


@requires(Verb.ENTER)
@require_POST
def attach(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    register = register_or_404(slug, request.user)
    record = record_or_404(register, pk, request.user)
    uploads = request.FILES.getlist("files")
    if not uploads:
        messages.error(request, _("Choose a file first."))
    for upload in uploads:
        try:
            attaching.attach(register, record, upload, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except (Refused, PeriodRefusal) as refusal:
            messages.error(request, str(refusal))
        except OSError:
            logger.exception("an attachment could not be written")
            messages.error(
                request,
                _("The server could not store “%(name)s”. Try again, and tell the administrator.")
                % {"name": upload.name},
            )
        else:
            messages.success(request, _("“%(name)s” has been attached.") % {"name": upload.name})
    return _back(register, record)


@requires(Verb.READ)
@require_GET
def fetch(request: SignedInRequest, slug: str, pk: int, file: int) -> HttpResponseBase:
    """The file as a download, never shown under the portal's own address."""
    _register, _record, found = _attachment(slug, pk, file, request.user)
    return send(found.file, found.name, found.content_type)


@requires(Verb.ENTER)
@require_POST
def remove(request: SignedInRequest, slug: str, pk: int, file: int) -> HttpResponse:
    register, record, found = _attachment(slug, pk, file, request.user)
    try:
        attaching.remove(register, record, found, by=request.user)
    except (Refused, PeriodRefusal) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(name)s” has been removed.") % {"name": found.name})
    return _back(register, record)


@requires(Verb.ENTER)
@require_POST
def make_source(request: SignedInRequest, slug: str, pk: int, file: int) -> HttpResponse:
    """Let figures cite this file: it gets a page among the source documents."""
    register, record, found = _attachment(slug, pk, file, request.user)
    try:
        document = attaching.make_source(register, found, by=request.user)
    except (Refused, PermissionDenied) as refusal:
        messages.error(request, str(refusal))
        return _back(register, record)
    messages.success(
        request, _("The file can now be chosen as a source. Complete its number and date here.")
    )
    return redirect("documents:detail", document.pk)


def _attachment(slug: str, pk: int, file: int, user: User) -> tuple[Register, Record, Attachment]:
    """A file of a record this person sees; one that was removed is gone."""
    register = register_or_404(slug, user)
    record = record_or_404(register, pk, user)
    found = Attachment.objects.of(register.code, pk).filter(pk=file).first()
    if found is None:
        raise Http404(_("This record has no such file."))
    return register, record, found


def _back(register: Register, record: Record) -> HttpResponse:
    return redirect("registers:detail", register.slug, record.pk)
