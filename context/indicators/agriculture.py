"""Agriculture: pilot projects, growing areas, products.

Each VietGAP area has a code of its own: they are places, not one series.
"""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.contracts import Fact, Group, Indicator
from context.indicators.rows import HAPPENED, STANDS, row

GROUPS: tuple[Group, ...] = (
    Group(code="agriculture", label=pgettext_lazy("group", "Agriculture"), order=130),
)

_agriculture = partial(row, group="agriculture", agency="SNNMT")
_NGAN_SON = pgettext_lazy("scope", "Ngân Sơn JSC")
_THAI_BINH = pgettext_lazy("scope", "Thái Bình Tea JSC")

INDICATORS: tuple[Indicator, ...] = (
    _agriculture(
        10, "AGRI.OVERALL_PROJECT", _("Overall pilot projects directed"), "project", **STANDS
    ),
    _agriculture(20, "AGRI.PILOT_MODEL", _("Pilot production models directed"), "model", **STANDS),
    _agriculture(
        30,
        "AGRI.VIETGAP_AREA.NA_CHI_LANG",
        _("VietGAP area: Chi Lăng custard apple"),
        "hectare",
        scope=pgettext_lazy("scope", "Chi Lăng custard apple, accumulated (Chi Lăng district)"),
        **STANDS,
    ),
    _agriculture(
        40,
        "AGRI.VIETGAP_AREA.HONG_VANH_KHUYEN",
        _("VietGAP area: Vành Khuyên persimmon"),
        "hectare",
        scope=pgettext_lazy("scope", "Vành Khuyên persimmon (Văn Lãng district)"),
        **STANDS,
    ),
    _agriculture(
        50,
        "AGRI.VIETGAP_AREA.QUYT_BAC_SON",
        _("VietGAP area: Bắc Sơn mandarin"),
        "hectare",
        scope=pgettext_lazy("scope", "Bắc Sơn mandarin (Bắc Sơn district)"),
        **STANDS,
    ),
    _agriculture(
        60, "AGRI.TEA_AREA", _("Tea area in harvest"), "hectare", scope=_THAI_BINH, **STANDS
    ),
    _agriculture(
        70,
        "AGRI.TEA_FRESH",
        _("Fresh tea output"),
        "tonne_a_year",
        scope=_THAI_BINH,
        **HAPPENED,
    ),
    _agriculture(
        80,
        "AGRI.TEA_DRY",
        _("Pre-processed dry tea output"),
        "tonne_a_year",
        scope=_THAI_BINH,
        **HAPPENED,
    ),
    _agriculture(90, "AGRI.OCOP", _("OCOP products of 3 stars and above"), "product", **STANDS),
    _agriculture(
        100,
        "AGRI.VALUE_CHAIN",
        _("Value chains of production and sale"),
        "value_chain",
        **STANDS,
    ),
    _agriculture(
        110,
        "AGRI.TOBACCO_COMMUNE",
        _("Communes growing tobacco"),
        "commune",
        scope=_NGAN_SON,
        yearly=False,
        **STANDS,
    ),
    _agriculture(
        120,
        "AGRI.TOBACCO_DISTRICT",
        _("Districts growing tobacco"),
        "district",
        scope=_NGAN_SON,
        yearly=False,
        **STANDS,
    ),
    _agriculture(
        130,
        "AGRI.TOBACCO_AREA",
        _("Tobacco area"),
        "hectare",
        scope=_NGAN_SON,
        yearly=False,
        **STANDS,
    ),
)

FACTS: tuple[Fact, ...] = (
    Fact(
        code="AGRI.VIETGAP_AREA.NA_CHI_LANG_FIRST",
        label=_("VietGAP area: Chi Lăng custard apple, first round"),
        unit="hectare",
    ),
    Fact(
        code="AGRI.VIETGAP_AREA.HONG_BAO_LAM",
        label=_("VietGAP area: Bảo Lâm persimmon"),
        unit="hectare",
    ),
)
