"""Several choices: which tasks a single 1 × 1 convolution can do."""

import json
from itertools import product
from typing import Any

import numpy as np

from examgen import Choice, Int, Item, Misconception, MultipleResponse

# Tasks with the reason why a 1 × 1 convolution can do them or cannot (False), and what they make of
# an array (channels, rows, columns).
# fmt: off
TASKS: tuple[dict[str, Any], ...] = (
    {
        "turn red, green and blue, the first three channels, into one grey channel": (True,
         "a weighted sum of three channels", lambda x: x[:1] + 2 * x[1:2] + x[2:3]),
        "exchange the first two channels": (True,
         "each output copies one channel: weights 0 and 1", lambda x: x[[1, 0]]),
        "give the difference of the first two channels": (True,
         "the weights 1 and −1", lambda x: x[:1] - x[1:2]),
    },
    {
        "find vertical edges in the first channel": (False,
         "an edge is a difference of neighbours", lambda x: x[:1] - np.roll(x[:1], 1, axis=2)),
        "replace each value of the first channel by the mean of its $3 \\times 3$ window": (False,
         "it would have to read neighbours", lambda x: sum(
             np.roll(x[:1], (i, j), (1, 2)) for i in (-1, 0, 1) for j in (-1, 0, 1))),
        "move the image by one pixel to the right": (False,
         "it would have to read another place", lambda x: np.roll(x, 1, axis=2)),
    },
    {
        "add 5 to every value of the first channel": (True,
         "the weight 1, and a bias", lambda x: x[:1] + 5),
        "make two channels, each of them a fixed mixture of all channels": (True,
         "two filters with a weight for each channel",
         lambda x: np.array([x.sum(0), 2 * x[0] + x[2]])),
        "give at each place the sum of all channels": (True,
         "one filter whose weights are all 1", lambda x: x.sum(0, keepdims=True)),
    },
    {
        "give at each place the largest of all channels": (False,
         "a maximum is no weighted sum", lambda x: x.max(0, keepdims=True)),
        "multiply the first channel by the second, place by place": (False,
         "a product of inputs is no weighted sum", lambda x: x[:1] * x[1:2]),
        "make every negative value of the first channel positive": (False,
         "that is not linear; it takes a nonlinearity", lambda x: abs(x[:1])),
    },
    {
        "subtract from the first channel its sum over all places": (False,
         "the sum is made of all places", lambda x: x[:1] - x[:1].sum()),
        "double the first channel in the upper half of the image only": (False,
         "all places share the same weights",
         lambda x: x[:1] * np.where(np.arange(x.shape[1]) < 2, 2, 1)[:, None]),
        "double the first channel everywhere": (True,
         "the weight 2, at all places", lambda x: 2 * x[:1]),
    },
)
# fmt: on
TABLE = {text: told for slot in TASKS for text, told in slot.items()}
REASONS = json.dumps({text: why for text, (_, why, _) in TABLE.items()}, ensure_ascii=False)


def _argued(place):
    """One point of the solution: whether a task can be done, and why."""
    verdict = f"<% if able[{place}] %>yes<% else %>no<% endif %>"
    return f"* <<tasks[{place}]>>: **{verdict}**; <<why[tasks[{place}]]>>."


class WhatItCan(Item):
    """Tasks within a place and between places, linear and not, to be told apart."""

    title = "What can a window of one pixel do?"
    topic = "pointwise"
    objective = (
        "tell what a 1 × 1 convolution can compute, linear mixtures of channels, from what takes "
        "neighbours, other weights elsewhere or a nonlinearity"
    )
    serves = ["5c pointwise-capabilities"]

    C = Int(4, 12)
    tasks = Choice(*product(*TASKS))

    stem = r"""
    A $1 \times 1$ convolution reads images of $<<C>>$ channels. It may have any number of filters,
    each with weights of your choice and a bias. No nonlinearity follows.
    """

    def judged(self):
        """What the table says of the tasks."""
        return [int(TABLE[task][0]) for task in self.tasks]

    def within_a_place(self):
        """The tasks that need one place alone, linear or not; None where that is the key."""
        marked = [int(able or "largest" in t or "multiply" in t or "negative" in t)
                  for t, able in zip(self.tasks, self.judged(), strict=True)]  # fmt: skip
        return marked if marked != self.judged() else None

    def linear(self):
        """The tasks that are linear, wherever they read; None where that is the key."""
        marked = [
            int(
                able or any(word in task for word in ("edges", "mean", "move", "sum over", "upper"))
            )
            for task, able in zip(self.tasks, self.judged(), strict=True)
        ]
        return marked if marked not in (self.judged(), self.within_a_place()) else None

    able = MultipleResponse(
        judged,
        marks=5,
        prompt="Which of these can it do, for every image and at every place?",
        options=[f"<<tasks[{place}]>>" for place in range(5)],
        misconceptions=[
            Misconception(
                "whatever stays at a place",
                within_a_place,
                "At each place it computes weighted sums and a bias, and nothing else: no maximum, "
                "no product, no absolute value.",
            ),
            Misconception(
                "whatever is linear",
                linear,
                "It reads one place, with the same weights everywhere. What needs neighbours, or "
                "other weights elsewhere, takes another layer.",
            ),
        ],
    )

    solution = "\n".join(
        [
            f"<% set why = {REASONS} %>",
            "At each place the layer multiplies the vector of the <<C>> channels by one matrix, "
            "the same at all places, and adds the biases.",
            "",
            *[_argued(place) for place in range(5)],
        ]
    )

    def oracle(self):
        """Try each task: do places keep to themselves and exchange freely, is it linear?"""
        draw = np.random.default_rng(403)
        x, y = draw.integers(-9, 10, size=(2, self.C, 4, 4))
        elsewhere, zero = x.copy(), np.zeros_like(x)
        elsewhere[:, 1:, :] = y[:, 1:, :]
        order = draw.permutation(16)

        def shuffled(image):
            return image.reshape(len(image), 16)[:, order].reshape(image.shape)

        def possible(task):
            return (
                np.array_equal(task(x)[:, 0], task(elsewhere)[:, 0])
                and np.array_equal(task(shuffled(x)), shuffled(task(x)))
                and np.array_equal(task(x) + task(y), task(x + y) + task(zero))
            )

        return {"able": [possible(TABLE[task][2]) for task in self.tasks]}
