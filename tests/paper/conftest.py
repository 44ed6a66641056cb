"""A form made by hand with a question of every kind, and the typesetter of this process."""

import base64
from dataclasses import replace
from fractions import Fraction

import pytest

from examgen import answers
from examgen.exam.record import Criterion, Form, Option, PrintedItem, PrintedPart, WrongAnswer
from examgen.paper import Heading, Typesetter

INTEGER = {"kind": "integer"}
ANSWERS: list[tuple[dict, list[str]]] = [  # settings of an answer kind, the boxes of its space
    (kind.to_dict(), boxes)
    for kind, boxes in [
        (answers.Integer(), ["value"]),
        (answers.Rational(), ["value"]),
        (answers.Decimal(places=2), ["value"]),
        (answers.Quantity("MB", answers.Integer()), ["value"]),
        (answers.Formula(), ["value"]),
        (answers.Shape(("C", "H")), ["1", "2"]),
        (answers.Array((2, 2)), ["1,1", "1,2", "2,1", "2,2"]),
        (answers.Array((2, 1, 2)), ["1,1,1", "1,1,2", "2,1,1", "2,1,2"]),
        (answers.Array((40,)), ["box"]),
        (answers.VectorPair((2, 1)), ["1,1", "1,2", "2,1"]),
        (answers.Interval(), ["low", "high"]),
        (answers.Interval(integers=False, ends=True), ["left", "low", "high", "right"]),
        (answers.SetOf(("F", "S")), ["box"]),
        (answers.ListOf(), ["box"]),
        (answers.OneChoice(3), ["A", "B", "C"]),
        (answers.SeveralChoices(3), ["A", "B", "C"]),
        (answers.Order(3), ["1,1", "1,2", "1,3"]),
        (answers.Matches(count=3, rows=2), ["1", "2"]),
        (answers.TrueOrFalse(answers.Integer()), ["true", "false", "value"]),
        (answers.Words((("stride",), ("padding",))), ["lines"]),
        (answers.EssayText(), ["lines"]),
    ]
]
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="22.5em" height="8.18em"
viewBox="0 0 330 120">
<g fill="none" stroke="black">{cells}</g>
<rect x="20" y="10" width="60" height="60" fill="#ccc" fill-opacity="0.6" stroke="black"/>
<text x="210" y="64" font-size="13" font-family="Exam Sans">stride 2, padding 1</text></svg>"""


def figure(alt: str) -> str:
    """A drawn grid as Markdown, as `examgen.text.expand` leaves it."""
    cells = "".join(
        f'<rect x="{20 + 20 * column}" y="{10 + 20 * row}" width="20" height="20"/>'
        for row in range(5)
        for column in range(8)
    )
    data = base64.b64encode(SVG.format(cells=cells).encode()).decode()
    return f"![{alt}](data:image/svg+xml;base64,{data})"


def part(
    name: str, column: str, kind: dict, marks: int, prompt: str, key: object, **more: object
) -> PrintedPart:
    """A printed part with its marks as a whole number."""
    return PrintedPart(name, column, kind, Fraction(marks), prompt, key, **more)


def layer_cost() -> PrintedItem:
    """Numbers that build on each other, with misconceptions and worked working."""
    return PrintedItem(
        question="layer",
        number=1,
        title="What one layer produces and costs",
        model="convolution/layer_cost",
        rank=5163,
        parameters={"H": 28},
        stem=r"""A convolution layer slides 16 square filters of side $K = 5$ over an input of
$3 \times 28 \times 28$ (channels × height × width), with stride $S = 2$, zero padding $P = 1$ on
every side, dilation $D = 2$ and one bias per filter.

"""
        + figure("A grid of 5 by 8 pixels with a 3 by 3 window at the upper left."),
        solution=r"""Dilation spreads the kernel over $D(K - 1) + 1 = 9$ pixels. Counting the
positions at which it fits, one every $S = 2$ pixels,

