"""An essay with drawn channels: what a 1 × 1 convolution does, and what it saves."""

from examgen import Choice, Essay, Item


class Pointwise(Item):
    """How a 1 × 1 convolution works at one position, and its part in a bottleneck."""

    title = "A window of one pixel"
    topic = "essays"
    objective = (
        "explain what a 1 × 1 convolution computes, what it cannot find, and what it saves in "
        "a bottleneck"
    )
    serves = ["5c essay"]

    H = Choice(14, 16, 28, 32)
    C = Choice(192, 256, 320, 384)
    B = Choice(16, 32, 48, 64)
    M = Choice(80, 96, 128, 160)
    K = Choice(3, 5)

    direct = K**2 * C * M
    squeezed = C * B + K**2 * B * M

    stem = r"""
    A module reads <<C>> channels of $<<H>> \times <<H>>$ values and gives <<M>> channels of the
    same size, with kernels of $<<K>> \times <<K>>$. In the style of GoogLeNet a $1 \times 1$
    convolution to <<B>> channels can be put in front of them. Biases are not counted.
    """

    explain = Essay(
        prompt=r"""
        Explain what a $1 \times 1$ convolution computes at one position, and what it cannot find.
        Name two uses of it in efficient networks. Compare the weights of the module with and
        without the $1 \times 1$ convolution.
        """,
        rubric={
            "At each position a linear map of the channels, the same at all positions": 2,
            "No neighbours, so no edges or textures": 1,
            "Two uses, such as fewer channels before a costly layer, more after it, mixing": 1,
            "Both counts are right, with all input and output channels": 2,
        },
        model_answer=r"""
        At each position the values of the <<C>> channels form a vector. The layer multiplies it by
        a matrix of $<<B>> \times <<C>>$ weights: each output channel is a weighted sum of all input
        channels. The matrix is the same at all positions, as if one dense layer were applied to
        every pixel. Neighbours are not looked at, so the layer cannot find edges or any other
        spatial pattern, and the receptive field does not grow.

        *Uses.* It reduces the channels in front of a costly layer, or raises their number after it;
        it mixes channels where another layer does not, as after a depthwise convolution; and with a
        nonlinearity behind it, it makes the network deeper at small cost.

        *In numbers.* Without it the module has $<<K>>^2 \cdot <<C>> \cdot <<M>> = <<direct>>$
        weights. With it there are $<<C>> \cdot <<B>> = <<C * B>>$ for the $1 \times 1$ convolution
        and $<<K>>^2 \cdot <<B>> \cdot <<M>> = <<K**2 * B * M>>$ for the kernels that follow,
        together <<squeezed>>. Multiplications have the same ratio, as every weight is used at each
        of the $<<H>>^2$ positions. The price is that whatever the module learns of its <<C>>
        channels has to pass through <<B>>.
        """,
        source="Lin et al., Network in Network, ICLR 2014; Szegedy et al., CVPR 2015",
    )

    solution = r"""
    Count a layer as kernel area times input channels times *output* channels; leaving the last
    factor out makes the saving look smaller than it is. The $1 \times 1$ layer has a cost of its
    own, so the saving is less than the factor $<<C>>/<<B>>$ by which the channels fall.
    """
