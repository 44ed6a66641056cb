"""``examgen preview`` as a command."""

import signal
import subprocess
import sys
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from previewed import NAME, write_model

from examgen.cli import main
from examgen.preview import PreviewServer
from examgen.preview.page import Pick, item_piece


def test_it_says_its_address_and_ends_quietly_with_ctrl_c(tmp_path):
    write_model(tmp_path)
    command = [sys.executable, "-u", "-c", "from examgen.cli import main; main()", "preview", NAME]
    options = ["--bank", str(tmp_path), "--no-open", "--rank", "3"]
    child = subprocess.Popen(
        [*command, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        said = child.stdout.readline().split()
        assert said[:2] == [NAME, "at"]
        assert said[2].startswith("http://127.0.0.1:")
        with urlopen(said[2]) as page:
            assert b"Area(3)" in page.read()
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=20)
    finally:
        child.kill()
    assert child.returncode == 0
    assert errors == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["shapes/layer_cots"], "did you mean 'shapes/layer_cost'?"),
        (["shapes/layer_cost", "--rank", "1", "--seed", "2"], "give --rank or --seed, not both"),
        (["shapes/layer_cost", "--rank", "-1"], "-1"),
    ],
)
def test_mistakes_are_named(arguments, message):
    result = CliRunner().invoke(main, ["preview", *arguments])
    assert result.exit_code != 0
    assert message in result.output


def test_the_banks_and_the_language_of_the_course_are_used(tmp_path, monkeypatch):
    path = write_model(tmp_path / "mine")
    path.with_name(f"{path.stem}.tr.md").write_text("# title\nAlan\n", encoding="utf-8")
    (tmp_path / "examgen.toml").write_text('banks = ["mine"]\nlanguage = "tr"\n', "utf-8")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    shown = []
    monkeypatch.setattr(PreviewServer, "serve_forever", lambda server: shown.append(server))
    result = CliRunner().invoke(main, ["preview", NAME, "--no-open"])
    assert result.exit_code == 0, result.output
    (server,) = shown
    assert server.source.folders == (tmp_path / "mine",)
    html = item_piece(server.source, Pick(rank=3))
    assert "Soru 1. Alan" in html
    assert "örneğin 12" in html
