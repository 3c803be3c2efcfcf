"""What the partial indexes of a desk's file hold: rows that are looked for among very many, by the same words."""

from counter_app.domain.clock import COUNTER_BITS
from counter_app.domain.other_items import SKEW

COUNTED = (
    *("arrival_attempted", "arrival_undone", "day_closed", "handover_attempted", "home_recovered"),
    *("orientation_undone", "oriented"),
)
"""Kinds of acts that the figures of a day count one by one: an index of them alone costs no arrival anything."""

FAR = f"abs(unixepoch(at) - (clock >> {COUNTER_BITS}) / 1000) >= {int(SKEW.total_seconds())}"
"""Acts whose hour may be too far from their place: whole seconds, so that none is left out. An index holds them alone:
a report looks for them among all the acts of a site."""

COVERED = """instr(state, '"covered":[') > 0"""
"""Convocations about which lists as a whole say otherwise than their own rows (see `domain.list_names`)."""
