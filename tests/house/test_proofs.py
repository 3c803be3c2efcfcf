"""The table of what is proved of the exchanges names tests that are there."""

import re

from tests.house.source import ROOT, functions

NAMED = re.compile(r"`((?:[a-z_]+/)+[a-z_]+\.py)(?:::(\w+))?`")


def test_every_proof_that_the_documents_name_is_there() -> None:
    named = NAMED.findall((ROOT / "docs" / "proofs.md").read_text(encoding="utf-8"))
    assert len(named) > 50
    files = {path: ROOT / "tests" / path for path, _name in named}
    assert [path for path, file in files.items() if not file.is_file()] == []
    known = {path: {name for name, _lines in functions(file)} for path, file in files.items()}
    assert [f"{path}::{name}" for path, name in named if name and name not in known[path]] == []
