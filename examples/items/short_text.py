"""A word: spellings are declared, slips of the keyboard are forgiven, the rest goes to a human."""

from examgen import Choice, Example, Item, Misconception, ShortText

LAYERS = {
    "a convolution (stride 1, circular)": "equivariant",
    "global average pooling": "invariant",
}


class ShortTextItem(Item):
    """Equivariant or invariant."""

    layer = Choice(*LAYERS)

    stem = "With respect to shifts of its input, <<layer>> is …"

    word = ShortText(
        lambda item: LAYERS[item.layer],
        marks=1,
        prompt="… what, in one word?",
        forms={
            "equivariant": ["equivariance", "shift equivariant", "covariant"],
            "invariant": ["invariance", "shift invariant"],
            "linear": [],  # a meaning that is known, and never right
        },
        misconceptions=[
            Misconception(
                "exchanged",
                lambda item: "equivariant" if LAYERS[item.layer] == "invariant" else "invariant",
                "*Equivariant*: the output shifts too. *Invariant*: the output stays.",
            ),
        ],
        source="Goodfellow, Bengio & Courville, Deep Learning (2016), section 9.2",
    )

    solution = "It is **<<word>>**."

    examples = [
        Example({"word": "Equivarient"}, rank=0, marks={"word": 1}),
        Example({"word": "linear"}, rank=0, marks={"word": 0}),
    ]
