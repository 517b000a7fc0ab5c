"""Agreements by the hundred thousand: a third extended, some suspended or terminated."""

from __future__ import annotations

from typing import Any

RECORDS = """
INSERT INTO agreements_agreement (
    agency_id, own_agency_id, data_class, created_at, changed_at, version, deletion_reason,
    is_demo, search_text, title, level, own_party, other_party, own_signer, other_signer,
    signed_on, signed_at, occasion, effective_on, expires_on, renewal, renewal_months, areas,
    languages, implementation
)
SELECT
    agencies.ids[1 + n %% cardinality(agencies.ids)],
    agencies.ids[1 + n %% cardinality(agencies.ids)],
    CASE WHEN n %% 50 = 0 THEN 'restricted' ELSE 'ordinary' END,
    now(), now(), 1, '', false,
    'thoa thuan hop tac so ' || n || ' quang tay',
    'Thỏa thuận hợp tác số ' || n,
    (ARRAY['province', 'department', 'commune', 'organisation'])[1 + n %% 4],
    '', 'Quảng Tây', 'Lãnh đạo đơn vị', '', day, 'thành phố Lạng Sơn', '', day,
    CASE WHEN n %% 5 > 0 THEN day + 365 * (1 + n %% 10) END,
    CASE WHEN n %% 20 = 1 THEN 'automatic' ELSE 'consent' END,
    CASE WHEN n %% 20 = 1 THEN 12 * (1 + n %% 10) END,
    ARRAY[(ARRAY['trade', 'tourism', 'gates', 'labour'])[1 + n %% 4]],
    'tiếng Việt, tiếng Trung', ''
FROM generate_series(1, %s) AS n,
    LATERAL (SELECT date '2006-01-01' + (n * 7919) %% 7300 AS day) AS days,
    (SELECT array_agg(id ORDER BY id) AS ids FROM accounts_agency) AS agencies
"""
PARTNERS = """
INSERT INTO agreements_agreement_partners (agreement_id, partner_id)
SELECT id, partners.ids[1 + id % cardinality(partners.ids)]
FROM agreements_agreement,
    (SELECT array_agg(id ORDER BY id) AS ids FROM reference_partner) AS partners
ON CONFLICT DO NOTHING
"""
ACTS = """
INSERT INTO agreements_act (agreement_id, done_on, kind, expires_on, note)
SELECT id, done_on, kind, new_end, ''
FROM agreements_agreement,
    LATERAL (VALUES
        (signed_on + 200, 'extended', expires_on + 730, id % 3 = 0 AND expires_on IS NOT NULL),
        (signed_on + 300, 'suspended', NULL, id % 40 = 1),
        (signed_on + 400, 'terminated', NULL, id % 20 = 2)
    ) AS acts (done_on, kind, new_end, happened)
WHERE happened
"""


def fill(cursor: Any, rows: int) -> None:
    """``rows`` agreements with their partners and acts."""
    cursor.execute(RECORDS, [rows])
    cursor.execute(PARTNERS)
    cursor.execute(ACTS)
