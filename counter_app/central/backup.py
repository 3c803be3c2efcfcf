"""The central store copied into a file and back: one form for every store, so that a copy of any restores into any."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from counter_app.central import schema
from counter_app.central.engine import SQLITE, key_path, open_store, reading, writing
from counter_app.central.moments import text_of
from counter_app.central.shelf import COLUMNS, write_acts
from counter_app.central.sites import open_central
from counter_app.central.tables import act, device, line, set_aside, site
from counter_app.domain.refusal import StoreRefused
from counter_app.store.safety import not_done

AT_A_TIME = 2_000
"""Rows in memory at one moment."""
KEPT = (site, device, line, set_aside)
"""What is copied besides acts. Codes are not: one that has served since would serve again; nor who looks at what."""


def backup(engine: sa.Engine, target: Path) -> Path:
    """A copy of the whole store as it stands at one moment, in a file under a key of its own (`target` and `.key`).

    The copy takes its name once it is whole. Refuses a name that is taken.
    """
    if target.exists() or key_path(target).exists():
        raise StoreRefused("backup_exists", f"« {target} » existe déjà : rien n’a été écrit. Donnez un autre nom.")
    draft = target.with_name(f"{target.name}.part")
    try:
        _forget(draft)
        copy = open_store(_url(draft), make=True)
        try:
            schema.bring_up_to_date(copy)
            with reading(engine) as source, writing(copy) as into:
                _copy(source, into)
        finally:
            copy.dispose()
        key_path(draft).replace(key_path(target))
        draft.replace(target)
    except OSError as error:
        raise not_done(error) from error
    finally:
        _forget(draft)
    return target


def restore(source: Path, url: str, at: datetime) -> dict[str, str]:
    """Fill an empty store with a copy; answers the new generation of each site, by which desks send what it lacks.

    Refuses a store that holds a site already: what it holds would be mixed with what it held.
    """
    copy = open_central(_url(source))
    try:
        engine = open_store(url, make=True)
        try:
            schema.bring_up_to_date(engine)
            with reading(copy) as held, writing(engine) as into:
                schema.alone(into)
                _check_empty(into)
                _copy(held, into)
                return _renew(into, at)
        finally:
            engine.dispose()
    finally:
        copy.dispose()


def _copy(source: sa.Connection, into: sa.Connection) -> None:
    for table in KEPT:
        rows: Iterable[sa.RowMapping] = source.execute(sa.select(table)).mappings()
        values = [dict(row) for row in rows]
        if values:
            into.execute(sa.insert(table), values)
    acts = sa.select(*(act.c[name] for name in COLUMNS)).order_by(act.c.site, act.c.stream, act.c.branch, act.c.seq)
    for some in source.execution_options(yield_per=AT_A_TIME).execute(acts).partitions():
        write_acts(into, [tuple(row) for row in some])


def _check_empty(connection: sa.Connection) -> None:
    held = connection.execute(sa.select(site.c.site).order_by(site.c.site)).scalars().all()
    if held:
        raise StoreRefused(
            "not_empty",
            f"La base centrale à cette adresse contient déjà un site ({', '.join(held)}) : rien n’a été changé. "
            "Une sauvegarde se reprend dans une base vide : donnez une autre adresse (option --store).",
        )


def _renew(connection: sa.Connection, at: datetime) -> dict[str, str]:
    """Tell every desk that this is not the store that it knew: what it lacks is sent again."""
    names = connection.execute(sa.select(site.c.site).order_by(site.c.site)).scalars().all()
    generations = {name: uuid4().hex for name in names}
    for name, generation in generations.items():
        renewed = {"generation": generation, "made_at": text_of(at)}
        connection.execute(sa.update(site).where(site.c.site == name).values(renewed))
    return generations


def _url(path: Path) -> sa.URL:
    return sa.URL.create(SQLITE, database=str(path.absolute()))


def _forget(draft: Path) -> None:
    for name in (draft.name, f"{draft.name}-wal", f"{draft.name}-shm", key_path(draft).name):
        draft.with_name(name).unlink(missing_ok=True)
