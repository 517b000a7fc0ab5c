"""What surrounds foreign affairs: no register, only declarations."""

from common.contracts import Fact, Group, Indicator
from context.indicators import agriculture, economy, outreach, society

GROUPS: tuple[Group, ...] = (
    *outreach.GROUPS,
    *economy.GROUPS,
    *agriculture.GROUPS,
    *society.GROUPS,
)

INDICATORS: tuple[Indicator, ...] = (
    *outreach.INDICATORS,
    *economy.INDICATORS,
    *agriculture.INDICATORS,
    *society.INDICATORS,
)

FACTS: tuple[Fact, ...] = (*economy.FACTS, *agriculture.FACTS)
