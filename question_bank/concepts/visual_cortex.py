"""Matching: cells and columns of the visual cortex, and what they became in networks."""

from examgen import Choice, Item, Matching, Misconception

TERMS = (  # by slot: the term with its description, and another that may take its place
    [("simple cell", "answers to an edge or bar of one orientation at one place of its field")],
    [("complex cell", "answers to an orientation anywhere within its field")],
    [
        (
            "end-stopped (hypercomplex) cell",
            "answers to a bar of limited length, less to longer ones",
        ),
        ("ocular dominance column", "holds cells that prefer one and the same eye"),
    ],
    [
        ("orientation column", "holds cells that prefer one and the same orientation"),
        ("hypercolumn", "holds all orientations, and both eyes, for one place of the visual field"),
    ],
)
SOURCE = (
    "Hubel & Wiesel, J. Physiol. 160 (1962) 106 and 195 (1968) 215, and J. Comp. Neurol. 158 "
    "(1974) 295 (hypercolumns); Fukushima, Biol. Cybernetics 36 (1980) 193"
)


def _chosen(slot, which):
    """The term or description of a slot, as the parameters third and fourth choose it."""
    texts = [pair[which] for pair in TERMS[slot]]
    if len(texts) == 1:
        return texts[0]
    name = {2: "third", 3: "fourth"}[slot]
    return f"<% if {name} == 0 %>{texts[0]}<% else %>{texts[1]}<% endif %>"


def _row(row):
    """The term in a row: the slots turn through the rows."""
    slots = (f"<% if (turn + {row}) % 4 == {at} %>{_chosen(at, 0)}<% endif %>" for at in range(4))
    return "".join(slots)


def _exchanged(first, second):
    """The option of each row, where two slots are given each other's, and nothing is said else."""

    def places(item):
        swapped = {first: second, second: first}
        return [swapped.get((item.turn + row) % 4) for row in range(4)]

    return places


class VisualCortex(Item):
    """Terms of Hubel and Wiesel and their descriptions, then the Neocognitron's counterparts."""

    title = "Cells of the visual cortex"
    topic = "concepts"
    objective = (
        "match cells and columns of the visual cortex to their descriptions, and parts of the "
        "Neocognitron to their successors"
    )
    serves = ["2a hw-cell-matching", "2b sc-matching"]

    turn = Choice(0, 1, 2, 3)
    third, fourth = Choice(0, 1), Choice(0, 1)

    stem = """
    Hubel and Wiesel recorded from cells of the visual cortex and described cells and columns.
    Fukushima built his Neocognitron after their simple and complex cells.
    """

    terms = Matching(
        lambda item: [(item.turn + row) % 4 for row in range(4)],
        marks=2,
        prompt="Match each term to what fits it. One description is left over.",
        rows=[_row(row) for row in range(4)],
        options=[
            *(_chosen(slot, 1) for slot in range(4)),
            f"<% if fourth == 1 %>{TERMS[3][0][1]}<% else %>{TERMS[3][1][1]}<% endif %>",
        ],
        misconceptions=[
            Misconception(
                "simple and complex exchanged",
                _exchanged(0, 1),
                "A simple cell needs its edge at one place. A complex cell pools over simple cells "
                "of one orientation, so it answers wherever the edge falls in its field.",
            ),
            Misconception(
                "orientation column taken for a hypercolumn",
                lambda item: [4 if (item.turn + row) % 4 == 3 else None for row in range(4)],
                "The cells of an *orientation column* share one orientation; all orientations for "
                "one place make a *hypercolumn*.",
            ),
        ],
        source=SOURCE,
    )

    counterparts = Matching(
        marks=2,
        prompt="Match each part of the Neocognitron to its counterpart in a convolutional network.",
        rows=["plane of S-cells", "plane of C-cells", "learning without a teacher"],
        options=[
            "feature map: one kernel, shared by all positions",
            "pooled feature map",
            "no counterpart: such a network learns from labels by back-propagation",
            "dense layer",
        ],
        misconceptions=[
            Misconception(
                "S and C exchanged",
                [1, 0, None],
                "S-cells extract features with shared weights, as a convolution does. C-cells "
                "collect S-cells of a neighbourhood, as pooling does.",
            ),
        ],
        source=SOURCE,
    )

    solution = f"""
    A *simple cell* {TERMS[0][0][1]}; a *complex cell* {TERMS[1][0][1]}. The
    {_chosen(2, 0)} {_chosen(2, 1)}. An *orientation column* {TERMS[3][0][1]}; a *hypercolumn*
    {TERMS[3][1][1]}.

    In the Neocognitron, all S-cells of a plane have the same input weights, shifted: such a plane
    is a feature map. A C-cell answers when any S-cell of its neighbourhood does, which is pooling.
    The weights of S-cells were learned without a teacher; a convolutional network learns its
    kernels by back-propagating the gradient of a loss.
    """
