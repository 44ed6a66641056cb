"""Vectors, a number and fractions: one step of gradient descent on the weights of a kernel."""

from fractions import Fraction

from examgen import (
    Choice,
    IntegerEntry,
    IntVector,
    Item,
    Misconception,
    VectorEntry,
    different,
    engine,
)


class FilterGradient(Item):
    """The gradient of a loss with respect to a kernel and its bias, and the step it asks for."""

    title = "A kernel learns"
    topic = "convolution"
    objective = (
        "compute the gradient of a loss with respect to a kernel and its bias, and take one "
        "step of gradient descent"
    )
    serves = ["2b filter-gradient-step"]

    x = IntVector(6, low=0, high=5)
    g = IntVector(4, low=-2, high=3)
    v = IntVector(4, low=-2, high=3)
    eta = Choice("1/10", "1/5", "1/2", tex=r"\eta")

    def gradients_tell_places_apart(self):
        """Whether no sum or order of the gradient hides a slip."""
        slid = self.slid(self.x, self.g)
        return len(set(slid)) == 3 and 0 not in slid and int(self.g.sum()) != 0

    b = v[3] + 0

    stem = r"""
    A convolution (kernel not flipped, stride&nbsp;1, no padding) has the kernel
    $w = <<v[:3]>>$ and the bias $b = <<b>>$. For the input
    $$x = <<x>>$$
    it makes four outputs. For $i = 1, \dots, 4$ they are
    $$y_i = b + w_1 x_i + w_2 x_{i+1} + w_3 x_{i+2}$$
    Back-propagation says how the loss $L$ depends on these outputs:
    $$g = \frac{\partial L}{\partial y} = <<g>>$$
    """

    def slid(self, long, short):
        """The sums of products of a vector slid along a longer one."""
        long, short = [int(v) for v in long], [int(v) for v in short]
        places = range(len(long) - len(short) + 1)
        return [sum(s * long[p + i] for i, s in enumerate(short)) for p in places]

    where = [different(g[0], g[3]), gradients_tell_places_apart]

    y = VectorEntry(
        lambda item: [value + item.b for value in item.slid(item.x, item.v[:3])],
        shape=(4,),
        tex="y",
        marks=2,
        prompt="What are the outputs $y$?",
        misconceptions=[
            Misconception(
                "forgot bias",
                lambda item: item.slid(item.x, item.v[:3]) if item.b else None,
                "The bias is added to every output.",
            ),
            Misconception(
                "flipped the kernel",
                lambda item: (
                    [value + item.b for value in item.slid(item.x, item.v[2::-1])]
                    if item.v[0] != item.v[2]
                    else None
                ),
                "The first weight goes with the left-hand sample.",
            ),
        ],
    )

    dw = VectorEntry(
        lambda item: engine.conv1d(item.x, item.g),
        shape=(3,),
        tex=r"\partial L / \partial w",
        marks=4,
        prompt=r"What is the gradient $\partial L / \partial w$ with respect to the three weights?",
        misconceptions=[
            Misconception(
                "flipped sum",
                lambda item: item.slid(item.x, item.g[::-1]),
                "Weight $w_j$ meets $x_j$ in $y_1$, $x_{j+1}$ in $y_2$, and so on: $x$ and $g$ run "
                "in the same direction.",
            ),
            Misconception(
                "weights for samples",
                lambda item: [int(item.g.sum() * weight) for weight in item.v[:3]],
                r"$\partial y_i / \partial w_j$ is the *sample* that the weight meets, not the "
                "weight.",
            ),
            Misconception(
                "first output only",
                lambda item: [int(item.g[0] * value) for value in item.x[:3]],
                "The weights are shared: each of them acts on all four outputs. Add up.",
            ),
        ],
    )

    db = IntegerEntry(
        g[0] + g[1] + g[2] + g[3],
        tex=r"\partial L / \partial b",
        marks=1,
        carries=(-(10**6), 10**6),
        prompt=r"And with respect to the bias, $\partial L / \partial b$?",
        misconceptions=[
            Misconception(
                "first output only", g[0], "The bias is added to *every* output: add up all of $g$."
            ),
            Misconception(
                "times the bias",
                lambda item: (
                    (int(item.b * item.g.sum()) if item.b * item.g.sum() != item.g[0] else None)
                    if item.b != 1
                    else None
                ),
                r"$\partial y_i / \partial b = 1$, whatever the value of $b$.",
            ),
        ],
    )

    stepped = VectorEntry(
        lambda item: [weight - item.eta * slope for weight, slope in item.weights_and_slopes()],
        shape=(3,),
        fractions=True,
        tex="w'",
        marks=2,
        prompt=r"""
        Gradient descent takes one step with the learning rate $\eta = <<eta | decimal>>$. What are
        the new weights $w'$?
        """,
        misconceptions=[
            Misconception(
                "uphill",
                lambda item: [w + item.eta * slope for w, slope in item.weights_and_slopes()],
                "The loss has to fall: step *against* the gradient.",
            ),
            Misconception(
                "without the rate",
                lambda item: [w - slope for w, slope in item.weights_and_slopes()],
                r"The gradient is multiplied by the learning rate $\eta$.",
            ),
            Misconception(
                "step alone",
                lambda item: [-item.eta * slope for _, slope in item.weights_and_slopes()],
                "This is the change of the weights; add it to the old ones.",
            ),
        ],
    )

    def weights_and_slopes(self):
        """The pairs of a weight and its (carried) gradient, as exact numbers."""
        return [
            (int(w), Fraction(slope)) for w, slope in zip(self.v[:3], self.dw.tolist(), strict=True)
        ]

    solution = r"""
    Each output is a sum of three products and the bias, such as
    $$y_1 = b + w_1 x_1 + w_2 x_2 + w_3 x_3 = <<y[0]>>$$
    and in all $y = <<y>>$. Weight $w_j$ meets the sample $x_{i+j-1}$ in $y_i$, so
    $$\frac{\partial L}{\partial w_j} = \sum_{i=1}^{4} g_i\, x_{i+j-1}$$
    The vector $g$ is slid along $x$, like a kernel:
    $$\frac{\partial L}{\partial w} = <<dw>>$$
    For $w_1$, for instance, the four products are
    $<% for i in range(4) %><<g[i] * x[i]>><% if i < 3 %>,\; <% endif %><% endfor %>$. The bias is
    added to every output, so its gradient is the sum
    $$\frac{\partial L}{\partial b} = <<db>>$$
    The step goes against the gradient:
    $$w' = w - \eta\, \frac{\partial L}{\partial w} = <<stepped>>$$
    """

    def oracle(self):
        """Finite differences, which are exact here: the outputs are linear in the weights."""

        def loss(kernel, bias):
            outputs = [sum(k * v for k, v in zip(kernel, self.x[i : i + 3], strict=True)) + bias
                       for i in range(4)]  # fmt: skip
            return outputs, sum(int(g) * out for g, out in zip(self.g, outputs, strict=True))

        kernel = [Fraction(int(weight)) for weight in self.v[:3]]
        outputs, before = loss(kernel, self.b)
        slopes = []
        for place in range(3):
            moved = list(kernel)
            moved[place] += Fraction(1, 7)
            slopes.append(7 * (loss(moved, self.b)[1] - before))
        after = [weight + slope * -self.eta for weight, slope in zip(kernel, slopes, strict=True)]
        return {
            "y": outputs,
            "dw": slopes,
            "db": loss(kernel, self.b + 1)[1] - before,
            "stepped": after,
        }
