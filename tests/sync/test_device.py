"""A revoked desk: what it holds goes to the central first, then it forgets, its key before anything."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counter_app import keys, membership, wiping
from counter_app.app import init_home, open_office
from counter_app.domain.refusal import StoreRefused
from counter_app.home import Home, read_home
from counter_app.sync.device import may_wipe
from counter_app.sync.wire import Hello, HelloAnswer, Tip
from tests.homes import Clock

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TIPS = {"a:1": Tip(1, 9, "9" * 64), "b:1": Tip(1, 4, "4" * 64)}
HELLO = Hello("a", "a:1", TIPS, AT.isoformat())
REVOKED = HelloAnswer("nord", False, "g", AT.isoformat(), TIPS, (), (), 13, revoked=True)


def test_a_desk_wipes_once_the_central_holds_all_and_says_that_it_is_out() -> None:
    assert may_wipe(HELLO, REVOKED, TIPS, loose=False)
    assert not may_wipe(HELLO, REVOKED, TIPS, loose=True)


@pytest.mark.parametrize(
    ("answer", "held"),
    [
        (replace(REVOKED, revoked=False), TIPS),
        (replace(REVOKED, lacking=("b:1",)), TIPS),
        (REVOKED, {**TIPS, "a:1": Tip(1, 10, "a" * 64)}),
        (REVOKED, {**TIPS, "a:2": Tip(1, 1, "b" * 64)}),
    ],
)
def test_a_desk_that_holds_one_act_more_than_the_central_wipes_nothing(
    answer: HelloAnswer, held: dict[str, Tip]
) -> None:
    assert not may_wipe(HELLO, answer, held, loose=False)


@pytest.fixture
def joined(home: Path) -> Home:
    """A home with a day's work, papers, copies and a place at a central."""
    found = read_home(home)
    with closing(open_office(home, clock=Clock())):
        pass
    (home / "papiers").mkdir(exist_ok=True)
    (home / "papiers" / "ticket.pdf").write_bytes(b"%PDF DIALLO Mariama")
    keys.keep_secret(home / membership.SECRETS, f"{found.identity.id} central", '{"token":"t","site_key":"00"}')
    (home / membership.FILE).write_text("{}")
    return found


def test_a_wiped_home_holds_nothing_but_the_note_and_says_so_when_it_is_opened(joined: Home) -> None:
    wiping.wipe(joined, AT)
    assert [path.name for path in joined.path.iterdir()] == ["efface.json"]
    with pytest.raises(StoreRefused) as refused:
        open_office(joined.path)
    assert refused.value.code == "wiped"
    assert "le 23/11/2026 à 09:30" in refused.value.sentence
    assert "Aucun acte n’est perdu" in refused.value.sentence


def test_the_key_goes_first_and_a_wipe_cut_short_goes_on_at_the_next_start(
    joined: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(_path: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(wiping, "_remove", cut)
        with pytest.raises(KeyboardInterrupt):
            wiping.wipe(joined, AT)
    left = {path.name for path in joined.path.iterdir()}
    assert {"guichet.db", "home.json", "efface.json"} <= left
    assert not {"key.json", "central.key", "central.json"} & left
    with pytest.raises(StoreRefused) as refused:
        open_office(joined.path)
    assert refused.value.code == "wiped"
    assert [path.name for path in joined.path.iterdir()] == ["efface.json"]


def test_another_desk_made_in_a_wiped_home_works_and_is_not_wiped(joined: Home) -> None:
    wiping.wipe(joined, AT)
    made = init_home(joined.path, "nord", training=True, clock=Clock())
    with closing(open_office(joined.path, clock=Clock())) as office:
        assert office.home.identity.id == made.identity.id != joined.identity.id
    assert made.store.is_file()


@pytest.mark.parametrize("note", ["", "{}", "[]", '{"home": 1}', '{"home": "ID", "at": "demain"}'])
def test_a_note_that_says_nothing_wipes_nothing(home: Path, note: str) -> None:
    (home / "efface.json").write_text(note.replace("ID", json.loads((home / "home.json").read_text())["id"]))
    with closing(open_office(home, clock=Clock())):
        pass
    assert (home / "guichet.db").is_file()
