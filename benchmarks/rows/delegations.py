"""Delegations out, delegations in and meetings by the hundred thousand, over twenty years."""

from __future__ import annotations

from typing import Any

# Nine of ten took place; the rest was cancelled, or is planned for days to come.
DELEGATIONS = """
INSERT INTO delegations_delegation (
    agency_id, lead_agency_id, data_class, created_at, changed_at, version, deletion_reason,
    is_demo, search_text, direction, title, content, pillar, head, head_position, persons,
    organisation, began_on, ended_on, status, authority, decision_number, decided_on, funding,
    cost, reception, purpose, results, report_due_on, reported_on, report_number, note
)
SELECT
    agencies.ids[1 + n %% cardinality(agencies.ids)],
    agencies.ids[1 + n %% cardinality(agencies.ids)],
    CASE WHEN n %% 50 = 0 THEN 'restricted' ELSE 'ordinary' END,
    now(), now(), 1, '', false,
    'doan cong tac so ' || n || ' tham, lam viec quang tay trung quoc ' || n || '/qd-ubnd',
    %(direction)s, 'Đoàn công tác số ' || n, 'Trao đổi hợp tác',
    (ARRAY['party', 'state', 'people'])[1 + n %% 3],
    'Đồng chí A', 'Trưởng đoàn', 2 + n %% 30, '', day, day + n %% 7,
    CASE WHEN n %% 20 = 0 THEN 'cancelled' WHEN n %% 20 = 1 THEN 'planned' ELSE 'ended' END,
    'Ủy ban nhân dân tỉnh', n || '/QĐ-UBND', day - 10,
    (ARRAY['budget', 'partner', 'own'])[1 + n %% 3], 20 + n %% 500,
    CASE WHEN %(direction)s = 'in' THEN (ARRAY['hosted', 'guest', 'press'])[1 + n %% 3] ELSE '' END,
    '', '',
    CASE WHEN %(direction)s = 'out' THEN day + n %% 7 + 15 END,
    CASE WHEN %(direction)s = 'out' AND n %% 40 > 2 THEN day + n %% 7 + 10 END, '', ''
FROM generate_series(1, %(rows)s) AS n,
    LATERAL (SELECT date '2006-01-01' + (n * 7919) %% 7300 AS day) AS days,
    (SELECT array_agg(id ORDER BY id) AS ids FROM accounts_agency) AS agencies
"""

# One country each, and every third delegation a second one.
COUNTRIES = """
INSERT INTO delegations_delegation_countries (delegation_id, country_id)
SELECT record.id, countries.ids[1 + (record.id * more + more) %% cardinality(countries.ids)]
FROM delegations_delegation AS record,
    generate_series(1, 2) AS more,
    (SELECT array_agg(id ORDER BY id) AS ids FROM reference_country) AS countries
WHERE NOT record.is_demo AND (more = 1 OR record.id %% 3 = 0)
ON CONFLICT DO NOTHING
"""

MEETINGS = """
INSERT INTO delegations_meeting (
    agency_id, lead_agency_id, data_class, created_at, changed_at, version, deletion_reason,
    is_demo, search_text, title, kind, session_number, began_on, ended_on, place, form, status,
    our_head, our_position, their_head, their_position, authority, decision_number,
    documents_signed, results
)
SELECT
    agencies.ids[1 + n %% cardinality(agencies.ids)],
    agencies.ids[1 + n %% cardinality(agencies.ids)],
    CASE WHEN n %% 50 = 0 THEN 'restricted' ELSE 'ordinary' END,
    now(), now(), 1, '', false,
    'hoi dam so ' || n || ' quang tay', 'Hội đàm số ' || n,
    (ARRAY['talks', 'conference', 'other'])[1 + n %% 3], NULL, day, day + n %% 3,
    'Thành phố Lạng Sơn', 'in_person',
    CASE WHEN n %% 20 = 0 THEN 'cancelled' WHEN n %% 20 = 1 THEN 'planned' ELSE 'ended' END,
    'Đồng chí A', '', 'Ông A', '', '', '', '', ''
FROM generate_series(1, %(rows)s) AS n,
    LATERAL (SELECT date '2006-01-01' + (n * 7919) %% 7300 AS day) AS days,
    (SELECT array_agg(id ORDER BY id) AS ids FROM accounts_agency) AS agencies
"""


def fill(cursor: Any, rows: int) -> None:
    """``rows`` records in each of the three registers, delegations with their countries."""
    for direction in ("out", "in"):
        cursor.execute(DELEGATIONS, {"direction": direction, "rows": rows})
    cursor.execute(COUNTRIES, {})
    cursor.execute(MEETINGS, {"rows": rows})
