"""Sealed documents of the vectors, and a folder of the TEST certificates that some of them are signed with."""

import csv
import json
from base64 import b64decode
from pathlib import Path

VECTORS = Path(__file__).parent / "vectors"
ROWS = {row["id"]: row for row in csv.DictReader((VECTORS / "2ddoc.csv").read_text(encoding="utf-8").splitlines())}


def sealed(name: str) -> str:
    """The text of a vector as a reader types it: separators as control characters."""
    return ROWS[name]["raw_escaped"].replace("<GS>", "\x1d").replace("<RS>", "\x1e").replace("<US>", "\x1f")


def practice_folder(home: Path) -> Path:
    """Bring the TEST authority of the vectors into a training home."""
    folder = home / "certificats"
    folder.mkdir(parents=True, exist_ok=True)
    chain = json.loads((VECTORS / "2ddoc_test_chain.json").read_text(encoding="utf-8"))
    for name, text in chain.items():
        if name != "warning":
            (folder / f"{name}.der").write_bytes(b64decode(text))
    return folder
