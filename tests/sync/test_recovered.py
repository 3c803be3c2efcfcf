"""A desk whose file was damaged: what it lost comes back from the central or from another desk; nothing is hidden."""

from contextlib import suppress
from io import FileIO
from shutil import rmtree

import sqlalchemy as sa

from counter_app import keys
from counter_app.app import recover_home
from counter_app.central.tables import set_aside as central_aside
from counter_app.domain.acts import device_of
from counter_app.store import sync_rows
from counter_app.store.lines import close_stream, end_before_gaps, every_line
from counter_app.store.pages import LEAF, PAGE, Pages
from counter_app.store.statements import rows, write
from counter_app.sync.aside import set_aside
from counter_app.sync.wire import Push
from counter_app.usecases.audit import verify
from tests.homes import AtDesk, Clock
from tests.sync.invariants import ahead, check_desk, held_at_central, held_at_desk
from tests.sync.site import Site
from tests.sync.test_exchange import everybody


def damaged(site: Site, here: AtDesk) -> AtDesk:
    """The home goes on after a recovery that lost acts in the middle of its stream, and has no copy."""
    with here.desk.looking() as connection:
        (lost,) = rows(connection, "SELECT act_id FROM act WHERE stream = ? AND seq = 15", (here.desk.stream,))[0]
    here.office.close()
    home, place = here.office.home.path, site.desks.index(here)
    file, identity = home / "guichet.db", here.office.home.identity
    with FileIO(file) as raw:
        pages = Pages(raw, b"", keys.fetch(home, identity.id, identity.keys).store)
        spoilt = [number for number, page in pages.every() if page[:1] == bytes([LEAF]) and lost.encode() in page]
    whole = bytearray(file.read_bytes())
    for number in spoilt:
        whole[(number - 1) * PAGE : number * PAGE] = bytes(PAGE)
    file.write_bytes(whole)
    rmtree(home / "sauvegardes", ignore_errors=True)
    recover_home(home, Clock(here.clock.now))
    site.desks[place] = site.start(home, here.clock)
    return site.desks[place]


def loose(here: AtDesk) -> int:
    with here.desk.looking() as connection:
        return sync_rows.waiting(connection, device_of(here.desk.stream))


def test_a_recovered_file_claims_no_line_beyond_what_it_lost_and_hears_it_again(site: Site) -> None:
    first, *_others = site.desks
    everybody(first, 12)
    site.quiet()
    whole = held_at_desk(first.desk).keys()
    back = damaged(site, first)
    proof = verify(back.desk)
    assert (proof.ok, proof.lost > 0, proof.ahead) == (True, True, ahead(back.desk))
    assert ahead(back.desk) > 0
    with back.desk.looking() as connection:
        for line in every_line(connection):
            seqs = [seq for (seq,) in rows(connection, "SELECT seq FROM act WHERE stream = ?", (line.stream,))]
            assert len(seqs) == line.seq, "a line is held from its first act to its last"
    check_desk(back.desk)
    site.quiet()
    assert whole <= held_at_desk(back.desk).keys()
    proof = verify(back.desk)
    assert (proof.ok, proof.lost, proof.ahead) == (True, 0, 0)


def test_what_a_recovered_desk_alone_holds_waits_and_is_counted_while_its_predecessors_are_lost(site: Site) -> None:
    first, *_others = site.desks
    everybody(first, 12)
    back = damaged(site, first)
    site.sync(back)
    early = ahead(back.desk)
    assert early > 0
    assert held_at_central(site.central.engine).keys() == held_at_desk(back.desk).keys(), "what can be sent was"
    assert loose(back) == early
    proof = verify(back.desk)
    assert (proof.ahead, bool(proof.ahead_since)) == (early, True)
    check_desk(back.desk)
    (told,) = set_aside(back.desk)
    assert (told.reason, told.count, bool(told.since)) == ("loose", early, True)
    with site.central.engine.connect() as connection:
        kept = connection.execute(sa.select(central_aside.c.reason, central_aside.c.raw)).all()
    assert {reason for reason, _raw in kept} == {"gap"}
    assert len(kept) == early, "they are not lost with this desk"
    assert pushes(site, back) == 0, "said once"
    site.ledger(back).loose_kept("of the central before it was restored")
    assert pushes(site, back) > 0


def pushes(site: Site, here: AtDesk) -> int:
    """How many pushes one exchange makes."""
    dialogue, found = site.dialogue(here), 0
    question = next(dialogue)
    with suppress(StopIteration):
        while True:
            found += isinstance(question, Push)
            question = dialogue.send(site.answer(here, question))
    return found


def test_a_file_that_an_older_version_recovered_with_a_gap_holds_nothing_up(site: Site) -> None:
    first, *_others = site.desks
    everybody(first, 12)
    mine = first.desk.stream
    with first.desk.store.writing() as connection:
        last = every_line(connection)[0].seq
        write(connection, "DELETE FROM act WHERE stream = ? AND seq = 15", [(mine,)])
        close_stream(connection, mine, f"{device_of(mine)}:reprise")
        end_before_gaps(connection)
        (line,) = every_line(connection)
    assert (line.stream, line.seq, ahead(first.desk)) == (mine, 14, last - 15)
    first.scan(first.code("001"))
    outcome = site.sync(first)
    assert (outcome.verified, outcome.later) == (True, False)
    assert [told.reason for told in set_aside(first.desk)] == ["loose"]


def test_branches_of_a_damaged_file_come_back_with_it(site: Site) -> None:
    first, second, _third = site.desks
    everybody(first, 3)
    site.quiet()
    clone = site.start(site.copy(first, "clone"), Clock(first.clock.now))
    site.desks.append(clone)
    first.scan(first.code("000"))
    clone.scan(clone.code("001"))
    site.quiet()
    before = held_at_desk(second.desk)
    second.office.close()
    home = second.office.home.path
    raw = bytearray(home.joinpath("guichet.db").read_bytes())
    raw[0:PAGE] = bytes(PAGE)
    home.joinpath("guichet.db").write_bytes(raw)
    rmtree(home / "sauvegardes")
    assert recover_home(home, Clock(second.clock.now)).lost_acts == 0
    site.desks[1] = site.start(home, second.clock)
    after = held_at_desk(site.desks[1].desk)
    assert {act: after[act] for act in before} == before
    site.quiet()