$$H_\mathrm{out} = \left\lfloor \frac{H + 2P - D(K - 1) - 1}{S} \right\rfloor + 1
= \left\lfloor \frac{28 + 2 \cdot 1 - 2(5 - 1) - 1}{2} \right\rfloor + 1 = 11.$$

Each filter has $C_\mathrm{in} K^2$ weights and one bias, so

$$N = C_\mathrm{out} C_\mathrm{in} K^2 + C_\mathrm{out} = 16 \cdot 3 \cdot 5^2 + 16 = 1216$$.

Every weight is used once at each of the $H_\mathrm{out}^2$ output positions:

$$\begin{aligned} M &= (N - C_\mathrm{out}) H_\mathrm{out}^2 \\
&= (1216 - 16) \cdot 11^2 = 145\,200 \end{aligned}$$.""",
        parts=(
            part(
                "height", "1.a", INTEGER, 2, r"What is the output height $H_\mathrm{out}$?", 11,
                tex=r"H_\mathrm{out}",
                unit="pixels",
                misconceptions=(
                    WrongAnswer("forgot +1", 10, "A window already fits at offset 0: add 1."),
                    WrongAnswer(
                        "ignored dilation", 13,
                        r"With $D = 2$ the kernel spans $9$ pixels, not $5$.", Fraction(1, 2),
                    ),
                ),
            ),
            part(
                "params", "1.b", INTEGER, 2, "How many parameters $N$ does the layer have?", 1216,
                tex="N",
                misconceptions=(
                    WrongAnswer("forgot bias", 1200, "Each of the 16 filters owns a bias too."),
                ),
            ),
            part(
                "macs", "1.c", INTEGER, 3,
                "Use your answers to (a) and (b): how many multiply–accumulates $M$ does one "
                "forward pass take? Adding a bias is not a multiply–accumulate.", 145200,
                tex="M", depends=("height", "params"),
            ),
        ),
    )  # fmt: skip


def by_hand() -> PrintedItem:
    """A matrix, a shape and a fraction, with a table of numbers in the stem."""
    return PrintedItem(
        question="hand",
        number=2,
        title="Convolution by hand",
        model="convolution/by_hand",
        rank=77,
        parameters={},
        stem=r"""The image $X$ and the kernel $W$ are

$$X = \begin{pmatrix} 1 & 0 & 2 & 1 & 3 \\ 0 & 1 & 1 & 2 & 0 \\
2 & 1 & 0 & 1 & 1 \\ 1 & 3 & 2 & 0 & 1 \\ 0 & 1 & 1 & 2 & 2 \end{pmatrix},
\qquad W = \begin{pmatrix} 1 & 0 & -1 \\ 2 & 0 & -2 \\ 1 & 0 & -1 \end{pmatrix}.$$

The network computes $Y = X \star W$ without padding, *as cross-correlation*, and samples it at the
points of this table.

