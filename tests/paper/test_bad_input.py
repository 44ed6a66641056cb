"""What cannot be set or does not fit: an error that names the place, never a page that is cut."""

import base64
from collections.abc import Callable
from dataclasses import replace

import pytest

from examgen.errors import ExamgenError
from examgen.exam.record import Form, Option, PrintedItem, WrongAnswer
from examgen.paper import Heading, Typesetter, render_key, render_paper
from examgen.paper.blame import blame

HIGH = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9em" height="90em" viewBox="0 0 9 90">'
    '<rect width="9" height="90"/></svg>'
)
TOO_LARGE = {
    "table": ("|" + "a|" * 60 + "\n|" + "-|" * 60 + "\n|" + "1000|" * 60, "a table", "right"),
    "code": ("`" + "x" * 200 + "`", "'xxxxx", "right"),
    "formula": ("$" + "+".join("abcdefghijk" * 9) + "$", "the picture 'a plus b plus", "right"),
    "figure": (
        f"![A tower.](data:image/svg+xml;base64,{base64.b64encode(HIGH.encode()).decode()})",
        "the picture 'A tower.'",
        "lower",
    ),
}


def with_prompt(form: Form, prompt: str) -> Form:
    """The form with this prompt in part (b) of its second question."""
    first, second, *rest = form.items
    parts = tuple(
        replace(part, prompt=prompt) if part.column == "2.b" else part for part in second.parts
    )
    return replace(form, items=(first, replace(second, parts=parts), *rest))


@pytest.mark.parametrize(
    ("render", "sort"),
    [
        *((render_paper, sort) for sort in TOO_LARGE),
        *((render_key, sort) for sort in TOO_LARGE if sort != "figure"),  # there they shrink
    ],
)
def test_what_does_not_fit_is_named_with_its_place(
    render: Callable[..., bytes], sort: str, sample: tuple[Form, Heading], papers: Typesetter
) -> None:
    text, name, edge = TOO_LARGE[sort]
    form, heading = sample
    with pytest.raises(ExamgenError) as caught:
        render(with_prompt(form, text), heading, papers=papers)
    message = str(caught.value)
    assert ", question 2 (b): " in message
    assert name in message
    assert f"mm beyond the {edge} end of the page" in message


@pytest.mark.parametrize("edition", ["accessible", "large"])
def test_what_fits_one_edition_may_be_too_wide_for_another(
    edition: str, sample: tuple[Form, Heading], papers: Typesetter
) -> None:
    form, heading = sample
    form = with_prompt(form, "`" + "x" * 70 + "`")
    render_paper(form, heading, papers=papers)
    with pytest.raises(ExamgenError, match=r"question 2 \(b\): 'xxx"):
        render_paper(replace(form, edition=edition), heading, papers=papers)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"stem": "One.\n\n$\\foo$"}, "stem: line 3: "),
        ({"solution": "$\\foo$"}, "solution: line 1: "),
        ({"prompt": "$\\foo$"}, "part c, prompt: line 1: "),
        ({"tex": "\\foo"}, "part c, tex: line 1: "),
        (
            {"key": "A", "options": (Option("$1$", 1), Option("$\\foo$", 2))},
            "part c, option B: line 1: ",
        ),
        (
            {"misconceptions": (WrongAnswer("slip", 1, "$\\foo$"),)},
            "part c, misconception 'slip': line 1: ",
        ),
        ({"model_answer": "$\\foo$"}, "part c, model answer: line 1: "),
    ],
)
def test_a_broken_formula_is_named_with_item_and_part(
    change: dict, place: str, sample: tuple[Form, Heading]
) -> None:
    first, second, *_ = sample[0].items
    with pytest.raises(ExamgenError) as caught:
        blame([first, changed(second, change)])
    message = str(caught.value)
    assert message.startswith(f"question 2 (convolution/by_hand), {place}the formula '\\foo' ")


def changed(item: PrintedItem, change: dict) -> PrintedItem:
    if change.keys() & {"stem", "solution"}:
        return replace(item, **change)
    *parts, last = item.parts
    kind = {"kind": "one_choice", "count": 2} if "options" in change else {"kind": "integer"}
    last = replace(last, column="2.c", kind=kind, key=None, misconceptions=())
    return replace(item, parts=(*parts, replace(last, **change)))


def test_no_text_is_blamed_without_a_fault(sample: tuple[Form, Heading]) -> None:
    blame(sample[0].items)
