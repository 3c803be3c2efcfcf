"""Verbs of the central store: made, served, looked at, copied; codes for desks that join, desks taken out."""

import argparse
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from socket import gethostname

import sqlalchemy as sa

from counter_app import app
from counter_app.central.authority import Authority, make_authority, open_authority, renew, turn
from counter_app.central.codes import make_code
from counter_app.central.figures import status as figures_of
from counter_app.central.folder import authority_folder, back_up, take_back
from counter_app.central.sites import SiteFacts, facts_of, open_central, set_roots, site_names
from counter_app.central.sites import init as make_store
from counter_app.central.tokens import revoke as take_out
from counter_app.central.tokens import revoked_since
from counter_app.cli import say
from counter_app.cli.answer import DONE, Answer, of_refusal
from counter_app.cli.central_desks import already_revoked, meant
from counter_app.cli.central_shapes import site_lines, site_shape
from counter_app.cli.outputs import told_when_not_written, writable
from counter_app.config import load_rules
from counter_app.domain.acts import Json
from counter_app.domain.enrolment_code import grouped, make_enrolment_code
from counter_app.domain.refusal import StoreRefused
from counter_app.log import start_log
from counter_app.paths import named_folder, own_folder

_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")


def init(options: argparse.Namespace) -> Answer:
    """Make the store of a site, and its authority."""
    now, folder = app.wall_clock(), _folder(options)
    app.check_site(options.site)
    facts = _made(options)
    authority = make_authority(folder, options.site, (*_own_names(), *options.names), now)
    with _opened(options.store) as engine:
        set_roots(engine, options.site, authority.roots)
    shape: dict[str, Json] = {
        "site": facts.site,
        "training": facts.training,
        "generation": facts.generation,
        "folder": str(folder),
        "names": list(authority.names),
    }
    return Answer(DONE, shape, f"Base centrale du site « {facts.site} » créée. Certificats : « {folder} ».")


def _made(options: argparse.Namespace) -> SiteFacts:
    """The site, new; or the one of an `init` that was stopped before it had certificates, which no desk can know."""
    try:
        return make_store(options.store, options.site, training=options.training, clock=app.wall_clock)
    except StoreRefused as refused:
        if refused.code != "site_exists":
            raise
        with _opened(options.store) as engine:
            facts = facts_of(engine, options.site)
        if facts.roots or facts.training != options.training:
            raise
        return facts


def serve(options: argparse.Namespace) -> Answer:
    """Serve until told to stop; what is printed comes once it answers."""
    from counter_app.central.serving import serve as serve_it

    folder = _folder(options)
    with _opened(options.store) as engine:
        authority = open_authority(folder)
        missing = set(options.names) - set(authority.names)
        if missing:
            authority = renew(authority, sorted(missing), app.wall_clock())
        for name in site_names(engine):
            set_roots(engine, name, authority.roots)
        start_log(folder / "journaux")
        address = (options.host, options.port)
        serve_it(engine, authority, app.wall_clock, address, lambda port: _serving(options, authority, port))
    return Answer(DONE, {}, said=True)


def _serving(options: argparse.Namespace, authority: Authority, port: int) -> None:
    named = next((one for one in authority.names if one not in ("localhost", "127.0.0.1", "::1")), "localhost")
    url = f"https://{named}:{port}"
    shape: dict[str, Json] = {"port": port, "host": options.host, "url": url, "names": list(authority.names)}
    told = Answer(DONE, shape, f"La base centrale répond à l’adresse {url}. Ctrl+C l’arrête.", _told(authority))
    say(told, options)


def enrol_code(options: argparse.Namespace) -> Answer:
    """A one-time code for a desk."""
    from counter_app.documents.enrolment_sheet import EnrolmentFacts, enrolment_sheet

    now = app.wall_clock()
    until = now + timedelta(hours=options.hours)

    def made(engine: sa.Engine, facts: SiteFacts) -> str:
        return make_enrolment_code(make_code(engine, facts.site, now, until - now), authority.root_der)

    with _opened(options.store) as engine:
        authority = open_authority(_folder(options))
        facts = _site(engine, options.site)
        if options.out is None:
            return _code_answer(made(engine, facts), facts, until, None)
        with told_when_not_written(options.out), writable(options.out) as file:
            code, zone = made(engine, facts), load_rules(facts.site).zone
            moments = (until.astimezone(zone), now.astimezone(zone))
            sheet = EnrolmentFacts(code, load_rules(facts.site).name, options.url, *moments, facts.training)
            file.write(enrolment_sheet(sheet))
        return _code_answer(code, facts, until, options.out)


