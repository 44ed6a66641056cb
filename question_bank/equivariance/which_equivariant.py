"""Several choices, twice: maps that are equivariant, numbers that are invariant, under a group."""

import json
from itertools import product
from typing import Any

import numpy as np

from examgen import Choice, Item, Misconception, MultipleResponse

GROUPS = {  # in words, and the permutations of eight pixels that generate the group
    "all cyclic shifts": [np.roll(np.arange(8), 1)],
    "the cyclic shifts by 2, 4 or 6 pixels": [np.roll(np.arange(8), 2)],
    "the reflection, which reverses the order of the pixels": [np.arange(8)[::-1]],
    "all permutations of the pixels": [
        np.roll(np.arange(8), 1),
        np.array([1, 0, 2, 3, 4, 5, 6, 7]),
    ],
}
SHIFTS, EVEN, MIRROR, ANY = GROUPS
CYCLIC, ALL = {SHIFTS, EVEN}, set(GROUPS)


def _ring(weights, x, step=1):
    """A cross-correlation around the ring, its middle weight on the pixel itself."""
    taps = [w * np.roll(x, 1 - tap) for tap, w in enumerate(weights)]
    return np.sum(taps, axis=0)[::step]


def _bordered(weights, x):
    """A cross-correlation with a zero beyond either end."""
    return np.convolve(x, weights[::-1], mode="same")


def _pairs(x):
    """The four windows of two pixels."""
    return x.reshape(4, 2)


def _why(*, shifts, mirror, others, even=None):
    """Why a map or number passes or fails under each of the groups."""
    return {SHIFTS: shifts, EVEN: even or shifts, MIRROR: mirror, ANY: others}


# Reasons that several maps or numbers have.
ALIKE = "each pixel is treated alike, whatever its place"
ANY_ORDER = "the order does not matter"
SAME_WEIGHTS = "all places of the ring use the same weights"
MOVES_ALONG = "the map moves along with a shift and keeps its values"
ZEROS_STAY = "the zeros beyond the ends do not move along with a shift"
SIDES = "left and right are told apart, and the reflection exchanges them"
APART = "a general permutation separates neighbours"
PAIRED = "a general permutation makes other pairs"
OTHER_PAIRS = "a shift by one pixel makes other pairs"
SAME_PAIRS = "a shift by an even number of pixels keeps the pixels of a window together"
TURNED_PAIRS = "the reflection keeps the pixels of a window together, in whichever order"
FLAT = {SHIFTS, EVEN, MIRROR}
UNSHARED = np.array([[(3 * i + 5 * j + i * j) % 7 for j in range(8)] for i in range(8)])
ONE_UNIT = np.array([3, -1, 4, 1, -5, 9, 2, 6])

