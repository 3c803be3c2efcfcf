"""Where somebody without an appointment is sent, in words, for both doors."""

from dataclasses import replace
from datetime import date

from counter_app.domain.orientation import Advice, Channel, Directory, Rule
from counter_app.domain.verdict import Family, Verdict
from counter_app.wording.catalogue import catalogue, text
from counter_app.wording.dates import NBSP, Language, short_date
from counter_app.wording.fill import Figures, filled
from counter_app.wording.verdicts import VerdictAction, VerdictText, enter_key, family_word, verdict_text


def orientation_text(advice: Advice, directory: Directory, lang: Language = "fr") -> VerdictText:
    """Where somebody is sent, in words: those of the verdict, else those of the channel."""
    figures, notes = orientation_figures(advice, directory, lang), orientation_notes(advice, lang)
    if advice.verdict:
        return replace(verdict_text(advice.verdict.value, lang, figures), notes=notes)
    channel = advice.channel
    key = CHANNEL_DETAILS.get(channel, channel.value)
    if channel is Channel.PHONE and not advice.rule.phone:
        key = "phone_elsewhere"
    return VerdictText(
        code="",
        slug=channel.value,
        family=Family.GO.value,
        family_word=family_word(Family.GO.value, lang),
        title=text(f"orientation.titles.{channel.value}", lang),
        detail=filled(catalogue(lang)[f"orientation.details.{key}"], figures),
        icon=CHANNEL_ICONS.get(channel, "calendar-days"),
        enter_action=VerdictAction("print_slip", text("actions.print_slip", lang), enter_key(lang)),
        other_actions=(),
        notes=notes,
    )


ONLINE_FORMS = (Channel.DEMARCHES_SIMPLIFIEES, Channel.ONLINE_FORM, Channel.ONLINE_SERVICE)
CHANNEL_DETAILS = dict.fromkeys(ONLINE_FORMS, "online")
CHANNEL_ICONS: dict[Channel, str] = {
    **dict.fromkeys(ONLINE_FORMS, "globe"),
    **dict.fromkeys((Channel.PHONE, Channel.PHONE_OR_EMAIL), "phone"),
    **dict.fromkeys((Channel.NOTIFICATIONS, Channel.POSTAL_DELIVERY), "mail"),
    Channel.SUPERVISOR: "bell",
    Channel.DIGITAL_HELP: "users",
    Channel.AUTOMATIC: "calendar-plus",
}


def orientation_figures(advice: Advice, directory: Directory, lang: Language) -> Figures:
    """Every figure a channel's sentence may need; what the notice leaves blank is left out."""
    rule = advice.rule
    return {
        "purpose": advice.motive.names[lang] if advice.motive else text("orientation.title", lang),
        "link": rule.link.partition("://")[2].removeprefix("www.").rstrip("/") or None,
        "address": rule.address or rule.email or None,
        "phone": rule.phone.replace(" ", NBSP) or None,
        "hours": rule.hours or None,
        "date": short_date(advice.expiry) if advice.expiry else None,
        "help": directory.digital_help,
    }


NEEDS_ADDRESS = (Verdict.BY_POST, Verdict.BY_EMAIL)


def orientation_notes(advice: Advice, lang: Language = "fr") -> tuple[str, ...]:
    """When to act, and what no rule says."""
    notes = []
    if not advice.foreseen:
        notes.append(text("orientation.not_foreseen", lang))
    if advice.verdict in NEEDS_ADDRESS and not (advice.rule.address or advice.rule.email):
        notes.append(text("orientation.address_missing", lang))
    if advice.timing and advice.act_from and advice.act_until and advice.expiry:
        days = {"from": short_date(advice.act_from), "until": short_date(advice.act_until)}
        key = f"orientation.timing.{advice.timing.value}"
        notes.append(text(key, lang, expiry=short_date(advice.expiry), **days))
    return tuple(notes)


def conflict_line(rule: Rule, day: date, lang: Language = "fr") -> str:
    """What another notice says of the same demand, and until when it did."""
    told = {"source": rule.source.name, "channel": text(f"orientation.channels.{rule.channel.value}", lang)}
    if rule.since > day:
        return text("orientation.conflict_from", lang, day=short_date(rule.since), **told)
    if rule.until and rule.until < day:
        return text("orientation.conflict_until", lang, day=short_date(rule.until), **told)
    return text("orientation.conflict", lang, **told)


def orientation_lines(advice: Advice, directory: Directory, day: date, lang: Language = "fr") -> tuple[str, ...]:
    """The rest of an answer, one line each: notices that disagree, what to know and prepare, the rule."""
    rule = advice.rule
    listed = "documents_usual" if rule.documents_from == "usual" else "documents"
    lines = (
        *(conflict_line(other, day, lang) for other in advice.others),
        *(text("orientation.remark", lang, text=remark) for remark in rule.remarks),
        text("orientation.advice", lang, text=rule.advice) if rule.advice else "",
        text(f"orientation.{listed}", lang, text=", ".join(rule.documents)) if rule.documents else "",
        text("orientation.question", lang, contact=rule.question) if rule.question else "",
        rule_line(advice, directory, lang),
    )
    return tuple(line for line in lines if line)


def rule_line(advice: Advice, directory: Directory, lang: Language = "fr") -> str:
    """« Règle : Nord, Guide ANEF… · Notice relue le 22/11/2026 »."""
    source = advice.rule.source
    rule = text("orientation.rule", lang, prefecture=directory.prefecture, source=source.name)
    return f"{rule} · {text('orientation.checked', lang, day=short_date(source.checked_on))}"
