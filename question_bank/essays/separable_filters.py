"""An essay with a drawn kernel: spatially separable and depthwise separable convolution."""

from fractions import Fraction

from examgen import Choice, Essay, IntVector, Item, different, floor


class SeparableFilters(Item):
    """A kernel as a product of two vectors, and a layer as depthwise and pointwise steps."""

    title = "Two ways to separate"
    topic = "essays"
    objective = (
        "explain spatially separable and depthwise separable convolution, with their costs and "
        "limits"
    )
    serves = ["5b essay"]

    u, v = IntVector(3, low=1, high=4), IntVector(3, low=1, high=4)
    K = Choice(3, 5, 7)
    C_in = Choice(32, 64, 128)
    C_out = Choice(48, 96, 160, 256)
    where = [
        different(u[0], u[1]),
        different(v[1], v[2]),
        different(u[0], u[2]),
        different(v[0], v[1]),
    ]

    full = K**2 * C_in * C_out
    depthwise = K**2 * C_in
    pointwise = C_in * C_out
    saved = floor(full / (depthwise + pointwise) + Fraction(1, 2))  # the factor, to the nearest one

    stem = r"""
    This is a kernel for one channel:
    $$A = <<[[u[0] * v[0], u[0] * v[1], u[0] * v[2]],
             [u[1] * v[0], u[1] * v[1], u[1] * v[2]],
             [u[2] * v[0], u[2] * v[1], u[2] * v[2]]]>>$$
    A larger layer has kernels of $<<K>> \times <<K>>$ and turns
    <<C_in>> channels into <<C_out>>. Biases are not counted.
    """

    analyse = Essay(
        prompt=r"""
        Write $A$ as a product of a column and a row, and explain how the convolution with $A$ is
        then computed, what it saves, and for which kernels this is possible. Then explain how a
        depthwise separable convolution replaces the larger layer, compare the numbers of weights,
        and give the ratio as a formula. What does each of the two separations give up?
        """,
        rubric={
            "The two vectors, and two passes in a row with the same result": 2,
            "6 weights in place of 9, and about 6 products for each output": 1,
            "Possible exactly for kernels of rank 1": 1,
            "Depthwise step: one kernel for each channel, channels are not mixed": 1,
            "Pointwise step: a $1 \\times 1$ convolution mixes the channels": 1,
            "Both counts are right": 2,
            "Ratio $1/C_\\mathrm{out} + 1/K^2$, also of the multiplications": 1,
            "Given up: kernels of higher rank; filters that treat channels and space jointly": 1,
        },
        model_answer=r"""
        *In space.* $A$ is the product of the column $(<<u[0]>>, <<u[1]>>, <<u[2]>>)^{\mathsf T}$
        and the row $(<<v[0]>>, <<v[1]>>, <<v[2]>>)$ (one of them may be multiplied by a number if
        the other is divided by it). One convolves with the column first and then with the row; the
        result is the same as with $A$. The two vectors have 6 entries in place of 9, and on a large
        image there are about 6 multiplications for each output in place of 9. It is possible
        exactly when all rows are multiples of one row, that is, when the matrix has rank 1.
        Kernels of higher rank are a sum of such products, or have to be approximated.

        *Depthwise separable.* The layer has $<<K>>^2 \cdot <<C_in>> \cdot <<C_out>> = <<full>>$
        weights. The depthwise step convolves each of the <<C_in>> channels with one kernel of its
        own: $<<K>>^2 \cdot <<C_in>> = <<depthwise>>$ weights, and channels are not mixed. The
        pointwise step, a $1 \times 1$ convolution, mixes them at each position:
        $<<C_in>> \cdot <<C_out>> = <<pointwise>>$ weights. Together these are
        <<depthwise + pointwise>> weights. The ratio is
        $$\frac{K^2 C_\mathrm{in} + C_\mathrm{in} C_\mathrm{out}}
        {K^2 C_\mathrm{in} C_\mathrm{out}} = \frac{1}{C_\mathrm{out}} + \frac{1}{K^2}\,,$$
        here about $1/<<saved>>$. With the same size of the output,
        multiplications have the same ratio, as each weight is used once at each position.

        *What is given up.* The first separation can express only kernels of rank 1. The second uses
        one spatial pattern for each input channel, which all outputs have to share; in return the
        networks for mobile devices are small and fast, with a little less accuracy.
        """,
        source="Chollet, CVPR 2017; Howard et al., arXiv 1704.04861",
    )

    solution = r"""
    The two separations have little in common but the name: one splits a kernel into its two axes,
    the other splits space from channels. The factor saved by the second comes near
    $K^2 = <<K**2>>$ for many output channels, and never reaches it.
    """
