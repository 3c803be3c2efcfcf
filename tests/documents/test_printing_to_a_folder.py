"""Papers written as files: whole, durable, never over another one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.documents.print_answers import Folder, Printed, Reason, Waiting, waiting
from counter_app.documents.printing import send

PDF = b"%PDF-1.3 first"
OTHER = b"%PDF-1.3 second"


def test_a_paper_becomes_a_file_of_the_agent_alone(tmp_path: Path) -> None:
    assert send(PDF, "ticket.pdf", Folder(tmp_path)) == Printed(str(tmp_path / "ticket.pdf"), finished=True)
    assert (tmp_path / "ticket.pdf").read_bytes() == PDF
    assert (tmp_path / "ticket.pdf").stat().st_mode & 0o077 == 0


def test_the_same_paper_twice_is_one_file(tmp_path: Path) -> None:
    assert send(PDF, "ticket.pdf", Folder(tmp_path)) == send(PDF, "ticket.pdf", Folder(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["ticket.pdf"]


def test_another_paper_of_the_same_name_stands_beside_the_first(tmp_path: Path) -> None:
    for pdf in (PDF, OTHER, b"third", OTHER):
        send(pdf, "ticket.pdf", Folder(tmp_path))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "ticket.pdf": PDF,
        "ticket-2.pdf": OTHER,
        "ticket-3.pdf": b"third",
    }


def test_a_folder_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "ticket.pdf").mkdir()
    assert send(PDF, "ticket.pdf", Folder(tmp_path)) == Printed(str(tmp_path / "ticket-2.pdf"), finished=True)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    answer = send(PDF, "ticket.pdf", Folder(tmp_path / "unplugged"))
    assert isinstance(answer, Waiting)
    assert answer.reason is Reason.FOLDER_MISSING
    assert str(tmp_path / "unplugged") in answer.sentence


def test_a_file_instead_of_a_folder_is_a_missing_folder(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(b"")
    answer = send(PDF, "ticket.pdf", Folder(tmp_path / "list.csv"))
    assert isinstance(answer, Waiting)
    assert answer.reason is Reason.FOLDER_MISSING


def test_a_folder_that_takes_no_file_is_an_answer() -> None:
    answer = send(PDF, "ticket.pdf", Folder(Path("/proc/self/fdinfo")))
    assert isinstance(answer, Waiting)
    assert answer.reason in {Reason.FOLDER_MISSING, Reason.FOLDER_CLOSED}


def test_a_file_too_large_for_the_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    order = (
        "import resource, signal, sys; from pathlib import Path;"
        "from counter_app.documents.printing import send; from counter_app.documents.print_answers import Folder;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100));"
        "print(send(b'x' * 5000, 'ticket.pdf', Folder(Path(sys.argv[1]))).reason)"
    )
    done = subprocess.run([sys.executable, "-c", order, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "folder_failed"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "..", ".hidden", "a/b.pdf", "/etc/passwd", "a" + os.sep])
def test_a_name_that_leaves_the_folder_is_a_mistake_of_the_caller(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        send(PDF, name, Folder(tmp_path))


@given(st.sampled_from(Reason), st.text(alphabet=st.characters(exclude_characters="{}"), min_size=1))
def test_every_reason_has_a_sentence_that_names_the_place(reason: Reason, where: str) -> None:
    sentence = waiting(reason, where).sentence
    assert "{" not in sentence
    assert " :" not in sentence.replace(where, "")
    assert reason in {Reason.NO_SERVICE, Reason.NO_ANSWER} or where in sentence
