"""Who asks, and one record, for the tests of every register."""

from __future__ import annotations

import pytest


@pytest.fixture
def client(desk, client_of):
    return client_of(desk)


@pytest.fixture
def record(sample, agencies, desk):
    return sample.record(agencies["SCT"], desk)
