from __future__ import annotations

from typing import Any

from registers.forms import RecordForm
from trade.fields import MonthField
from trade.models import Turnover


def month_field() -> MonthField:
    field: Any = Turnover._meta.get_field(Turnover.DAY)
    return MonthField(label=field.verbose_name, help_text=field.help_text)


class TurnoverForm(RecordForm):
    month = month_field()

    class Meta(RecordForm.Meta):
        model = Turnover
        fields = (
            *("kind", "month", "gate", "flow", "scope"),
            *("regime", "commodity", "is_local", "value", "vehicles"),
            *("agency", "note"),
        )

    def _refuse_other_times(self, cleaned: dict[str, Any]) -> None:
        """The gate is asked for the whole period, in ``Turnover.clean``: it may open in a month."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk is None:  # the model tells a form sent twice from a second row
            self.instance.entry_key = cleaned.get("entry_key")
        return cleaned
