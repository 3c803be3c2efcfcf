"""How the desk stands with its central, in the first cell of the status bar and in the banner."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.config import load_rules
from counter_app.sync.state import Phase, SyncState
from counter_app.ui.shell.sync import exchange_told, sync_cell, sync_notices
from counter_app.wording.catalogue import Words
from tests.ui.workbenches import NOW

FR, ZONE = Words("fr"), load_rules("nord").zone
FINE = SyncState(Phase.UP_TO_DATE, verified_at=NOW - timedelta(minutes=2))
LONG_AGO = NOW - timedelta(minutes=5, seconds=1)


@pytest.mark.parametrize(
    ("state", "conflicts", "words", "icon", "token"),
    [
        (SyncState(Phase.ALONE), 0, "Poste seul", "hard-drive", "text-2"),
        (SyncState(Phase.WAITING), 0, "Liaison avec la base centrale…", "hourglass", "text-2"),
        (FINE, 0, "À jour 9 h 18 · 0 en attente", "circle-check", "text"),
        (replace(FINE, phase=Phase.WAITING), 0, "À jour 9 h 18 · 0 en attente", "circle-check", "text"),
        (replace(FINE, verified_at=LONG_AGO), 0, "Vérifié à 9 h 14", "clock-alert", ""),
        (replace(FINE, verified_at=NOW - timedelta(days=1)), 0, "Vérifié à 9 h 20 le 23/11", "clock-alert", ""),
        (replace(FINE, verified_at=NOW + timedelta(days=1)), 0, "Vérifié à 9 h 20 le 25/11", "clock-alert", ""),
        (replace(FINE, phase=Phase.EXCHANGING, waiting=3), 0, "Envoi… 3", "refresh-cw", "text"),
        (replace(FINE, phase=Phase.EXCHANGING, received=5, to_receive=9), 0, "Réception 5 sur 9", "refresh-cw", "text"),
        (replace(FINE, phase=Phase.OFFLINE, waiting=4), 0, "Hors ligne · 4 en attente · données de 9 h 18", "", ""),
        (SyncState(Phase.OFFLINE, waiting=4), 0, "Hors ligne · 4 en attente · jamais accordé", "cloud-off", ""),
        (FINE, 1, "1 conflit à voir · 9 h 18", "git-merge-conflict", "warn-text"),
        (FINE, 2, "2 conflits à voir · 9 h 18", "git-merge-conflict", "warn-text"),
        (replace(FINE, verified_at=LONG_AGO), 2, "2 conflits à voir · Vérifié à 9 h 14", "clock-alert", ""),
        (SyncState(Phase.BEHIND, waiting=3), 0, "Jamais accordé · 3 en attente", "clock-alert", ""),
        (SyncState(Phase.BEHIND), 2, "2 conflits à voir · Jamais accordé", "clock-alert", ""),
        (SyncState(Phase.WAITING), 2, "Liaison avec la base centrale…", "hourglass", "text-2"),
        (SyncState(Phase.REVOKED), 2, "Poste révoqué", "shield-x", "warn-text"),
        (SyncState(Phase.UNAUTHORISED), 2, "Poste à réinscrire", "lock", "warn-text"),
        (SyncState(Phase.TOO_OLD), 2, "Version à mettre à jour", "triangle-alert", "warn-text"),
    ],
)
def test_each_state_has_its_words_its_icon_and_its_colour(
    state: SyncState, conflicts: int, words: str, icon: str, token: str
) -> None:
    cell = sync_cell(state, conflicts, NOW, ZONE, FR)
    assert cell.words.replace("\u00a0", " ").startswith(words)
    assert (cell.icon, cell.token) == (icon or "cloud-off", token or "warn-text")
    assert len(cell.short) <= len(cell.words)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_is_told_in_both_languages(phase: Phase, lang: str) -> None:
    words = Words("en" if lang == "en" else "fr")
    for state in (SyncState(phase), replace(FINE, phase=phase)):
        assert sync_cell(state, 0, NOW, ZONE, words).words
        assert exchange_told(replace(state, error="Coupé."), NOW, ZONE, words)


def test_an_exchange_that_did_not_come_to_its_end_is_not_told_as_up_to_date() -> None:
    told = exchange_told(SyncState(Phase.BEHIND, waiting=3), NOW, ZONE, FR)
    assert "À jour" not in told
    assert exchange_told(FINE, NOW, ZONE, FR).startswith("À jour")


def test_what_only_somebody_can_mend_has_a_banner() -> None:
    for phase in (Phase.REVOKED, Phase.UNAUTHORISED, Phase.TOO_OLD):
        (notice,) = sync_notices(SyncState(phase), (), NOW, FR)
        assert notice.text and notice.short and len(notice.short) < len(notice.text)
    assert sync_notices(FINE, (), NOW, FR) == []
    assert sync_notices(replace(FINE, phase=Phase.OFFLINE), (), NOW, FR) == []


def test_what_ends_is_told_a_month_ahead_the_nearest_alone() -> None:
    ends = (("token", NOW + timedelta(days=20)), ("certificate", NOW + timedelta(days=9)))
    (notice,) = sync_notices(FINE, ends, NOW, FR)
    assert "certificat" in notice.text and "03/12/2026" in notice.text
    assert sync_notices(FINE, (("token", NOW + timedelta(days=31)),), NOW, FR) == []
