"""Arguments of the verbs of the stock: `permits` and its gestures."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from counter_app.cli.choices import OneOf
from counter_app.cli.values import correction, day, place, positive, said, words
from counter_app.domain.permit import PermitState

if TYPE_CHECKING:
    from argparse import ArgumentParser

Add = Callable[[str, str, str], "ArgumentParser"]
"""Adds a gesture: its name, the function of `cli.permits` that does it, what it does in French."""

CODE, REASON, TRAY = "CODE|NUMÉRO", "MOTIF", "BAC"
LABELS = OneOf("choices.labels", ("A4", "80mm"))


def add_gestures(add: Add) -> None:
    """Every gesture of the stock."""
    _arrivals(add)
    _places(add)
    _states(add)
    _slips(add)
    _custody(add)


def _arrivals(add: Add) -> None:
    receive = add("receive", "receive", "prend un lot de titres reçus, ou une carte")
    receive.add_argument("file", nargs="?", type=place, metavar="FICHIER")
    receive.add_argument("--dry-run", action="store_true", help="dit ce qui changerait sans rien écrire")
    receive.add_argument("--card", type=words, metavar="NUMÉRO", help="une seule carte, par son numéro imprimé")
    receive.add_argument("--name", type=said, default="", metavar="NOM", help="titulaire de cette carte")
    receive.add_argument("--number", type=said, default="", metavar="NUMÉRO", help="numéro étranger de cette personne")
    receive.add_argument("--tray", type=words, default="", metavar=TRAY, help="bac où la carte est rangée")
    receive.add_argument("--rank", type=words, default="", metavar="RANG", help="place dans le bac")
    add("lots", "lots", "lots reçus, et leurs lignes à corriger")
    listing = add("list", "listing", "titres du stock et titres partis")
    states = OneOf("stock.states", (state.value for state in PermitState))
    listing.add_argument("--state", choices=states, help="un seul état")
    ageing = add("ageing", "ageing", "titres du stock, les plus anciens d’abord")
    ageing.add_argument("--days", type=positive, metavar="N", help="délai au-delà duquel un titre est dit ancien")


def _places(add: Add) -> None:
    for name, told in (("shelve", "range un titre dans un bac"), ("move", "change un titre de bac")):
        shelve = add(name, "shelve", told)
        shelve.add_argument("code", type=words, metavar=CODE)
        shelve.add_argument("tray", type=words, metavar=TRAY)
        shelve.add_argument("--rank", type=words, metavar="RANG", help="place dans le bac")
    add("to-locate", "to_locate", "note un titre introuvable").add_argument("code", type=words, metavar=CODE)
    found = add("found", "found", "note un titre retrouvé")
    found.add_argument("code", type=words, metavar=CODE)
    found.add_argument("--tray", type=words, metavar=TRAY, help="bac où il est ; sans bac, il reste à ranger")
    found.add_argument("--rank", type=words, metavar="RANG", help="place dans le bac")
    count = add("count", "count", "compte un bac par les pochettes scannées")
    count.add_argument("tray", type=words, metavar=TRAY)
    count.add_argument("codes", nargs="*", type=words, metavar=CODE)
    count.add_argument("--settle", action="store_true", help="note les manquants à localiser et range ici les autres")


def _states(add: Add) -> None:
    hold = add("hold", "hold", "suspend une remise")
    hold.add_argument("code", type=words, metavar=CODE)
    hold.add_argument("reason", type=said, metavar=REASON)
    release = add("release", "release", "lève la suspension d’une remise")
    release.add_argument("code", type=words, metavar=CODE)
    release.add_argument("--reason", type=said, default="", metavar=REASON)
    faulty = add("faulty", "faulty", "note une erreur sur la carte")
    faulty.add_argument("code", type=words, metavar=CODE)
    faulty.add_argument("field", type=said, metavar="CHAMP", help="le champ faux, par exemple : prénom")
    for name, verb, told in (
        ("to-send-back", "to_send_back", "met un titre parmi ceux à renvoyer"),
        ("back", "back", "reprend dans le stock un titre parti par bordereau"),
    ):
        gesture = add(name, verb, told)
        gesture.add_argument("code", type=words, metavar=CODE)
        gesture.add_argument("reason", type=said, metavar=REASON)


def _slips(add: Add) -> None:
    for name, verb, told in (
        ("send-back", "send_back", "renvoie des titres sous bordereau"),
        ("destroy", "destroy", "détruit des titres sous bordereau"),
    ):
        slip = add(name, verb, told)
        slip.add_argument("codes", nargs="+", type=words, metavar=CODE)
        slip.add_argument("--reason", type=said, required=True, metavar=REASON)
        slip.add_argument("--to", type=said, default="", metavar="DESTINATAIRE")
    post = add("post", "post", "envoie un titre par la poste sous bordereau")
    post.add_argument("codes", nargs=1, type=words, metavar=CODE)
    post.add_argument("--tracking", type=said, required=True, metavar="NUMÉRO", help="numéro de suivi de l’envoi")
    post.add_argument("--reason", type=said, default="", metavar=REASON)
    post.add_argument("--to", type=said, default="", metavar="DESTINATAIRE")


def _custody(add: Add) -> None:
    custody = add("custody", "custody_of", "propose, prend ou reprend la garde de titres")
    custody.add_argument("codes", nargs="*", type=words, metavar=CODE)
    what = custody.add_mutually_exclusive_group()
    what.add_argument("--offer", type=said, metavar="POSTE", help="propose les titres à un poste, ou à « safe »")
    what.add_argument("--take", action="store_true", help="prend les titres proposés à ce poste")
    what.add_argument("--into-safe", action="store_true", help="met au coffre les titres proposés au coffre")
    what.add_argument("--override", type=said, metavar=REASON, help="prend la garde sans proposition, avec un motif")
    custody.add_argument(
        "--approved-by", type=said, default="", metavar="NOM", help="responsable qui a donné son accord"
    )


def add_repairs(add: Add) -> None:
    """What sets the stock right."""
    _add_rows(add)
    undo = add("undo", "undo", "annule le dernier acte de ce poste sur un titre, ou un bordereau")
    undo.add_argument("code", type=words, metavar="CODE|NUMÉRO|BORDEREAU")
    undo.add_argument("--reason", type=said, default="", metavar=REASON, help="pourquoi l’acte est annulé")
    undo.add_argument(
        "--approved-by",
        type=said,
        metavar="NOM",
        help="responsable : acte d’un autre jour, ou erreur signalée depuis plus d’une minute",
    )


def _add_rows(add: Add) -> None:
    add("rows", "rows", "lignes de lots à corriger")
    repair = add("repair", "repair", "relit une ligne de lot corrigée")
    repair.add_argument("row", type=words, metavar="LIGNE")
    repair.add_argument(
        "--set", action="append", type=correction, default=[], metavar="COLONNE=VALEUR", dest="corrections"
    )
    repair.add_argument("--set-down", type=said, metavar=REASON, default="", help="clôt la ligne sans la prendre")


def add_papers(add: Add) -> None:
    """Papers of the stock."""
    slip = add("bordereau", "bordereau", "écrit un bordereau en PDF")
    slip.add_argument("number", type=words, metavar="BORDEREAU")
    transfer = add("transfer", "transfer_slip", "fait le bordereau des titres proposés à un poste")
    transfer.add_argument("to", type=words, metavar="POSTE", help="le poste, ou « safe » pour le coffre")
    sheet = add("sign-sheet", "sign_sheet", "écrit la feuille d’émargement d’un jour")
    sheet.add_argument("--day", type=day, metavar="AAAA-MM-JJ", help="sinon aujourd’hui")
    labels = add("labels", "labels", "écrit les étiquettes des pochettes d’un lot")
    labels.add_argument("codes", nargs="*", type=words, metavar=CODE)
    labels.add_argument("--lot", type=words, default="", metavar="LOT", help="tous les titres du lot encore en stock")
    labels.add_argument("--paper", choices=LABELS, default="A4", help="papier des étiquettes")
    trays = add("tray-labels", "tray_labels", "écrit les étiquettes des bacs")
    trays.add_argument("trays", nargs="*", type=words, metavar=TRAY, help="sinon tous ceux en usage")
    trays.add_argument("--paper", choices=LABELS, default="A4", help="papier des étiquettes")
    for paper in (slip, transfer, sheet, labels, trays):
        paper.add_argument("--out", type=place, required=True, metavar="FICHIER.pdf")
