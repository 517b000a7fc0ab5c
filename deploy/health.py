"""Tells Docker whether a service does its work; prints why when it does not.

``python -m deploy.health web 127.0.0.1:8000 | worker | beat SCHEDULE_FILE``
"""

from __future__ import annotations

import http.client
import socket
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from langson_portal import celery_app, environment

BEAT_SILENCE_SECONDS = 60  # beat sends something every ten seconds


def web(address: str) -> str:
    """Ask as the reverse proxy does: under a name that is served, over HTTPS that ended there."""
    host = environment.read().allowed_hosts[0].lstrip(".").replace("*", "localhost")
    connection = http.client.HTTPConnection(address, timeout=5)
    connection.request("GET", "/san-sang/", headers={"Host": host, "X-Forwarded-Proto": "https"})
    answer = connection.getresponse()
    if answer.status == 200:
        return ""
    if answer.status == 301:
        return "answers with a redirect to HTTPS: is TRUSTED_PROXIES set?"
    return f"answers {answer.status}: {answer.read(300).decode(errors='replace')}"


def worker() -> str:
    """Ping the worker of this container, over the broker."""
    name = f"celery@{socket.gethostname()}"
    return "" if celery_app.control.ping(destination=[name], timeout=5) else f"{name} is silent"


def beat(schedule: str) -> str:
    """Look when the broker last took something from beat (see langson_portal.celery)."""
    silent = time.time() - Path(f"{schedule}.sent").stat().st_mtime
    return "" if silent < BEAT_SILENCE_SECONDS else f"has sent nothing for {silent:.0f} seconds"


CHECKS: dict[str, Callable[..., str]] = {"web": web, "worker": worker, "beat": beat}


def main(service: str, arguments: Sequence[str]) -> None:
    try:
        problem = CHECKS[service](*arguments)
    except Exception as error:  # whatever it is, the service is not well
        problem = f"{type(error).__name__}: {error}"
    if problem:
        sys.exit(f"{service}: {problem}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
