import django_filters
from django.utils.translation import gettext_lazy as _

from border.models import Incident, Kind, Side, Status
from reference.places import Place
from registers.filters import PickerFilter, RecordFilter
from registers.models import Visibility


class IncidentFilter(RecordFilter):
    FIRST = ("q", "year", "side", "breaks_agreement")

    side = django_filters.ChoiceFilter(
        label=_("Violating side"), choices=Side.choices, empty_label=_("all sides")
    )
    breaks_agreement = django_filters.ChoiceFilter(
        label=_("Regime agreement"),
        choices=[("1", _("broken")), ("0", _("other incidents"))],
        empty_label=_("all incidents"),
        method="of_agreement",
    )
    kind = django_filters.ChoiceFilter(
        label=_("Type of incident"), choices=Kind.choices, empty_label=_("all types")
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Status.choices, empty_label=_("all statuses")
    )
    place = PickerFilter(label=_("Commune"), queryset=Place.objects.all())
    data_class = django_filters.ChoiceFilter(
        label=_("Who may see it"), choices=Visibility.choices, empty_label=_("all labels")
    )

    class Meta:
        model = Incident
        fields = ("side", "breaks_agreement", "kind", "status", "place", "data_class")

    def of_agreement(self, rows, name, value):
        return rows.filter(breaks_agreement=value == "1") if value else rows
