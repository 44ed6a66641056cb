"""An essay with drawn sizes: filters that span all channels, and what they learn."""

from examgen import Choice, Essay, Item


class Channels(Item):
    """Why a two-dimensional filter has three axes, its parameters, and how filters differ."""

    title = "The third axis of a filter"
    topic = "essays"
    objective = (
        "explain why a two-dimensional filter spans all channels, count its parameters and say "
        "how filters come to differ"
    )
    serves = ["4c essay"]

    F = Choice(5, 7, 9, 11)
    C = Choice(3, 4)
    M = Choice(32, 48, 64, 96, 128)

    each = F**2 * C
    total = (F**2 * C + 1) * M

    stem = r"""
    The first layer of a network reads images with <<C>> channels
    (<% if C == 3 %>red, green, blue<% else %>red, green, blue, infrared<% endif %>). It has <<M>>
    filters of $<<F>> \times <<F>>$, each with a bias.
    """

    explain = Essay(
        prompt=r"""
        Explain why a "two-dimensional" filter has a third axis, and how one output value is
        computed. Calculate the number of parameters of the layer. Then explain how it comes about
        that different filters extract different information, and what is typically found in a
        trained first layer.
        """,
        rubric={
            "A filter spans all input channels and sums over them: one output channel": 2,
            "Weights of a filter, times filters": 2,
            "One bias for each filter; the total is right": 1,
            "Different starting values and one loss: gradients drive filters apart, by no plan": 1,
            "Typical: edges of several directions, colour contrasts, blobs": 1,
        },
        model_answer=r"""
        *The third axis.* The filter slides along two axes only, hence the name. At each position it
        multiplies the $<<F>> \times <<F>>$ pixels of *every* channel by weights of their own and
        adds all products and the bias to one number. So it has the shape
        $<<C>> \times <<F>> \times <<F>>$, and its outputs form one channel. <<M>> filters give
        <<M>> output channels, and filters of the next layer have <<M>> channels in turn.

        *Parameters.* A filter has $<<F>>^2 \cdot <<C>> = <<each>>$ weights and 1 bias, the layer
        $<<each + 1>> \cdot <<M>> = <<total>>$ parameters.

        *Different filters.* All filters see the same images and the same loss, but they start from
        different random weights. A second filter that finds what another one finds already
        lowers the loss little, so training tends to drive them apart. Nobody assigns the tasks, and
        the order of the filters has no meaning. In a trained first layer one typically finds edges
        and gratings of several directions and widths, much like simple cells, and contrasts and
        blobs of colour. Patterns such as faces need a larger view and appear in later layers only.
        """,
        source="Krizhevsky et al., NIPS 2012, figure 3; Zeiler & Fergus, ECCV 2014",
    )

    solution = r"""
    Weights: $<<F>> \cdot <<F>> \cdot <<C>> \cdot <<M>> = <<each * M>>$; biases: <<M>>, one for each
    filter and not one for each channel of the input; together <<total>>.
    """
