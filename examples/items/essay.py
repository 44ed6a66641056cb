"""An essay that a human marks by a rubric."""

from examgen import Choice, Essay, Item


class EssayItem(Item):
    """Why a pooled network tolerates shifts."""

    S = Choice(2, 3, 4)

    stem = "A network ends with max-pooling over windows of side <<S>> (stride <<S>>)."

    # The marks of an essay are the sum of its rubric.
    explain = Essay(
        prompt="Explain for which shifts of the input the output stays as it is, and why.",
        rubric={
            "The largest value of a window stays while it is in the same window": 1,
            "Shifts by a multiple of the stride move the output instead": 1,
            "Not guaranteed: a shift by one pixel may cross the edge of a window": 1,
        },
        model_answer=r"""
        As long as each window keeps its largest value, the output is the same. A shift by a
        multiple of $<<S>>$ moves it; any other may push a largest value across an edge.
        """,
    )

    solution = "See the model answer."
