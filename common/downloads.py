"""Files people take away: never rendered under the portal's own address."""

from __future__ import annotations

from django.core.files import File
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _


def send(file: File, name: str, content_type: str) -> FileResponse:
    """A stored file as a download; Http404 when there is none, or it is gone from the disk."""
    try:
        content = file.open("rb")
    except (ValueError, OSError) as error:
        raise Http404(_("The file is not in the store.")) from error
    response = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
