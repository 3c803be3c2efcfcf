"""Verbs of what desks recorded and that contradicts: show, settle."""

import argparse

from counter_app.cli.answer import DONE, Answer, of_refusal
from counter_app.cli.conflict_shapes import conflict_shape
from counter_app.cli.opening import at_the_desk
from counter_app.domain.acts import Json
from counter_app.office import Office
from counter_app.telling.conflicts import (
    effect_told,
    heading_told,
    refusal_told,
    settled_told,
    side_told,
)
from counter_app.usecases import work_items
from counter_app.usecases.conflict_answers import Conflict, SettleRefusal
from counter_app.wording.catalogue import counted, text
from counter_app.wording.choices import listed

TOLD = {
    SettleRefusal.UNKNOWN_ITEM: "Aucun conflit n’a l’identité « {id} » sur ce poste : rien n’a été enregistré. Leurs "
    "identités : counter-app conflicts (--all montre aussi ceux qui sont réglés).",
    SettleRefusal.ALREADY_SETTLED: "Ce conflit est déjà réglé : rien n’a été enregistré. Pour voir comment : "
    "counter-app conflicts --all.",
    SettleRefusal.NOT_A_CHOICE: "« {keep} » n’est pas une réponse à ce conflit : rien n’a été enregistré. L’option "
    "--keep prend ici : {choices}.",
    SettleRefusal.REASON_MISSING: "Il manque le motif (option --reason) : rien n’a été enregistré.",
    SettleRefusal.APPROVAL_MISSING: "Il manque le nom du responsable (option --approved-by) : rien n’a été enregistré.",
}
"""What the command line tells by its own names."""


@at_the_desk
def conflicts(office: Office, options: argparse.Namespace) -> Answer:
    """Conflicts that wait for an answer; with `--all`, also those settled."""
    found = work_items.every_item(office.desk) if options.every else work_items.open_items(office.desk)
    shown: list[Json] = [conflict_shape(one) for one in found]
    waiting = sum(one.open for one in found)
    said = "\n\n".join("\n".join(_lines(one)) for one in found)
    count = counted("conflicts.count", waiting, "fr") if found else text("conflicts.none", "fr")
    return Answer(DONE, {"conflicts": shown}, "\n\n".join(part for part in (said, count) if part))


@at_the_desk
def settle(office: Office, options: argparse.Namespace) -> Answer:
    """Settle a conflict, or hand it to a supervisor by name."""
    done = work_items.settle(office.desk, options.id, options.keep, options.reason, options.approved_by)
    if done.refusal or done.conflict is None:
        assert done.refusal is not None, "what was settled is shown"
        return of_refusal(done.refusal.value, _refused(done.refusal, done.conflict, options))
    effect = effect_told(done.conflict, options.keep)
    return Answer(
        DONE,
        {"conflict": conflict_shape(done.conflict), "act": done.act_id},
        text("conflicts.done", "fr", effect=effect),
    )


def _refused(refusal: SettleRefusal, conflict: Conflict | None, options: argparse.Namespace) -> str:
    """Why an answer was not recorded; what could be answered instead."""
    if refusal not in TOLD:
        return refusal_told(refusal)
    effects = [(one, effect_told(conflict, one).rstrip(".")) for one in conflict.choices] if conflict else []
    choices = listed(effects)
    return TOLD[refusal].format(id=options.id, keep=options.keep, choices=choices)


def _lines(one: Conflict) -> list[str]:
    """A conflict as people read it: what, who said what, what may be answered."""
    named = f"{heading_told(one)} · {one.name}" if one.name else heading_told(one)
    sides = [f"  {side_told(one, fact)} [{fact.act_id}]" for fact in one.facts]
    answers = [f"  --keep {choice} : {effect_told(one, choice)}" for choice in one.choices] if one.open else []
    return [f"{one.id} · {named}", *sides, *answers, *(f"  {line}" for line in settled_told(one))]
