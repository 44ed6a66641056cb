"""An essay with a drawn image width: narrow windows, and depth that widens them."""

from examgen import Choice, Essay, Item, ceiling


class Depth(Item):
    """What a single layer cannot see, how depth mends it, and how many layers it takes."""

    title = "Narrow windows, deep networks"
    topic = "essays"
    objective = (
        "explain what narrow windows cannot see, how depth mends it, and how many layers it takes"
    )
    serves = ["3b essay"]

    W = Choice(64, 96, 128, 160, 192, 224, 256, 320, 384, 512)
    K = Choice(3, 5, 7)

    needed = ceiling((W - 1) / (K - 1))

    stem = r"""
    A network for images of $<<W>> \times <<W>>$ pixels is to be built from convolution layers with
    kernels of $<<K>> \times <<K>>$.
    """

    analyse = Essay(
        prompt=r"""
        What can a unit of the first layer not do, because its connections are restricted? Explain
        how depth makes up for it, with a formula for the receptive field and the conditions under
        which it holds. How many such layers does it take until a unit sees the whole width? What
        else is done in practice to get there, and what does each layer of the hierarchy contribute?
        """,
        rubric={
            "Limit: one window only, so no larger pattern and no relation between far places": 2,
            "Growth: each layer adds $K - 1$ pixels, $R = 1 + L(K - 1)$": 1,
            "Conditions: stride 1, no dilation, one kernel size": 1,
            "The number of layers is right": 1,
            "Strides or pooling (or dilation) multiply the growth": 1,
            "Hierarchy: edges, then parts, then objects, each combined from those before": 2,
        },
        model_answer=r"""
        *Limit.* A unit of the first layer sees $<<K>> \times <<K>>$ pixels. It cannot tell any
        larger pattern, nor how two distant patterns lie to each other, such as the two eyes of a
        face.

        *Depth.* A unit of the second layer sees a window of units that see windows themselves. With
        stride&nbsp;1, no dilation and kernels of one side $K$, each layer adds $K - 1$ pixels to
        the side, so that after $L$ layers it is $R = 1 + L(K - 1)$. To see $<<W>>$ pixels,
        $L \ge (<<W>> - 1) / <<K - 1>>$ is needed, which makes <<needed>> layers.

        *In practice* that is too slow. Where a layer has stride $S$ (or a pooling layer follows),
        all later layers count $S$ times as many pixels for each step, so a few halvings multiply
        the growth. Dilation widens the windows without further weights, and global pooling at the
        end combines all positions.

        *Hierarchy.* Early layers find edges and colours and know precisely where. Middle layers
        combine them into textures and parts, late ones into objects. A stack of small kernels has
        fewer weights than one large kernel that sees as much, and a nonlinearity after each layer.
        """,
    )

    solution = r"""
    "Deep layers see the whole image" is not true of itself: with stride 1 it takes <<needed>>
    layers here. In general layer $l$ adds $(K_l - 1)$ times the product of the strides of all
    layers below it.
    """
