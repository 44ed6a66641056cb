"""An essay with drawn sizes: the output-size formula derived step by step, and applied."""

from examgen import Choice, Essay, Int, Item


class OutputSizeDerived(Item):
    """The derivation of the output-size formula, an exact case, and one that is not exact."""

    title = "Where the formula comes from"
    topic = "essays"
    objective = (
        "derive the output-size formula step by step and apply it, in an exact case and in one "
        "that is not"
    )
    serves = ["4a essay"]

    O = Int(20, 60)  # noqa: E741 – the name of the output's width in the course
    F = Choice(3, 5, 7, 9, 11)
    S = Choice(3, 4, 5)
    P = Choice(0, 1)

    where = [S <= F]  # else pixels between the windows are not read either, exact division or not

    W = (O - 1) * S + F - 2 * P
    padded = W + 2 * P
    offsets = padded - F + 1

    stem = r"""
    A convolution layer slides a filter of side $F$ over a square image of side $W$, with stride $S$
    and with $P$ rows and columns of zeros on *each* side.
    """

    derive = Essay(
        prompt=r"""
        Derive the formula for the side of the output. Start without padding and with stride&nbsp;1,
        then add padding, then the stride. Explain where rounding comes in. Apply the formula to
        $W = <<W>>$, $F = <<F>>$, $S = <<S>>$, $P = <<P>>$, and say what happens to the same layer
        if $W$ is smaller&nbsp;by&nbsp;2.
        """,
        rubric={
            "Without padding and stride: offsets 0 to $W - F$, so $W - F + 1$ of them": 2,
            "Padding lengthens the side to $W + 2P$": 1,
            "Stride: every $S$-th offset from 0 on": 2,
            "Rounding down, as a window that does not fit whole is left out": 1,
            "The numbers are put in rightly": 1,
            "Not exact: one output less; the end of the padded image is not read": 1,
        },
        model_answer=r"""
        *Stride&nbsp;1, no padding.* The filter lies whole on the image at the offsets
        $0, 1, \dots, W - F$. These are $W - F + 1$ positions; the 1 is offset 0.

        *Padding* makes the side $W + 2P$, so there are $N = W + 2P - F + 1$ offsets, from 0 to
        $N - 1$.

        *Stride.* Only the offsets $0, S, 2S, \dots$ are used, as long as they are at most $N - 1$.
        The largest multiple of $S$ that is at most $N - 1$ is $S \lfloor (N - 1)/S \rfloor$, so the
        number of positions, with offset 0, is
        $$O = \left\lfloor \frac{N - 1}{S} \right\rfloor + 1
        = \left\lfloor \frac{W + 2P - F}{S} \right\rfloor + 1\,.$$
        Rounding goes down since a further step would push the filter over the end of the padded
        image.

        *In numbers.* $(<<W>> + 2 \cdot <<P>> - <<F>>) / <<S>> = <<padded - F>> / <<S>> =
        <<O - 1>>$ without remainder, so $O = <<O - 1>> + 1 = <<O>>$.

        *If $W$ is smaller by&nbsp;2*, the division gives $<<padded - F - 2>> / <<S>>$, which is
        rounded down to <<O - 2>>. The output has side <<O - 1>>, and the last
        <% if S == 3 %>row and column<% else %><<S - 2>> rows and columns<% endif %> of the padded
        image are not read at all. The layer still works; only if nothing of the padded image may be
        left out do the sizes have to be chosen so that the division is exact.
        """,
    )

    solution = r"""
    A slip in many derivations: "of $N$ offsets every $S$-th is used, so there are $N/S$". Here
    $N = <<offsets>>$ and $S = <<S>>$, and $N/S$ is not whole. Used are offset 0 and as many more
    as there are whole steps in $N - 1$, which is $N/S$ rounded *up*.
    """