# fmt: off
# What is done, under which groups it is equivariant, why (one reason for all groups, or one for
# each), and the map itself.
MAPS = (
    {
        "ReLU, applied to each pixel": (ALL, ALIKE, lambda x: np.maximum(x, 0)),
        "multiplying each pixel by 3 and adding 1": (ALL, ALIKE, lambda x: 3 * x + 1),
        "adding to each pixel its number, from 1 to 8": (set(),
         "what is added stays in place when the pixels move",
         lambda x: x + np.arange(1, 9)),
    },
    {
        "a convolution with kernel (1, 2, −1) and circular padding": (CYCLIC,
         _why(shifts=SAME_WEIGHTS, mirror=SIDES, others=APART),
         lambda x: _ring((1, 2, -1), x)),
        "a convolution with kernel (1, 2, 1) and circular padding": (FLAT,
         _why(shifts=SAME_WEIGHTS,
              mirror="all places use the same weights, and the kernel is its own mirror image",
              others=APART),
         lambda x: _ring((1, 2, 1), x)),
        "a convolution with kernel (1, 2, −1) and zero padding": (set(),
         _why(shifts=ZEROS_STAY, mirror=SIDES, others=APART),
         lambda x: _bordered((1, 2, -1), x)),
        "a convolution with kernel (1, 2, 1) and zero padding": ({MIRROR},
         _why(shifts=ZEROS_STAY, mirror="kernel and borders are their own mirror images",
              others=APART),
         lambda x: _bordered((1, 2, 1), x)),
    },
    {
        "subtracting the mean of all pixels from each pixel": (ALL,
         "the mean of all pixels does not depend on the order, and each pixel is treated alike",
         lambda x: 8 * x - x.sum()),
        "a dense layer with 8 units, its weights drawn at random": (set(),
         "each unit has weights of its own for each place",
         lambda x: UNSHARED @ x),
        "a dense layer in which unit $i$ has weight 2 for pixel $i$ and 1 for all others": (ALL,
         "it adds the sum of all pixels to each pixel, and that sum does not depend on the order",
         lambda x: x + x.sum()),
    },
    {
        "max pooling with windows of 2 pixels and stride 2": ({EVEN, MIRROR},
         _why(shifts=OTHER_PAIRS, even=SAME_PAIRS, mirror=TURNED_PAIRS, others=PAIRED),
         lambda x: _pairs(x).max(1)),
        "a convolution with kernel (1, 2, −1), circular padding and stride 2": ({EVEN},
         _why(shifts="a shift by one pixel makes it keep the other half of the values",
              even="all places of the ring use the same weights, and a shift by an even number of "
              "pixels moves the values that are kept by half as many places",
              mirror=SIDES, others=APART),
         lambda x: _ring((1, 2, -1), x, step=2)),
        "taking the maximum of each pixel and its two neighbours, with circular padding": (FLAT,
         _why(shifts="with stride&nbsp;1, a window moves along with its pixel",
              mirror="each pixel keeps its two neighbours, and their order does not matter",
              others=APART),
         lambda x: np.max([np.roll(x, s) for s in (-1, 0, 1)], axis=0)),
    },
    {
        "a convolution with kernel (1, 0, −1) and circular padding, then ReLU": (CYCLIC,
         _why(shifts="both steps are equivariant to shifts",
              mirror="the reflection turns the sign of the difference, and ReLU then cuts off the "
              "other half",
              others=APART),
         lambda x: np.maximum(_ring((1, 0, -1), x), 0)),
        "sorting the pixels by their value": (set(),
         "the sorted signal stays as it is when pixels change places: it is invariant, and so not "
         "equivariant",
         np.sort),
        "dividing each pixel by the sum of the squares of all pixels": (ALL,
         "the divisor does not depend on the order, and each pixel is treated alike",
         lambda x: x / (x**2).sum()),
        "a layer with circular windows of 2 pixels whose weights are not shared": (set(),
         "a pixel that moves meets other weights",
         lambda x: np.arange(1, 9) * x + np.arange(8, 0, -1) * np.roll(x, -1)),
    },
)
# The same for numbers: under which groups they are invariant.
NUMBERS = (
    {
        "the largest pixel": (ALL, ANY_ORDER, np.max),
        "the number of positive pixels": (ALL, ANY_ORDER, lambda x: (x > 0).sum()),
        "the output of a dense unit with a random weight for each pixel": (set(),
         "a pixel that moves meets another weight",
         lambda x: ONE_UNIT @ x),
        "the mean of the first four pixels": (set(),
         "pixels leave the first half and others come in",
         lambda x: x[:4].sum()),
    },
    {
        "a convolution with kernel (1, 2, −1), circular padding and ReLU, then the "
        "maximum": (CYCLIC,
         _why(shifts=MOVES_ALONG,
              mirror="the kernel tells left and right apart, so the reflected signal gives a map "
              "with other values",
              others=APART),
         lambda x: np.maximum(_ring((1, 2, -1), x), 0).max()),
        "a convolution with kernel (1, 2, 1), circular padding and ReLU, then the mean": (FLAT,
         _why(shifts=MOVES_ALONG,
              mirror="the kernel is its own mirror image, so the map is reflected and keeps its "
              "values",
              others=APART),
         lambda x: np.maximum(_ring((1, 2, 1), x), 0).sum()),
        "a convolution with kernel (1, 2, −1) and circular padding, without ReLU, then "
        "the mean of all": (ALL,
         "each pixel is counted $1 + 2 - 1 = 2$ times, so this is twice the mean of the pixels",
         lambda x: _ring((1, 2, -1), x).sum()),
    },
    {
        "max pooling with windows of 2 pixels and stride 2, then the mean of the results": (
         {EVEN, MIRROR},
         _why(shifts=OTHER_PAIRS, even=SAME_PAIRS, mirror=TURNED_PAIRS, others=PAIRED),
         lambda x: _pairs(x).max(1).sum()),
        "average pooling with windows of 2 pixels and stride 2, then the mean of the "
        "results": (ALL, "this is the mean of all pixels, however they are paired",
         lambda x: _pairs(x).sum(1).sum()),
        "max pooling with windows of 2 pixels and stride 2, then a dense unit": (set(),
         "the dense unit has a weight of its own for each place",
         lambda x: ONE_UNIT[:4] @ _pairs(x).max(1)),
    },
    {
        "the sum of the products of neighbours around the ring (the last pixel is a "
        "neighbour of the first)": (FLAT,
         _why(shifts="a cyclic shift keeps neighbours together",
              mirror="the reflection keeps neighbours together",
              others=APART),
         lambda x: (x * np.roll(x, 1)).sum()),
        "the sum of the absolute differences of neighbours, from the first pixel to the "
        "last": ({MIRROR},
         _why(shifts="a cyclic shift breaks one pair up and makes a new one of the two ends",
              mirror="the reflection keeps all pairs of neighbours, and the sign does not matter",
              others=APART),
         lambda x: abs(np.diff(x)).sum()),
    },
)
# fmt: on
TABLE: dict[str, Any] = {
    words: entry for family in MAPS + NUMBERS for words, entry in family.items()
}
REASONS = json.dumps(
    {
        words: dict.fromkeys(GROUPS, why) if isinstance(why, str) else why
        for words, (_, why, _) in TABLE.items()
    },
    ensure_ascii=False,
)


