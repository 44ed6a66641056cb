"""Figures of an item model's own: drawn where a text calls them, and telling no key."""

import base64
import re

import pytest

from examgen import Canvas, Int, IntegerEntry, Item, figure
from examgen.bank.advice import _parameters
from examgen.errors import ExamgenError
from examgen.items.wording import Wording


class Drawn(Item):
    H = Int(3, 9)
    stem = "Look: <<bar()>>"
    y = IntegerEntry(H + 40, prompt="?", marks=1)
    solution = "See: <<bar(reveal=True)>>"

    @figure
    def bar(self, reveal=False):
        canvas = Canvas(100, 30)
        canvas.text(50, 15, self.y if reveal else self.H)
        return canvas.figure(f"a bar of {self.H}")

    @figure
    def nothing(self):
        return None


def told(text):
    """The words of the picture in a text, and what is written in it."""
    alt, data = re.search(r"!\[(.*?)\]\(data:image/svg\+xml;base64,(.*?)\)", text).groups()
    return alt, re.findall(r">(\d+)</text>", base64.b64decode(data).decode())


def test_texts_call_it_by_its_name():
    wording = Wording(Drawn.at(H=5))
    assert told(wording.stem) == ("a bar of 5", ["5"])
    assert told(wording.solution) == ("a bar of 5", ["45"])


def test_a_figure_of_the_stem_cannot_tell_a_key(monkeypatch):
    monkeypatch.setattr(Drawn, "stem", "Look: <<bar(reveal=True)>>")
    with pytest.raises(ExamgenError, match=r"stem: .*bar\(\) reads the key 'y', which this text"):
        _ = Wording(Drawn(0)).stem


def test_what_is_no_figure_is_named(monkeypatch):
    monkeypatch.setattr(Drawn, "stem", "Look: <<nothing()>>")
    with pytest.raises(ExamgenError, match=r"nothing\(\) must return a figure"):
        _ = Wording(Drawn(0)).stem


def test_a_parameter_that_a_figure_shows_is_told():
    assert not list(_parameters(Drawn))
