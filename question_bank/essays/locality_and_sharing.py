"""An essay whose numbers are parameters: what locality and sharing each save."""

from examgen import Choice, Essay, Item


class LocalityAndSharing(Item):
    """From a dense layer to one with local windows to one with shared weights, like for like."""

    title = "Local and shared"
    topic = "essays"
    objective = "explain what local connections and shared weights each save, like for like"
    serves = ["3a essay"]

    O = Choice(30, 50, 62, 98, 126, 198)  # noqa: E741 – the name of the output's side in the course
    K = Choice(3, 5, 7)
    C_in = Choice(1, 3)
    C_out = Choice(8, 16, 32, 64)

    H = O + K - 1
    dense = (H**2 * C_in) * (O**2 * C_out)
    local = K**2 * C_in * O**2 * C_out
    shared = K**2 * C_in * C_out

    stem = r"""
    Images of $<<H>> \times <<H>>$ pixels and <<C_in>>
    <% if C_in == 1 %>channel<% else %>channels<% endif %> are turned into <<C_out>> maps of
    $<<O>> \times <<O>>$ values, by windows of $<<K>> \times <<K>>$ without padding. Biases are not
    counted.
    """

    explain = Essay(
        prompt=r"""
        Explain how restricted connections and shared weights each reduce the number of weights.
        Compare three layers that give the same output: a dense one, one with local windows whose
        weights are not shared, and a convolution. Explain then why the number of weights of the
        convolution does not depend on the size of the image, and what does.
        """,
        rubric={
            "Dense: a weight for each pair of an input and an output; the number is right": 2,
            "Restricted connections: weights for a window only; the number is right": 2,
            "Shared weights: one kernel for all positions of a map; the number is right": 2,
            "More pixels mean more positions for the same kernel, not more weights": 1,
            "Computation and output do grow with the image": 1,
        },
        model_answer=r"""
        *Dense.* Each of the $<<O>>^2 \cdot <<C_out>>$ outputs has a weight for each of the
        $<<H>>^2 \cdot <<C_in>>$ inputs: <<dense>> weights.

        *Restricted connections.* An output has weights for its window alone, here
        $<<K>>^2 \cdot <<C_in>> = <<K**2 * C_in>>$ in place of <<H**2 * C_in>>. That leaves
        $<<K**2 * C_in>> \cdot <<O>>^2 \cdot <<C_out>> = <<local>>$ weights. The number still grows
        with the image, as every position has weights of its own.

        *Shared weights.* All $<<O>>^2 = <<O**2>>$ positions of a map use one kernel. That leaves
        $<<K**2 * C_in>> \cdot <<C_out>> = <<shared>>$ weights.

        *The size of the image.* In one dimension with a kernel of three weights, position $i$
        computes $w_1 x_i + w_2 x_{i+1} + w_3 x_{i+2}$. A longer signal has more positions, all with
        the same $w_1, w_2, w_3$. So the number of weights depends on the side of the kernel and on
        the channels of input and output, and on nothing else. What does grow with the image is the
        output and with it the number of multiplications.
        """,
    )

    solution = r"""
    Compare layers that give the *same output*, else the comparison is unfair: a dense layer of
    <<C_out>> units gives <<C_out>> numbers, not <<C_out>> maps. The two steps save factors of
    $<<H**2 * C_in>> / <<K**2 * C_in>>$ (windows) and $<<O**2>>$ (sharing).
    """
