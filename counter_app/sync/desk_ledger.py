"""The desk's file as an exchange needs it: short transactions, taken politely while somebody is served."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType, device_of
from counter_app.domain.lines import Line
from counter_app.domain.refusal import StoreRefused
from counter_app.store import heads, lines, sync_rows
from counter_app.store.connection import Connection
from counter_app.store.received import Received, receive, receive_ahead
from counter_app.store.statements import batches
from counter_app.sync.desk_side import Taken
from counter_app.sync.wire import NEWEST, VERSION, Hello, HelloAnswer, Peer, Pushed, PushStatus, Tip, Vouched, WireAct
from counter_app.usecases.audit import checker
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.pace import Pace

TOO_OLD = "too_old"
FEW, MANY = 50, 1_000
"""Acts taken in one transaction while the desk works, and when it is idle: what one commit makes the desk wait."""


@dataclass(slots=True)
class DeskLedger:
    """One desk's side of the exchange."""

    desk: Desk
    new_incarnation: Callable[[], str]
    _pace: Pace | None = None

    def hello(self, error: str | None) -> Hello:
        """Who this desk is and what it holds."""
        with self.desk.looking() as connection:
            stream = heads.current_stream(connection, self.desk.stream)
            tips = {line.key: Tip(line.first, line.seq, line.digest) for line in lines.every_line(connection)}
            waiting = sync_rows.waiting(connection, device_of(stream))
        return Hello(device_of(stream), stream, tips, self.desk.clock().isoformat(), waiting, error)

    def lines(self) -> list[Line]:
        """Every line held whole."""
        with self.desk.looking() as connection:
            return lines.every_line(connection)

    def holds(self, stream: str, tip: Tip) -> bool:
        """Whether an act is held in its place."""
        with self.desk.looking() as connection:
            return lines.held(connection, stream, tip.seq, tip.digest)

    def digests(self, line: Line, places: Sequence[int]) -> dict[int, str]:
        """Digests of a line of this desk at some positions."""
        with self.desk.looking() as connection:
            found = {place: lines.digest_in_line(connection, line, place) for place in places}
        return {place: digest for place, digest in found.items() if digest is not None}

    def read_after(self, line: Line, seq: int, limit: int) -> list[WireAct]:
        """Acts of a line after a position, on to a signed one.

        The signature at the end of a gesture may be lost with what a damaged file lost: this device makes it anew.
        """
        with self.desk.looking() as connection:
            found = lines.read_after(connection, line, seq, limit)
            if not found and device_of(line.stream) == device_of(self.desk.stream):
                found = lines.read_unsigned(connection, line, seq, limit)
        acts = [WireAct(*row) for row in found]
        if acts and acts[-1].signature is None:
            acts[-1] = acts[-1]._replace(signature=self.desk.sign(acts[-1].digest))
        return acts

    def receive(self, acts: Sequence[WireAct], *, ahead: bool = False) -> Taken:
        """Write acts of other desks: a few at a time while this desk works, many when nobody is there."""
        done, waiting = Received(), iter(acts)
        pace = self._pace = self._pace or Pace(self.desk, FEW, MANY)
        with self.desk.store.long_work():
            while first := pace.first(waiting):
                self.desk.store.courtesy.give_way()
                with self.desk.store.writing() as connection:
                    for some in pace.transaction(first, waiting):
                        _add(done, self._take(connection, some, ahead=ahead))
                pace.kept()
        return Taken(done.added, done.set_aside, frozenset((subject.type, subject.id) for subject in done.subjects))

    def _take(self, connection: Connection, acts: list[WireAct], *, ahead: bool) -> Received:
        site, at = self.desk.rules.site, self.desk.now()
        if ahead:
            return receive_ahead(connection, acts, site, at)
        return receive(connection, acts, site, checker(self.desk, connection), at)

    def greeted(self, answer: HelloAnswer) -> None:
        """Keep what the central told of the desks; go on in a new stream when a copy of this file wrote in ours."""
        if answer.site != self.desk.rules.site or answer.training != self.desk.training:
            raise other_central(answer, self.desk)
        if answer.oldest_version > VERSION:
            raise too_old()
        with self.desk.store.writing() as connection:
            sync_rows.set_peers(connection, (_shown(peer) for peer in answer.peers))
            sync_rows.note(connection, "generation", answer.generation)
            sync_rows.note(connection, "expires_at", answer.expires_at)
            stream = heads.current_stream(connection, self.desk.stream)
            sync_rows.note_sent(connection, _sent(connection, device_of(stream), answer))
            ahead = [
                tip.seq
                for key, tip in answer.heads.items()
                if key.partition("~")[0] == stream and not lines.held(connection, stream, tip.seq, tip.digest)
            ]
        if ahead:
            self._resume(stream, max(ahead))

    def _resume(self, stream: str, known: int) -> None:
        """Another file went on with our stream: a cloned disk, or this file is an older copy of itself."""
        with self.desk.store.writing() as connection:
            if heads.current_stream(connection, stream) != stream:
                return
            following = f"{device_of(stream)}:{self.new_incarnation()}"
            lines.close_stream(connection, stream, following)
            place = heads.read_head(connection, following)
            author = replace(self.desk.author, stream=following)
            gesture = Gesture(connection, author, self.desk.now(), place, self.desk.sign)
            details: dict[str, Json] = {"stream": stream, "known": known}
            gesture.record(ActKind.HOME_RESUMED, Subject(SubjectType.HOME, "home"), details)
            gesture.write_down()
        self.desk.stream = following

    def vouched(self, device: str) -> Vouched | None:
        """What the central once told of a desk, to tell it again."""
        with self.desk.looking() as connection:
            known = sync_rows.peer(connection, device)
        if known is None:
            return None
        key, told = known
        return Vouched(device, str(told["desk"]), str(told["letter"]), key, revoked=bool(told["revoked"]))

    def pushed(self, runs: Sequence[Pushed]) -> None:
        """Keep what the central could not take, to show it; and how far it has come, for the greeting that follows
        tells the other desks how many acts wait here."""
        told: list[Json] = [
            {"stream": run.stream, "first": run.first, "last": run.last, "reason": run.reason}
            for run in runs
            if run.status is PushStatus.SET_ASIDE
        ]
        own = device_of(self.desk.stream)
        taken = [run for run in runs if run.status is PushStatus.ACCEPTED and device_of(run.stream) == own]
        if not told and not taken:
            return
        with self.desk.store.writing() as connection:
            if told:
                sync_rows.note(connection, "set_aside_there", told)
            # Positions of a stream that parted say nothing of its main line.
            whole = {run.stream: run.last for run in taken if not lines.parted(connection, run.stream)}
            sync_rows.note_sent(connection, whole)

    def loose(self, generation: str) -> list[list[WireAct]]:
        """Acts whose predecessors are not here, so many for one push; none when this central keeps them apart already:
        a word to spare the network, never an acknowledgement."""
        with self.desk.looking() as connection:
            if sync_rows.noted(connection, "loose") == [generation, lines.loose_mark(connection)]:
                return []
            found = [WireAct(*row) for row in lines.loose(connection)]
        return [list(some) for some in batches(found, NEWEST)]

    def loose_kept(self, generation: str) -> None:
        """A central keeps apart all that `loose` gave."""
        with self.desk.store.writing() as connection:
            sync_rows.note(connection, "loose", [generation, lines.loose_mark(connection)])


