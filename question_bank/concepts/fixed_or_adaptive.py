"""Matching by facts: gains and losses of receptive fields of one size, and other designs."""

from examgen import Choice, Item, Matching, Misconception

REASONS = (  # by slot: consequences of fields of one size, with their reasons
    (
        ("few weights", "one kernel serves all positions"),
        ("a pattern is found wherever it lies", "all positions are treated alike"),
    ),
    (
        ("fast code", "the same sum of products is computed on a regular grid of windows"),
        ("little is known of a large object", "it reaches far beyond the window"),
    ),
    (
        ("as much work for sky as for faces", "the effort does not depend on what is there"),
        ("a small object is blurred", "most of the window shows what lies around it"),
    ),
)
DESIGNS = (  # by slot: designs with other fields
    (
        ("Inception module", "kernels of several sizes work side by side"),
        ("pyramid of dilations", "kernels of several dilations work side by side"),
    ),
    (
        ("deformable convolution", "for each place, it is computed where to read"),
        ("fovea and periphery of the eye", "fields grow with the distance from the centre of gaze"),
    ),
    (
        ("attention", "all places are weighed by how much they matter"),
        ("image pyramid", "the same kernels work on smaller and larger copies of the image"),
    ),
)
HINTS = (  # what the designs of the last two slots change
    (
        ("an offset moves the point that is read",),
        ("in the eye the size of a field depends on where it lies",),
    ),
    (
        ("attention gives each place a weight",),
        ("a pyramid changes the size of the image, not the kernels",),
    ),
)


def _chosen(slots, slot, which, names):
    """A text of a slot, as its parameter chooses."""
    first, second = (pair[which] for pair in slots[slot])
    return f"<% if {names[slot]} == 0 %>{first}<% else %>{second}<% endif %>"


def _row(slots, row, names):
    """The text in a row: the slots turn through the rows."""
    return "".join(
        f"<% if (turn + {row}) % 3 == {at} %>{_chosen(slots, at, 0, names)}<% endif %>"
        for at in range(3)
    )


def _turned(item):
    return [(item.turn + row) % 3 for row in range(3)]


class FixedOrAdaptive(Item):
    """What follows from fields of one size, and designs that give it up."""

    title = "Fields of one size"
    topic = "concepts"
    objective = (
        "match gains and losses of receptive fields of one size to their reasons, and other "
        "designs to what they do instead"
    )
    serves = ["2c pros-and-cons"]

    turn = Choice(0, 1, 2)
    a, b, c = Choice(0, 1), Choice(0, 1), Choice(0, 1)
    d, e, f = Choice(0, 1), Choice(0, 1), Choice(0, 1)

    stem = """
    All units of a convolution layer have receptive fields of one and the same size, wherever they
    are and whatever the image shows. Other designs give this up.
    """

    reasons = Matching(
        _turned,
        marks=2,
        prompt="Match each consequence of fields of one size to its reason.",
        rows=[_row(REASONS, row, "abc") for row in range(3)],
        options=[
            *(_chosen(REASONS, slot, 1, "abc") for slot in range(3)),
            "every unit has weights of its own",
        ],
        misconceptions=[
            Misconception(
                "units with weights of their own",
                lambda item: [3 if slot == 0 else None for slot in _turned(item)],
                "In a convolution all units of a map have the *same* weights.",
            ),
        ],
        source="Luo et al., NIPS 2016; Goodfellow, Bengio & Courville, Deep Learning (2016), 9.2",
    )

    designs = Matching(
        _turned,
        marks=2,
        prompt="Match each design to what it does instead.",
        rows=[_row(DESIGNS, row, "def") for row in range(3)],
        options=[
            *(_chosen(DESIGNS, slot, 1, "def") for slot in range(3)),
            "each layer has larger kernels than the one before",
        ],
        misconceptions=[
            Misconception(
                "exchanged two designs",
                lambda item: [{1: 2, 2: 1}.get(slot) for slot in _turned(item)],
                f"Look at what each design changes: {_chosen(HINTS, 0, 0, 'ef')}; "
                f"{_chosen(HINTS, 1, 0, 'ef')}.",
            ),
        ],
        source="Szegedy et al., CVPR 2015; Chen et al., arXiv 1706.05587; Dai et al., ICCV 2017; "
        "Vaswani et al., NIPS 2017; Burt & Adelson, IEEE Trans. Commun. 31 (1983) 532; Hubel & "
        "Wiesel, J. Comp. Neurol. 158 (1974) 295 (fields grow with eccentricity)",
    )

    solution = f"""
    From fields of one size follow

    * {_chosen(REASONS, 0, 0, "abc")}, as {_chosen(REASONS, 0, 1, "abc")};
    * {_chosen(REASONS, 1, 0, "abc")}, as {_chosen(REASONS, 1, 1, "abc")};
    * {_chosen(REASONS, 2, 0, "abc")}, as {_chosen(REASONS, 2, 1, "abc")}.

    The other designs are

    * {_chosen(DESIGNS, 0, 0, "def")}: {_chosen(DESIGNS, 0, 1, "def")};
    * {_chosen(DESIGNS, 1, 0, "def")}: {_chosen(DESIGNS, 1, 1, "def")};
    * {_chosen(DESIGNS, 2, 0, "def")}: {_chosen(DESIGNS, 2, 1, "def")}.
    """