def _argued(options, part, place):
    """One point of the solution: whether an option belongs to the answer, and why."""
    verdict = f"<% if {part}[{place}] %>yes<% else %>no<% endif %>"
    return f"* **<<{options}[{place}]>>**: {verdict}; <<why[{options}[{place}]][group]>>."


class WhichEquivariant(Item):
    """Maps and numbers made of a signal, to be judged under a named group of transformations."""

    title = "Equivariant or invariant?"
    topic = "equivariance"
    objective = (
        "judge maps as equivariant and numbers as invariant under a named group of transformations"
    )
    serves = ["1b equi-inv-classify"]

    group = Choice(*GROUPS)
    maps, numbers = Choice(*product(*MAPS)), Choice(*product(*NUMBERS))

    stem = r"""
    A signal $x$ has 8 pixels, one number each. The transformations $T$ in question are
    **<<group>>**.

    A map $f$ is *equivariant* when transforming its input transforms its output in the same way,
    $f(Tx) = T f(x)$. <% if "shifts" in group %>(Where the output has 4 values, it has to shift by
    half as many places.)<% elif "reflection" in group %>(Where the output has 4 values, their order
    has to be reversed.)<% else %>(An output of 4 values cannot be permuted like 8 pixels: such a
    map is not equivariant.)<% endif %> A number is *invariant* when $f(Tx) = f(x)$. Both have to
    hold for all signals $x$ and all the transformations named above. The middle weight of a kernel
    lies on the pixel itself.
    """

    def judged(self, options, group=None):
        """What the table says of these options."""
        return [int((group or self.group) in TABLE[option][0]) for option in options]

    def under_shifts(self, options):
        """The answers for all cyclic shifts, where they are others than those asked for."""
        shifts = self.judged(options, SHIFTS)
        return None if shifts == self.judged(options) else shifts

    def with_all(self, options, word):
        """The key, but with every option marked that has a word in it; None where that is known."""
        marked = [
            int(word in option or flag)
            for option, flag in zip(options, self.judged(options), strict=True)
        ]
        return None if marked in (self.judged(options), self.judged(options, SHIFTS)) else marked

    equivariant = MultipleResponse(
        lambda item: item.judged(item.maps),
        marks=5,
        effort=100,  # each map is tried on a small input
        prompt="Which of these maps are equivariant under the transformations named above?",
        options=[f"<<maps[{place}]>>" for place in range(5)],
        misconceptions=[
            Misconception(
                "judged under all shifts",
                lambda item: item.under_shifts(item.maps),
                "This is right for all cyclic shifts; here the transformations are others.",
            ),
            Misconception(
                "every convolution",
                lambda item: item.with_all(item.maps, "convolution"),
                "A convolution is equivariant to shifts, away from borders and with stride 1; the "
                "transformations, borders and strides have to be looked at.",
            ),
        ],
    )

    invariant = MultipleResponse(
        lambda item: item.judged(item.numbers),
        marks=4,
        effort=80,
        prompt="Which of these numbers are invariant under the transformations named above?",
        options=[f"<<numbers[{place}]>>" for place in range(4)],
        misconceptions=[
            Misconception(
                "judged under all shifts",
                lambda item: item.under_shifts(item.numbers),
                "This is right for all cyclic shifts; here the transformations are others.",
            ),
            Misconception(
                "pooling is invariant",
                lambda item: item.with_all(item.numbers, "pooling"),
                "Pooling over windows only tolerates some small shifts: look at what the "
                "transformations do to the windows, and at what follows on the pooling.",
            ),
        ],
    )

    def some_of_each(self):
        """Whether each part has something to mark and something not to mark."""
        return all(0 < sum(self.judged(o)) < len(o) for o in (self.maps, self.numbers))

    where = [some_of_each]

    solution = "\n".join(
        [
            f"<% set why = {REASONS} %>",
            "The transformations are <<group>>. Equivariant:",
            "",
            *[_argued("maps", "equivariant", place) for place in range(5)],
            "",
            "Invariant:",
            "",
            *[_argued("numbers", "invariant", place) for place in range(4)],
            "",
            "Whether a map is equivariant depends on the transformations as much as on the map: a "
            "convolution alone promises nothing at borders, with strides, or for reflections.",
        ]
    )

    def transformed(self, function, permutation, signal):
        """The result for a moved signal, and what equivariance would make of the result."""
        result, after = function(signal), function(signal[permutation])
        if len(result) == 8:
            return after, result[permutation]
        step = next(s for s in range(8) if permutation[s] == 0)  # reflections start at 7
        turned = np.array_equal(permutation, np.arange(8)[::-1])
        return after, result[::-1] if turned else np.roll(result, step // 2)

    def oracle(self):
        """Try generators of the group on random signals."""
        draw = np.random.default_rng(403)
        signals = draw.integers(-9, 10, size=(40, 8))
        tried = [(t, x) for t in GROUPS[self.group] for x in signals]
        return {
            "equivariant": [
                all(np.allclose(*self.transformed(TABLE[words][2], t, x)) for t, x in tried)
                for words in self.maps
            ],
            "invariant": [
                all(TABLE[words][2](x) == TABLE[words][2](x[t]) for t, x in tried)
                for words in self.numbers
            ],
        }
