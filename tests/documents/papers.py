"""Invented facts for the papers of the tests. All numbers start with 00, no person exists."""

from datetime import datetime, timedelta, timezone

from counter_app.documents.facts import ProofFacts, ReminderFacts, TicketFacts
from counter_app.domain.codes import CodeKind, make_code

ZONE = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 24, 9, 24, tzinfo=ZONE)
SLOT = datetime(2026, 11, 24, 9, 30, tzinfo=ZONE)
SITE = "Service des étrangers – Villeneuve"
NAME = "NDIAYE-LEFÈVRE Aïssatou"
NUMBER = "0012345678"

TICKET = TicketFacts(
    site=SITE,
    desk="Poste 2",
    receipt_number="B2-26-000042",
    code=make_code(CodeKind.TICKET, 0x0BADCAFE),
    printed_at=NOW,
    ticket="A 042",
    arrived_at=NOW,
    slot=SLOT,
    purpose="Dépôt de dossier",
    place="Salle d’attente 1 · guichets 3 à 5",
    wait=(15, 25),
)
PROOF = ProofFacts(
    site=SITE,
    address="4 place du Marché, 99000 Villeneuve",
    desk="Poste 2",
    receipt_number="B2-26-000043",
    code=make_code(CodeKind.TICKET, 0x0BADCAFE),
    printed_at=NOW,
    name=NAME,
    foreign_number=NUMBER,
    came_at=NOW,
    slot=SLOT,
    purpose="Dépôt de dossier",
    agent="M. Durand",
)
REMINDER = ReminderFacts(
    site=SITE,
    address="4 place du Marché, 99000 Villeneuve",
    desk="Poste 2",
    receipt_number="",
    code=make_code(CodeKind.CONVOCATION, 0x12345678),
    printed_at=NOW,
    verdict="other_day",
    slot=datetime(2026, 12, 1, 14, 30, tzinfo=ZONE),
    return_at=datetime(2026, 12, 1, 14, 15, tzinfo=ZONE),
    purpose="Remise d’un titre de séjour",
)
