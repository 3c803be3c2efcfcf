"""Tables of a desk's local file: the journal, its heads, and the projections that screens read.

Long, and one module: it only declares, each table is looked up here by its name, and whoever imports `metadata` has
every table of the file in it, as migrations and their test need.
"""

import sqlalchemy as sa

from counter_app.store.partial_indexes import COUNTED, COVERED, FAR

metadata = sa.MetaData()

act = sa.Table(
    "act",
    metadata,
    sa.Column("act_id", sa.Text, primary_key=True),
    sa.Column("stream", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("site", sa.Text, nullable=False),
    sa.Column("desk", sa.Text, nullable=False),
    sa.Column("agent", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("clock", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("subject_type", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Text, nullable=False),
    sa.Column("details", sa.Text),
    sa.Column("salt", sa.Text),
    sa.Column("details_digest", sa.Text, nullable=False),
    sa.Column("prev", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("signature", sa.Text),
    sa.UniqueConstraint("stream", "seq", name="act_stream_seq"),
    sa.Index("act_subject", "subject_type", "subject_id"),
    sa.Index("act_far", "stream", "at", sqlite_where=sa.text(FAR)),
    sa.Index("act_counted", "at", sqlite_where=sa.text("kind IN ('" + "', '".join(COUNTED) + "')")),
)
"""The journal. A signature stands on the last act of each transaction: through the chain it covers all before it."""

head = sa.Table(
    "head",
    metadata,
    sa.Column("stream", sa.Text, primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("clock", sa.Integer, nullable=False),
)

apart = sa.Table(
    "apart",
    metadata,
    *(sa.Column(column.name, column.type, nullable=column.nullable) for column in act.columns),
    sa.Column("branch", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("act_id"),
    sa.UniqueConstraint("stream", "branch", "seq", name="apart_line_seq"),
    sa.Index("apart_subject", "subject_type", "subject_id"),
    sa.Index("apart_far", "stream", "at", sqlite_where=sa.text(FAR)),
)
"""Acts that stand on no main line: those of branches (see `domain.lines`), and those received ahead of their turn,
under the branch `?`. They count in every fold like the others."""

branch = sa.Table(
    "branch",
    metadata,
    sa.Column("stream", sa.Text, primary_key=True),
    sa.Column("branch", sa.Text, primary_key=True),
    sa.Column("first", sa.Integer, nullable=False),
    sa.Column("base", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("clock", sa.Integer, nullable=False),
)
"""Where each branch stands. Of acts ahead of their turn (`?`) only the highest clock is kept."""

successor = sa.Table(
    "successor",
    metadata,
    sa.Column("stream", sa.Text, primary_key=True),
    sa.Column("next", sa.Text, nullable=False),
)
"""Streams that this desk writes no more, because another file went on with them, and what it writes instead."""

peer = sa.Table(
    "peer",
    metadata,
    sa.Column("device", sa.Text, primary_key=True),
    sa.Column("desk", sa.Text, nullable=False),
    sa.Column("public_key", sa.Text, nullable=False),
    sa.Column("told", sa.Text, nullable=False),
)
"""Desks of the site as the central last told them: their keys check signatures, the rest is shown."""

sync_note = sa.Table(
    "sync_note",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
"""What the exchange with the central left: when it was last verified, when to try again. Nothing here acknowledges."""

set_aside_act = sa.Table(
    "set_aside_act",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("stream", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("received_at", sa.Text, nullable=False),
    sa.Column("raw", sa.Text),
)
"""Acts received that have no effect here: kept to the letter when the journal cannot hold them, and shown."""


def _last_act() -> list[sa.Column[object]]:
    """Order of the newest act folded into a row: a newer one is applied, an older one folds again."""
    return [
        sa.Column("last_clock", sa.Integer, nullable=False),
        sa.Column("last_stream", sa.Text, nullable=False),
        sa.Column("last_act", sa.Text, nullable=False),
    ]


convocation = sa.Table(
    "convocation",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("reference", sa.Text, index=True),
    sa.Column("foreign_number", sa.Text, index=True),
    sa.Column("day", sa.Text),
    sa.Column("slot", sa.Text),
    sa.Column("name", sa.Text),
    sa.Column("person_key", sa.Text),
    sa.Column("status", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    *_last_act(),
    sa.Index("convocation_day_slot", "day", "slot"),
    sa.Index("convocation_day_person", "day", "person_key"),
    sa.Index("convocation_covered", "id", sqlite_where=sa.text(COVERED)),
)
"""`person_key` is the same for two homonyms. A code is looked up by its eight letters, with which the id begins."""

listing_key = sa.Table(
    "listing_key",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("source_key", sa.Text, primary_key=True),
    sa.Column("convocation_id", sa.Text, primary_key=True),
    sa.Column("day", sa.Text, nullable=False),
    sa.Column("organisation", sa.Text, nullable=False),
    sa.Column("present", sa.Boolean, nullable=False),
    sa.Column("exported_at", sa.Text, nullable=False),
    sa.Index("listing_key_day", "source", "day"),
    sqlite_with_rowid=False,
)
"""Where each row of each source went: found again whatever moved in the list.

Two desks that never met may each have made a convocation of one row: both lines stand, the newest export answers.
"""

receipt = sa.Table(
    "receipt",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, nullable=False, index=True),
    sa.Column("number", sa.Text, nullable=False, index=True),
    sa.Column("series", sa.Text, nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("convocation_id", sa.Text, index=True),
    sa.Column("issued_at", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    *_last_act(),
    sa.Index("receipt_series", "series", "ordinal"),
)

imported_list = sa.Table(
    "imported_list",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("file_digest", sa.Text, nullable=False, index=True),
    sa.Column("exported_at", sa.Text, nullable=False),
    sa.Column("imported_at", sa.Text, nullable=False),
    *(sa.Column(name, sa.Text) for name in ("first_day", "last_day")),
    sa.Column("state", sa.Text, nullable=False),
    *_last_act(),
    sa.Index("imported_list_freshness", "imported_at", "first_day", "last_day"),
)

list_names = sa.Table(
    "list_names",
    metadata,
    sa.Column("list_id", sa.Text, primary_key=True),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("source", "exported_at", "first_day", "last_day")),
    sa.Column("stands", sa.Boolean, nullable=False),
    sa.Column("names", sa.Text, nullable=False),
    sa.Index("list_names_newest", "source", "exported_at"),
)
"""Whom each list names (see `domain.list_names`), some forty kilobytes each; one that was undone does not stand."""

set_aside_row = sa.Table(
    "set_aside_row",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("list_id", sa.Text, nullable=False, index=True),
    sa.Column("row", sa.Integer, nullable=False),
    sa.Column("open", sa.Boolean, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    *_last_act(),
)

setting = sa.Table(
    "setting",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    *_last_act(),
)

permit = sa.Table(
    "permit",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("card_number", sa.Text, index=True),
    sa.Column("foreign_number", sa.Text, index=True),
    sa.Column("name", sa.Text),
    sa.Column("person_key", sa.Text, index=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("tray", sa.Text),
    sa.Column("rank", sa.Text),
    sa.Column("custody", sa.Text),
    sa.Column("day", sa.Text),
    sa.Column("slot", sa.Text),
    sa.Column("summoned_on", sa.Text),
    sa.Column("received_on", sa.Text),
    sa.Column("lot", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    *_last_act(),
    sa.Index("permit_status_tray", "status", "tray"),
    sa.Index("permit_day_slot", "day", "slot"),
)
"""One card. `status` is the word of its state; the code of its sleeve is looked up by the beginning of the id."""

lot = sa.Table(
    "lot",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("file_digest", sa.Text, nullable=False, index=True),
    sa.Column("exported_at", sa.Text, nullable=False),
    sa.Column("received_at", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    *_last_act(),
)
"""Files of permits received, with the rows of each that could not be read."""

bordereau = sa.Table(
    "bordereau",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("number", sa.Text, nullable=False, index=True),
    sa.Column("series", sa.Text, nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("made_at", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    *_last_act(),
    sa.Index("bordereau_series", "series", "ordinal"),
)
"""Slips under which permits leave other than by a hand; numbers run without gap inside a series."""

stamp_use = sa.Table(
    "stamp_use",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("permit_id", sa.Text, primary_key=True, index=True),
)
"""Stamps spent at handovers that stand, by keyed digest, and tracking numbers of letters (`other_items.used_up`): one
that comes again is seen, whichever desk took it."""

custody_offer = sa.Table(
    "custody_offer",
    metadata,
    sa.Column("desk", sa.Text, primary_key=True),
    sa.Column("permit_id", sa.Text, primary_key=True, index=True),
)
"""Permits of the stock offered and not taken yet, by who may take them: the name of a desk as `desk_key` writes it."""

work_item = sa.Table(
    "work_item",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject_type", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Index("work_item_subject", "subject_type", "subject_id"),
)
"""What contradicts now (see `domain.work_items`), settled or not. What is in two ways is told by `branch`."""

settlement = sa.Table(
    "settlement",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("settled_at", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    *_last_act(),
)
"""What supervisors answered to work items; without `settled_at`, an item is only handed to one by name."""

visit = sa.Table(
    "visit",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("day", sa.Text),
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("number", sa.Text),
    sa.Column("convocation_id", sa.Text),
    sa.Column("desk", sa.Text),
    sa.Column("arrived_at", sa.Text),
    sa.Column("called_at", sa.Text),
    sa.Column("met_at", sa.Text),
    sa.Column("ended_at", sa.Text),
    sa.Column("outcome", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    *_last_act(),
    sa.Index("visit_day_stage", "day", "stage"),
    sa.Index("visit_service_ended", "service", "stage", "ended_at"),
)
"""One person's passage of one day. Hours are of the last call, in UTC; `desk` is the one that called."""

counted_person = sa.Table(
    "counted_person",
    metadata,
    sa.Column("day", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("slot", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("service", sa.Text),
    sa.Column("foreign_number", sa.Text),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("agreed", sa.Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""What figures ask of everybody convened (see `store/counted_rows.py`), day after day on the disk."""

counted_visit = sa.Table(
    "counted_visit",
    metadata,
    sa.Column("day", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("convocation_id", sa.Text),
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text),
    sa.Column("desk", sa.Text),
    sa.Column("arrived_at", sa.Text),
    sa.Column("wait", sa.Float),
    sa.Column("served", sa.Text, nullable=False),
    sa.Column("channel", sa.Text),
    sa.Column("purpose", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

counted_permit = sa.Table(
    "counted_permit",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("came_on", sa.Text),
    sa.Column("went_on", sa.Text),
    sa.Column("handed_on", sa.Text),
    sa.Column("foreign_number", sa.Text),
    sa.Column("desk", sa.Text),
    sa.Column("offline", sa.Integer, nullable=False),
    sa.Column("agreed", sa.Boolean, nullable=False),
    sa.Column("away", sa.Text, nullable=False),
    sa.Index("counted_permit_handed", "handed_on"),
    sqlite_with_rowid=False,
)

counted_reprint = sa.Table(
    "counted_reprint",
    metadata,
    sa.Column("day", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("desk", sa.Text, nullable=False),
    sa.Column("copies", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)

PROJECTIONS = (
    *(convocation, listing_key, receipt, imported_list, list_names, set_aside_row, setting),
    *(permit, lot, bordereau, stamp_use, custody_offer, visit, work_item, settlement),
    *(counted_person, counted_visit, counted_permit, counted_reprint),
)
"""Everything `rebuild` recomputes from the journal and compares byte for byte."""
