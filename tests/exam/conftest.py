"""A small bank of item models, made for these tests, and blueprints that ask them."""

from pathlib import Path

import pytest

from examgen.bank.load import Bank
from examgen.exam.blueprint import read_blueprint
from examgen.exam.roster import Student

HEAD = "from examgen.items import *\n"
MODELS = {
    "plain/area": """
class Area(Item):
    topic = "plain"
    H = Int(1, 60)
    W = Int(1, 40)
    where = [H >= 5]
    stem = "A map of <<H>> rows and <<W>> columns."
    pixels = IntegerEntry(H * W, prompt="How many pixels?", marks=2)
    edges = IntegerEntry(2 * H + 2 * W, prompt="How long is its border?", marks=1)
    solution = "<<working.pixels>>"
""",
    "plain/choice": """
class Pick(Item):
    topic = "plain"
    K = Int(10, 90)
    stem = "A kernel of side <<K>>."
    wrong = dict(marks=1, distractors=[1, 2, 3, 4, 5])
    weights = MultipleChoice(K * K, prompt="How many weights?", **wrong)
    middle = MultipleChoice(K + 7, prompt="What is it plus seven?", **wrong)
    solution = "<<working.weights>>"
""",
    "small/seven": """
class Seven(Item):
    topic = "small"
    A = Int(0, 9)
    where = [A <= 6]
    stem = "Take <<A>>."
    double = IntegerEntry(2 * A, prompt="Double it.", marks=3)
    solution = "<<working.double>>"
""",
    "small/more": """
class More(Item):
    topic = "small/more"
    A = Int(1, 500)
    stem = "Take <<A>>."
    triple = IntegerEntry(3 * A, prompt="Treble it.", marks=2)
    next = IntegerEntry(A + 1, prompt="What comes next?", marks=1)
    solution = "<<working.triple>>"
""",
    "fixed/history": """
class History(Item):
    topic = "fixed"
    stem = "AlexNet won in 2012."
    why = Essay(prompt="Why?", rubric={"names the data": 2, "names the hardware": 2},
                model_answer="Much data and fast hardware.", source="a book")
    solution = "See the book."
""",
    "broken/divides": """
class Divides(Item):
    topic = "broken"
    A = Int(0, 3)
    stem = "Take <<A>>."
    quotient = IntegerEntry(lambda item: {}["no such key"], prompt="Divide.", marks=1)
    solution = "None."
""",
}

EXAM = '[exam]\ntitle = "Convolution"\n'


@pytest.fixture(scope="session")
def bank(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bank")
    for name, source in MODELS.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEAD + source, encoding="utf-8")
    return Bank(folder)


@pytest.fixture
def blueprint(tmp_path):
    """Reads a blueprint from the text of its questions (or of the whole file)."""

    def read(text, *, head=EXAM):
        path = Path(tmp_path, "exam.toml")
        path.write_text(head + text, encoding="utf-8")
        return read_blueprint(path)

    return read


@pytest.fixture
def students():
    """Makes a class of so many students."""

    def make(count, *, batch=1, start=1):
        numbers = range(start, start + count)
        return [Student(f"s{number}", f"Name {number}", batch) for number in numbers]

    return make
