"""Atomic writes: the old file or the whole new one, whatever happens."""

import errno
import os
import stat

import pytest

from examgen.errors import ExamgenError
from examgen.files import write_bytes, write_text


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_content_is_written_as_given(tmp_path):
    path = tmp_path / "deep" / "er" / "file"
    write_text(path, "Zoë\r\n\n")
    assert path.read_bytes() == "Zoë\r\n\n".encode()
    write_bytes(path, b"\0new")
    assert path.read_bytes() == b"\0new"
    assert [one.name for one in path.parent.iterdir()] == ["file"]


def test_permissions(tmp_path):
    public, private = tmp_path / "public", tmp_path / "private"
    write_bytes(public, b"")
    write_bytes(private, b"", private=True)
    assert (mode(public), mode(private)) == (0o644, 0o600)
    public.chmod(0o640)
    private.chmod(0o666)
    write_bytes(public, b"")
    write_bytes(private, b"", private=True)
    assert (mode(public), mode(private)) == (0o640, 0o600)


@pytest.mark.parametrize("call", ["fsync", "chmod", "replace", "fdopen"])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, call):
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, full)
    with pytest.raises(ExamgenError) as error:
        write_bytes(path, b"new")
    monkeypatch.undo()
    assert str(error.value) == f"{path}: cannot be written: No space left on device"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interruption_leaves_the_old_file_too(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(path, b"new")
    assert list(tmp_path.iterdir()) == [path] and path.read_bytes() == b"old"


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ExamgenError, match=r"file/inside: cannot be written: File exists"):
        write_bytes(tmp_path / "file" / "inside", b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExamgenError, match=r"folder: cannot be written: Is a directory"):
        write_text(tmp_path / "folder", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
