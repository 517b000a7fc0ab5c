"""A month typed as 11/2019."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_MONTH = re.compile(r"(?:tháng\s*)?(0?[1-9]|1[0-2])\s*[/.-]\s*([12][0-9]{3})", re.IGNORECASE)


class MonthField(forms.CharField):
    """The first day of a month; read and shown as 11/2019."""

    is_month = True  # so it stands in files, too
    widget = forms.TextInput(
        attrs={"inputmode": "numeric", "placeholder": "mm/yyyy", "autocomplete": "off"}
    )

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%m/%Y}" if isinstance(value, dt.date) else value

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        if not typed:
            return None
        found = _MONTH.fullmatch(typed.strip())
        if found is None:
            raise ValidationError(
                _('"%(text)s" is not a month. Enter month/year, such as 11/2019.')
                % {"text": typed[:40]}
            )
        return dt.date(int(found[2]), int(found[1]), 1)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
