"""An essay without parameters: from the Neocognitron to convolutional networks."""

from examgen import Essay, Item


class Neocognitron(Item):
    """What S-cells and C-cells became, and what training by gradient descent changed."""

    title = "From the Neocognitron to convolutional networks"
    topic = "essays"
    objective = "compare the Neocognitron with a convolutional network in structure and in learning"
    serves = ["2b essay"]

    stem = r"""
    Fukushima's Neocognitron (1980) alternates layers of S-cells with layers of C-cells. Its name
    for them follows the simple and complex cells that Hubel and Wiesel found in the visual cortex.
    """

    compare = Essay(
        prompt=r"""
        Compare the Neocognitron with a convolutional network of today. Say what S-cells and what
        C-cells correspond to, and why. Then say how each of the two learns its weights, and why
        training by gradient descent was decisive for practical use.
        """,
        rubric={
            "S-cells: same weights at all positions of a plane, so a convolution with threshold": 2,
            "C-cells: answer to any S-cell of a neighbourhood, so pooling": 2,
            "S-cells learn without a teacher, by a local rule; a network learns from labels": 2,
            "One gradient of the task's loss trains all layers together, on large data": 2,
        },
        model_answer=r"""
        *S-cells and convolution.* All S-cells of a plane have the same input weights, each shifted
        to its own place, and fire when the pattern below them resembles these weights closely
        enough. That is a convolution followed by a threshold; the plane is a feature map.

        *C-cells and pooling.* A C-cell has fixed weights and answers if any S-cell of a small
        neighbourhood in its plane does. So it tolerates small shifts and needs fewer positions, as
        max-pooling or average pooling does.

        *Learning.* The weights of S-cells are not designed by hand. They are learned without a
        teacher, layer after layer: the cell that answers most strongly reinforces its own input
        weights. No layer is told whether what it finds helps to tell classes apart. In a
        convolutional network back-propagation gives the gradient of one loss with respect to all
        weights, so that all layers are trained together for the task. LeCun and others showed this
        in 1989 with zip codes.

        *Why it was decisive.* Features of early layers become those that later layers can use, the
        same recipe serves other tasks and losses, and it scales to millions of weights and images,
        as AlexNet showed on ImageNet in 2012.
        """,
        source="Fukushima, Biol. Cybernetics 36 (1980) 193; LeCun et al., Neural Computation 1 "
        "(1989) 541; Krizhevsky et al., NIPS 2012",
    )

    solution = """
    The two architectures agree in their layers and differ in how the weights come about. It is a
    slip to say that the S-cells were designed by hand: they learn, but without a teacher and
    without a loss.
    """
