"""What the handover window says: every verdict whole, in both languages, and nothing that should stay masked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.acts import ActKind
from counter_app.domain.custody import SAFE
from counter_app.domain.handover_draft import BY_HAND, Collector, IdentityResult, Signature
from counter_app.domain.verdict import Verdict
from counter_app.telling.handover import handover_chips, handover_text, missing_line
from counter_app.usecases.answers import Override
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.handover_answers import HandoverAnswer
from counter_app.usecases.handover_look import judge, look, note_attempt
from counter_app.wording.dates import Language
from tests.homes import AtDesk, another_desk, moment, person
from tests.usecases.permits_at_hand import OTHER_STAMP, STAMP, Stocked, full_draft, mark, receive, sleeve_of


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def ready(here: AtDesk) -> Stocked:
    here.clock.at("9:15")
    return Stocked(here, receive(here.desk))


def told(ready: Stocked, answer: HandoverAnswer, lang: Language = "fr") -> str:
    words = handover_text(answer, ready.desk.rules, lang)
    assert "{" not in words.sentence
    return plain(" · ".join((words.title, words.detail, *words.notes)))


def test_a_permit_ready_says_where_it_is_and_when_the_person_was_called(ready: Stocked) -> None:
    answer = look(ready.desk, "5912345678")
    assert told(ready, answer) == "TITRE PRÊT À REMETTRE · Bac D, pochette 78. Convoqué à 9 h 20."
    assert told(ready, answer, "en") == "PERMIT READY · Tray D, sleeve 78. Called for 09:20."
    assert plain(missing_line(answer)) == "Il manque : pochette, identité, ancien document, timbre, signature."


def test_a_person_not_called_sees_a_masked_telephone(here: AtDesk) -> None:
    here.clock.at("9:15")
    ready = Stocked(here, receive(here.desk, summoned_on=None, slot=None))
    sentence = told(ready, judge(here.desk, ready.identity, ready.draft()))
    assert sentence.endswith("Numéro connu : •• •• •• •• 01.")


def test_a_closed_window_says_its_hours_and_when_it_opens(ready: Stocked) -> None:
    ready.at("14:00")
    sentence = told(ready, look(ready.desk, "5912345678"))
    assert "9 h – 12 h. Prochaine ouverture : mardi 24 novembre 2026, 9 h." in sentence


def test_after_closing_a_page_begun_before_says_one_thing(ready: Stocked) -> None:
    ready.at("12:01")
    begun = ready.draft(started_at=moment("11:58"))
    answer = judge(ready.desk, ready.identity, begun)
    sentence = told(ready, answer)
    assert sentence == (
        "FERMÉ : REMISE À TERMINER · La remise est fermée depuis 12 h. Celle-ci, commencée avant, peut être finie."
    )
    assert "FERME DANS" not in sentence
    done = hand_over(ready.desk, ready.identity, begun)
    assert [plain(chip) for chip in handover_chips(done, ready.desk.rules)][:1] == ["après la fermeture"]
    assert told(ready, done) == "TITRE REMIS · Reçu R-59-C-261123-001. Annulable 60 s."


def test_a_document_that_did_not_match_is_told_to_the_next_agent(ready: Stocked) -> None:
    note_attempt(ready.desk, ready.identity, ready.draft(identity_result=IdentityResult.MISMATCH))
    sentence = told(ready, look(ready.desk, "5912345678"))
    assert sentence.endswith("Un document ne correspondait pas à 9 h 15, Guichet 3 : comparez avec soin.")


def test_the_validity_that_is_over_is_told_once_handed_over_too(here: AtDesk) -> None:
    here.clock.at("9:15")
    old = Stocked(here, receive(here.desk, valid_to="2026-11-22"))
    agreed = Override("la personne part demain", "M. Durand")
    sentence = told(old, hand_over(here.desk, old.identity, old.draft(), agreed))
    assert sentence.startswith(
        "TITRE REMIS · Reçu R-59-C-261123-001. Annulable 60 s. La validité imprimée était passée"
    )


def test_a_permit_already_handed_over_says_when_where_by_whom_and_its_receipt(ready: Stocked) -> None:
    done = hand_over(ready.desk, ready.identity, ready.draft())
    assert told(ready, done) == "TITRE REMIS · Reçu R-59-C-261123-001. Annulable 60 s."
    ready.at("9:30", days=1)
    sentence = told(ready, look(ready.desk, "5912345678"))
    assert sentence == "DÉJÀ REMIS LE 23/11/2026 · À 9 h 15, Guichet 3, agent A. Petit, reçu R-59-C-261123-001."
    assert missing_line(look(ready.desk, "5912345678")) == ""


def test_a_permit_of_another_desk_says_first_who_has_it_whatever_its_place(ready: Stocked) -> None:
    there = another_desk(ready.desk)
    answer = look(there, "5912345678")
    assert told(ready, answer) == (
        "TITRE CONFIÉ À UN AUTRE POSTE · Garde : Guichet 3. Faites-le venir, "
        "ou demandez l’accord du responsable. Bac D, pochette 78."
    )
    mark(ready.desk, ready.identity, ActKind.CUSTODY_OFFERED, **{"from": "Guichet 3", "to": SAFE})
    offer = ready.permit.marks[-1].act_id
    mark(ready.desk, ready.identity, ActKind.CUSTODY_TAKEN, offer=offer)
    assert "Garde : coffre." in told(ready, look(there, "5912345678"))


def test_what_another_desk_holds_is_no_permit_to_locate_beside_something_graver(ready: Stocked) -> None:
    mark(ready.desk, ready.identity, ActKind.PERMIT_HELD, reason="Contrôle en cours")
    elsewhere = look(another_desk(ready.desk), "5912345678")
    assert handover_chips(elsewhere, ready.desk.rules) == ("confié à un autre poste",)
    mark(ready.desk, ready.identity, ActKind.PERMIT_TO_LOCATE)
    assert handover_chips(look(ready.desk, "5912345678"), ready.desk.rules) == ("à localiser",)


def test_a_permit_that_left_otherwise_says_how_and_under_which_slip(ready: Stocked) -> None:
    mark(ready.desk, ready.identity, ActKind.PERMIT_POSTED, bordereau="E-59-C-26-0001", tracking="1A 234")
    assert told(ready, look(ready.desk, "5912345678")) == (
        "TITRE RETIRÉ DU STOCK · Envoyé par la poste le 23/11/2026, bordereau E-59-C-26-0001."
    )


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_answer_of_the_window_is_a_whole_sentence(here: AtDesk, lang: Language) -> None:
    here.clock.at("9:15")
    ready = Stocked(here, receive(here.desk))
    draft = ready.draft()
    pages = [
        replace(draft, sleeve="ZZ99ZZ99Z"),
        replace(draft, identity_result=IdentityResult.MISMATCH),
        replace(draft, stamps=()),
        replace(draft, stamps=tuple(replace(stamp, amount=100) for stamp in draft.stamps)),
        replace(draft, signature=None),
        replace(draft, old_document=None),
        replace(draft, sleeve=BY_HAND, signature=Signature.REFUSED),
    ]
    other = Stocked(here, receive(here.desk, "YY99YY99Y", foreign_number="5987654321"))
    answers = [hand_over(here.desk, other.identity, other.draft(fault="prénom"))]
    answers += [hand_over(here.desk, ready.identity, page) for page in pages]
    verdicts = [answer.verdict for answer in answers]
    assert len(set(verdicts)) == len(verdicts) == 8
    for answer in answers:
        assert len(told(ready, answer, lang)) > 15
        handover_chips(answer, here.desk.rules, lang)


def test_what_a_stamp_lacks_is_told_and_its_number_is_not(ready: Stocked) -> None:
    draft = ready.draft()
    low = replace(draft, stamps=tuple(replace(stamp, amount=225) for stamp in draft.stamps))
    sentence = told(ready, judge(ready.desk, ready.identity, low))
    assert sentence == "TIMBRE INSUFFISANT · 225 € présentés, 250 € attendus. Manque 25 €."
    hand_over(ready.desk, ready.identity, draft)
    other = Stocked(ready.here, receive(ready.desk, "ZZ99ZZ99Z", foreign_number="5987654321"))
    used = told(ready, judge(ready.desk, other.identity, other.draft()))
    assert used == "TIMBRE DÉJÀ UTILISÉ ICI · Utilisé le 23/11/2026, reçu R-59-C-261123-001."
    assert STAMP not in used


def test_late_people_and_a_closing_window_are_chips_with_their_own_minutes(ready: Stocked) -> None:
    ready.at("11:50")
    answer = judge(ready.desk, ready.identity, full_draft(ready.desk, ready.sleeve, OTHER_STAMP))
    assert (answer.verdict, answer.chips) == (Verdict.HANDOVER_CLOSING_SOON, (Verdict.LATE,))
    assert told(ready, answer).startswith("FERME DANS 10 MIN")
    assert [plain(chip) for chip in handover_chips(answer, ready.desk.rules)] == ["en retard de 150 min"]


def test_a_number_that_nothing_here_knows_is_promised_nothing(ready: Stocked) -> None:
    assert told(ready, look(ready.desk, "5999999999")).startswith("INCONNU DES TITRES ET DES LISTES · Aucun titre")
    assert told(ready, look(ready.desk, "bonjour")).startswith("CODE NON RECONNU · Lu : « bonjour ».")
    several = receive(ready.desk, "ZZ99ZZ99Z")
    assert sleeve_of(ready.desk, several)
    assert told(ready, look(ready.desk, "5912345678")).startswith("2 TITRES POSSIBLES · Comparez le numéro de carte")


def test_another_day_says_which(ready: Stocked) -> None:
    ready.here.clock.now = moment("9:20") + timedelta(days=1)
    sentence = told(ready, look(ready.desk, "5912345678"))
    assert sentence.startswith("CONVOQUÉ UN AUTRE JOUR · Convocation du 23/11/2026 à 9 h 20. Le titre est là.")
    assert "Le créneau est passé." in sentence


def test_an_hour_that_the_list_tells_otherwise_than_a_desk_is_told_beside_it(ready: Stocked) -> None:
    mark(ready.desk, ready.identity, ActKind.SLOT_MOVED, slot="2026-11-25T10:00:00+01:00", reason="empêchée")
    answer = look(ready.desk, "5912345678")
    assert answer.verdict is Verdict.PERMIT_OTHER_DAY
    assert "La liste dit une autre heure que celle donnée par un poste : le 23/11/2026 à 9 h 20." in told(ready, answer)
    ready.at("9:15", days=1)
    assert "listed_otherwise" not in look(ready.desk, "5912345678").notes


def test_an_appointment_that_the_list_cancels_is_told_with_its_hour(ready: Stocked) -> None:
    ready.here.expects(person("SOW Aïssata", hour="09h20", motif="Remise de titre", statut="Annulé"))
    answer = look(ready.desk, "5912345678")
    assert "annulé le rendez-vous de remise du 23/11/2026 à 9 h 20" in told(ready, answer)
    assert handover_chips(answer, ready.desk.rules) == ("rendez-vous annulé",)
    assert "09:20" in told(ready, answer, "en").split("cancelled")[1]


def test_a_relative_of_a_minor_is_told_who_has_to_come(here: AtDesk) -> None:
    here.clock.at("9:15")
    child = Stocked(here, receive(here.desk, birth_date="2012-05-09"))
    aunt = child.draft(collector=Collector.PROXY, collector_name="SOW Aminata", medical_certificate=True)
    sentence = told(child, judge(here.desk, child.identity, aunt))
    assert sentence.startswith("MINEUR : PARENT ET ENFANT · Le parent doit venir avec l’enfant. · ")
    assert "représentant légal" in sentence


def test_a_slot_that_has_passed_is_followed_by_what_the_notice_of_the_site_prescribes(ready: Stocked) -> None:
    ready.at("9:15", days=1)
    sentence = told(ready, look(ready.desk, "5912345678"))
    assert "La personne écrit pour en demander un autre : pref-titres-etrangers@nord.gouv.fr." in sentence
    assert "Proposez" not in sentence


def test_a_slot_of_the_list_without_a_message_is_shown_to_the_agent(here: AtDesk) -> None:
    here.clock.at("9:15")
    ready = Stocked(here, receive(here.desk, summoned_on=None))
    answer = look(here.desk, "5912345678")
    assert answer.verdict is Verdict.PERMIT_NOT_SUMMONED
    sentence = told(ready, answer)
    assert "La liste donne un créneau, le 23/11/2026 à 9 h 20, sans dire qu’un message est parti." in sentence


def test_a_validity_that_is_over_says_until_when_what_to_do_and_who_may_agree(here: AtDesk) -> None:
    here.clock.at("9:15")
    old = Stocked(here, receive(here.desk, valid_to="2026-11-22"))
    answer = look(here.desk, "5912345678")
    assert told(old, answer).startswith("VALIDITÉ DU TITRE PASSÉE · Valable jusqu’au 22/11/2026.")
    assert "nouvelle demande" in told(old, answer)
    assert "22/11/2026" in told(old, answer, "en")
    mark(here.desk, old.identity, ActKind.PERMIT_HELD, reason="instruction")
    held = told(old, look(here.desk, "5912345678"))
    assert held.startswith("REMISE SUSPENDUE · Le service a bloqué cette remise")
    assert "validité imprimée" in held
