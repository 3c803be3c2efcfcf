"""Permits received and handed over, against the same SQL by hand and against reading the lot alone."""

import csv
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from counter_app.domain.handover_draft import HandoverDraft, IdentityResult, OldDocument, Signature
from counter_app.domain.permit import Permit
from counter_app.store import permit_rows
from counter_app.usecases.desk import Desk
from counter_app.usecases.hand_over import hand_over, stamp_shown
from tests.bench.by_hand import ByHand
from tests.bench.desk_work import BY_HAND, copy_of
from tests.bench.figures import Figure
from tests.bench.homes import FOLDER, open_at
from tests.bench.once import run
from tests.bench.people import FIRST_DAY, ZONE, people
from tests.bench.timing import spread, turns
from tests.imports.permit_lists import HEADINGS

A_DAY = 200
"""Permits handed over on one day, from 9 h to 12 h."""
MORNING = 180
"""Minutes of the window."""


def permits(size: str, count: int, turned: int) -> Iterator[Figure]:
    """A lot received, then its first people served."""
    lot, path = write_lot(FOLDER / "lists" / f"permits-{size}.csv", count), FOLDER / "homes" / f"permits-{size}"
    rounds = 3 if count <= 10_000 else 1
    read = [run("read_lot", lot) for _round in range(rounds)]
    ours = [run("receive", lot, path) for _round in range(rounds)]
    assert ours[0].done == read[0].done == count
    yield Figure("lot received", size, spread([one.done / one.seconds for one in ours]), "rows/s")
    parts = [other.own / mine.own for other, mine in zip(read, ours, strict=True)]
    yield Figure("lot received, speed", size, spread(parts), "x", "reading the file alone")
    yield Figure("lot received, peak memory", size, spread([one.peak for one in ours]), "MB")
    yield handovers(path, size, count, turned)


def handovers(path: Path, size: str, count: int, turned: int) -> Figure:
    """A permit handed over with its receipt, on disk when answered."""
    home = open_at(path, size, count)
    copy = copy_of(home)
    hand = PermitsByHand(copy, home.key)
    waiting = _waiting(home.desk, turned)

    def ours(turn: int) -> None:
        home.clock.now = waiting[turn].slot
        assert hand_over(home.desk, waiting[turn].permit.id, waiting[turn].page).recorded

    mine, theirs = turns(turned, ours, lambda turn: hand.hand_over(waiting[turn]))
    hand.close()
    copy.unlink()
    home.close()
    return Figure("permit handed over", size, mine.per(theirs), "x", BY_HAND, at_most=1.8)


class Waiting(NamedTuple):
    """Somebody at the window, their page full."""

    permit: Permit
    slot: datetime
    page: HandoverDraft


def _waiting(desk: Desk, wanted: int) -> list[Waiting]:
    with desk.looking() as connection:
        query = "SELECT id FROM permit WHERE status = 'shelved' ORDER BY slot, id LIMIT ?"
        ids = [str(one) for (one,) in connection.exec_driver_sql(query, (wanted,))]
        known = permit_rows.by_ids(connection, ids)
    return [_served(desk, known[one], place) for place, one in enumerate(ids)]


def _served(desk: Desk, permit: Permit, place: int) -> Waiting:
    _reading, stamp = stamp_shown(desk, f"{10**15 + place * 7_777_777:016d}")
    assert stamp is not None
    assert permit.slot is not None
    page = HandoverDraft(
        sleeve=permit_rows.code_of(permit),
        identity_document="passport",
        identity_result=IdentityResult.MATCH,
        old_document=OldDocument(surrendered=True, what="recepisse"),
        stamps=(stamp,),
        signature=Signature.PAPER,
    )
    return Waiting(permit, permit.slot, page)


