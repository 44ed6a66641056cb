"""An essay on a drawn signal: convolution moves with shifts, but not with scale and rotation."""

from examgen import Choice, Essay, IntVector, Item, different


class TranslationOnly(Item):
    """Equivariance to shifts, shown on a signal, and why it ends at scale and rotation."""

    title = "Shifts, but no more"
    topic = "essays"
    objective = (
        "show equivariance to shifts on a signal, and explain why it ends at scale and rotation"
    )
    serves = ["3c essay"]

    x = IntVector(3, low=1, high=6)
    d = Choice(1, 2)
    where = [different(x[0], x[1]), different(x[1], x[2])]

    a, b = x[0] - x[1], x[1] - x[2]

    stem = r"""
    The signal $x = [0, <<x[0]>>, <<x[1]>>, <<x[2]>>, 0, 0, 0]$ passes through a layer with the
    kernel $[1, -1]$: $y_i = x_i - x_{i+1}$, without padding.
    """

    explain = Essay(
        prompt=r"""
        State what it means that a convolution is equivariant to translation, and show it on this
        signal and on the same signal moved <<d>> <% if d == 1 %>place<% else %>places<% endif %> to
        the right. Then explain why a convolution is equivariant neither to changes of scale nor to
        rotations.
        """,
        rubric={
            "Equivariance in words or as $f(Tx) = T f(x)$": 1,
            "Both outputs are right, and one is the other shifted": 1,
            "Scale: a pattern of another size no longer fits the kernel": 1,
            "Rotation: a turned pattern needs a turned kernel": 1,
        },
        model_answer=r"""
        Equivariant means: it does not matter whether one shifts the input or the output,
        $f(Tx) = T f(x)$. Here
        $$f(x) = [<< -x[0]>>, <<a>>, <<b>>, <<x[2]>>, 0, 0]$$
        and for the signal moved by <<d>>
        <% if d == 1 %>
        $$f(Tx) = [0, << -x[0]>>, <<a>>, <<b>>, <<x[2]>>, 0]\,,$$
        <% else %>
        $$f(Tx) = [0, 0, << -x[0]>>, <<a>>, <<b>>, <<x[2]>>]\,,$$
        <% endif %>
        the same values, <<d>> further on. This holds since one kernel is used at all positions, and
        as long as no part of the pattern crosses the border.

        *Scale.* The kernel has a fixed size, so that in an image magnified twice it covers half as
        much of the scene: a blurred edge that was two pixels wide is four wide, and neighbours
        differ half as much. The output is not the old one, magnified.

        *Rotation.* A kernel for vertical edges, such as $\begin{pmatrix} 1 & -1 \\ 1 & -1
        \end{pmatrix}$, gives 0 within a horizontal edge that is constant along the rows. Turning
        the image and *also* the kernel would turn the output. With the kernel as it is, the
        network has to learn another kernel for every direction.
        """,
    )

    solution = r"""
    Keep two things apart: the layer computes the cross-correlation $y_i = x_i - x_{i+1}$; with the
    kernel flipped, as in the convolution of mathematics, all signs would be reversed. And the two
    outputs must have the same length, else they cannot be compared.
    """
