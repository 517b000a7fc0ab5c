from common.contracts import Group, Indicator, Kind

GROUPS = (Group(code="visits", label="Visits", order=900),)
INDICATORS = (
    Indicator(
        code="VISIT.COUNT",
        label="Visits",
        unit="delegation",
        kind=Kind.IN_PERIOD,
        group="visits",
        order=10,
        agency="SNGV",
    ),
    Indicator(
        code="VISIT.PERSONS",
        label="Persons",
        unit="person_visit",
        kind=Kind.IN_PERIOD,
        group="visits",
        order=20,
        agency="SNGV",
    ),
    Indicator(
        code="VISIT.COUNTRIES",
        label="Countries",
        unit="country",
        kind=Kind.IN_PERIOD,
        group="visits",
        order=30,
        agency="SNGV",
    ),
)
