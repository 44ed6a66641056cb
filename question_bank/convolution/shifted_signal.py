"""Three vectors: a cross-correlation, the same after a shift of the input, and with a flip."""

import numpy as np

from examgen import Choice, IntVector, Item, Misconception, VectorEntry, different, engine


class ShiftedSignal(Item):
    """Translation equivariance by hand: the response to a bump, and to the bump moved along."""

    title = "A shifted signal"
    topic = "convolution"
    objective = (
        "show on a signal and its shifted copy that cross-correlation is equivariant, and tell "
        "it from convolution"
    )
    serves = ["3c corr1d-shift"]

    b = IntVector(3, low=1, high=9)
    k = IntVector(2, low=-3, high=3)
    d = Choice(1, 2)

    where = [
        different(k[0] * k[1], 0),
        different(k[0], k[1]),  # else flipping the kernel goes unnoticed
    ]

    stem = r"""
    The kernel $k = <<k>>$ is slid over the signal

    $$x = \begin{pmatrix}<% for i in range(7) %>
    <% if 2 <= i < 5 %><<b[i - 2]>><% else %>0<% endif %>
    <% if i < 6 %> & <% endif %><% endfor %>\end{pmatrix}$$

    as a deep-learning layer does (cross-correlation: the kernel is *not* flipped), with stride 1
    and without padding.
    """

    def signal(self, shift=0):
        """The signal after a shift to the right."""
        x = np.zeros(7, dtype=int)
        x[2 + shift : 5 + shift] = self.b
        return x

    y = VectorEntry(
        lambda item: engine.conv1d(item.signal(), item.k),
        shape=(6,),
        tex="y",
        marks=3,
        prompt="What is the output $y$?",
        misconceptions=[
            Misconception(
                "flipped the kernel",
                lambda item: engine.conv1d(item.signal(), item.k[::-1]),
                "That is the mathematician's convolution. A layer does not flip its kernel: the "
                "first weight goes with the left-hand sample.",
            ),
            Misconception(
                "padded on the left",
                lambda item: engine.conv1d(np.append(0, item.signal()), item.k)[:6],
                "Without padding the first window covers the first *two* samples.",
            ),
            Misconception(
                "lost the signs",
                lambda item: (
                    engine.conv1d(item.signal(), abs(item.k)) if (item.k < 0).any() else None
                ),
                "A negative weight subtracts its sample.",
            ),
            Misconception(
                "differences of samples",
                lambda item: item.signal()[1:] - item.signal()[:-1],
                "That is the output for the kernel $(-1, 1)$: multiply by the weights of $k$.",
            ),
        ],
    )

    shifted = VectorEntry(
        lambda item: [0] * item.d + item.y[: 6 - item.d].tolist(),
        shape=(6,),
        tex="y'",
        marks=2,
        prompt=r"""
        Now $x$ is shifted to the right by $d = <<d>>$: zeros enter on the left, and as many zeros
        leave on the right. What is the output $y'$ for the shifted signal?
        """,
        misconceptions=[
            Misconception(
                "unchanged",
                lambda item: item.y,
                "A convolution is *equivariant*, not invariant: its output moves with its input.",
            ),
            Misconception(
                "shifted to the left",
                lambda item: item.y[item.d :].tolist() + [0] * item.d,
                "The output moves in the same direction as the input.",
            ),
            Misconception(
                "went round",
                lambda item: np.roll(item.y, item.d) if item.y[6 - item.d :].any() else None,
                "What leaves on the right does not come in again on the left.",
            ),
            Misconception(
                "another distance",
                lambda item: [0] * (3 - item.d) + item.y[: 3 + item.d].tolist(),
                "With stride 1 the output moves by just as many places as the input, $d = <<d>>$.",
            ),
        ],
    )

    flipped = VectorEntry(
        lambda item: np.convolve(item.signal(), item.k, mode="valid"),
        shape=(6,),
        tex="z",
        marks=2,
        prompt=r"""
        A signal-processing library computes the *convolution* of the unshifted $x$ with $k$ (the
        kernel is flipped; again only where it lies wholly on the signal). What is its output $z$?
        """,
        misconceptions=[
            Misconception(
                "not flipped",
                lambda item: item.y,
                "Flip the kernel first: $(<<k[1]>>, <<k[0]>>)$.",
            ),
            Misconception(
                "flipped the output",
                lambda item: item.y[::-1],
                "It is the kernel that is flipped, not the output.",
            ),
            Misconception(
                "changed the sign",
                lambda item: -item.y if item.k.sum() else None,
                "Flipping a kernel reverses the order of its weights, not their signs.",
            ),
        ],
    )

    solution = r"""
    Window $i$ covers $x_i$ and $x_{i+1}$, so $y_i = k_1 x_i + k_2 x_{i+1}$ with
    $k_1 = <<k[0]>>$ and $k_2 = <<k[1]>>$:
    $$y = <<y>>$$
    Shifting the input by $d$ shifts the output by $d$ (stride 1; the windows that come in on the
    left see only zeros). There is no need to compute it anew:
    $$y' = <<shifted>>$$
    With the flipped kernel, $z_i = k_2 x_i + k_1 x_{i+1}$:
    $$z = <<flipped>>$$
    """

    def oracle(self):
        """A layer as a matrix, one row for each position, and its columns in reverse order."""
        matrix = np.zeros((6, 7), dtype=int)
        mirrored = np.zeros((6, 7), dtype=int)
        for row in range(6):
            matrix[row, [row, row + 1]] = self.k
            mirrored[row, [row + 1, row]] = self.k
        return {
            "y": matrix @ self.signal(),
            "shifted": matrix @ self.signal(self.d),
            "flipped": mirrored @ self.signal(),
        }
