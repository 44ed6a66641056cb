"""The child process: bounds hold, it is started again, and it asks each question once."""

import os
import time

from examgen.grading.recompute import Recomputer


def test_it_computes_what_the_item_model_says_and_remembers_it(exam):
    item = exam.forms[0].items[0]
    with Recomputer(exam.folder / "confidential" / "items") as recompute:
        first = recompute(item, "area", {"side": 13})
        assert (first.key, first.wrong, first.problem) == (169, (("border", 52),), "")
        assert recompute(item, "share", {"side": 16}).key == "4/3"
        recompute.close()  # what is known needs no process
        assert recompute(item, "area", {"side": 13}) is first


def test_items_outside_the_space_are_made_from_their_parameters(exam):
    item = exam.forms[0].items[0]
    outside = item.__class__(**{**vars(item), "rank": None, "parameters": {"W": 400}})
    with Recomputer(exam.folder / "confidential" / "items") as recompute:
        assert recompute(outside, "late", {"side": 801}).key == 806


def test_sleepers_and_runaways_are_ended_and_the_next_part_is_computed(exam):
    item = exam.forms[0].items[0]
    start = time.monotonic()
    with Recomputer(exam.folder / "confidential" / "items", seconds=0.3) as recompute:
        assert recompute(item, "late", {"side": 90}).problem == "takes too long"
        assert recompute(item, "late", {"side": 91}).problem == "takes too long"
        assert recompute(item, "late", {"side": 92}).problem == "needs too much memory"
        assert recompute(item, "late", {"side": 93}).problem == "has no value"
        assert recompute(item, "late", {"side": 12}).key == 17
    assert time.monotonic() - start < 30


def test_a_missing_item_source_is_a_problem_not_a_crash(exam):
    item = exam.forms[0].items[0]
    (exam.folder / "confidential" / "items" / "chain.py").unlink()
    (exam.folder / "confidential" / "items" / "broken.py").write_text("1 / 0\n", "utf-8")
    with Recomputer(exam.folder / "confidential" / "items") as recompute:
        assert recompute(item, "area", {"side": 13}).problem == "could not be recomputed"


def test_the_exam_folder_stays_as_it_was(exam):
    items = exam.folder / "confidential" / "items"
    before = sorted(os.listdir(items))
    with Recomputer(items) as recompute:
        recompute(exam.forms[0].items[0], "area", {"side": 13})
    assert [name for name in sorted(os.listdir(items)) if name != "__pycache__"] == [
        name for name in before if name != "__pycache__"
    ]
