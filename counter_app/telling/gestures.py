"""What is said of a gesture taken back, and of a list imported."""

from zoneinfo import ZoneInfo

from counter_app.domain.acts import ActKind
from counter_app.domain.visit import Outcome
from counter_app.usecases.agreement import OWN_AGREEMENT
from counter_app.usecases.answers import ImportOutcome, RecentGesture, Undone, UnendedImport
from counter_app.usecases.import_gone import DayGone
from counter_app.usecases.undo import LOOKED_AT
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import short_date


def undone_words(undone: Undone, words: Words, zone: ZoneInfo) -> str:
    """What an undo did, or why it did nothing."""
    if undone.list_id:
        return "\n".join(import_undone(undone, words))
    gesture = undone.gesture
    if undone.about:
        return words(f"shell.{undone.reason}", name=undone.about)
    if undone.reason == OWN_AGREEMENT:
        return words("shell.own_agreement")
    if undone.reason == "unknown_act":
        return words("shell.unknown_act", count=LOOKED_AT)
    if gesture is None or undone.reason == "nothing_to_undo":
        return words("shell.nothing_to_undo")
    if undone.reason:
        fault = undone.reason == "needs_supervisor" and gesture.kind == ActKind.PERMIT_FAULTY
        key = "fault_needs_supervisor" if fault else undone.reason
        return words(f"shell.{key}", name=gesture.name, date=short_date(gesture.at.astimezone(zone).date()))
    if gesture.kind == ActKind.ORIENTED:
        return words("orientation.taken_back")
    if gesture.kind == ActKind.CHECKED_IN:
        return words("shell.undone", name=gesture.name)
    done, name = words(f"recent.kinds.{gesture.kind}"), with_others(gesture.name, undone.others, words)
    unsent = gesture.kind in (ActKind.SUMMONS_SENT, ActKind.MISSED_TOLD)
    told = words("shell.undone_unsent" if unsent else "shell.undone_told") if undone.told else ""
    return " ".join(part for part in (words("shell.undone_other", done=done, name=name), told) if part)


def gesture_word(gesture: RecentGesture, words: Words) -> str:
    """What a gesture was, in a few words."""
    if gesture.kind == ActKind.ORIENTED:
        return words("orientation.recent", channel=words(f"orientation.channels.{gesture.channel}"))
    if gesture.kind == ActKind.ARRIVAL_ATTEMPTED and gesture.verdict:
        return words(f"recent.attempts.{gesture.verdict}")
    if gesture.kind == ActKind.HANDOVER_ATTEMPTED and gesture.verdict:
        return words(f"chips.{gesture.counted_as}")
    if gesture.outcome in list(Outcome):
        done = words(f"recent.kinds.{gesture.kind}")
        return words("recent.ended", done=done, outcome=words(f"queue.outcomes.{gesture.outcome}"))
    return words(f"recent.kinds.{gesture.kind}")


def standing_word(gesture: RecentGesture, words: Words) -> str:
    """Whether a gesture stands no more, or may not: « annulé », « contesté »; empty when it stands."""
    return words("recent.undone") if gesture.undone else words("recent.contested") if gesture.contested else ""


def with_others(name: str, others: int, words: Words) -> str:
    """« SOW Aïssata et 39 autres »: whom one gesture was about."""
    return words.counted("recent.others", others, name=name) if others else name


NAMED = 8
"""People named in one sentence; the others are counted."""


def import_undone(undone: Undone, words: Words) -> tuple[str, ...]:
    """What the undo of an import did, or why it did nothing."""
    if not undone.done:
        return (words(f"import_undo.{undone.reason}"),)
    done = words.counted("import_undo.done", undone.withdrawn)
    names = ", ".join(one.name for one in undone.kept[:NAMED]) + ("…" if len(undone.kept) > NAMED else "")
    return (done, words.counted("import_undo.kept", len(undone.kept), names=names)) if undone.kept else (done,)


def unended_words(one: UnendedImport, words: Words) -> str:
    """An import, or its undo, that began and did not end: what to do."""
    return words("import_told.unended_undo" if one.undoing else "import_told.unended", file=one.file_name)


def gone_words(one: DayGone, words: Words) -> str:
    """So many people of a day are gone from the newest list that it may not be the right one."""
    told = words.counted("import_told.many_absent", one.gone)
    return words("import_told.absent_on", day=short_date(one.day), told=told)


ROWS_NAMED = 5
"""Rows named in one sentence."""


def import_told(outcome: ImportOutcome, words: Words) -> tuple[str, ...]:
    """What must be said of an import besides its counts, the gravest first."""
    told = [] if outcome.rows else [words("import_told.no_row")]
    if outcome.unread_sheets:
        named = ", ".join(outcome.unread_sheets)
        told.append(words.counted("import_told.sheets", len(outcome.unread_sheets), names=named))
    if outcome.many_absent:
        told.append(words.counted("import_told.many_absent", outcome.absent))
    if outcome.resumed and not outcome.dry_run:
        told.append(words("import_told.resumed"))
    if outcome.closed:
        told.append(words.counted("import_told.closed", outcome.closed))
    rows_told = (("unsure", outcome.unsure), ("untold", outcome.untold), ("unseen", outcome.unseen))
    for word, rows in (*rows_told, ("twice", outcome.twice)):
        if rows:
            named = ", ".join(map(str, rows[:ROWS_NAMED])) + ("…" if len(rows) > ROWS_NAMED else "")
            told.append(words.counted(f"import_told.{word}", len(rows), rows=named))
    return tuple(told)
