"""FDI and ODA projects and NGO aid by the hundred thousand, with money and acts of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pgtrigger

RECORDS = """
INSERT INTO {table} (
    agency_id, data_class, created_at, changed_at, version, deletion_reason, is_demo, search_text,
    name, sector, number, decided_on, ended_on, managing_agency, owner, note, country_id {names}
)
SELECT
    agencies.ids[1 + n % cardinality(agencies.ids)],
    CASE WHEN n % 50 = 0 THEN 'restricted' ELSE 'ordinary' END,
    now(), now(), 1, '', false,
    'du an so ' || n || ' ' || n || '/qd-ubnd', 'Dự án số ' || n,
    (ARRAY['industry', 'transport', 'health', 'education'])[1 + n % 4],
    n || '/QĐ-UBND', day, CASE WHEN n % 10 > 0 THEN day + 365 * (1 + n % 30)::int END,
    'Ủy ban nhân dân tỉnh', 'Chủ dự án', '',
    countries.ids[1 + n % cardinality(countries.ids)] {values}
FROM generate_series(1, %s) AS n,
    LATERAL (SELECT date '2000-01-01' + (n * 7919 % 9400)::int AS day) AS days,
    (SELECT array_agg(id ORDER BY id) AS ids FROM accounts_agency) AS agencies,
    (SELECT array_agg(id ORDER BY id) AS ids FROM reference_country) AS countries
"""
# What was promised first, and for every fourth project a supplement two years later.
AMOUNTS = """
INSERT INTO {table}amount (project_id, change, amount, currency, decided_on, document {names})
SELECT id, change, 10000 + id * 7919 % 5000000,
    CASE WHEN id % 5 = 0 THEN 'VND' ELSE 'USD' END, since, '' {values}
FROM {record}, LATERAL (VALUES
    ('initial', NULL, true), ('increase', decided_on + 730, id % 4 = 0)
) AS changes (change, since, happened)
WHERE happened
"""
DISBURSEMENTS = """
INSERT INTO {table}disbursement (project_id, year, amount, currency, note {names})
SELECT id, extract(year FROM decided_on) + later, 5000 + id * 7919 % 90000, 'USD', '' {values}
FROM {record}, generate_series(0, 1) AS later
"""
ACTS = """
INSERT INTO {table}act (project_id, kind, done_on, until, document, note)
SELECT id, deed, done_on, until, '', ''
FROM {record}, LATERAL (VALUES
    ('extended', ended_on - 30, ended_on + 730, id % 3 = 0 AND ended_on IS NOT NULL),
    ('suspended', decided_on + 200, NULL, id % 40 = 1),
    ('ended', decided_on + 900, NULL, id % 20 = 2)
) AS acts (deed, done_on, until, happened)
WHERE happened
"""


@dataclass(frozen=True)
class Kind:
    """One register: its table, and what only its records and lines have."""

    record: str
    lines: str
    own: tuple[tuple[str, str], ...]
    capital: str = ""  # of amounts
    paid: str = ""  # of disbursements


KINDS = (
    Kind(
        "projects_fdiproject",
        "projects_fdi",
        (("investor", "'Nhà đầu tư'"), ("zone", "''"), ("labour", "n % 400"), ("progress", "''")),
    ),
    Kind(
        "projects_odaproject",
        "projects_oda",
        (("modality", "'project'"), ("donor", "'Nhà tài trợ'")),
        capital="'loan'",
        paid="'loan'",
    ),
    Kind(
        "projects_ngoaid",
        "projects_ngo",
        (
            ("kind", "CASE WHEN n % 3 = 0 THEN 'non_project' ELSE 'project' END"),
            ("donor", "'Tổ chức tài trợ'"),
            ("registration", "''"),
        ),
        capital="'aid'",
    ),
)


def fill(cursor: Any, rows: int) -> None:
    """``rows`` records of each of the three registers, without the events of their history."""
    with pgtrigger.ignore():
        for kind in KINDS:
            own = {
                "names": "".join(f", {name}" for name, _value in kind.own),
                "values": "".join(f", {value}" for _name, value in kind.own),
            }
            run(cursor, RECORDS.format(table=kind.record, **own), [rows])
            for lines, capital in ((AMOUNTS, kind.capital), (DISBURSEMENTS, kind.paid), (ACTS, "")):
                names, values = (", capital", f", {capital}") if capital else ("", "")
                tables = {"table": kind.lines, "record": kind.record}
                run(cursor, lines.format(names=names, values=values, **tables), [])


def run(cursor: Any, statement: str, parameters: list[Any]) -> None:
    """Written with one percent sign for "modulo", as one reads it."""
    cursor.execute(statement.replace(" % ", " %% "), parameters)
