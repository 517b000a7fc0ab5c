from border.models import Incident
from registers.forms import RecordForm


class IncidentForm(RecordForm):
    class Meta(RecordForm.Meta):
        model = Incident
        fields = (
            *("agency", "data_class", "happened_on", "sector", "marker", "place"),
            *("kind", "side", "breaks_agreement", "description"),
            *("handling", "channel", "status"),
        )
