"""What desks that are apart tell one person: two hours, two telephones, a message to the number that changed. Nobody is
sent away by our own message, and each contradiction is one work item, the same at every desk."""

from datetime import date, datetime
from pathlib import Path

import pytest

from counter_app.cli.summons_shapes import sending as sending_shape
from counter_app.cli.summons_shapes import sending_lines
from counter_app.domain.acts import ActKind, Json
from counter_app.domain.summons import Crowded
from counter_app.domain.verdict import Verdict
from counter_app.messages.outbox import FolderCarrier
from counter_app.telling.conflicts import effect_told, heading_told, side_told
from counter_app.telling.handover import handover_text
from counter_app.telling.stock import crowded_told
from counter_app.ui.screens.summons.rows import row_of
from counter_app.ui.screens.summons.state import SummonsState, Tab, actions_of, look_at_summonses
from counter_app.usecases.answers import Override, Undone
from counter_app.usecases.bordereaux import Leaving, remove
from counter_app.usecases.conflict_answers import Conflict
from counter_app.usecases.desk import Desk
from counter_app.usecases.handover_look import look
from counter_app.usecases.send_summons import note_told, send, send_missed
from counter_app.usecases.stock_answers import SlipKind
from counter_app.usecases.stock_papers import convened, sign_sheet_page
from counter_app.usecases.summon import Choice, change_phone, missed, move_slot, note_missed, over_places, summon
from counter_app.usecases.summons_messages import Ready, missed_messages, summons_messages, to_send
from counter_app.usecases.undo_about import undo_about
from counter_app.usecases.work_items import open_items, settle
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import short_date
from tests.documents.reading import words
from tests.homes import AtDesk, moment
from tests.sync.site import Site
from tests.usecases.permits_at_hand import full_draft, mark, permit_of, receive, sleeve_of

FIRST, SECOND = moment("10:00", date(2026, 12, 10)), moment("9:00", date(2026, 12, 15))
THIRD = moment("11:00", date(2026, 12, 17))
CARD = "F5V9RY2WJ"
OLD, NEW = "+33612340001", "+33699887766"


@pytest.fixture
def known(site: Site) -> str:
    """A permit that waits for a summons, known to all three desks."""
    identity = receive(site.desks[0].desk, CARD, summoned_on=None, slot=None)
    site.quiet()
    return identity


def tell(desk: Desk, folder: Path, *, again: tuple[str, ...] = ()) -> list[str]:
    """Send what is to be sent: the numbers that an SMS went to."""
    ready = summons_messages(desk, to_send(desk), again=again)
    assert all(one.sent for one in send(desk, ready, FolderCarrier(folder)))
    return [message.to for _permit, message in ready.messages]


def summoned(here: AtDesk, identity: str, slot: datetime, folder: Path) -> None:
    """An hour given, and its SMS sent."""
    here.clock.later(1)
    (done,) = summon(here.desk, [Choice(identity, slot)])
    assert done.done
    here.clock.later(1)
    assert tell(here.desk, folder / here.desk.name) == [OLD]


def twice(site: Site, identity: str, folder: Path) -> Conflict:
    """Two hours told by desks apart; the one item that comes of it."""
    one, two, _three = site.desks
    summoned(one, identity, FIRST, folder)
    two.clock.later(10)
    summoned(two, identity, SECOND, folder)
    site.quiet()
    return only(site)


def only(site: Site) -> Conflict:
    """The one item, the same at every desk."""
    found = [open_items(here.desk) for here in site.desks]
    assert {tuple(one.id for one in items) for items in found} == {(found[0][0].id,)}
    return found[0][0]


def why_held(ready: Ready) -> list[tuple[Json, str]]:
    """The conflicts that keep messages from leaving, as the command line tells them."""
    held = sending_shape(ready, [])["held"]
    assert isinstance(held, list)
    return [(one["conflict"], str(one["reason"])) for one in held if isinstance(one, dict)]


def at(here: AtDesk, moment: datetime) -> None:
    here.clock.now = moment


def test_two_hours_told_by_desks_apart_are_one_item_that_tells_both(site: Site, known: str, tmp_path: Path) -> None:
    item = twice(site, known, tmp_path)
    assert (item.kind, item.name, heading_told(item)) == (
        "double_summons",
        "SOW Aïssata",
        "plusieurs heures données à une personne",
    )
    said = [side_told(item, fact) for fact in item.facts]
    assert ["10/12" in said[0], "15/12" in said[1]] == [True, True]
    assert all(one.endswith("message parti") and "sans" not in one for one in said)
    assert item.choices == (*(fact.act_id for fact in item.facts), "supervisor")
    assert "10/12" in effect_told(item, item.facts[0].act_id)
    for here in site.desks:
        ready = summons_messages(here.desk, to_send(here.desk))
        assert ready.messages == (), "which hour stands is settled first"
        assert [(one.id, why) for one, why in ready.held] == [(known, "double_summons")]
        ((conflict, reason),) = why_held(ready)
        assert (conflict, "heures" in reason) == ("double_summons", True)


