import django_filters
from django.db.models import Q

from reference.partners import Country
from registers.contract import Column, Lines, Register, Section
from registers.filters import PickerFilter, RecordFilter
from registers.forms import RecordForm
from registers.lines import LineForm
from visits.figures import FEEDS
from visits.models import Host, Visit


class VisitForm(RecordForm):
    class Meta(RecordForm.Meta):
        model = Visit
        fields = ("agency", "title", "began_on", "ended_on", "persons", "cost", "countries")


class HostForm(LineForm):
    class Meta(LineForm.Meta):
        model = Host
        fields = ("name", "persons")


class VisitFilter(RecordFilter):
    title = django_filters.CharFilter(lookup_expr="icontains")
    countries = PickerFilter(queryset=Country.objects.all())


REGISTERS = (
    Register(
        code="visits",
        slug="chuyen-tham",
        label="Visits",
        description="Visits nobody made",
        order=200,
        model=Visit,
        form=VisitForm,
        filters=VisitFilter,
        default_sort="-began_on",
        columns=(
            Column(name="began_on", label="Day", sort="began_on"),
            Column(name="title", label="Title", sort="title"),
            Column(name="ended_on", label="Last day", sort="ended_on"),
            Column(name="persons", label="Persons", total="persons", is_number=True),
            Column(name="cost", label="Cost", total="cost", sort="cost", is_number=True),
            Column(name="countries", label="Countries"),
        ),
        sections=(
            Section(
                label="The visit",
                fields=("title", ("began_on", "ended_on"), ("persons", "cost"), "countries"),
                lines=("hosts",),
            ),
            Section(label="The record", fields=("agency",)),
        ),
        lines=(
            Lines(
                name="hosts", label="Hosts", model=Host, form=HostForm, at_least=1, once=("name",)
            ),
        ),
        feeds=FEEDS,
        twins=lambda visit: Q(title=visit.title, began_on=visit.began_on),
        related=("agency",),
        prefetch=("countries",),
    ),
)
