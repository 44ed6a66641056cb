"""An essay whose numbers are parameters: why a dense layer on pixels does not scale."""

from examgen import Choice, Essay, Item


class ParameterExplosion(Item):
    """Memory, work and data that a dense layer on an image asks for, and a doubtful law."""

    title = "A dense layer on pixels"
    topic = "essays"
    objective = (
        "explain what a dense layer on pixels asks of memory, work and data, and judge a "
        "doubtful scaling law"
    )
    serves = ["1a essay"]

    H = Choice(500, 1000, 1500, 2000)
    M = Choice(2000, 4000, 5000, 6000, 8000, 9000, 10_000, 12_000)

    weights = H**2 * M
    memory = 4 * H**2 * M / 10**9

    stem = r"""
    A grey image of $<<H>> \times <<H>>$ pixels is written as one long vector and is the input of a
    dense layer with <<M>> units. Parameters are numbers of 32&nbsp;bits, and 1&nbsp;GB is $10^9$
    bytes.
    """

    explain = Essay(
        prompt=r"""
        How many weights does this layer have? Explain what the number means for memory, for
        computation and for the data that are needed. Then judge the claim "twice as many parameters
        need four times as many examples, so the need for data grows with the square of the
        parameters".
        """,
        rubric={
            "Memory: weights times 4 bytes, and in training gradients and optimizer states too": 2,
            "Computation: one multiplication with addition for each weight, image and pass": 2,
            "Data: few examples for each free weight, so the layer can learn them by heart": 2,
            "The claim is not supported; what grows with a square is the number of weights, with "
            "the side of the image": 2,
        },
        model_answer=r"""
        Each of the <<M>> units has a weight for each of the $<<H>>^2$ pixels, which makes
        <<weights>> weights. The <<M>> biases do not matter beside them.

        *Memory.* With 4&nbsp;bytes each, the weights take <<memory>>&nbsp;GB. In training there is
        a gradient for each weight, and Adam keeps two running averages: four arrays, or
        <<4 * memory>>&nbsp;GB, for this one layer. Its outputs are no problem, only <<M>> numbers
        an image.

        *Computation.* One forward pass takes a multiplication and an addition for each weight,
        so <<weights>> of both for each image, and the backward pass about twice as much again.

        *Data.* Every weight is free to take any value. With far fewer images than weights the
        layer can fit the training images, noise included, and fail on others. It also has to learn
        a pattern anew at each place of the image.

        *The claim.* More parameters tend to need more data or more regularisation, but no general
        law says "square". Rules of thumb such as "ten examples for each parameter" are linear:
        twice the parameters, twice the examples. Bounds from learning theory are nearly linear in
        the number of weights too, for networks of fixed depth, and large networks are in practice
        trained with fewer examples than weights. A true square is this one: when the *side* of the
        image doubles, the number of weights becomes four times as large.
        """,
        source="Bartlett, Maiorov & Meir, Neural Computation 10 (1998) 2159; Harvey, Liaw & "
        "Mehrabian, COLT 2017",
    )

    solution = r"""
    The number of weights is $<<H>>^2 \cdot <<M>> = <<weights>>$, and everything else follows from
    it. Memory, computation and need for data are three separate reasons; a claim about one of them
    is not a claim about the others.
    """
