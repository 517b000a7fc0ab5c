"""Border incidents by the hundred thousand, over twenty years."""

from __future__ import annotations

from typing import Any

INCIDENTS = """
INSERT INTO border_incident (
    agency_id, data_class, created_at, changed_at, version, deletion_reason, is_demo,
    search_text, happened_on, sector, marker, place_id, kind, side, breaks_agreement,
    description, handling, channel, status
)
SELECT
    agencies.ids[1 + n % cardinality(agencies.ids)],
    CASE WHEN n % 3 = 0 THEN 'restricted' ELSE 'ordinary' END,
    now(), now(), 1, '', false,
    n || ' chan tha gia suc qua duong bien gioi lan thu ' || n,
    date '2006-01-01' + (n * 7919) % 7300, 'Tân Thanh', n::text,
    places.ids[1 + n % cardinality(places.ids)],
    (ARRAY['grazing', 'building', 'encroachment', 'resources', 'crossing'])[1 + n % 5],
    (ARRAY['cn', 'vn', 'unknown'])[1 + n % 3], n % 2 = 0,
    'Chăn thả gia súc qua đường biên giới, lần thứ ' || n, 'Đã trao đổi với phía đối diện',
    (ARRAY['', 'letter', 'talks'])[1 + n % 3], (ARRAY['new', 'discussed', 'settled'])[1 + n % 3]
FROM generate_series(1, %s) AS n,
    (SELECT array_agg(id ORDER BY id) AS ids FROM accounts_agency) AS agencies,
    (SELECT array_agg(id ORDER BY id) AS ids FROM reference_place WHERE is_on_border) AS places
"""


def fill(cursor: Any, rows: int) -> None:
    """``rows`` incidents of both sides, one in three restricted."""
    cursor.execute(INCIDENTS.replace(" % ", " %% "), [rows])
