"""Template tags every page may use (a builtin library)."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from common.numbers import format_number

register = template.Library()


@register.filter
def narrative(markup: str) -> SafeString:
    """Narrative that has passed reports.narrative: cleaned, with numbers as our own chips.

    The one place where text that people wrote is printed as HTML.
    """
    return mark_safe(markup)


@register.filter
def grouped(count: int) -> str:
    """A count with its thousands set apart, as the reader's language does it."""
    return format_number(Decimal(count), get_language() or "vi")