class PermitsByHand(ByHand):
    """The statements of a handover as one would write them: nothing judged, chained, signed, folded or read back."""

    def hand_over(self, someone: Waiting) -> None:
        """What a handover with its receipt reads and writes, committed."""
        write, permit, at = self.connection.execute, someone.permit, someone.slot.isoformat()
        series, stamp = f"R-59-A-{someone.slot:%y%m%d}", someone.page.stamps[0].digest
        write("BEGIN IMMEDIATE")
        write("SELECT seq, digest, (SELECT max(clock) FROM head) FROM head").fetchone()
        state = str(write("SELECT id, state FROM permit WHERE id = ?", (permit.id,)).fetchone()[1])
        write("SELECT digest, permit_id FROM stamp_use WHERE digest IN (?)", (stamp,)).fetchall()
        write(_SEEN, (permit.foreign_number,)).fetchall()
        number = write("SELECT coalesce(max(ordinal), 0) + 1 FROM receipt WHERE series = ?", (series,)).fetchone()[0]
        act, receipt = str(uuid4()), str(uuid4())
        told, given = _TOLD % stamp, _GIVEN % (permit.id, act)
        stream, clock = self.write_acts(
            someone.slot, (act, "permit_handed_over", "permit", permit.id, told), (receipt, *_ISSUED, receipt, given)
        )
        marked = f'{state[:-1]},"marks":[{{"act_id":"{act}","at":"{at}","details":{told}}}]}}'
        write(_LEFT, (marked, clock, stream, act, permit.id))
        text = f"{series}-{number:03d}"
        row = (
            receipt,
            f"PGR{secrets.token_hex(5)}",
            text,
            series,
            number,
            permit.id,
            at,
            given,
            clock,
            stream,
            receipt,
        )
        write(f"INSERT INTO receipt VALUES ({', '.join('?' * len(row))})", row)
        write("INSERT INTO stamp_use VALUES (?, ?)", (stamp, permit.id))
        write("COMMIT")


_SEEN = "SELECT id, state FROM convocation WHERE foreign_number IN (?) AND slot IS NOT NULL ORDER BY slot, id"
_LEFT = (
    "UPDATE permit SET status = 'handed_over', tray = NULL, rank = NULL, custody = NULL, state = ?, last_clock = ?, "
    "last_stream = ?, last_act = ? WHERE id = ?"
)
_ISSUED = ("receipt_issued", "receipt")
_TOLD = (
    '{"asked":["sleeve","identity","summons","old_document","stamp","signature"],"chip_checked":false,"chips":'
    '["permit_ready"],"collector":{"capacity":"holder","medical_certificate":false,"name":"","relation":""},"identity":'
    '{"document":"passport","number":"","read_by":"eye","result":"match"},"offline":false,"old_document":{"reason":"",'
    '"surrendered":true,"what":"recepisse"},"override":null,"read_through":false,"signature":{"how":"paper","ink":""},'
    '"sleeve":"scanned","slot":"2026-01-05T09:00:00+01:00","stamp":{"due":250,"due_reason":"","exempt":"","shown":'
    '[{"amount":null,"digest":"%s","last":"3456"}]}}'
)
_GIVEN = (
    '{"code":"PGRCTDSBPRCB","convocation":"%s","kind":"handover_receipt","number":"R-59-A-260105-001","ordinal":1,'
    '"series":"R-59-A-260105","ticket":"","arrival":"%s"}'
)


def write_lot(path: Path, count: int) -> Path:
    """A lot of this many permits, from the first working day on; kept when it is already there."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        with draft.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(HEADINGS)
            writer.writerows(_rows(count))
        draft.replace(path)
    return path


def _rows(count: int) -> Iterator[tuple[str, ...]]:
    for place, person in enumerate(people(count, seed=59)):
        day, turn = divmod(place, A_DAY)
        weeks, weekday = divmod(day, 5)
        when = datetime.combine(FIRST_DAY, datetime.min.time(), ZONE) + timedelta(weeks=weeks, days=weekday)
        slot = when + timedelta(hours=9, minutes=turn * MORNING // A_DAY // 10 * 10)
        yield (
            person.number, person.family.upper(), person.given, f"{person.birth_date:%d/%m/%Y}", "CSP 4 ans",
            f"T{place:08d}", "01/12/2025", "30/11/2029", "15/12/2025", f"IN-{2600 + day}", "ABCDEFGH"[day % 8],
            str(turn + 1), "250", "+33612340000", "29/12/2025", f"{slot:%d/%m/%Y %H:%M}",
        )  # fmt: skip
