"""Arguments of every verb."""

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TypeAlias

from counter_app.cli.answer import Answer
from counter_app.cli.central_parser import add_central, enrol_options
from counter_app.cli.choices import OneOf
from counter_app.cli.figure_options import close_options, report_options
from counter_app.cli.french_parser import FrenchParser
from counter_app.cli.handover_options import (
    contest_options,
    hand_over_options,
    settle_options,
    stamps_options,
    undo_options,
)
from counter_app.cli.orient_options import orient_options
from counter_app.cli.permit_parser import add_gestures, add_papers, add_repairs
from counter_app.cli.queue_options import add_queue
from counter_app.cli.summons_options import summons_options
from counter_app.cli.values import correction, day, filled, moment, place, positive, postcode, said, setting, words
from counter_app.config import sites
from counter_app.domain.arrival import IDENTITY_DOCUMENTS

Verb = Callable[[argparse.Namespace], Answer]
Choices: TypeAlias = "argparse._SubParsersAction[FrenchParser]"


def _later(module: str, name: str) -> Verb:
    """A verb whose module is loaded when it runs: the window and `--help` start without it."""

    def verb(options: argparse.Namespace) -> Answer:
        found: Verb = getattr(import_module(f"counter_app.cli.{module}"), name)
        return found(options)

    return verb


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Options of a command; exits as argparse does when they are wrong."""
    options, left = _parser().parse_known_args(list(arguments))
    if left:
        options.asked.error(f"unrecognized arguments: {' '.join(map(words, left))}")
    return options


def _common(*, after: bool) -> FrenchParser:
    """Options of every verb, accepted before and after it."""
    unsaid = argparse.SUPPRESS if after else None
    common = FrenchParser(add_help=False)
    common.add_argument(
        "--home", metavar="DOSSIER", type=place, default=unsaid, help="dossier du poste (sinon COUNTER_APP_HOME)"
    )
    common.add_argument("--at", type=moment, metavar="ISO", default=unsaid, help="heure choisie (entraînement seul)")
    silent = argparse.SUPPRESS if after else False
    common.add_argument("--json", action="store_true", default=silent, help="répond en JSON, sur la sortie seule")
    return common


def _parser() -> FrenchParser:
    parser = FrenchParser(
        prog="counter-app", description="Guichet : accueil et remise des titres.", parents=[_common(after=False)]
    )
    parser.add_argument("--demo", action="store_true", help="ouvre une journée d’entraînement prête")
    parser.set_defaults(verb=_later("window", "open_window"), asked=parser)
    choices = parser.add_subparsers(title="verbes", metavar="VERBE")
    for add in (
        _home_verbs,
        _desk_verbs,
        _gesture_verbs,
        _orient_verb,
        _list_verbs,
        _permit_verbs,
        _proof_verbs,
        _handover_verbs,
        _queue_verbs,
        _conflict_verbs,
        _figure_verbs,
        _central_verbs,
    ):
        add(choices)
    return parser


def _verb(choices: Choices, name: str, verb: Verb, help: str) -> FrenchParser:
    parser = choices.add_parser(name, help=help, description=help, parents=[_common(after=True)])
    parser.set_defaults(verb=verb, asked=parser)
    return parser


def _home_verbs(choices: Choices) -> None:
    init = _verb(choices, "init", _later("verbs", "init"), "crée le dossier d’un poste")
    init.add_argument("--site", required=True, type=words, metavar="SITE", help=", ".join(sites()))
    init.add_argument("--training", action="store_true", help="poste d’entraînement, marqué pour toujours")
    init.add_argument("--desk", type=words, default="", help="nom du poste")
    init.add_argument("--agent", type=words, default="", help="nom de l’agent")
    _verb(choices, "recover", _later("verbs", "recover"), "met de côté un fichier abîmé et reprend ce qui se lit")
    settings = _verb(choices, "settings", _later("desk_verbs", "settings"), "montre ou change les réglages du poste")
    settings.add_argument("--set", action="append", type=setting, default=[], metavar="NOM=VALEUR", dest="changes")
    mail = _verb(choices, "mail", _later("mail", "mail"), "serveur de messagerie : mot de passe, essai")
    mail.add_argument("--password", action="store_true", help="garde celui de COUNTER_APP_SMTP_PASSWORD, vide l’oublie")
    mail.add_argument("--try", dest="try_it", action="store_true", help="ouvre la liaison, sans rien envoyer")
    _verb(choices, "backup", _later("verbs", "backup"), "écrit une sauvegarde chiffrée du fichier local")


def _desk_verbs(choices: Choices) -> None:
    check_in = _verb(choices, "check-in", _later("verbs", "check_in"), "enregistre une arrivée")
    check_in.add_argument("code", type=words, metavar="CODE|NUMÉRO")
    check_in.add_argument("--dry-run", action="store_true", help="dit le verdict sans rien enregistrer")
    check_in.add_argument(
        "--anyway", type=said, metavar="MOTIF", default="", help="enregistre malgré le verdict, avec un motif"
    )
    check_in.add_argument(
        "--approved-by", type=said, metavar="NOM", default=None, help="responsable qui a donné son accord"
    )
    number = _verb(choices, "number", _later("verbs", "number"), "vérifie un numéro étranger")
    number.add_argument("value", type=words, metavar="NUMÉRO")
    number.add_argument("--expiry", type=day, metavar="AAAA-MM-JJ", help="date de validité lue sur le titre")
    number.add_argument("--postcode", type=postcode, metavar="CP", help="code postal lu sur le titre")
    confirm = _verb(choices, "confirm-number", _later("verbs", "confirm_number"), "garde un numéro confirmé")
    confirm.add_argument("code", type=words, metavar="CODE")
    confirm.add_argument("number", type=words, metavar="NUMÉRO")
    search = _verb(choices, "search", _later("verbs", "search"), "cherche une personne")
    search.add_argument("text", type=words, metavar="TEXTE")
    search.add_argument("--limit", type=positive, default=20)
    mismatch = _verb(
        choices,
        "identity-differs",
        _later("verbs", "identity_differs"),
        "note une pièce d’une autre personne",
    )
    mismatch.add_argument("code", type=words, metavar="CODE")
    documents = OneOf("handover.documents", IDENTITY_DOCUMENTS)
    mismatch.add_argument("--document", choices=documents, default="other", help="pièce présentée")
    relative = _verb(
        choices,
        "number-of-relative",
        _later("verbs", "number_of_relative"),
        "note le numéro d’un proche",
    )
    relative.add_argument("code", type=words, metavar="CODE")
    instruct = _verb(choices, "instruct", _later("verbs", "instruct"), "demande de voir le responsable avant l’accueil")
    instruct.add_argument("code", type=words, metavar="CODE")
    instruct.add_argument("text", type=said, metavar="CONSIGNE", help="vide pour la lever")


def _gesture_verbs(choices: Choices) -> None:
    provisional = _verb(choices, "provisional", _later("desk_verbs", "provisional"), "note une arrivée à confirmer")
    provisional.add_argument("name", type=words, metavar="NOM")
    provisional.add_argument("--code", type=words, default="", help="ce qui a été scanné")
    awaiting = _verb(choices, "awaiting", _later("desk_verbs", "awaiting"), "arrivées à confirmer de ce poste")
    awaiting.add_argument("--confirmed", type=words, default="", metavar="NOTE", help="personne retrouvée depuis")
    awaiting.add_argument("--nothing", type=words, default="", metavar="NOTE", help="sans suite")
    undo = _verb(choices, "undo", _later("verbs", "undo"), "annule la dernière arrivée de ce poste, par un acte")
    what = undo.add_mutually_exclusive_group()
    what.add_argument("--act", type=filled, default=None, metavar="ID", help="un acte précis")
    what.add_argument("--import", dest="last_import", action="store_true", help="le dernier import de ce poste")
    undo.add_argument(
        "--anyway", type=said, default="", metavar="MOTIF", help="acte d’un autre jour, ou passé sa minute"
    )
    undo.add_argument("--approved-by", type=said, metavar="NOM", help="responsable qui a donné son accord")
    _verb(choices, "recent", _later("verbs", "recent"), "derniers actes de ce poste")


def _orient_verb(choices: Choices) -> None:
    orient_options(_verb(choices, "orient", _later("orient", "orient_person"), "oriente une personne sans rendez-vous"))


def _handover_verbs(choices: Choices) -> None:
    hand_over_options(_verb(choices, "hand-over", _later("hand_over", "hand_over"), "remet un titre"))
    stamps_options(_verb(choices, "stamps", _later("stamps", "stamps"), "montants des timbres par cas et par date"))
    undo_options(_verb(choices, "handover-undo", _later("hand_over", "undo"), "reprend une remise, par un acte"))
    contest_options(_verb(choices, "handover-contest", _later("hand_over", "contest"), "conteste une remise"))
    settle_options(_verb(choices, "handover-settle", _later("hand_over", "settle"), "tranche une remise contestée"))


def _central_verbs(choices: Choices) -> None:
    sync = _verb(choices, "sync", _later("sync_verb", "sync"), "échange avec la base centrale")
    sync.add_argument("--once", action="store_true", help="une fois ; sinon jusqu’à Ctrl+C ou SIGTERM")
    enrol_options(_verb(choices, "enrol", _later("enrol", "enrol"), "inscrit ce poste auprès de la base centrale"))
    central = _verb(choices, "central", _later("central_verbs", "status"), "base centrale d’un site")
    verbs = central.add_subparsers(title="gestes", metavar="GESTE", required=True)
    add_central(lambda name, verb, told: _verb(verbs, name, _later("central_verbs", verb), told))
    demo = _verb(
        choices, "demo", _later("window", "demo"), "ouvre plusieurs postes d’entraînement et leur base centrale"
    )
    demo.add_argument("--desks", type=positive, default=3, metavar="N", help="combien de postes")


def _queue_verbs(choices: Choices) -> None:
    add_queue(lambda name, verb, told: _verb(choices, name, _later("queue_verbs", verb), told))


def _figure_verbs(choices: Choices) -> None:
    close_options(
        _verb(choices, "close-day", _later("day_verbs", "close_day"), "clôt une journée et signe ses chiffres")
    )
    report_options(_verb(choices, "report", _later("day_verbs", "report"), "donne les chiffres d’une période"))


def _conflict_verbs(choices: Choices) -> None:
    conflicts = _verb(choices, "conflicts", _later("conflicts", "conflicts"), "ce que des postes ont noté de contraire")
    conflicts.add_argument("--all", action="store_true", dest="every", help="aussi les conflits réglés")
    settle = _verb(choices, "settle", _later("conflicts", "settle"), "règle un conflit, avec un motif")
    settle.add_argument("id", type=filled, metavar="ID", help="celui du conflit (counter-app conflicts)")
    settle.add_argument("--keep", type=words, required=True, metavar="ACTE|both|none|supervisor", help="la réponse")
    settle.add_argument("--reason", type=said, default="", metavar="MOTIF", help="pourquoi")
    settle.add_argument("--approved-by", type=said, metavar="NOM", help="responsable d’accord, ou qui l’on charge")


def _list_verbs(choices: Choices) -> None:
    load = _verb(choices, "import", _later("list_verbs", "import_list"), "importe une liste de rendez-vous")
    load.add_argument("file", type=place, metavar="FICHIER")
    load.add_argument("--dry-run", action="store_true", help="dit ce qui changerait sans rien écrire")
    load.add_argument("--as-newest", action="store_true", help="comme la plus récente, quelle que soit sa date")
    load.add_argument("--mapping", type=place, metavar="FICHIER.toml", help="colonnes enregistrées pour cette source")
    _verb(choices, "rows", _later("list_verbs", "rows"), "lignes à corriger")
    repair = _verb(choices, "repair", _later("list_verbs", "repair"), "relit une ligne corrigée")
    repair.add_argument("row", type=words, metavar="LIGNE")
    repair.add_argument(
        "--set", action="append", type=correction, default=[], metavar="COLONNE=VALEUR", dest="corrections"
    )
    repair.add_argument("--set-down", type=said, metavar="MOTIF", default="", help="clôt la ligne sans la prendre")
    people = _verb(choices, "convocations", _later("list_verbs", "convocations"), "personnes convoquées un jour")
    people.add_argument("--day", type=day, metavar="AAAA-MM-JJ")
    people.add_argument("--out", type=place, metavar="FICHIER.pdf", help="« 1 jour = 1 page » en PDF")


def _permit_verbs(choices: Choices) -> None:
    permits = _verb(choices, "permits", _later("permits", "listing"), "stock des titres : arrivages, bacs, départs")
    gestures = permits.add_subparsers(title="gestes", metavar="GESTE", required=True)
    add_gestures(lambda name, verb, told: _verb(gestures, name, _later("permits", verb), told))
    summons_options(lambda name, verb, told: _verb(gestures, name, _later("permits_summon", verb), told))
    add_repairs(lambda name, verb, told: _verb(gestures, name, _later("permit_repairs", verb), told))
    add_papers(lambda name, verb, told: _verb(gestures, name, _later("permit_papers", verb), told))


def _proof_verbs(choices: Choices) -> None:
    receipt = _verb(choices, "receipt", _later("proof_verbs", "receipt"), "écrit un reçu en PDF, puis des DUPLICATA")
    numbers = "numéro du reçu, ou numéro étranger de la personne"
    receipt.add_argument("id", type=words, metavar="ID|NUMÉRO|CODE", help=numbers)
    receipt.add_argument("--out", type=place, required=True, metavar="FICHIER.pdf")
    proof = _verb(choices, "proof", _later("proof_verbs", "proof"), "délivre une attestation de présence")
    proof.add_argument("code", type=words, metavar="CODE|NUMÉRO")
    proof.add_argument("--out", type=place, required=True, metavar="FICHIER.pdf")
    remind = _verb(choices, "remind", _later("desk_verbs", "remind"), "écrit un rappel de rendez-vous")
    remind.add_argument("code", type=words, metavar="CODE|NUMÉRO")
    remind.add_argument("--out", type=place, required=True, metavar="FICHIER.pdf")
    _verb(choices, "verify", _later("proof_verbs", "verify"), "vérifie la chaîne du journal")
    _verb(choices, "rebuild", _later("proof_verbs", "rebuild"), "recalcule tout depuis le journal et compare")
    export = _verb(choices, "export", _later("proof_verbs", "export"), "exporte le journal et les convocations")
    export.add_argument("--out", type=place, required=True, metavar="DOSSIER")