def _code_answer(code: str, facts: SiteFacts, until: datetime, out: str | None) -> Answer:
    from counter_app.documents.enrolment_sheet import terminal_qr

    shape: dict[str, Json] = {
        "code": grouped(code),
        "site": facts.site,
        "training": facts.training,
        "expires_at": until.isoformat(timespec="seconds"),
        "out": out,
    }
    written = f"Feuille écrite dans « {out} »." if out else terminal_qr(code)
    return Answer(
        DONE, shape, f"{grouped(code)}\nSert une seule fois, avant le {until:%d/%m/%Y %H:%M} (UTC).\n{written}"
    )


def status(options: argparse.Namespace) -> Answer:
    """Desks, acts, and what ends soon."""
    with _opened(options.store) as engine:
        authority, found = open_authority(_folder(options)), figures_of(engine)
    sites: list[Json] = [site_shape(one) for one in found]
    shape: dict[str, Json] = {
        "sites": sites,
        "names": list(authority.names),
        "certificate_ends": authority.server.not_valid_after_utc.isoformat(),
        "root_ends": authority.root.not_valid_after_utc.isoformat(),
        "next_root_ends": authority.next_root.not_valid_after_utc.isoformat(),
    }
    lines = (line for one in found for line in site_lines(one))
    return Answer(DONE, shape, "\n".join(lines) or "Aucun site.", _told(authority))


def backup(options: argparse.Namespace) -> Answer:
    """Copy the store and its certificates."""
    target = named_folder(options.out)
    with _opened(options.store) as engine, told_when_not_written(str(target)):
        back_up(engine, _folder(options), target)
    return Answer(
        DONE, {"backup": str(target)}, f"Copie écrite dans « {target} » : gardez-la comme les clés qu’elle tient."
    )


def restore(options: argparse.Namespace) -> Answer:
    """Fill an empty store with a copy."""
    generations = take_back(named_folder(options.backup), options.store, _folder(options), app.wall_clock())
    shape: dict[str, Json] = {"generations": dict(generations)}
    told = "Copie reprise. À leur prochain échange, les postes renvoient ce qu’elle n’a pas."
    return Answer(DONE, shape, told)


def revoke(options: argparse.Namespace) -> Answer:
    """Take a desk out: it sends what it can, then wipes itself."""
    with _opened(options.store) as engine:
        facts = _site(engine, options.site)
        desks = next(one.desks for one in figures_of(engine) if one.site == facts.site)
        found = meant(desks, options.device)
        if not found:
            return of_refusal(
                "unknown_desk",
                f"Aucun poste « {options.device} » sur le site « {facts.site} » : rien n’a été changé. "
                "Leurs noms : counter-app central status.",
            )
        if since := revoked_since(engine, facts.site, found[0].device):
            return of_refusal("already_revoked", already_revoked(found[0], facts.site, since))
        take_out(engine, facts.site, found[0].device, app.wall_clock())
    shape: dict[str, Json] = {"device": found[0].device, "desk": found[0].desk, "waiting": found[0].waiting}
    told = (
        f"Poste « {found[0].desk} » révoqué. À son prochain échange il envoie ce qu’il garde encore, puis efface ses "
        "données. Il ne reçoit plus rien."
    )
    return Answer(DONE, shape, told)


def turn_root(options: argparse.Namespace) -> Answer:
    """Put the next root into service."""
    with _opened(options.store) as engine:
        authority, names = open_authority(_folder(options)), site_names(engine)
        turned = turn(authority, "-".join(names), app.wall_clock())
        for name in names:
            set_roots(engine, name, turned.roots)
    shape: dict[str, Json] = {"root_ends": turned.root.not_valid_after_utc.isoformat()}
    return Answer(DONE, shape, "Racine suivante en service. Les postes la connaissent déjà ; relancez le service.")


def _folder(options: argparse.Namespace) -> Path:
    return named_folder(options.folder) if options.folder else authority_folder(options.store, own_folder())


@contextmanager
def _opened(url: str) -> Iterator[sa.Engine]:
    engine = open_central(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _site(engine: sa.Engine, named: str | None) -> SiteFacts:
    """The site that is meant: the only one when none is named."""
    names = site_names(engine)
    if named is None and len(names) != 1:
        raise StoreRefused(
            "which_site", f"Cette base centrale tient {len(names)} sites ({', '.join(names)}) : donnez --site."
        )
    return facts_of(engine, named or names[0])


def _own_names() -> tuple[str, ...]:
    """The name of this machine, when it can be one in a certificate."""
    name = gethostname()
    return (name,) if name.isascii() and _NAME.fullmatch(name) else ()


def _told(authority: Authority) -> tuple[str, ...]:
    return authority.told(app.wall_clock())
