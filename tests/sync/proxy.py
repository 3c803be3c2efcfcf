"""A cable that can be pulled: a TCP proxy between a desk and its central, which does what networks do, by a seed.

It passes bytes and understands none: TLS has to notice whatever is altered. The seed decides which fault comes and
where it strikes; when bytes arrive is the machine's affair, so that two runs of one seed are alike and not the same.

    python -m tests.sync.proxy --to 127.0.0.1:8443 --port 9443 --seed 3 --each 0.1
"""

import argparse
import asyncio
import socket
import struct
import threading
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

AT_ONCE = 65_536
"""Most bytes that travel together."""
LETTERS = 100
"""Most pieces in which a slow speaker says its piece."""


class Fault(StrEnum):
    """What may happen to one connection."""

    LATENCY = "latency"
    JITTER = "jitter"
    THROTTLE = "throttle"
    SLOW_LORIS = "slow loris"
    REORDER = "reorder"
    """Its bytes wait until another connection's have passed."""
    CUT_QUESTION = "cut in a question"
    CUT_ANSWER = "cut in an answer"
    ANSWER_LOST = "answer lost"
    """The central did what it was asked; its answer does not arrive."""
    HALF_OPEN = "half open"
    """The far end is gone and nobody says so."""
    BLACK_HOLE = "black hole"
    RESET = "reset"
    REFUSE = "refuse"
    """Nobody listens for a while."""
    CORRUPT = "corrupt"


UPWARD = frozenset({Fault.CUT_QUESTION, Fault.SLOW_LORIS})
DOWNWARD = frozenset({Fault.CUT_ANSWER, Fault.ANSWER_LOST})
SLOWING = frozenset({Fault.LATENCY, Fault.JITTER, Fault.THROTTLE, Fault.SLOW_LORIS, Fault.REORDER})
"""Faults after which the connection goes on."""


@dataclass(slots=True)
class Severity:
    """How bad a fault is, in seconds and bytes."""

    latency: float = 0.15
    rate: int = 20_000
    """Bytes a second of a throttled connection."""
    letter: float = 0.005
    """Seconds from one letter to the next of a slow speaker."""
    refused: float = 0.3
    overtaken: float = 0.3
    """Seconds after which nobody will pass ahead any more."""


class Struck(Exception):
    """The connection ends here."""


@dataclass(eq=False, slots=True)
class Connection:
    """Both ends, and what was done to them."""

    near: asyncio.StreamWriter
    far: asyncio.StreamWriter
    slowed: set[Fault] = field(default_factory=set)
    deaf: bool = False
    """What is said on it goes nowhere."""
    ended: int = 0
    """Ways on which nothing more is read."""

    def reset(self) -> None:
        """Both ends are told at once, without a farewell."""
        for one in (self.near, self.far):
            reset(one)

    def close(self) -> None:
        """Both ends are told after what was written to them."""
        for one in (self.near, self.far):
            one.close()


def reset(end: asyncio.StreamWriter) -> None:
    """Close so that the peer gets RST."""
    told = end.get_extra_info("socket")
    with suppress(OSError):
        told.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    end.transport.abort()


