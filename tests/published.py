"""The real published figures, for tests of what is printed from them."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from accounts.models import User
from reports.models import Report


@pytest.fixture
def published(db: None) -> None:
    """Agencies, sources, published figures, offices and the 2019 report.

    Not the reference tables: who needs them asks for ``reference_data`` too.
    """
    call_command("load_published", without_reference=True, verbosity=0)


@pytest.fixture
def compiler(published: None, person) -> User:
    """Somebody of the compiling desk, who sees everything."""
    return person("desk", full_name="Vi Thị Mẫu")


@pytest.fixture
def report_2019(published: None) -> Report:
    return Report.objects.select_related("period", "office").get(period__year=2019, outline="A")