| point | $x$ | $y$ |
|:------|----:|----:|
| $p_1$ | 0.5 | 1.25 |
| $p_2$ | 1.0 | 0.75 |""",
        solution=r"Sliding the kernel over the image gives $Y_{1,1} = 1 + 0 - 2 = -1$ and so on →.",
        parts=(
            part(
                "output", "2.a", {"kind": "array", "shape": [3, 3], "entry": INTEGER}, 4,
                "Compute the output $Y$.", [[-1, 0, 0], [0, 1, 2], [3, 0, -4]],
                tex="Y",
                misconceptions=(
                    WrongAnswer(
                        "flipped the kernel", [[1, 0, 0], [0, -1, -2], [-3, 0, 4]],
                        "Convolutional networks do not flip the kernel.",
                    ),
                    WrongAnswer("transposed", None, "Rows come first."),
                ),
            ),
            part(
                "shape", "2.b", {"kind": "shape", "axes": ["C", "H", "W"]}, 1,
                "What is the shape of the output of a layer with 8 such kernels?", [8, 3, 3],
            ),
            part(
                "sample", "2.c", {"kind": "rational", "lowest_terms": False}, 2,
                "What is the value of the bilinear sample of $X$ at $p_1$, as a fraction?", "7/8",
                tex=r"X(p_1)",
            ),
            part(
                "weights", "2.d", {"kind": "array", "shape": [4], "entry": INTEGER}, 1,
                "Give the four weights times 8, in the order of the neighbours.", [3, 3, 1, 1],
                tex="w",
            ),
        ),
    )  # fmt: skip


def choices() -> PrintedItem:
    """One choice of numbers, one choice of formulas, and several choices."""
    return PrintedItem(
        question="field",
        number=3,
        title="Receptive field",
        model="receptive/field",
        rank=300,
        parameters={},
        stem=r"Three layers follow each other, with kernels $3, 3, 5$ and strides $4, 3, 1$.",
        solution="The field grows by $(K_i - 1)$ times the product of the strides before it.",
        parts=(
            part(
                "side", "3.a", {"kind": "one_choice", "count": 4}, 2,
                "What is the side of the receptive field of one output?", "C",
                options=(
                    Option("$11$", 11, "added the kernels"),
                    Option("$47$", 47, "ignored a stride"),
                    Option("$59$", 59),
                    Option("$60$", 60, "forgot that one is shared"),
                ),
            ),
            part(
                "formula", "3.b", {"kind": "one_choice", "count": 3}, 2,
                "Which formula gives the side for any number of layers?", "A",
                options=(
                    Option(r"$1 + \sum_{i=1}^{n} (K_i - 1) \prod_{j<i} S_j$", 0),
                    Option(r"$\sum_{i=1}^{n} K_i \prod_{j \le i} S_j$", 1, "counts strides twice"),
                    Option(r"$\prod_{i=1}^{n} K_i S_i$", 2, "multiplied"),
                ),
            ),
            part(
                "true", "3.c", {"kind": "several_choices", "count": 4, "scoring": "per-option"}, 3,
                "Which of these statements are true?", "BD",
                options=(
                    Option("Padding enlarges the receptive field.", 0),
                    Option("Dilation enlarges the receptive field but adds no parameters.", 1),
                    Option("A $1 \\times 1$ convolution doubles the receptive field.", 2),
                    Option("With $S > K$ some pixels inside the field are never read.", 3),
                ),
            ),
        ),
    )  # fmt: skip


def by_letter() -> PrintedItem:
    """An order, a matching, claims with a correction of three kinds, and a word."""
    claim = {"kind": "true_or_false", "verdict_share": "1/2"}
    words = {
        "kind": "words",
        "meanings": [["equivariant"], ["invariant"]],
        "slips": "right",
        "otherwise": "review",
    }
    return PrintedItem(
        question="letters",
        number=7,
        title="Orders and pairs",
        model="concepts/letters",
        rank=2,
        parameters={},
        stem="",
        solution="See the book.",
        parts=(
            part(
                "order", "7.a", {"kind": "order", "count": 3, "scoring": "pairs"}, 2,
                "Put the networks in the order of time.", "CAB",
                options=(Option("AlexNet", 1), Option("ResNet", 2), Option("LeNet-5", 0)),
                misconceptions=(WrongAnswer("by depth", "CBA", "Not by $L$."),),
            ),
            part(
                "pairs", "7.b",
                {
                    "kind": "matches", "count": 3, "rows": 2, "scoring": "per-row", "reuse": False,
                },
                2, "Match the layers.", "CA",
                options=(
                    Option("collects a neighbourhood", 1),
                    Option("sees all values", 2),
                    Option("shares a kernel of $3 \\times 3$", 0),
                ),
                rows=("convolution", "pooling"),
                misconceptions=(WrongAnswer("exchanged", "AC", "No."),),
            ),
            part(
                "size", "7.c", claim | {"correction": {"kind": "integer"}}, 2,
                "The output has side $O = 54$.", [0, 55], tex="O", options=(Option("", 54),),
            ),
            part(
                "shape", "7.d", claim | {"correction": {"kind": "shape", "axes": ["C", "H"]}}, 2,
                "The output has the shape $4 \\times 54$.", [1], options=(Option("", [4, 54]),),
            ),
            part(
                "taught", "7.e", claim | {"correction": {"kind": "essay"}}, 2,
                "The S-cells of the Neocognitron were designed by hand.", [0, "They are learned."],
            ),
            part("word", "7.f", words, 1, "With one word: a convolution is …", "equivariant"),
        ),
    )  # fmt: skip


def essay() -> PrintedItem:
    """An essay with a rubric and a model answer."""
    return PrintedItem(
        question="essay",
        number=4,
        title="Why convolutions?",
        model="history/why",
        rank=None,
        parameters={},
        stem="",
        solution="",
        parts=(
            part(
                "why", "4.a", {"kind": "essay"}, 6,
                "A fully connected layer on a $1000 \\times 1000$ image with 10 000 neurons has "
                "$10^{10}$ weights. Explain two reasons why a convolution layer generalises "
                "better, and what *equivariance* means for `conv2d(x, w)`.", None,
                model_answer="Weights are **shared**, and each output sees only its neighbourhood.",
                rubric=(
                    Criterion(Fraction(2), "names weight sharing"),
                    Criterion(Fraction(2), "names local connectivity"),
                    Criterion(Fraction(2), "states $f(Tx) = T f(x)$"),
                ),
            ),
        ),
    )  # fmt: skip


def sample_form() -> Form:
    """A form of seven questions, one of them a bonus."""
    again = replace(by_hand(), number=5, title="Another by hand", question="again")
    bonus = replace(layer_cost(), number=6, title="A deeper layer", question="bonus", bonus=True)
    items = (layer_cost(), by_hand(), choices(), essay(), renumbered(again), renumbered(bonus))
    items += (by_letter(),)
    return Form(7, "7K3M-9PQR-X2", "2436789", "Ayşegül Çağlayan", 1, 0, items)


def renumbered(item: PrintedItem) -> PrintedItem:
    """The item with its columns named after its number."""
    parts = tuple(replace(part, column=f"{item.number}.{part.column[-1]}") for part in item.parts)
    return replace(item, parts=parts)


def sample_heading() -> Heading:
    """A heading with everything in it."""
    return Heading(
        title="CNN Fundamentals and Convolution Types",
        course="CENG 403 Deep Learning",
        institution="Middle East Technical University",
        date="January 2025",
        minutes=180,
        instructions=(
            "Answer all questions. The exam is marked out of 38.",
            "Write your answers in the boxes, grids and lines; only what stands there is marked.",
            "Convolution means *cross-correlation*, $Y_{i,j} = \\sum_{u,v} W_{u,v} X_{i+u,j+v}$, "
            "as in every deep-learning library.",
            "A calculator without memory is allowed. Use the backs of the sheets for rough work.",
        ),
    )


@pytest.fixture(scope="session")
def sample() -> tuple[Form, Heading]:
    """A form and a heading to print it under."""
    return sample_form(), sample_heading()


@pytest.fixture(scope="session")
def papers() -> Typesetter:
    """One typesetter for all tests."""
    return Typesetter()


@pytest.fixture(scope="session")
def cases() -> list[tuple[dict, list[str]]]:
    """Settings of each answer kind, with the boxes of its space."""
    return ANSWERS


@pytest.fixture(scope="session")
def every_kind(sample: tuple[Form, Heading]) -> Form:
    """A form with a question for each of the `cases`."""
    items = []
    for number, (kind, _) in enumerate(ANSWERS, start=1):
        options = tuple(Option(f"${value}$", value) for value in range(kind.get("count", 0)))
        rows = ("one", "two")[: kind.get("rows", 0)]
        asked = part("a", f"{number}.a", kind, 4, "What?", None, options=options, rows=rows)
        items.append(PrintedItem("q", number, "Question", "m/m", 0, {}, "", "", (asked,)))
    return replace(sample[0], items=tuple(items))
