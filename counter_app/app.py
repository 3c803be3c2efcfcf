"""Composition root: the only place that builds things and reads the clock."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import SystemRandom
from time import monotonic
from uuid import uuid4

from counter_app import config, keys, membership
from counter_app.care import AT_OPENING, care, copy_if_behind, daily_care, due
from counter_app.domain.french import typeset
from counter_app.domain.refusal import StoreRefused
from counter_app.home import (
    BEGUN,
    Home,
    made_whole,
    new_identity,
    only_window,
    prepare_folder,
    read_home,
    write_identity,
)
from counter_app.log import start_log
from counter_app.office import UNNAMED_AGENT, UNNAMED_DESK, Office, check_mark
from counter_app.paths import migrations
from counter_app.recovery import Recovered, recover
from counter_app.routing import load_directory
from counter_app.seals import seal_check
from counter_app.store.backup import backup
from counter_app.store.engine import Store
from counter_app.store.faults import gone
from counter_app.store.migrate import bring_up_to_date, upgrade
from counter_app.store.safety import why_not_written
from counter_app.store.write_log import check_log
from counter_app.sync.desk_ledger import DeskLedger
from counter_app.sync.desk_sync import DeskSync
from counter_app.sync.device import may_wipe
from counter_app.sync.wire import HelloAnswer
from counter_app.usecases.desk import Desk
from counter_app.usecases.settings import mark_of, note_recovery, open_home
from counter_app.wiping import go_on, wipe

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """Aware UTC time of this machine."""
    return datetime.now(UTC)


def init_home(path: Path, site: str, *, training: bool, clock: Clock = wall_clock, version: str = "") -> Home:
    """Make a home: folder, keys, encrypted file, first act. Refuses in French when the place is not fit."""
    check_site(site)
    prepare_folder(path)
    identity = new_identity(site, training)
    secrets = keys.DeskKeys.new()
    with made_whole(path):
        place = keys.keep(secrets, path, identity.id)
        identity = replace(identity, keys=place, public_key=secrets.public)
        home = Home(path, identity)
        with closing(Store(home.store, secrets.store)) as store:
            upgrade(store, migrations())
            open_home(_desk(home, store, secrets, config.Settings(), clock), version)
        return write_identity(path, identity, BEGUN)


def check_site(site: str) -> None:
    """Refuse a site whose rules do not ship."""
    if site not in config.sites():
        known = ", ".join(config.sites())
        raise StoreRefused("unknown_site", f"Le site « {site} » n’est pas connu de cette version. Sites : {known}.")


def open_office(
    path: Path,
    *,
    at: datetime | None = None,
    clock: Clock = wall_clock,
    training_clock: bool = False,
    alone: bool = False,
) -> Office:
    """Open a home for work. `at` sets the clock, in a training home only. `alone`: in one thread (see `Store`)."""
    go_on(path)
    home = read_home(path)
    check_site(home.identity.site)
    if (at is not None or training_clock) and not home.identity.training:
        raise StoreRefused(
            "clock_not_settable",
            "L’heure ne se choisit (--at) que dans un poste d’entraînement : ici les actes sont vrais.",
        )
    unlogged = start_log(home.logs)
    secrets = keys.fetch(path, home.identity.id, home.identity.keys)
    if not home.store.is_file():
        raise gone(home.store)
    store = Store(home.store, secrets.store, home.backups, alone=alone)
    try:
        office = _opened(home, store, secrets, (lambda: at) if at is not None else clock, clock)
    except BaseException:
        store.close()
        raise
    if unlogged is not None:
        office.problems = (*office.problems, _no_log(home, unlogged))
    return office


def _no_log(home: Home, error: OSError) -> str:
    return typeset(
        f"Le journal technique ne peut pas être écrit dans « {home.logs} » : {why_not_written(error)}. Les actes n’en "
        "dépendent pas ; prévenez le service informatique."
    )


def _opened(home: Home, store: Store, secrets: keys.DeskKeys, clock: Clock, wall: Clock) -> Office:
    unsure = check_log(store)
    bring_up_to_date(store, migrations(), home.backups, wall)
    told = (*unsure, *daily_care(home, store, wall))
    read = config.read_settings(home.path)
    desk = _desk(home, store, secrets, read.settings, clock)
    check_mark(home, desk)
    _services, unknown = config.services_in(desk.rules, read.settings.services)
    told = (*read.problems, *([f"{typeset(unknown)} Ce poste appelle pour tous."] if unknown else []), *told)
    office = Office(home, desk, read.settings, told, connect=partial(_exchanges, home, desk))
    try:
        office.joined()
    except StoreRefused as refused:
        office.problems = (*office.problems, refused.sentence)
    return office


def _exchanges(home: Home, desk: Desk) -> DeskSync | None:
    """The exchanges with the central that a home has joined; None when it joined none. Asks nothing yet.

    Stamps are told by the site's key from then on, so that one shown at two desks is seen. A place at the central that
    does not read any more raises its refusal, and stops no work here.
    """
    joined = membership.read(home)
    if joined is None:
        return None
    desk.shared, desk.stamp_key = True, bytes.fromhex(joined.site_key)
    central = membership.MemberCentral(home, joined, ticks, wall_clock)
    return DeskSync(desk, DeskLedger(desk, new_incarnation), central, SystemRandom().random)


def wipe_if_revoked(path: Path, clock: Clock = wall_clock) -> bool:
    """Wipe a home that nobody works in, when its central takes it out and holds all of it; whether it was wiped.

    What is still here is sent first, and the central is asked anew: an act may have been recorded since it was seen.
    """
    with closing(open_office(path, alone=True)) as office:
        home, sync = office.home, office.sync
        if sync is None:
            return False
        sync.once()
        hello = sync.ledger.hello(None)
        answer = sync.central.ask(hello)
        out = isinstance(answer, HelloAnswer) and may_wipe(
            hello, answer, sync.ledger.hello(None).tips, loose=bool(sync.ledger.loose(answer.generation))
        )
    if out:
        wipe(home, clock())
    return out


def new_incarnation() -> str:
    """Name of the stream in which a desk goes on, when a copy of its file went on with the one before."""
    return uuid4().hex[:12]


def _desk(home: Home, store: Store, secrets: keys.DeskKeys, settings: config.Settings, clock: Clock) -> Desk:
    identity = home.identity
    rules = config.rules_with(identity.site, settings)
    return Desk(
        store=store,
        rules=rules,
        stream=identity.stream,
        name=settings.desk or UNNAMED_DESK,
        agent=settings.agent or UNNAMED_AGENT,
        ticket_letter=settings.letter,
        training=identity.training,
        clock=clock,
        sign=secrets.sign,
        check=lambda digest, signature: keys.signed_by(secrets.public, digest, signature),
        signed_by=keys.signed_by,
        stamp_key=secrets.derived("tax stamps"),
        directory=partial(load_directory, identity.site),
        check_seal=seal_check(home.certificates if identity.training else None),
        services=config.services_in(rules, settings.services)[0],
        paper_language=settings.paper_language,
        handover_paper=settings.handover_paper,
        document_numbers=settings.document_numbers,
    )


def care_if_due(office: Office, clock: Clock = wall_clock) -> tuple[str, ...]:
    """Check and copy the file once a day, and copy it again as work goes on. Sentences for what has to be said."""
    try:
        if due(office.home, clock()):
            return care(office.home, office.desk.store, clock())
        return copy_if_behind(office.home, office.desk.store, clock())
    except StoreRefused as refused:
        return (refused.sentence,)


def copy_at_closing(office: Office, clock: Clock = wall_clock) -> None:
    """A last copy of what was done since the one before, when it takes but a moment."""
    home = office.home
    if home.store.is_file() and home.store.stat().st_size <= AT_OPENING:
        copy_if_behind(home, office.desk.store, clock(), closing=True)


def ticks() -> float:
    """Seconds of a stopwatch of this machine."""
    return monotonic()


def ticking(at: datetime) -> Clock:
    """A clock that stands at a moment now, and goes on from there."""
    started = monotonic()
    return lambda: at + timedelta(seconds=monotonic() - started)


def recover_home(path: Path, clock: Clock = wall_clock) -> Recovered:
    """Set a damaged file aside and go on from what can be read. Refused while a window works on the home."""
    home = read_home(path)
    check_site(home.identity.site)
    with only_window(path):
        return recover(home, clock, lambda *told: _note_recovery(clock, *told))


def _note_recovery(clock: Clock, home: Home, store: Store, done: Recovered) -> None:
    """The journal says itself what happened to it; a home whose first act is lost is marked again."""
    secrets = keys.fetch(home.path, home.identity.id, home.identity.keys)
    desk = _desk(home, store, secrets, config.read_settings(home.path).settings, clock)
    if mark_of(desk) is None:
        open_home(desk, "")
    note_recovery(desk, done.set_aside.parent.name, done.salvaged, done.lost)


def backup_now(office: Office) -> Path:
    """An encrypted copy of the file, beside the others of the home."""
    return backup(office.desk.store, office.home.backups / f"poste-{office.desk.clock():%Y%m%d-%H%M%S}.db")
