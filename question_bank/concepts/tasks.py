"""Matching with reuse by facts: what a shift of the image should do to the output of a task."""

from examgen import Choice, Item, Matching, Misconception

# By slot: tasks with a place in the output, tasks whose output says what and not where.
MOVING = (
    ("segmentation: a class for every pixel", "detection: a box around every object"),
    ("the positions of both eyes in a picture of a face", "the outline of a cell in a micrograph"),
    ("the distance to the camera, for every pixel", "removing noise: a cleaner image"),
)
STAYING = (
    ("recognition: one class for the whole image", "whether there is a cat in the image or not"),
    ("how many people are in the image", "whether it is day or night in the image"),
)
SLOTS = (MOVING[0], STAYING[0], MOVING[1], STAYING[1], MOVING[2])
EQUIVARIANT, INVARIANT = 0, 1
KINDS = tuple(EQUIVARIANT if slot in MOVING else INVARIANT for slot in SLOTS)


def _row(row):
    """The task in a row: the slots turn through the rows, a parameter chooses the text."""
    texts = []
    for at, slot in enumerate(SLOTS):
        chosen = f"<% if {'abcde'[at]} == 0 %>{slot[0]}<% else %>{slot[1]}<% endif %>"
        texts.append(f"<% if (turn + {row}) % 5 == {at} %>{chosen}<% endif %>")
    return "".join(texts)


class Tasks(Item):
    """Five tasks by what their outputs should do, and three ways to obtain such an output."""

    title = "What should the output do?"
    topic = "concepts"
    objective = (
        "tell tasks whose output should move with the image from tasks whose output should "
        "stay, and the networks that achieve it"
    )
    serves = ["1b task-to-property"]

    turn = Choice(0, 1, 2, 3, 4)
    a, b, c, d, e = (Choice(0, 1) for _ in range(5))

    stem = """
    An image is shifted a little; all that it shows stays within the frame. What *should* the
    ideal output of each task do?
    """

    def kinds(self):
        return [KINDS[(self.turn + row) % 5] for row in range(5)]

    outputs = Matching(
        kinds,
        marks=3,
        reuse=True,
        prompt="Match each task to one of the two. Letters may be used repeatedly.",
        rows=[_row(row) for row in range(5)],
        options=[
            "move with the image (equivariant)",
            "stay as it is (invariant)",
        ],
        misconceptions=[
            Misconception(
                "equivariant and invariant exchanged",
                lambda item: [1 - kind for kind in item.kinds()],
                "*Equivariant* means that the output changes in the same way as the input, "
                "*invariant* that it does not change.",
            ),
            Misconception(
                "always invariant",
                lambda item: [INVARIANT] * 5,
                "Where the output says *where* something is, it has to move as well.",
            ),
        ],
        source="Goodfellow, Bengio & Courville, Deep Learning (2016), sections 9.2 and 9.3",
    )

    built = Matching(
        marks=2,
        prompt="Match each network to what its output does. One description is left over.",
        rows=[
            "convolutions with stride 1, then a class for every position",
            "convolutions with stride 1, then a mean over all positions, then a dense layer",
            "all values in one vector, then dense layers",
        ],
        options=[
            "moves with the image, but for effects of the border",
            "stays as it is, but for effects of the border",
            "changes in some way that was not built in",
            "is turned when the image is turned",
        ],
        misconceptions=[
            Misconception(
                "the mean keeps places",
                [1, 0, None],
                "A mean over all positions does not know where its values were.",
            ),
        ],
        source="Goodfellow, Bengio & Courville, Deep Learning (2016), sections 9.2 and 9.3",
    )

    solution = """
    Ask whether the output says *where* something is. Maps, boxes, positions and outlines do: they
    should move with the image, which is *equivariance*. Classes, counts and answers of yes or no do
    not: they should stay, which is *invariance*.

    Convolutions give the first without being trained for it, as one kernel serves all positions; a
    mean over all positions then gives the second. Dense layers on all values have other weights at
    each place, so they can only learn either from shifted examples.
    """
