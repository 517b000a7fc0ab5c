from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from agreements.models import Act, Agreement
from agreements.statuses import impossible
from registers.forms import RecordForm
from registers.lines import LineForm


class AgreementForm(RecordForm):
    class Meta(RecordForm.Meta):
        model = Agreement
        fields = (
            *("agency", "data_class", "title", "level"),
            *("own_agency", "own_party", "partners", "other_party"),
            *("own_signer", "other_signer", "signed_on", "signed_at", "mechanism", "occasion"),
            *("effective_on", "expires_on", "renewal", "renewal_months"),
            *("areas", "languages", "implementation"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        named = cleaned.get("partners") or cleaned.get("other_party") or "partners" in self.errors
        if not named:
            self.add_error("partners", _("Choose the foreign party, or write it beside."))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        self._refuse_impossible_acts()

    def _refuse_impossible_acts(self) -> None:
        """Acts are read in the order of their days, whatever the order they stand in."""
        lines = self.lines_named("acts")
        if not lines.is_valid() or "signed_on" in self.errors or "expires_on" in self.errors:
            return
        forms = {id(form.instance): form for form in lines.kept()}
        acts = [form.instance for form in forms.values()]
        for act, field, why in impossible(self.instance, acts):
            forms[id(act)].add_error(field, why)


class ActForm(LineForm):
    class Meta(LineForm.Meta):
        model = Act
        fields = ("done_on", "kind", "expires_on", "note")
