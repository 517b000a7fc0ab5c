"""The shipped reference data, for tests of what stands on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from reference.loading import Loaded, load_reference

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "reference"


@pytest.fixture
def reference_data(db: None) -> Loaded:
    """Countries, partners, mechanisms, places and gates."""
    return load_reference(FOLDER)
