"""Arguments of the verbs of the handover window."""

import argparse

from counter_app.cli.choices import OneOf
from counter_app.cli.values import day, filled, said, words
from counter_app.domain.arrival import IDENTITY_DOCUMENTS
from counter_app.domain.handover_draft import (
    SHORTEST_REASON,
    Collector,
    IdentityResult,
    OldDocument,
    Signature,
    is_reason,
)
from counter_app.domain.tax_stamps import MOST, StampReading, read_amount, read_stamp


def hand_over_options(parser: argparse.ArgumentParser) -> None:
    """What was scanned, seen, taken back, paid and signed."""
    parser.add_argument("code", type=words, metavar="NUMÉRO|CODE")
    parser.add_argument("--sleeve", type=words, metavar="CODE", default="", help="ce que porte la pochette scannée")
    parser.add_argument("--identity", choices=OneOf("handover.documents", IDENTITY_DOCUMENTS), help="pièce présentée")
    results = OneOf("choices.identity", (one.value for one in IdentityResult))
    parser.add_argument("--identity-result", choices=results, help="ce qui a été constaté")
    parser.add_argument(
        "--identity-number",
        type=words,
        default="",
        metavar="NUMÉRO",
        help="numéro de la pièce, dont la fin est gardée",
    )
    collectors = OneOf("handover.collectors", (one.value for one in Collector))
    parser.add_argument("--collector", choices=collectors, help="qui retire, sinon le titulaire")
    parser.add_argument("--collector-name", type=said, default="", metavar="NOM", help="nom de qui retire")
    parser.add_argument("--collector-relation", type=said, default="", metavar="LIEN", help="lien avec le titulaire")
    parser.add_argument("--medical-certificate", action="store_true", help="un certificat médical a été montré")
    parser.add_argument(
        "--old-document", type=old_document, metavar="surrendered|missing:MOTIF", help="ancien titre ou récépissé"
    )
    parser.add_argument(
        "--stamp", type=stamp, action="append", default=[], metavar="NUMÉRO|exempt:MOTIF", help="timbre de 16 chiffres"
    )
    parser.add_argument("--stamp-amount", type=euros, metavar="EUROS", help="montant lu sur le timbre")
    parser.add_argument("--amount-due", type=euros, metavar="EUROS", help="montant corrigé, avec --amount-reason")
    parser.add_argument(
        "--stamp-case", type=case, default=None, metavar="CAS", help="montant attendu de ce cas du tarif"
    )
    parser.add_argument("--amount-reason", type=said, default="", metavar="MOTIF", help="pourquoi le montant change")
    signed = OneOf("handover.signatures", (one.value for one in Signature))
    parser.add_argument("--signature", choices=signed, help="comment la personne a signé")
    parser.add_argument("--read-through", action="store_true", help="titre relu avec la personne")
    parser.add_argument("--chip-checked", action="store_true", help="contrôle de la puce effectué")
    parser.add_argument("--fault", type=said, default=None, metavar="CHAMP", help="champ inexact sur le titre")
    parser.add_argument("--offline", action="store_true", help="sans liaison avec les autres postes")
    parser.add_argument("--dry-run", action="store_true", help="dit le verdict sans rien enregistrer")
    parser.add_argument("--anyway", type=said, default="", metavar="MOTIF", help="remise exceptionnelle, avec un motif")
    parser.add_argument(
        "--approved-by", type=said, default=None, metavar="NOM", help="responsable qui a donné son accord"
    )


def stamps_options(parser: argparse.ArgumentParser) -> None:
    """Which case, on which day."""
    parser.add_argument("--case", type=case, default=None, metavar="CAS", help="un cas ; sinon tous")
    parser.add_argument("--day", type=day, metavar="AAAA-MM-JJ", help="à cette date ; sinon aujourd’hui")


def undo_options(parser: argparse.ArgumentParser) -> None:
    """Which handover is taken back, and who agreed once the minute has passed."""
    parser.add_argument("code", type=words, metavar="NUMÉRO|CODE")
    parser.add_argument("--act", type=filled, default=None, metavar="ID", help="une remise précise")
    _agreement(parser)


def contest_options(parser: argparse.ArgumentParser) -> None:
    """Which handover is said not to be true, and by what account."""
    parser.add_argument("code", type=words, metavar="NUMÉRO|CODE")
    parser.add_argument("--reason", type=said, required=True, metavar="MOTIF", help="ce qui est dit")


def settle_options(parser: argparse.ArgumentParser) -> None:
    """Which departure is true, and who says so."""
    parser.add_argument("code", type=words, metavar="NUMÉRO|CODE")
    parser.add_argument("--keep", type=_kept, default=None, metavar="ID", help="l’acte qui est vrai ; sinon aucun")
    _agreement(parser)


def _kept(text: str) -> str | None:
    """The identity of an act; `none`, as without the option, keeps no departure."""
    told = filled(text)
    return None if told == "none" else told


def _agreement(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reason", type=said, default="", metavar="MOTIF", help="pourquoi")
    parser.add_argument(
        "--approved-by", type=said, default=None, metavar="NOM", help="responsable qui a donné son accord"
    )


def old_document(text: str) -> OldDocument:
    """`surrendered`, `surrendered:récépissé`, or `missing:MOTIF`."""
    word, _colon, more = said(text).partition(":")
    if word.strip() == "surrendered":
        return OldDocument(True, more.strip())
    if word.strip() == "missing" and more.strip():
        return OldDocument(False, reason=more.strip())
    raise argparse.ArgumentTypeError(
        f"« {words(text)} » : écrivez surrendered (rendu), ou missing: (non rendu) suivi du motif"
    )


def stamp(text: str) -> StampReading | str:
    """A stamp of sixteen digits, or why none is due (`exempt:MOTIF`)."""
    word, colon, reason = words(text).partition(":")
    if colon and word.strip() == "exempt":
        if is_reason(said(reason)):
            return reason.strip()
        raise argparse.ArgumentTypeError(f"exempt: (exonéré) demande un motif d’au moins {SHORTEST_REASON} lettres")
    reading = read_stamp(text)
    if not reading.ok:
        raise argparse.ArgumentTypeError(f"un timbre a 16 chiffres : {reading.read} lus dans « {words(text)} »")
    return reading


def case(text: str) -> str:
    """A case of the tariff, in capitals or not."""
    return filled(text).upper()


def euros(text: str) -> int:
    """Whole euros."""
    amount = read_amount(text)
    if amount is None:
        raise argparse.ArgumentTypeError(f"« {words(text)} » n’est pas un montant en euros entiers, de 0 à {MOST}")
    return amount
