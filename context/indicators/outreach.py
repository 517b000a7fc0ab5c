"""Culture, external information, overseas Vietnamese: chapters of the outline."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.contracts import Group, Indicator, Kind
from context.indicators.rows import HAPPENED, row

GROUPS: tuple[Group, ...] = (
    Group(code="culture", label=pgettext_lazy("group", "Cultural diplomacy"), order=80),
    Group(code="information", label=pgettext_lazy("group", "External information"), order=90),
    Group(code="overseas", label=pgettext_lazy("group", "Overseas Vietnamese"), order=110),
)

_culture = partial(row, group="culture", agency="SVHTTDL")
_information = partial(row, group="information")
_overseas = partial(row, group="overseas", agency="SNGV", kind=Kind.AT_DATE)

INDICATORS: tuple[Indicator, ...] = (
    _culture(
        10,
        "CULT.THEN_PROVINCES",
        _("Provinces and cities preparing the Then dossier together"),
        "province",
        kind=Kind.AT_DATE,
    ),
    _information(
        10, "INFO.BOOKS", _("Promotional books issued"), "book", agency="SVHTTDL", **HAPPENED
    ),
    # Languages are counted distinctly: like countries, they do not add up.
    _information(
        20,
        "INFO.LANGUAGES",
        _("Languages of promotional books"),
        "language",
        agency="SVHTTDL",
        kind=Kind.CUMULATIVE,
    ),
    _information(
        30, "INFO.BULLETIN", _("External bulletins"), "issue", agency="SVHTTDL", **HAPPENED
    ),
    _information(
        40,
        "INFO.PRINT_WORK",
        _("Bilingual printed press works"),
        "work",
        agency="BPTTH",
        **HAPPENED,
    ),
    _information(
        50,
        "INFO.PRESS_WORK",
        _("Press works entered for the external information award"),
        "work",
        agency="BPTTH",
        **HAPPENED,
    ),
    _information(
        60,
        "INFO.STYLE_WORK",
        _("Style works entered for the external information award"),
        "work",
        agency="BPTTH",
        **HAPPENED,
    ),
    _overseas(10, "DIASPORA.PERSONS", _("Overseas Vietnamese from Lạng Sơn"), "person"),
    _overseas(
        20,
        "DIASPORA.COUNTRIES",
        _("Countries and territories with overseas Vietnamese from Lạng Sơn"),
        "country",
    ),
)
