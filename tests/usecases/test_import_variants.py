"""Lists of other offices, imported: every row counted once, the same file again changes nothing, statuses kept."""

from collections import Counter
from pathlib import Path

import pytest

from counter_app.domain.convocation import ConvocationStatus
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


def test_each_status_of_the_contract_comes_from_a_list_or_an_act(here: AtDesk) -> None:
    words = ("À venir", "RDV honoré", "Absence non excusée au RDV", "Annulé (excusé)", "Annulé (par le service)")
    rows = [{"Nom": f"SOW{letter}", "Statut": word} for letter, word in zip("ABCDE", words, strict=True)]
    gone, moved, seen = {"Nom": "GONE"}, {"Nom": "MOVED"}, {"Nom": "COME", "ID interne au département": "5911111111"}
    import_list(here.desk, here.lists.rdv_insertion(*rows, gone, moved, seen))
    import_list(here.desk, here.lists.rdv_insertion(*rows, {**moved, "Date du RDV": "24/11/2026"}, seen))
    here.clock.at("9:05")
    here.scan(here.code("COME"))
    today = [one for one in here.everybody() if one.listing.slot.startswith("2026-11-23")]
    assert sorted(one.status.value for one in today) == sorted(status.value for status in ConvocationStatus)
