"""Template tags every page may use (a builtin library)."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def narrative(markup: str) -> SafeString:
    """Narrative that has passed reports.narrative: cleaned, with numbers as our own chips.

    The one place where text that people wrote is printed as HTML.
    """
    return mark_safe(markup)
