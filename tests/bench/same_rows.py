"""A list stored by hand in the tables of the app, row for row what an import leaves there.

What it does not do is the difference: no chain of digests, no fold, no reading back, no repairable rejection, and one
transaction, so that a check-in would wait for the whole list.
"""

import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from itertools import count, islice
from pathlib import Path
from uuid import uuid4

from sqlcipher3 import dbapi2

from tests.bench.lists import checked

BATCH = 5_000
AT, CLOCK, STREAM = "2026-01-05T07:30:00+01:00", 115_829_000_000_000_000, "000000000000:000000000000"
_INTO = {"act": 18, "convocation": 13, "listing_key": 7, "search_subject": 5}


def store_same_rows(connection: dbapi2.Connection, path: Path) -> int:
    """Read the list with the csv module and write it with executemany; answers how many people there are."""
    people, numbers = checked(path), count(1)
    connection.execute("BEGIN IMMEDIATE")
    while some := list(islice(people, BATCH)):
        rows = [_rows(person, next(numbers)) for person in some]
        for table, width in _INTO.items():
            marks = ", ".join("?" * width)
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", [row[table] for row in rows])
        texts = [(row["search_subject"][0], f"{row['search_subject'][3]} {row['search_subject'][4]}") for row in rows]
        connection.executemany("INSERT INTO search_text (rowid, words) VALUES (?, ?)", texts)
        words = {(word, word[:3]) for row in rows for word in str(row["search_subject"][3]).split()}
        connection.executemany("INSERT OR IGNORE INTO search_word VALUES (?, ?)", list(words))
    connection.execute("COMMIT")
    return int(connection.execute("SELECT count(*) FROM convocation").fetchone()[0])


def _rows(person: tuple[str, ...], number: int) -> Mapping[str, tuple[object, ...]]:
    key, foreign, day, slot, name, born, purpose, organisation, postcode, _status = person
    subject, act = sha256(key.encode()).hexdigest()[:32], str(uuid4())
    listing = {
        "source": "rdv_insertion", "source_key": key, "exported_at": AT, "name": name, "slot": slot,
        "purpose": purpose, "birth_date": born, "foreign_number": foreign, "organisation": organisation,
        "postcode": postcode, "status": "expected",
    }  # fmt: skip
    details = json.dumps(listing, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    state = f'{{"arrivals":[],"attempts":0,"confirmed_number":null,"listings":[{details}],"undone":[]}}'
    who = (STREAM, number, "nord", "Guichet 1", "Agent", AT, CLOCK + number)
    chained = [secrets.token_hex(32) for _ in range(3)]
    folded = name.lower()
    return {
        "act": (act, *who, "convocation_listed", 1, "convocation", subject, details, chained[0][:32], *chained, None),
        "convocation": (
            *(subject, f"PGC{subject[:9]}", None, foreign, day, slot, name, folded, "expected", state),
            *(CLOCK + number, STREAM, act),
        ),
        "listing_key": ("rdv_insertion", key, subject, day, organisation, 1, AT),
        "search_subject": (number, int(subject[:7], 16), subject, folded, f"{foreign} z{foreign[-4:]}"),
    }
