"""The right to confirm: given with the preview, good for that person, file and preview alone."""

from __future__ import annotations

from django.core import signing
from django.http import Http404

from accounts.models import User
from imports.models import Upload

SALT = "imports.confirm"
HOURS = 24


class Forged(Http404):
    """Not made by us, or not for this person and this upload: there is no such page."""


class Stale(Exception):
    """Made by us, and too old, or for a preview that was checked again since."""


def sign(upload: Upload, user: User) -> str:
    return signing.dumps(_meant(upload, user), salt=SALT)


def verify(token: str, upload: Upload, user: User) -> None:
    """Raise Forged or Stale unless the token was given to this person with this preview."""
    try:
        found = signing.loads(token, salt=SALT, max_age=HOURS * 3600)
    except signing.SignatureExpired as error:
        raise Stale from error
    except signing.BadSignature as error:
        raise Forged from error
    meant = _meant(upload, user)
    if not isinstance(found, dict) or {**found, "preview": 0} != {**meant, "preview": 0}:
        raise Forged
    if found != meant:
        raise Stale


def _meant(upload: Upload, user: User) -> dict[str, object]:
    return {
        "user": user.pk,
        "upload": upload.pk,
        "source": upload.source,
        "sha256": upload.sha256,
        "preview": upload.job_id,  # the check that was shown
    }