class Proxy:
    """One cable. Its methods may be called from any thread."""

    def __init__(self, target: tuple[str, int], chance: Random, each: float = 0.0) -> None:
        """`each`: how likely a piece of bytes meets a fault."""
        self.target, self.chance, self.each = target, chance, each
        self.severity = Severity()
        self.faults: Sequence[Fault] = tuple(Fault)
        self.met: Counter[Fault] = Counter()
        self.passed = 0
        """Pieces that went through."""
        self.port = 0
        self._armed: list[Fault] = []
        self._deck: list[Fault] = []
        self._open: set[Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._loop = asyncio.new_event_loop()
        self._in = asyncio.Event()
        self._went = asyncio.Condition()

    @property
    def url(self) -> str:
        """Where desks find the central, as they believe."""
        return f"https://localhost:{self.port}"

    # What somebody does to the cable.

    def arm(self, fault: Fault) -> None:
        """The next bytes that go its way meet this fault."""
        self._call(self._armed.append, fault)

    def pull(self) -> None:
        """The cable is out: whatever was open hears nothing more, whatever opens hears nothing at all."""
        self._call(self._in.clear)

    def put_back(self) -> None:
        """It is in again: what was said meanwhile arrives late, or its connection turns out to be gone."""
        self._call(self._put_back)

    def calm(self) -> None:
        """No more faults; connections that met one end."""
        self.each = 0.0
        self._call(self._calm)

    def _put_back(self) -> None:
        for one in list(self._open):
            if self.chance.random() < 0.5:
                one.reset()
        self._in.set()

    def _calm(self) -> None:
        self._armed.clear()
        for one in [one for one in self._open if one.deaf or one.slowed]:
            one.reset()
        self._put_back()

    def _call(self, work: object, *told: object) -> None:
        self._loop.call_soon_threadsafe(work, *told)  # type: ignore[arg-type]

    # What it does.

    def run(self, ready: threading.Event, port: int = 0) -> None:
        """Pass bytes until `stop`."""
        asyncio.set_event_loop(self._loop)
        self._in.set()
        self._loop.run_until_complete(self._listen(port))
        ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._end())
        self._loop.close()

    def stop(self) -> None:
        """Let go of everything."""
        self._call(self._loop.stop)

    async def _listen(self, port: int) -> None:
        self._server = await asyncio.start_server(self._arrived, "127.0.0.1", port, reuse_address=True)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def _end(self) -> None:
        if self._server is not None:
            self._server.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for one in list(self._open):
            one.reset()
        await asyncio.sleep(0.01)  # what was let go is closed by the loop itself

    async def _arrived(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None, "a connection is served by a task"
        self._tasks.add(task)
        try:
            await self._in.wait()
            far_reader, far = await asyncio.open_connection(*self.target)
        except OSError:
            reset(writer)
            return
        finally:
            self._tasks.discard(task)
        one = Connection(writer, far)
        self._open.add(one)
        ways = (self._pump(one, reader, far, up=True), self._pump(one, far_reader, writer, up=False))
        for way in ways:
            self._keep(way)

    def _keep(self, way: Coroutine[None, None, None]) -> None:
        task = self._loop.create_task(way)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _pump(
        self, one: Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool
    ) -> None:
        try:
            while piece := await reader.read(AT_ONCE):
                await self._in.wait()
                await self._pass(one, piece, writer, up=up)
            if not one.deaf and writer.can_write_eof():
                writer.write_eof()
        except Struck:
            one.close()
        except (OSError, RuntimeError):
            one.reset()
        one.ended += 1
        if one.ended == 2 or (up and one.deaf):
            one.close()
            self._open.discard(one)

    async def _pass(self, one: Connection, piece: bytes, writer: asyncio.StreamWriter, *, up: bool) -> None:
        fault = None if one.deaf else self._drawn(up=up)
        if fault is not None:
            self.met[fault] += 1
            piece = await self._strike(one, fault, piece, writer)
        if one.deaf:
            return
        async for some in self._slowed(one, piece, up=up):
            writer.write(some)
            await writer.drain()
        self.passed += 1
        async with self._went:
            self._went.notify_all()

    def _drawn(self, *, up: bool) -> Fault | None:
        """The fault that these bytes meet: one that was armed, else by chance, each kind before any comes again."""
        away = DOWNWARD if up else UPWARD
        for fault in self._armed:
            if fault not in away:
                self._armed.remove(fault)
                return fault
        if self.chance.random() >= self.each:
            return None
        if not self._deck:
            self._deck = self.chance.sample(self.faults, len(self.faults))
        return next((self._deck.pop(place) for place, one in enumerate(self._deck) if one not in away), None)

    async def _strike(self, one: Connection, fault: Fault, piece: bytes, writer: asyncio.StreamWriter) -> bytes:
        """What is left of these bytes. Raises Struck when the connection ends."""
        place = self.chance.randrange(len(piece))
        match fault:
            case Fault.CUT_QUESTION | Fault.CUT_ANSWER:
                writer.write(piece[:place])
                raise Struck
            case Fault.ANSWER_LOST:
                raise Struck
            case Fault.RESET:
                one.reset()
                raise Struck
            case Fault.HALF_OPEN:
                one.deaf = True
                reset(one.far)
            case Fault.BLACK_HOLE:
                one.deaf = True
            case Fault.REFUSE:
                self._keep(self._refuse())
                raise Struck
            case Fault.CORRUPT:
                piece = bytes((*piece[:place], piece[place] ^ 0x55, *piece[place + 1 :]))
            case _:
                one.slowed.add(fault)
        return piece

    async def _refuse(self) -> None:
        if self._server is None or not self._server.is_serving():
            return
        self._server.close()
        await asyncio.sleep(self.severity.refused)
        await self._listen(self.port)

    async def _slowed(self, one: Connection, piece: bytes, *, up: bool) -> AsyncIterator[bytes]:
        """These bytes, after the time that they take; or a few at a time."""
        how, slowed = self.severity, one.slowed
        wait = how.latency * (Fault.LATENCY in slowed) + how.latency * self.chance.random() * (Fault.JITTER in slowed)
        await asyncio.sleep(wait + len(piece) / how.rate * (Fault.THROTTLE in slowed))
        if Fault.REORDER in slowed and len(self._open) > 1:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._overtaken(), how.overtaken)
        step = max(1, len(piece) // LETTERS) if up and Fault.SLOW_LORIS in slowed else len(piece)
        for place in range(0, len(piece), step):
            yield piece[place : place + step]
            if step < len(piece):
                await asyncio.sleep(how.letter)

    async def _overtaken(self) -> None:
        async with self._went:
            await self._went.wait()


@contextmanager
def cable(target: tuple[str, int], seed: int, each: float = 0.0, port: int = 0) -> Iterator[Proxy]:
    """A proxy for the length of the block, in a thread of its own."""
    proxy, ready = Proxy(target, Random(seed), each), threading.Event()
    thread = threading.Thread(target=proxy.run, args=(ready, port))
    thread.start()
    try:
        assert ready.wait(20), "the proxy did not start"
        yield proxy
    finally:
        proxy.stop()
        thread.join(20)
        assert not thread.is_alive(), "the proxy did not stop"


def main() -> None:
    told = argparse.ArgumentParser(description="A cable that can be pulled.")
    told.add_argument("--to", required=True, help="host:port of the central")
    told.add_argument("--port", type=int, default=0)
    told.add_argument("--seed", type=int, default=0)
    told.add_argument("--each", type=float, default=0.05, help="how likely a piece of bytes meets a fault")
    asked = told.parse_args()
    host, _, port = asked.to.rpartition(":")
    with cable((host, int(port)), asked.seed, asked.each, asked.port) as proxy:
        print(f"{proxy.url} leads to {asked.to}; Enter ends it", flush=True)
        input()
        print(dict(proxy.met))


if __name__ == "__main__":
    main()