@pytest.mark.parametrize("kept", [0, 1])
def test_who_comes_at_either_hour_is_handed_the_permit_until_told_again(
    site: Site, known: str, tmp_path: Path, kept: int
) -> None:
    item = twice(site, known, tmp_path)
    here = site.desks[0]
    for hour in (FIRST, SECOND):
        at(here, hour)
        found = look(here.desk, CARD, full_draft(here.desk, sleeve_of(here.desk, known)))
        assert (found.verdict, found.may_commit) == (Verdict.PERMIT_READY, True), hour
    at(here, FIRST)
    answer = look(here.desk, CARD, full_draft(here.desk, sleeve_of(here.desk, known)))
    assert "told_otherwise" in answer.notes
    said = handover_text(answer, here.desk.rules)
    assert any("15/12" in note for note in said.notes)
    assert "10\u00a0h" in said.detail, "the hour of today is theirs"
    at(here, moment("11:00"))
    hours = (FIRST, SECOND)
    assert settle(here.desk, item.id, item.facts[kept].act_id, "vu avec la personne", "Mme Roux").refusal is None
    site.quiet()
    assert [open_items(one.desk) for one in site.desks] == [[], [], []]
    assert [permit_of(one.desk, known).slot for one in site.desks] == [hours[kept]] * 3
    assert [one.id for one in to_send(here.desk)] == [known], "their last messages gave two hours"
    at(here, hours[1 - kept])
    assert look(here.desk, CARD).verdict is not Verdict.PERMIT_OTHER_DAY
    at(here, moment("11:05"))
    assert note_told(here.desk, known, "phone").done
    assert to_send(here.desk) == []
    at(here, hours[1 - kept])
    assert look(here.desk, CARD).verdict is Verdict.PERMIT_OTHER_DAY


def test_an_hour_moved_at_two_desks_apart_and_told_by_phone_is_an_item(site: Site, known: str, tmp_path: Path) -> None:
    one, two, _three = site.desks
    summoned(one, known, FIRST, tmp_path)
    site.quiet()
    for here, slot in ((one, SECOND), (two, THIRD)):
        here.clock.later(5)
        assert move_slot(here.desk, known, slot, "elle voyage").done
        here.clock.later(1)
        assert note_told(here.desk, known, "phone").done
    site.quiet()
    assert only(site).kind == "double_summons"


def test_the_same_hour_given_apart_contradicts_nothing(site: Site, known: str, tmp_path: Path) -> None:
    for here in site.desks[:2]:
        summoned(here, known, FIRST, tmp_path)
    site.quiet()
    assert [open_items(here.desk) for here in site.desks] == [[], [], []]
    assert to_send(site.desks[0].desk) == []


def test_three_hours_apart_are_one_item_and_an_hour_given_with_all_in_sight_ends_it(
    site: Site, known: str, tmp_path: Path
) -> None:
    for here, slot in zip(site.desks, (FIRST, SECOND, THIRD), strict=True):
        summoned(here, known, slot, tmp_path)
    site.quiet()
    item = only(site)
    assert len(item.facts) == 3
    said = " ".join((heading_told(item), *(effect_told(item, fact.act_id) for fact in item.facts)))
    assert not any(word in said.lower() for word in ("deux", "l’autre")), said
    last = site.desks[2]
    last.clock.later(5)
    assert move_slot(last.desk, known, moment("9:40", date(2026, 12, 11)), "vu avec elle").done
    site.quiet()
    assert [open_items(here.desk) for here in site.desks] == [[], [], []]
    assert [one.id for one in to_send(site.desks[1].desk)] == [known]


def test_nobody_is_absent_while_another_hour_that_we_told_is_to_come(site: Site, known: str, tmp_path: Path) -> None:
    item = twice(site, known, tmp_path)
    here = site.desks[0]
    at(here, moment("11:00"))
    assert settle(here.desk, item.id, item.facts[0].act_id, "vu avec la personne", "Mme Roux").refusal is None
    at(here, FIRST.replace(hour=17))
    assert note_missed(here.desk) == []
    at(here, SECOND.replace(hour=17))
    assert len(note_missed(here.desk)) == 1


