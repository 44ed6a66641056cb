"""Watching an item model's folder."""

import os
import time

import pytest

from examgen.preview.watch import Watch, signature


@pytest.fixture
def watched(tmp_path):
    (tmp_path / "item.py").write_text("a")
    changes = []
    watch = Watch(tmp_path, lambda: changes.append(1))
    yield tmp_path, watch, changes
    watch.close()


def test_a_save_is_noticed_at_once(watched):
    folder, watch, changes = watched
    begin = time.perf_counter()
    (folder / "item.py").write_text("b")
    assert watch.after(0, seconds=5) == 1
    assert time.perf_counter() - begin < 1
    assert changes == [1]


def test_without_a_save_nothing_happens(watched):
    _, watch, changes = watched
    assert watch.after(0, seconds=0.2) == 0
    assert not changes


def test_a_file_that_is_replaced_with_equal_size_and_time(watched):
    folder, watch, _ = watched
    state = (folder / "item.py").stat()
    (folder / "new").write_text("b")
    os.utime(folder / "new", ns=(state.st_atime_ns, state.st_mtime_ns))
    os.replace(folder / "new", folder / "item.py")
    assert watch.after(0, seconds=5) == 1


def test_only_sources_and_texts_count(tmp_path):
    before = signature(tmp_path)
    (tmp_path / "item.py.swp").write_text("")
    (tmp_path / "__pycache__").mkdir()
    assert signature(tmp_path) == before
    (tmp_path / "item.tr.md").write_text("")
    assert signature(tmp_path) != before


def test_a_folder_that_is_gone(tmp_path):
    assert signature(tmp_path / "nowhere") == ()
