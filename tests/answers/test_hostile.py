"""Student text that attacks: it is read as data or refused, at once, and never evaluated."""

import runpy
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examgen.answers import (
    KINDS,
    Decimal,
    Formula,
    Integer,
    Judgement,
    Kind,
    Rational,
    Reading,
    Unreadable,
    Value,
    formulas,
    kind_from,
)
from examgen.equivalence import Variable

HERE = Path(__file__).parent
NAMES, SAMPLES = (runpy.run_path(str(HERE / "samples.py"))[name] for name in ("NAMES", "SAMPLES"))
DATA = runpy.run_path(str(HERE / "hostile.py"))
TEXTS, FORMULAS, COMPARED = DATA["TEXTS"], DATA["FORMULAS"], DATA["COMPARED"]
MOST_CALLS = 400_000  # of functions in Python and C, to read a text and judge it by one kind
MOST_CALLS_OF_A_PROOF = 700_000
MOST_BYTES = 50_000_000
ATTACKS = (
    "builtins.input compile ctypes exec glob import marshal open os. pickle shutil socket "
    "subprocess tempfile urllib"
)

heard: list[str] | None = None  # what the interpreter tells of while text is judged


def hear(event: str, arguments: tuple[Any, ...]) -> None:
    """Note what runs, imports or opens something."""
    if heard is not None and event.startswith(tuple(ATTACKS.split())):
        heard.append(f"{event} {arguments!r:.100}")


sys.addaudithook(hear)  # it stays for the life of the process, so it is silent outside `watched`


@contextmanager
def watched(most: int) -> Iterator[None]:
    """No text runs, imports or opens anything, and work stops beyond so many calls."""
    global heard
    calls = 0

    def count(_frame: object, event: str, _: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")
        if calls > most:
            sys.setprofile(None)
            raise AssertionError(f"more than {most} calls")

    heard = []
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)
        events, heard = heard, None
    assert not events


def sample(cls: type[Kind]) -> tuple[Kind, Value]:
    """The sample of a kind, and its key."""
    assert cls.kind in SAMPLES, f"tests/answers/samples.py has no sample of the kind {cls.kind}"
    settings, key, responses = SAMPLES[cls.kind]
    kind = kind_from({"kind": cls.kind, **settings})
    value = kind.read(key).value
    if not kind.by_hand:
        assert kind.judge(kind.read(responses[0]), value).verdict == "right"
    return kind, value


SAMPLED = [sample(cls) for cls in KINDS]


def read_or_refuse(kind: Kind, text: str) -> Reading | None:
    try:
        reading = kind.read(text)
    except Unreadable as refusal:
        assert refusal.message and len(refusal.message) < 300
        assert refusal.message.isprintable()
        assert refusal.position is None or 1 <= refusal.position <= len(text) + 1
        return None
    for note in reading.notes:
        assert note.isprintable() and len(note) < 3000
    return reading


def judged(kind: Kind, text: str, key: Value) -> Judgement | None:
    """The judgement of a text against a key, and of the key's text against it as the key."""
    reading = read_or_refuse(kind, text)
    if reading is None or kind.by_hand:
        return None
    assert all(mark.isprintable() for mark in reading.shown)
    judgement = kind.judge(reading, key)
    assert len(judgement.evidence) < 5000 and judgement.evidence.isprintable()
    assert kind.unpack(kind.pack(reading.value)) == reading.value
    assert kind.tex(reading.value) and kind.show(reading.value)
    try:
        kind.check_key(reading.value)
    except (TypeError, ValueError):
        return judgement
    kind.judge(kind.read(kind.show(key)), reading.value)
    return judgement


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_hostile_text_is_refused_or_data(text: str) -> None:
    """By every kind, within bounds of work that do not depend on the machine."""
    for kind, key in SAMPLED:
        with watched(MOST_CALLS):
            judgement = judged(kind, text, key)
        assert judgement is None or judgement.verdict in ("wrong", "partial", "undecided")


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_no_hostile_text_is_a_number(text: str) -> None:
    assert read_or_refuse(Integer(), text) is None


def formula_kinds() -> list[Formula]:
    """Names of whole numbers to 64, of any whole numbers, and of any numbers."""
    bounds: list[dict[str, Any]] = [{"low": 1, "high": 64}, {}, {"integer": False}]
    return [Formula(tuple(Variable(name, **one) for name in "xyab")) for one in bounds]


def forget() -> None:
    """Clear whatever the formula kind remembers."""
    for one in vars(formulas).values():
        if hasattr(one, "cache_clear"):
            one.cache_clear()


@pytest.mark.parametrize("way", COMPARED)
@pytest.mark.parametrize("name", FORMULAS)
def test_hard_formulas_within_the_limits_take_bounded_work(name: str, way: str) -> None:
    key, response = (side.format(FORMULAS[name], FORMULAS[name]) for side in COMPARED[way])
    for kind in formula_kinds():
        forget()
        with watched(MOST_CALLS_OF_A_PROOF):
            try:
                judgement = kind.judge(kind.read(response), kind.read(key).value)
            except Unreadable:
                continue
        assert judgement.verdict != ("wrong" if "with itself" in way else "right")


MEASURE = """
import resource, runpy, sys
test = runpy.run_path(sys.argv[1])
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = peak()
for text in test["TEXTS"]:
    for kind, key in test["SAMPLED"]:
        test["judged"](kind, text, key)
for formula in test["FORMULAS"].values():
    for kind in test["formula_kinds"]():
        for key, response in test["COMPARED"].values():
            try:
                reading = kind.read(response.format(formula, formula))
                kind.judge(reading, kind.read(key.format(formula, formula)).value)
            except test["Unreadable"]:
                pass
print((peak() - before) * (1 if sys.platform == "darwin" else 1024))
"""


def test_all_hostile_text_together_takes_little_memory() -> None:
    """With whatever FLINT takes: in a process of its own."""
    command = [sys.executable, "-c", MEASURE, str(HERE / "test_hostile.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < MOST_BYTES


@given(
    st.text(alphabet=st.sampled_from("0123456789.,;'()[]{}+-/x×%^eE= \n½ABn²\u200b"), max_size=30)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    for kind, key in SAMPLED:
        if isinstance(kind, Decimal) or kind.by_hand:
            read_or_refuse(kind, text)
        elif judged(kind, text, key) is not None:
            reading = kind.read(text)
            assert kind.read(kind.show(reading.value)).value == reading.value


@given(st.text(max_size=50))
def test_any_unicode_is_read_or_refused(text: str) -> None:
    for kind, _ in SAMPLED:
        read_or_refuse(kind, text)


def test_what_is_too_large_is_told() -> None:
    """Each of these once took minutes, or stopped a whole run by an error."""
    numbers = {
        "1e400/(1e-400/(1e400/(1e-400/5)))": "the quotient is too large or too small",
        "1,234/(1,234/(1,234/5))": "too many ways to read the commas and points",
    }
    for text, message in numbers.items():
        with pytest.raises(Unreadable, match=message):
            Rational().read(text)
    kind = Formula((Variable("x", 1),))
    for text in ("7.77e-400*x", "√" * 38 + "x", "|x|" * 100):
        with pytest.raises(Unreadable, match="too large to be compared"):
            kind.read(text)
    assert kind.judge(kind.read("1e70*x"), "x*1e69*10").verdict == "right"
    assert kind.judge(kind.read("3^12000"), "x").verdict == "wrong"
    assert kind.judge(kind.read("(2^19000)^(1/3)"), "x").verdict == "wrong"
    assert Rational().read("1,234/(1,234/5)").value == Fraction(5)