def test_an_act_of_a_version_that_named_nothing_contradicts_nothing(site: Site, known: str) -> None:
    for here, slot in zip(site.desks[:2], (FIRST, SECOND), strict=True):
        here.clock.later(5 if slot == FIRST else 10)
        mark(here.desk, known, ActKind.PERMIT_SUMMONED, slot=slot.isoformat())
    site.quiet()
    assert [open_items(here.desk) for here in site.desks] == [[], [], []]
    assert permit_of(site.desks[2].desk, known).slot == SECOND


def test_an_sms_sent_apart_to_the_number_that_changed_is_sent_again(site: Site, known: str, tmp_path: Path) -> None:
    one, two, three = site.desks
    one.clock.later(1)
    assert change_phone(one.desk, known, NEW).done
    two.clock.later(5)
    summoned(two, known, FIRST, tmp_path)
    site.quiet()
    assert [[permit.id for permit in to_send(here.desk)] for here in site.desks] == [[known]] * 3
    three.clock.later(20)
    assert tell(three.desk, tmp_path / "trois") == [NEW]
    site.quiet()
    assert [to_send(here.desk) for here in site.desks] == [[], [], []]


def test_a_number_changed_after_the_sms_is_told_again_and_one_given_back_is_not(
    site: Site, known: str, tmp_path: Path
) -> None:
    here = site.desks[0]
    summoned(here, known, FIRST, tmp_path)
    for number, left in ((NEW, [known]), (OLD, [])):
        here.clock.later(1)
        assert change_phone(here.desk, known, number).done
        assert [one.id for one in to_send(here.desk)] == left


def test_who_was_told_of_a_missed_hour_at_another_number_is_told_again(site: Site, known: str, tmp_path: Path) -> None:
    here = site.desks[0]
    summoned(here, known, FIRST, tmp_path)
    at(here, FIRST.replace(hour=17))
    note_missed(here.desk)
    ready = missed_messages(here.desk, [one.permit for one in missed(here.desk)])
    assert all(one.sent for one in send_missed(here.desk, ready, FolderCarrier(tmp_path / "absences")))
    assert [one.told_on for one in missed(here.desk)] == ["2026-12-10"]
    assert change_phone(here.desk, known, NEW).done
    assert [one.told_on for one in missed(here.desk)] == [None]
    (again,) = missed_messages(here.desk, [one.permit for one in missed(here.desk)]).messages
    assert again[1].to == NEW


def test_two_numbers_noted_apart_are_one_item_and_the_one_kept_is_told(site: Site, known: str, tmp_path: Path) -> None:
    one, two, three = site.desks
    summoned(three, known, FIRST, tmp_path)
    site.quiet()
    two.clock.later(5)
    for here, number in ((one, NEW), (two, "+33611223344")):
        here.clock.later(5)
        assert change_phone(here.desk, known, number).done
    site.quiet()
    item = only(site)
    assert item.kind == "double_phone"
    assert [side_told(item, fact)[-2:] for fact in item.facts] == ["66", "44"]
    assert settle(three.desk, item.id, item.facts[0].act_id, "vu avec la personne", None).refusal is None
    site.quiet()
    assert [permit_of(here.desk, known).phone for here in site.desks] == [NEW] * 3
    three.clock.later(20)
    assert tell(three.desk, tmp_path / "trois") == [NEW]


def test_no_sms_leaves_while_two_numbers_wait_for_an_answer_and_both_doors_say_why(
    site: Site, known: str, tmp_path: Path
) -> None:
    one, two, three = site.desks
    two.clock.later(5)
    for here, number in ((one, NEW), (two, "+33611223344")):
        assert change_phone(here.desk, known, number).done
    site.quiet()
    three.clock.later(20)
    assert summon(three.desk, [Choice(known, FIRST)])[0].done
    assert tell(three.desk, tmp_path / "trois") == []
    ready = summons_messages(three.desk, to_send(three.desk))
    assert [(permit.id, why) for permit, why in ready.held] == [(known, "double_phone")]
    ((conflict, reason),) = why_held(ready)
    assert (conflict, "téléphones" in reason) == ("double_phone", True)
    assert any("téléphones" in line for line in sending_lines(ready, []))
    state = SummonsState(look_at_summonses(three.desk, {}, {}), Tab.TO_SEND, known)
    row = row_of(state.permits[0], state, three.desk.rules.zone, Words("fr"))
    assert row.cells[-1].startswith("plusieurs téléphones")
    assert "send" not in [action.slug for action in actions_of(state, Words("fr"))]
    by_mail = summons_messages(three.desk, to_send(three.desk), {known: "awa@exemple.fr"})
    assert ([message.to for _permit, message in by_mail.messages], by_mail.held) == (["awa@exemple.fr"], ())
    item = only(site)
    assert settle(three.desk, item.id, item.facts[0].act_id, "vu avec la personne", None).refusal is None
    assert tell(three.desk, tmp_path / "trois") == [NEW]