def _add(done: Received, more: Received) -> None:
    done.added += more.added
    done.set_aside += more.set_aside
    done.gaps |= more.gaps
    done.subjects |= more.subjects


def _shown(peer: Peer) -> tuple[str, str, str, dict[str, Json]]:
    shown: dict[str, Json] = {
        "device": peer.device,
        "desk": peer.desk,
        "letter": peer.letter,
        "seen_at": peer.seen_at,
        "waiting": peer.waiting,
        "error": peer.error,
        "version": peer.version,
        "revoked": peer.revoked,
    }
    return peer.device, peer.desk, peer.public_key, shown


def _sent(connection: Connection, device: str, answer: HelloAnswer) -> dict[str, int]:
    """How far the central holds each main line of this device that it holds as we do."""
    return {
        key: tip.seq
        for key, tip in answer.heads.items()
        if device_of(key) == device and "~" not in key and lines.held(connection, key, tip.seq, tip.digest)
    }


def too_old() -> StoreRefused:
    """The central no longer understands what this version says."""
    return StoreRefused(
        TOO_OLD,
        "La base centrale attend une version plus récente de Guichet que celle de ce poste. Rien n’est perdu : les "
        "actes restent ici jusqu’à la mise à jour, et le travail continue. Prévenez le service informatique.",
    )


def other_central(answer: HelloAnswer, desk: Desk) -> StoreRefused:
    """The central is not of this site, or practises while this desk works."""
    theirs = f"{answer.site}{', entraînement' if answer.training else ''}"
    ours = f"{desk.rules.site}{', entraînement' if desk.training else ''}"
    return StoreRefused(
        "other_central",
        f"La base centrale est celle d’un autre service ({theirs}) que ce poste ({ours}). Rien n’a été échangé. "
        "Vérifiez l’adresse, ou inscrivez ce poste auprès de la bonne base (counter-app enrol).",
    )
