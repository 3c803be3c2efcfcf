"""Proofs about the journal: verify the chain, rebuild what is folded from it, export it."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from counter_app.domain.acts import device_of
from counter_app.domain.spreadsheet import harmless
from counter_app.store import convocation_rows, heads, projections, received, sync_rows, tables
from counter_app.store import verify as chain
from counter_app.store.connection import Connection
from counter_app.store.received import Check
from counter_app.usecases.desk import Desk


def verify(desk: Desk) -> chain.Verification:
    """Every link, digest and signature of the journal, recomputed."""
    with desk.looking() as connection:
        stream = heads.current_stream(connection, desk.stream)
        return chain.verify(connection, checker(desk, connection), stream)


def checker(desk: Desk, connection: Connection) -> Check:
    """What checks the signatures of this desk's acts, and of those of the desks that the central told of."""
    keys, own = sync_rows.peer_keys(connection), device_of(desk.stream)

    def check(stream: str, digest: str, signature: str) -> bool | None:
        device = device_of(stream)
        if device == own:
            return desk.check(digest, signature)
        return desk.signed_by(keys[device], digest, signature) if device in keys else None

    return check


def rebuild(desk: Desk) -> projections.Rebuild:
    """Every projection recomputed from the journal and compared byte for byte with what stood there."""
    with desk.store.writing() as connection:
        rebuilt = projections.rebuild(connection)
        received.show_understood(connection)
        return rebuilt


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and how much."""

    files: tuple[Path, ...]
    acts: int
    convocations: int


def export(desk: Desk, folder: Path) -> Exported:
    """The journal as JSON lines and the convocations as CSV, for a check by other means. Personal: keep it safe."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    journal, people = folder / "journal.jsonl", folder / "convocations.csv"
    for file in (journal, people):
        file.touch()
        file.chmod(0o600)
    with desk.looking() as connection:
        acts, convocations = _export_acts(connection, journal), _export_convocations(connection, people)
    return Exported((journal, people), acts, convocations)


def _export_acts(connection: sa.Connection, path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for table in (tables.act, tables.apart):
            query = sa.select(table).order_by(table.c.stream, table.c.seq).execution_options(yield_per=2000)
            for row in connection.execute(query):
                values = dict(row._mapping)
                values["details"] = json.loads(values["details"]) if values["details"] else None
                file.write(json.dumps(values, ensure_ascii=False) + "\n")
                count += 1
    return count


COLUMNS = ("code", "name", "birth_date", "foreign_number", "slot", "purpose", "service", "status", "arrived_at", "desk")


def _export_convocations(connection: sa.Connection, path: Path) -> int:
    count = 0
    # A byte-order mark and semicolons: what a French spreadsheet opens as it is.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        for one in convocation_rows.every(connection):
            arrival = one.arrival
            values = (
                convocation_rows.code_of(one),
                one.name,
                one.best("birth_date"),
                one.foreign_number,
                one.slot.isoformat(),
                one.purpose,
                one.best("service"),
                one.status.value,
                arrival.at if arrival else None,
                arrival.desk if arrival else None,
            )
            writer.writerow([harmless(value or "") for value in values])
            count += 1
    return count
