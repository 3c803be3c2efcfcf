"""Invented handovers for the papers of the tests: a plain one, and one where everything was out of the ordinary."""

from dataclasses import replace
from datetime import date, datetime

from counter_app.documents.facts import HandoverFacts
from counter_app.domain.codes import CodeKind, make_code
from counter_app.domain.handover_draft import Collector, IdentityResult, Line, OldDocument, Signature, StampShown
from counter_app.domain.handover_record import Agreed, HandoverRecord
from tests.documents.papers import NAME, NUMBER, SITE, SLOT, ZONE

HANDED_AT = datetime(2026, 11, 24, 9, 41, tzinfo=ZONE)
SLEEVE = make_code(CodeKind.HANDOVER, 0x12345678)

PLAIN = HandoverRecord(
    sleeve="scanned",
    identity_document="passport",
    identity_result=IdentityResult.MATCH,
    identity_number="7431",
    identity_read_by="mrz",
    collector=Collector.HOLDER,
    collector_name="",
    collector_relation="",
    medical_certificate=False,
    slot=SLOT,
    old_document=OldDocument(surrendered=True, what="recepisse"),
    stamps=(StampShown("9012", "digest"),),
    amount_due=350,
    amount_reason="",
    exempt="",
    signature=Signature.PAPER,
    signature_ink="",
    chip_checked=True,
    read_through=True,
    offline=False,
    chips=(),
    asked=tuple(Line),
    agreed=None,
)
UNUSUAL = replace(
    PLAIN,
    sleeve="by_hand",
    identity_document="permit",
    identity_result=IdentityResult.MISMATCH,
    collector=Collector.PROXY,
    collector_name="ÖZDEMİR-YILDIRIM Çağlar Şükrü İbrahim",
    collector_relation="frère",
    medical_certificate=True,
    old_document=OldDocument(surrendered=False, reason="perdu, déclaration de perte au commissariat"),
    stamps=(StampShown("9012", "one", 300), StampShown("1111", "two", 50)),
    amount_reason="taxe ramenée par le service",
    signature=Signature.REFUSED,
    offline=True,
    chip_checked=False,
    read_through=False,
    agreed=Agreed("hospitalisation de la personne titulaire", "Mme Leroy", ("identity_not_verified", "in_person_only")),
)
HANDOVER = HandoverFacts(
    site=SITE,
    address="4 place du Marché, 99000 Villeneuve",
    desk="Guichet 3",
    receipt_number="R-99-C-261124-001",
    code=make_code(CodeKind.HANDOVER, 0x0BADCAFE),
    printed_at=HANDED_AT,
    name=NAME,
    birth_date="1991-07-04",
    foreign_number=NUMBER,
    kind="Carte de séjour pluriannuelle",
    card_number="F5V9RY2WJ",
    valid_to=date(2030, 11, 23),
    handed_at=HANDED_AT,
    agent="M. Durand",
    record=PLAIN,
    sleeve=SLEEVE,
    tray="D",
    rank="78",
)
