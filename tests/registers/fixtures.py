"""Fixtures of registers; ``tests/conftest.py`` brings them to every test."""

from __future__ import annotations

import pytest

from accounts.models import Agency
from tests.registers.samples import Sample, samples


@pytest.fixture(params=sorted(samples()))
def sample(request: pytest.FixtureRequest, db: None, agencies: dict[str, Agency]) -> Sample:
    """Each register in turn, with the reference rows its sample needs."""
    found = samples()[request.param]
    found.needs()
    return found
