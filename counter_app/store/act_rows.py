"""Acts as the driver reads them, many at once: what is received, and what is folded again, comes by thousands."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa

from counter_app.domain.acts import Act, Author, Details, Subject
from counter_app.store.journal import COLUMNS
from counter_app.store.statements import Row, marks, rows

AT_ONCE = 500
"""Subjects named in one question."""
_OF_SUBJECTS = f"SELECT {', '.join(COLUMNS)} FROM {{}} WHERE subject_type = ? AND subject_id IN ({{}})"


def acts_of_each(connection: sa.Connection, subject_type: str, ids: Sequence[str]) -> dict[str, list[Act]]:
    """Every act about each of these subjects, in the one order all desks agree on."""
    found: dict[str, list[Act]] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        for table in ("act", "apart"):
            for row in rows(connection, _OF_SUBJECTS.format(table, marks(some)), (subject_type, *some)):
                act = read_row(row)
                found.setdefault(act.subject.id, []).append(act)
    return {subject_id: sorted(acts, key=lambda act: act.order) for subject_id, acts in found.items()}


def read_row(row: Row) -> Act:
    """An act as it travelled; erased details read as empty."""
    act_id, stream, seq, site, desk, agent, at, clock, kind, version, *about, prev, digest, _signature = row
    subject_type, subject_id, details, salt, details_digest = about
    return Act(
        act_id,
        _author(site, stream, desk, agent),
        seq,
        datetime.fromisoformat(at),
        clock,
        kind,
        version,
        Subject(subject_type, subject_id),
        _read_details(details),
        salt or "",
        prev,
        details_digest,
        digest,
    )


@lru_cache(maxsize=256)
def _author(site: str, stream: str, desk: str, agent: str) -> Author:
    """The same few sign thousands of acts."""
    return Author(site, stream, desk, agent)


def _read_details(text: str | None) -> Details:
    """Details that were erased, or that another desk wrote wrong, read as empty: the act then changes nothing."""
    try:
        details = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return details if isinstance(details, dict) else {}
