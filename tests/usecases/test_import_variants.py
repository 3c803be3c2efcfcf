"""Lists of other offices, imported: every row counted once, the same file again changes nothing, statuses kept."""

from collections import Counter
from pathlib import Path

import pytest

from counter_app.imports.statuses import ListedStatus
from counter_app.usecases.import_list import dry_run, import_list
from tests.homes import AtDesk
from tests.imports.variants import KINDS, make


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("seed", range(4))
def test_every_row_is_counted_once_and_the_same_file_again_changes_nothing(
    here: AtDesk, tmp_path: Path, kind: str, seed: int
) -> None:
    variant = make(tmp_path, seed, kind, many=25)
    would, done = dry_run(here.desk, variant.path), import_list(here.desk, variant.path)
    again = import_list(here.desk, variant.path)
    for outcome in (would, done, again):
        assert outcome.rows == len(variant.people) + variant.other_rows
        assert outcome.added + outcome.changed + outcome.unchanged + len(outcome.rejected) == outcome.rows
    assert (would.added, done.added, again.added) == (25, 25, 0)
    assert (again.changed, again.absent) == (0, 0)
    told = Counter("expected" if one.status is ListedStatus.unknown else one.status.value for one in variant.people)
    assert Counter(one.status.value for one in here.everybody()) == told
