"""Where a request comes from, as far as that can be believed."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address failed sign-ins are counted by.

    Each of our own proxies appends to X-Forwarded-For whom it was called by,
    so of ``TRUSTED_PROXIES`` many the outermost wrote the entry that far from
    the right. What stands left of it was typed by the caller.
    """
    direct = request.META.get("REMOTE_ADDR") or None
    proxies = settings.TRUSTED_PROXIES
    chain = request.headers.get("X-Forwarded-For", "").split(",")
    if proxies <= 0 or len(chain) < proxies:
        return direct
    try:
        return str(ip_address(chain[-proxies].strip()))
    except ValueError:
        return direct
