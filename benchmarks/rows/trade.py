"""Turnover by the million: every month of twenty years and more, over gates, goods and scopes.

Each number stands for one place in the grid of everything a row is about, so
no two are alike. One place in a thousand is a year to date.
"""

from __future__ import annotations

from typing import Any

import pgtrigger

ROWS = """
WITH size AS (SELECT %s::int AS rows, %s::int AS gates)
INSERT INTO trade_turnover (
    agency_id, data_class, created_at, changed_at, version, deletion_reason, is_demo, search_text,
    kind, month, gate_id, flow, regime, commodity, scope, is_local, value, vehicles, note
)
SELECT
    agency.id, 'ordinary', now(), now(), 1, '', false,
    'thang ' || m % 12 + 1 || ' nam ' || 2000 + m / 12 || ' ' || lower(gate.code) || ' ' || flow,
    CASE WHEN n % 1000 = 999 THEN 'to_date' ELSE 'month' END,
    make_date((2000 + m / 12)::int, (m % 12 + 1)::int, 1),
    gate.id, flow, regime, commodity, scope, false,
    (1000 + n::bigint * 7919 % 9000000)::numeric, n % 400, ''
FROM size, generate_series(0, size.rows - 1) AS n,
    LATERAL (SELECT
        n % 252 AS m,
        n / 252 % size.gates AS gate_at,
        (ARRAY['export', 'import'])[1 + n / (252 * size.gates) % 2] AS flow,
        (ARRAY['report', 'branch', 'gates'])[1 + n / (252 * size.gates * 2) % 3] AS scope,
        (ARRAY['', 'business', 'processing', 'reexport', 'reimport', 'merchanting', 'transit',
            'bonded', 'residents', 'other'])[1 + n / (252 * size.gates * 6) % 10] AS regime,
        (ARRAY['', 'fruit', 'farm', 'anise', 'jelly', 'rosin', 'wood', 'ore', 'electronics',
            'machines', 'vehicles', 'cloth', 'crafts', 'other'
            ])[1 + n / (252 * size.gates * 60) % 14] AS commodity
    ) AS place,
    (SELECT id, code, row_number() OVER (ORDER BY id) - 1 AS number FROM reference_gate) AS gate,
    (SELECT id FROM accounts_agency WHERE code = 'SCT') AS agency
WHERE gate.number = gate_at
"""


def fill(cursor: Any, rows: int) -> None:
    """``rows`` rows of turnover, none of them twice."""
    cursor.execute("SELECT count(*) FROM reference_gate")
    gates = cursor.fetchone()[0]
    room = 252 * gates * 6 * 10 * 14
    if rows > room:
        raise ValueError(f"with {gates} gates there is room for {room} rows")
    # A million events of history would take most of the time and are asked for nowhere.
    with pgtrigger.ignore("trade.Turnover:insert_insert"):
        cursor.execute(ROWS.replace(" % ", " %% "), [rows, gates])
