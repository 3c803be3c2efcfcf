"""Sites of a central store: made once, real or for training, and never both."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa

from counter_app.central import schema
from counter_app.central.engine import open_store, reading, writing
from counter_app.central.moments import text_of
from counter_app.central.tables import site
from counter_app.domain.refusal import StoreRefused

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What a site is, and what its desks are told when they are enrolled."""

    site: str
    training: bool
    generation: str
    """Changes when the store is restored."""
    roots: str
    """Certificates of the authorities that desks trust, PEM; empty when the service has none of its own."""
    site_key: str
    """Key of the digests of stamp numbers, 32 bytes in hexadecimal: the same at every desk of the site."""


def init(url: str, name: str, *, training: bool, clock: Callable[[], datetime]) -> SiteFacts:
    """Make the store when it is empty, and the site in it. Refuses a site that is there already."""
    engine = open_store(url, make=True)
    try:
        return make_site(engine, name, training=training, at=clock())
    finally:
        engine.dispose()


def make_site(engine: sa.Engine, name: str, *, training: bool, at: datetime) -> SiteFacts:
    """Make a site in an open store, whose tables are made too when it is empty."""
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise StoreRefused(
            "bad_site",
            "Le nom du site s’écrit en minuscules sans accent, avec des traits d’union : nord, loiret, puy-de-dome.",
        )
    schema.bring_up_to_date(engine)
    facts = SiteFacts(name, training, uuid4().hex, "", secrets.token_hex(32))
    with writing(engine) as connection:
        schema.alone(connection)
        _check_apart(connection, name, training=training)
        values = {name: getattr(facts, name) for name in SiteFacts.__dataclass_fields__}
        connection.execute(sa.insert(site).values(**values, made_at=text_of(at)))
    return facts


def _check_apart(connection: sa.Connection, name: str, *, training: bool) -> None:
    """Refuse a site that is there already, and a training site beside a real one or the other way round."""
    rows = connection.execute(sa.select(site.c.site, site.c.training))
    held: dict[str, bool] = {row.site: row.training for row in rows}
    others = ", ".join(sorted(known for known, marked in held.items() if marked != training))
    there, asked = ("réelle", "d’entraînement") if training else ("d’entraînement", "réel")
    if name in held:
        kind = f" : c’est une base {there}, pour toujours" if held[name] != training else ""
        raise StoreRefused(
            "site_exists",
            f"La base centrale du site « {name} » existe déjà à cette adresse{kind}. Rien n’a été changé.",
        )
    if others:
        raise StoreRefused(
            "training_mixed",
            f"La base centrale à cette adresse est {there} ({others}) : un site {asked} n’y entre pas. "
            "Rien n’a été changé : donnez une autre adresse (option --store).",
        )


def open_central(url: str | sa.URL) -> sa.Engine:
    """The store at an address, its schema brought up to date. Refuses one that nobody made (`init`)."""
    engine = open_store(url)
    try:
        if schema.revision(engine) is None:
            raise not_made()
        schema.bring_up_to_date(engine)
    except StoreRefused:
        engine.dispose()
        raise
    return engine


def site_names(engine: sa.Engine) -> list[str]:
    """Sites of the store, in order."""
    with reading(engine) as connection:
        return list(connection.execute(sa.select(site.c.site).order_by(site.c.site)).scalars())


def facts_of(engine: sa.Engine, name: str) -> SiteFacts:
    """What a site is. Refuses one that the store does not hold."""
    with reading(engine) as connection:
        return read_facts(connection, name)


def read_facts(connection: sa.Connection, name: str) -> SiteFacts:
    """The same, in a transaction."""
    columns = (site.c[known] for known in SiteFacts.__dataclass_fields__)
    row = connection.execute(sa.select(*columns).where(site.c.site == name)).first()
    if row is None:
        raise StoreRefused(
            "no_site",
            f"Cette base centrale n’a pas de site « {name} ». Créez-le : counter-app central init --site {name}.",
        )
    return SiteFacts(*row)


def set_roots(engine: sa.Engine, name: str, roots: str) -> None:
    """Note the certificates of the authorities that the desks of a site trust."""
    with writing(engine) as connection:
        read_facts(connection, name)
        connection.execute(sa.update(site).where(site.c.site == name).values(roots=roots))


def not_made() -> StoreRefused:
    """An address at which nobody made a central store."""
    return StoreRefused(
        "no_central",
        "Il n’y a pas encore de base centrale à cette adresse. Créez-la : counter-app central init --store … --site …",
    )
