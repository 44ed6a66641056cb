"""An essay with a drawn window: what a shift by one pixel does to a dense layer."""

from examgen import Choice, Essay, Item


class OnePixel(Item):
    """A dense layer and a convolution, both shown an image and the same image shifted."""

    title = "One pixel to the right"
    topic = "essays"
    objective = (
        "explain what a shift by one pixel does to a dense layer and to a convolution, and why"
    )
    serves = ["1c essay"]

    K = Choice(3, 5, 7, 9)
    H = Choice(28, 32, 40, 48, 56, 64, 96, 128)

    stem = r"""
    A dense layer and a convolution layer with kernels of $<<K>> \times <<K>>$ (stride&nbsp;1) have
    been trained on images of $<<H>> \times <<H>>$ pixels. Both are shown a handwritten digit, and
    then the same image moved by one pixel to the right.
    """

    explain = Essay(
        prompt=r"""
        What happens to the activations of each layer, and why? Explain why this is a severe
        limitation of networks that have dense layers alone. For the convolution, say which of its
        two properties it is due to that the pattern of activations moves along: that a unit sees
        a window only, or that all units have the same weights.
        """,
        rubric={
            "Dense: each weight belongs to one pixel, so moved values meet other weights": 2,
            "Consequence: a pattern has to be learned anew at each place, with data and weights": 2,
            "Convolution: the same response, one place further on (away from the borders)": 1,
            "It is due to the shared weights; windows alone are not enough": 2,
        },
        model_answer=r"""
        *Dense layer.* Each unit has one weight for each of the $<<H>> \times <<H>>$ pixels. When
        the image moves, the weights do not: every value of the digit now meets the weight of its
        neighbour. So the activations change, and in general without any relation to those before.
        Where the image is constant, as in the background, nothing changes; at the strokes it does.

        *Why this is severe.* What the layer has learned about a pattern at one place tells it
        nothing about the same pattern elsewhere. It needs weights for each place, and training
        images with the pattern at each place. Nothing guarantees that a digit is recognised where
        it never stood in training.

        *Convolution.* The same kernel is applied at each position. When the image moves by one
        pixel, the window that was at one position is found at the next, and gives the same value
        there. So the activations stay the same and move by one place, except where something enters
        or leaves at the border.

        *Which property.* Local windows are not enough. After the shift a window still holds
        $<<K>> \cdot <<K - 1>> = <<K * (K - 1)>>$ of its $<<K**2>>$ pixels, but none of them is at
        its old place in the window, so each meets another weight. If each position had a kernel
        of its own, the response at the new position would have nothing to do with the old one. The
        activations move along because all positions share one kernel.
        """,
    )

    solution = r"""
    Follow one value of the image: where does it go, and which weight does it meet there? In a dense
    layer another one; in a convolution the same one, since the unit at the next position has the
    same kernel. Local windows keep $<<K * (K - 1)>>$ of $<<K**2>>$ pixels, but 0 of <<K**2>>
    products.
    """
