"""« Derniers actes » as lines: hour, name, what was done."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from counter_app.domain.acts import ActKind
from counter_app.domain.verdict import FAMILY, Family, Verdict
from counter_app.telling.gestures import gesture_word, standing_word, with_others
from counter_app.ui.widgets.recent import GestureLine
from counter_app.usecases.answers import RecentGesture
from counter_app.usecases.awaiting import Awaiting
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import hour, hour_on
from counter_app.wording.verdicts import verdict_rows


def gesture_lines(
    gestures: Sequence[RecentGesture], at: datetime, zone: ZoneInfo, words: Words, covered: bool
) -> list[GestureLine]:
    """Newest first, as they are told at a moment; names are covered with the rest of the screen."""
    today = at.astimezone(zone).date()
    return [_line(gesture, today, zone, words, covered) for gesture in gestures]


def _line(gesture: RecentGesture, today: date, zone: ZoneInfo, words: Words, covered: bool) -> GestureLine:
    family, icon = _look(gesture)
    return GestureLine(
        id=gesture.act_id,
        hour=hour_on(gesture.at.astimezone(zone), today, words.lang),
        name="•••" if covered and gesture.name else with_others(gesture.name, gesture.others, words),
        word=gesture_word(gesture, words),
        family=family,
        icon=icon,
        standing=standing_word(gesture, words),
    )


def _look(gesture: RecentGesture) -> tuple[str, str]:
    if gesture.undone:
        return Family.TECH.value, "undo-2"
    if gesture.contested:
        return Family.WARN.value, "triangle-alert"
    if gesture.kind == ActKind.CHECKED_IN:
        return Family.OK.value, "check"
    if gesture.kind == ActKind.ORIENTED:
        return Family.GO.value, "signpost"
    if gesture.kind == ActKind.PERMIT_HANDED_OVER:
        return Family.OK.value, "badge-check"
    if gesture.verdict is None:
        return Family.TECH.value, "file-input" if gesture.kind == ActKind.LIST_IMPORTED else "check"
    return FAMILY[Verdict(gesture.verdict)].value, verdict_rows()[gesture.verdict].icon


def awaiting_when(one: Awaiting, words: Words) -> str:
    """When somebody was noted: « 24/11 9 h 02 »."""
    return f"{one.at:%d/%m} {hour(one.at, words.lang)}"
