"""How far a register's sum lies from what was typed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from indicators.computed import gap


@pytest.mark.parametrize(
    ("typed", "computed", "is_rough", "expected"),
    [
        ("583", "731", False, "148"),
        ("8", "8", False, None),
        ("257.9", "257.93", False, None),  # as exact as it was written
        ("2550", "2550.4", False, None),
        ("2550", "2551.4", False, "1"),
        ("3400", "3412.5", True, None),  # "over 3.400"
        ("3400", "4000", True, "600"),
        ("0", "1", False, "1"),
        ("0", "0", False, None),
    ],
)
def test_what_is_typed_is_as_exact_as_it_was_written(typed, computed, is_rough, expected):
    found = gap(Decimal(typed), Decimal(computed), is_rough=is_rough)
    assert found == (None if expected is None else Decimal(expected))
