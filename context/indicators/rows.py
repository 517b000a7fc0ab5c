"""The short hand in which this field writes its many rows."""

from typing import Any

from common.contracts import Better, Indicator, Kind, Label


def row(order: int, code: str, label: Label, unit: str, **more: Any) -> Indicator:
    return Indicator(order=order, code=code, label=label, unit=unit, **more)


# The usual cases: more is better, and it happened, stands, is a share or grows.
HAPPENED: dict[str, Any] = {"kind": Kind.IN_PERIOD, "better": Better.HIGHER}
STANDS: dict[str, Any] = {"kind": Kind.AT_DATE, "better": Better.HIGHER}
SHARE: dict[str, Any] = {"kind": Kind.RATE, "better": Better.HIGHER}
GROWS: dict[str, Any] = {"kind": Kind.GROWTH, "better": Better.HIGHER}
