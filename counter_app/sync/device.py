"""When a revoked desk may wipe what it holds: once the central holds all of it, and never by the clock.

A wipe needs the central's own word, said over a connection that the desk's two roots vouch for. As long as the central
lacks one act, nothing is wiped, however long it lasts: an act that exists nowhere else is a person who loses a right,
and a desk that can still be told that it is revoked can still send. One that never speaks again learns of nothing; its
disk, its keyring and the key of its file are what protects it, and no delay that a thief's clock measures would.
"""

from collections.abc import Mapping

from counter_app.sync.wire import Hello, HelloAnswer, Tip


def may_wipe(hello: Hello, answer: HelloAnswer, held: Mapping[str, Tip], *, loose: bool) -> bool:
    """Whether the central has all that this desk holds, and takes the desk out. `loose`: whether acts that have no
    place in any line are here alone.

    `hello`, `answer`: the last greeting; `held`: the ends of every line of the file now, once nobody works on it any
    more, so that an act recorded since the greeting is not wiped unsent.
    """
    return answer.revoked and not answer.lacking and not loose and dict(held) == hello.tips
