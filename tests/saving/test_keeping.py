"""The file of an interview: saved to where it may be, read from wherever it is."""

from __future__ import annotations

import json
from pathlib import Path
from stat import S_IMODE

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cart_screen.answers.given import Answers
from cart_screen.cli.exits import exit_of
from cart_screen.errors import AnswersMissing, AnswersUnreadable
from cart_screen.files import CannotCreate, CannotWrite
from cart_screen.saving.keeping import may_save_to, read_saved, save
from cart_screen.saving.saved import PlainAnswers

from .interviews import first, interview


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "interview.json"


class TestSaving:
    """After every answer, whole, for its owner only."""

    def test_what_was_saved_last_is_read(self, path):
        """Longer and shorter ones in turn."""
        for count in (0, 5, 60, 2):
            save(path, interview(first(count)))

            assert read_saved(path) == interview(first(count))
        assert S_IMODE(path.stat().st_mode) == 0o600
        assert list(path.parent.iterdir()) == [path]

    def test_a_full_disk_costs_nothing_that_was_saved(self, path):
        """The error says so."""
        path.symlink_to("/dev/full")
        with pytest.raises(CannotWrite):
            save(path, interview(first(1)))


class TestReading:
    """Any file that holds answers."""

    def test_answers_alone(self, path):
        """As the examples have them."""
        path.write_text('{"ecog": 1}')

        assert read_saved(path) == PlainAnswers(Answers({"ecog": 1}), {})

    def test_no_file(self, path):
        """Nor a folder, nor a path that no system has."""
        for missing, why in (
            (path, "No such file or directory"),
            (path.parent, "Is a directory"),
            (path / "\0", "no name of a file"),
        ):
            with pytest.raises(AnswersMissing) as raised:
                read_saved(missing)
            assert (raised.value.why, exit_of(raised.value)) == (why, 66)

    def test_of_a_file_without_end_no_more_is_read_than_is_needed(self):
        """A device that never stops."""
        with pytest.raises(AnswersUnreadable, match="bytes are too many"):
            read_saved(Path("/dev/zero"))


class TestWhereToSave:
    """Asked before the first question, and never a file that is not ours."""

    def test_a_new_file_and_an_empty_one(self, path):
        """Neither is touched."""
        assert may_save_to(path) is None
        assert not path.exists()

        path.touch()
        assert may_save_to(path) is None
        assert path.read_bytes() == b""

    def test_a_device(self):
        """What is saved there could never be read again."""
        with pytest.raises(CannotCreate, match="no file that could be read again"):
            may_save_to(Path("/dev/null"))

    def test_an_interview_is_given_so_that_nobody_loses_it(self, path):
        """Whoever begins anew may want to go on with it instead."""
        save(path, interview(first(7)))

        assert may_save_to(path) == interview(first(7))

    @pytest.mark.parametrize(
        "text",
        [
            "Dear diary",
            "{}",
            '{"ecog": 1}',
            '{"format": "cart-screen-answers/1"}',
            '{"format": "cart-screen-saved/2"}',
            '{"format": "cart-screen-saved/1"}',
            " ",
        ],
    )
    def test_anything_else_is_left_as_it_is(self, path, text):
        """Flat answers as well: somebody made them by hand."""
        path.write_text(text)
        with pytest.raises(CannotCreate) as raised:
            may_save_to(path)

        assert "no saved interview, and it is left as it is" in str(raised.value)
        assert exit_of(raised.value) == 73
        assert path.read_text() == text

    @settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.binary(min_size=1, max_size=200))
    def test_no_other_file_is_ever_saved_over(self, path, data):
        """Whatever it holds."""
        path.write_bytes(data)
        with pytest.raises(CannotCreate):
            may_save_to(path)
        assert path.read_bytes() == data

    def test_a_damaged_interview_is_left_as_it_is(self, path):
        """Somebody may still mend it."""
        save(path, interview(first(7)))
        document = json.loads(path.read_text())
        path.write_text(json.dumps({**document, "depth": "deep"}))
        with pytest.raises(CannotCreate):
            may_save_to(path)

    def test_no_place(self, tmp_path):
        """As the writer of files says."""
        with pytest.raises(CannotCreate, match="there is no such folder"):
            may_save_to(tmp_path / "none" / "interview.json")
        with pytest.raises(CannotCreate, match="it is a folder"):
            may_save_to(tmp_path)