def test_nobody_is_told_of_a_missed_hour_at_one_of_two_numbers(site: Site, known: str, tmp_path: Path) -> None:
    one, two, _three = site.desks
    summoned(one, known, FIRST, tmp_path)
    site.quiet()
    for here, number in ((one, NEW), (two, "+33611223344")):
        assert change_phone(here.desk, known, number).done
    at(one, FIRST.replace(hour=17))
    note_missed(one.desk)
    site.quiet()
    ready = missed_messages(one.desk, [late.permit for late in missed(one.desk)])
    assert (ready.messages, [why for _permit, why in ready.held]) == ((), ["double_phone"])


def test_an_hour_that_desks_apart_filled_is_told_with_its_places_and_nobody_is_moved(site: Site) -> None:
    one, two, three = site.desks
    ids = [receive(one.desk, f"CARD0000{place}", summoned_on=None, slot=None) for place in range(8)]
    site.quiet()
    for here, mine in ((one, ids[:4]), (two, ids[4:])):
        assert all(done.done for done in summon(here.desk, [Choice(identity, FIRST) for identity in mine]))
        assert over_places(here.desk) == ()
    site.quiet()
    assert [over_places(here.desk) for here in site.desks] == [(Crowded(FIRST, 8, 4),)] * 3
    said = crowded_told(over_places(three.desk))
    assert "8 convoqués pour 4 places." in said and "10/12" in said
    assert {permit_of(three.desk, identity).slot for identity in ids} == {FIRST}
    at(three, FIRST)
    assert over_places(three.desk) == (), "an hour that has come is not to be arranged any more"


def test_an_hour_that_a_list_alone_fills_is_left_to_it(site: Site) -> None:
    here = site.desks[0]
    for place in range(6):
        receive(here.desk, f"CARD0000{place}", slot=FIRST.isoformat())
    assert over_places(here.desk) == ()


def post(here: AtDesk, identity: str, tracking: str) -> str:
    """A permit posted; its bordereau."""
    sleeve = sleeve_of(here.desk, identity)
    done = remove(here.desk, SlipKind.POST, [Leaving(sleeve, tracking)], "remise postale", "La Poste")
    assert done.bordereau is not None
    return done.bordereau.number


def test_one_tracking_number_given_to_two_cards_by_desks_apart_is_an_item(site: Site) -> None:
    one, two, _three = site.desks
    first, second = receive(one.desk, "CARD00001", name="SOW Aïssata"), receive(two.desk, "CARD00002", name="LI Wei")
    site.quiet()
    slips = [post(one, first, "1A 234 567 8901 2"), post(two, second, "1a23456789012")]
    site.quiet()
    item = only(site)
    assert (item.kind, item.subject.type, set(item.name.split(" / "))) == (
        "tracking_reused",
        "tracking",
        {"SOW Aïssata", "LI Wei"},
    )
    said = " ".join(side_told(item, fact) for fact in item.facts)
    assert all(slip in said for slip in slips) and "1A 234 567 8901 2" in said
    assert "retrouvez le vrai numéro" in effect_told(item, item.facts[0].act_id)
    two.clock.later(5)
    undone = undo_about(two.desk, slips[1], Override("numéro d’un autre pli", "Mme Roux"))
    assert isinstance(undone, Undone) and undone.done
    site.quiet()
    assert [open_items(here.desk) for here in site.desks] == [[], [], []]


def test_one_letter_with_the_cards_of_a_family_contradicts_nothing(site: Site) -> None:
    here = site.desks[0]
    sleeves = [sleeve_of(here.desk, receive(here.desk, f"CARD0000{place}")) for place in range(2)]
    leaving = [Leaving(one, "1A2345678901") for one in sleeves]
    assert remove(here.desk, SlipKind.POST, leaving, "famille", "La Poste").bordereau is not None
    site.quiet()
    assert open_items(here.desk) == []


def test_the_sign_sheet_of_each_day_names_who_was_told_an_hour_of_it(site: Site, known: str, tmp_path: Path) -> None:
    """Whoever comes at either hour is handed the permit, and has a line to sign on."""
    twice(site, known, tmp_path)
    here = site.desks[0]
    for told, other in ((FIRST, SECOND), (SECOND, FIRST)):
        (one,) = convened(here.desk, told.date())
        assert one.id == known
        said = words(sign_sheet_page(here.desk, told.date()).pdf)
        assert "1 personne convoquée" in said
        assert f"{told.hour} h" in said
        assert f"aussi convoqué le {short_date(other.date())} à {other.hour} h" in said
    assert convened(here.desk, date(2026, 12, 16)) == []
