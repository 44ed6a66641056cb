"""An essay with drawn channels: deformable convolution, its offsets and their cost."""

from examgen import Choice, Essay, Item


class Deformable(Item):
    """How a deformable convolution gets its sampling points, and what they cost."""

    title = "A receptive field that adapts"
    topic = "essays"
    objective = (
        "explain how a deformable convolution gets its sampling points, and compare its cost "
        "with an ordinary layer"
    )
    serves = ["6a essay"]

    K = Choice(3, 5)
    C = Choice(64, 96, 128, 160, 192, 256)
    M = Choice(64, 96, 128, 192, 256, 320)

    offsets = 2 * K**2
    branch = K**2 * C * 2 * K**2
    sampling = 4 * K**2 * C
    main = K**2 * C * M

    stem = r"""
    A layer with kernels of $<<K>> \times <<K>>$ turns <<C>> channels into <<M>> channels. It is to
    be replaced by a deformable convolution, whose offsets come from an ordinary convolution with
    kernels of $<<K>> \times <<K>>$, and are the same for all channels.
    """

    explain = Essay(
        prompt=r"""
        Explain the idea of deformable convolution and why one speaks of a dynamic receptive field.
        Say how many offsets there are, where they come from, and what is learned. Then compare the
        multiplications for one output position (in all <<M>> channels) with those of the ordinary
        layer: offsets, interpolation, main sum. Leave out biases and the computation of the
        interpolation weights, four of which belong to each tap. What else makes the layer slow?
        """,
        rubric={
            "An ordinary kernel reads a fixed grid, whatever the image shows": 1,
            "Each tap is moved by an offset: sample at $p_0 + p_n + \\Delta p_n$": 1,
            "Offsets differ from place to place and from image to image": 1,
            "Two offsets for each tap and position, computed by a convolution": 2,
            "Learned are the weights of that convolution; offsets are values, not parameters": 1,
            "Offsets are fractions, so each tap mixes four pixels": 1,
            "The three counts and their sum": 3,
            "Slow besides: irregular access to memory, gradients for the offsets too": 2,
        },
        model_answer=r"""
        *Idea.* An ordinary kernel reads the $<<K**2>>$ points $p_0 + p_n$ of a fixed grid around
        each position $p_0$. A deformable one reads at $p_0 + p_n + \Delta p_n$: each tap may be
        moved, and the offsets depend on what the image shows at that place. So the field follows
        the object: it is wide on a large one, narrow on a small one, and bent along a bent one.

        *Offsets.* For each position there are $2 \cdot <<K>>^2 = <<offsets>>$ numbers, $\Delta x$
        and $\Delta y$ for each tap. A convolution next to the layer computes them from the same
        input; it has <<offsets>> output channels. Learned are its weights,
        $<<K>>^2 \cdot <<C>> \cdot <<offsets>> = <<branch>>$ of them, and those of the main layer.
        The offsets themselves are values, new for each image. As they are fractions in general, the
        layer interpolates between four pixels for each tap.

        *Cost of one position.* Offsets: $<<K>>^2 \cdot <<C>> \cdot <<offsets>> = <<branch>>$
        multiplications. Interpolation: four for each tap and channel,
        $4 \cdot <<K>>^2 \cdot <<C>> = <<sampling>>$, done once for all output channels. Main sum:
        $<<K>>^2 \cdot <<C>> \cdot <<M>> = <<main>>$, as in the ordinary layer. Together
        <<branch + sampling + main>>, that is
        $1 + (2 \cdot <<K>>^2 + 4) / <<M>> = 1 + <<2 * K**2 + 4>>/<<M>>$ times the ordinary layer.

        *Slow besides.* The pixels read lie at irregular places, other ones for each position, so
        caches and the fast routines for regular windows help little. In training, gradients flow to
        the offsets and on through their convolution, and all samples are kept for that.
        """,
        source="Dai et al., ICCV 2017",
    )

    solution = r"""
    Count output channels everywhere: the branch has <<offsets>> of them, the main layer <<M>>.
    Whoever leaves them out finds that the layer costs many times as much. The extra work is done
    once for all <<M>> output channels, so its share falls as their number grows; what
    remains is the irregular access to memory.
    """
