"""True or false with a word as correction: claims about cells, the Neocognitron and shifts."""

from examgen import Choice, Item, Misconception, ShortText, TrueFalse

# Claims with a gap; the right word, the wrong one, and why it is wrong. Two claims share a word
# pair at most, so that one does not tell the other.
CORTEX = (
    (
        "The cells of one orientation column prefer … orientations.",
        ("the same", "different"),
        "Neighbouring columns differ in their orientation; the cells of one column agree.",
    ),
    (
        "A cell that answers to its edge anywhere within its field is called ….",
        ("complex", "simple"),
        "A simple cell needs the edge at one place; a complex one pools over such cells.",
    ),
    (
        "All orientations for one place of the visual field make up ….",
        ("a hypercolumn", "an orientation column"),
        "An orientation column has one orientation; a hypercolumn holds them all.",
    ),
    (
        "From the fovea to the edge of the visual field, receptive fields become ….",
        ("larger", "smaller"),
        "Fields are smallest at the centre of gaze, where we see most detail.",
    ),
)
NEOCOGNITRON = (
    (
        "The input weights of S-cells are ….",
        ("learned", "designed by hand"),
        "S-cells reinforce the weights of what they answer to; nobody designs them.",
    ),
    (
        "Learning in the Neocognitron is ….",
        ("unsupervised", "supervised"),
        "No label takes part: it organises itself, layer after layer.",
    ),
    (
        "The cells that tolerate small shifts, as pooling does, are the ….",
        ("C-cells", "S-cells"),
        "S-cells detect a pattern at its place; a C-cell answers to any S-cell nearby.",
    ),
    (
        "The S-cells of one plane have … input weights.",
        ("equal", "individual"),
        "All cells of a plane look for one pattern, each at its own place.",
    ),
)
SHIFTS = (
    (
        "A convolution with stride 1 is … with respect to shifts, away from the borders.",
        ("equivariant", "invariant"),
        "Its output moves with the input; it does not stay the same.",
    ),
    (
        "An equivariant function followed by an invariant one is ….",
        ("invariant", "equivariant"),
        "The second function does not change when its input moves, so neither does the whole.",
    ),
    (
        "The output of global average pooling is … with respect to shifts.",
        ("invariant", "equivariant"),
        "A mean over all positions does not depend on the order of the values.",
    ),
    (
        "That a convolution moves with its input is due to … weights.",
        ("shared", "local"),
        "Local windows with weights of their own respond differently at each place.",
    ),
)
FORMS = {
    "the same": ["same", "equal"],
    "complex": ["a complex cell", "complex cell"],
    "simple": ["a simple cell", "simple cell"],
    "a hypercolumn": ["hyper-column"],
    "larger": ["bigger", "wider", "greater"],
    "smaller": ["narrower"],
    "learned": ["learnt", "trained"],
    "designed by hand": ["hand-designed", "designed", "handmade", "fixed"],
    "unsupervised": ["without a teacher", "self-organised"],
    "supervised": ["with a teacher"],
    "C-cells": ["complex cells", "C cell", "C"],
    "S-cells": ["simple cells", "S cell", "S"],
    "equal": ["the same", "shared", "identical"],
    "individual": ["different", "their own"],
    "equivariant": ["equivariance"],
    "invariant": ["invariance"],
    "shared": ["equal", "the same"],
}
SOURCE = (
    "Hubel & Wiesel, J. Physiol. 160 (1962) 106 and 195 (1968) 215, and J. Comp. Neurol. 158 "
    "(1974) 295 (hypercolumns); Fukushima, Biol. Cybernetics 36 (1980) 193"
)


def _claim(pool, which, word):
    """The claim that a parameter chooses, with the word that another one chooses."""
    texts = []
    for at, (text, words, _) in enumerate(pool):
        shown = f"<% if {word} == 0 %>*{words[0]}*<% else %>*{words[1]}*<% endif %>"
        texts.append(f"<% if {which} == {at} %>{text.replace('…', shown)}<% endif %>")
    return "".join(texts)


def _judged(pool, which, word):
    """The part that judges a claim of this pool, chosen by these parameters."""
    reasons = "".join(
        f"<% if {which} == {at} %>{reason}<% endif %>" for at, (_, _, reason) in enumerate(pool)
    )
    named = {name for _, words, _ in pool for name in words}
    return TrueFalse(
        lambda item: pool[getattr(item, which)][1][0],
        claim=lambda item: pool[getattr(item, which)][1][getattr(item, word)],
        entry=ShortText,
        forms={name: FORMS.get(name, []) for name in sorted(named)},
        marks=2,
        prompt=_claim(pool, which, word),
        misconceptions=[
            Misconception("the other word", lambda item: pool[getattr(item, which)][1][1], reasons)
        ],
        source=SOURCE,
    )


class RightWord(Item):
    """Three claims with a word emphasised, each of which may be the wrong one."""

    title = "The right word"
    topic = "concepts"
    objective = (
        "correct claims about the visual cortex, the Neocognitron and the effect of shifts by "
        "the word that fits"
    )
    serves = ["1b equivariance-claims", "2a receptive-field-claims", "2b neocognitron-claims"]

    first, second, third = Choice(0, 1, 2, 3), Choice(0, 1, 2, 3), Choice(0, 1, 2, 3)
    a, b, c = Choice(0, 1), Choice(0, 1), Choice(0, 1)

    stem = """
    Is the claim true? If it is false, give the right word (or words) for what is *emphasised*.
    """

    cortex = _judged(CORTEX, "first", "a")
    neocognitron = _judged(NEOCOGNITRON, "second", "b")
    shifts = _judged(SHIFTS, "third", "c")

    solution = f"""
    These are right:

    1. {_claim(CORTEX, "first", "0")}

    2. {_claim(NEOCOGNITRON, "second", "0")}

    3. {_claim(SHIFTS, "third", "0")}
    """
