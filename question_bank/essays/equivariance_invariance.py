"""An essay with drawn coordinates: equivariance for segmentation, invariance for recognition."""

from examgen import Essay, Int, Item, different


class EquivarianceInvariance(Item):
    """What should happen to a label map and to a class label when the image is shifted."""

    title = "Should the output move?"
    topic = "essays"
    objective = (
        "explain equivariance for segmentation and invariance for recognition, and where a "
        "network gets them from"
    )
    serves = ["1b essay"]

    r, c = Int(40, 90), Int(40, 90)
    down, right = Int(3, 30), Int(3, 30)
    where = [different(r, c), different(down, right)]

    stem = r"""
    An image shows a car. Its pixel in row <<r>> and column <<c>> belongs to the car. Then the
    camera is turned a little: the whole content of the image moves <<down>> rows down and <<right>>
    columns to the right.
    """

    analyse = Essay(
        prompt=r"""
        One network segments the image: it gives a label to every pixel. Another recognises what
        the image shows: it gives one label. Say for each what should happen to its output, with a
        pixel as an example and as a formula, and name the property. Then explain where in a
        convolutional network each property comes from, and how far it holds.
        """,
        rubric={
            "Equivariance: the output moves as the input does, $f(Tx) = T' f(x)$": 2,
            "Segmentation as its example, with the right pixel": 2,
            "Invariance: the output stays the same, $f(Tx) = f(x)$": 2,
            "Recognition as its example: the class does not depend on the place": 2,
            "Convolution gives the first, global pooling the second, each with its limits": 2,
        },
        model_answer=r"""
        *Segmentation* should be **equivariant**: if the image moves, the labels move with it. The
        pixel of the car is now in row $<<r>> + <<down>> = <<r + down>>$ and column
        $<<c>> + <<right>> = <<c + right>>$, and the label "car" should be found there. With $T$ for
        the shift of the image and $T'$ for the same shift of the label map, $f(Tx) = T' f(x)$.
        They differ where input and output differ in size: after stride&nbsp;4, a shift by 8 pixels
        is a shift by 2 places.

        *Recognition* should be **invariant**: a car is a car wherever it stands, so the label stays
        as it is, $f(Tx) = f(x)$.

        *Where they come from.* A convolution uses the same weights at all positions, so a pattern
        that moves gives the same answer at its new place: convolutions and functions of single
        pixels, such as ReLU, are equivariant to shifts. This holds away from the borders, and with
        stride $S$ only for shifts by multiples of $S$. Pooling over small windows makes the
        output tolerate small shifts, but does not make it invariant. Invariance comes at the end
        from pooling over *all* positions: the mean or the largest of all values does not depend on
        where they are. It holds as long as the whole car stays within the frame, away from the
        borders.
        """,
    )

    solution = r"""
    Ask of any output what a shift of the input should do to it: move it as well
    ($f(Tx) = T' f(x)$, equivariant) or nothing ($f(Tx) = f(x)$, invariant). It is a slip to say
    that every pooling layer is invariant: max-pooling over windows of 2 with stride&nbsp;2 turns
    $0, 9, 0, 0$ into $9, 0$, and the same signal moved by one place, $0, 0, 9, 0$, into $0, 9$.
    """
