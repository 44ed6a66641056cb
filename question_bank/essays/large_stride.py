"""An essay with drawn sizes: why a large stride is harmless early and harmful late."""

from examgen import Choice, Essay, Int, Item, floor


class LargeStride(Item):
    """What stride 4 does to an image, and what it would do to a late feature map."""

    title = "Large steps, early and late"
    topic = "essays"
    objective = (
        "explain why a large stride is harmless in the first layer and harmful in a late one"
    )
    serves = ["4b essay"]

    O = Int(40, 70)  # noqa: E741 – the name of the output's width in the course
    F = Choice(7, 9, 11)
    C = Choice(32, 48, 64, 96)
    late = Choice(9, 11, 13, 15)

    W = 4 * (O - 1) + F
    small = floor((late - 3) / 4) + 1

    stem = r"""
    The first layer of a network reads colour images of $<<W>> \times <<W>>$ pixels with filters of
    $<<F>> \times <<F>>$, stride&nbsp;4 and no padding, and gives <<C>> channels. A late layer of
    the same network reads maps of $<<late>> \times <<late>>$ with filters of $3 \times 3$.
    """

    analyse = Essay(
        prompt=r"""
        By what factor does the first layer reduce the number of positions, and is the number of
        values reduced as well? Explain why such a large stride does little harm in the first layer.
        Then explain what stride&nbsp;4 (no padding) would do to the late layer, and why the loss is
        worse there.
        """,
        rubric={
            "Output side and the factor, about $4^2$ and not 4, are right": 2,
            "Values: positions times channels; the right comparison": 1,
            "Early: neighbouring pixels are alike, so little is lost": 2,
            "Early: windows overlap, each pixel is read; later layers become cheaper": 2,
            "Late: the size of the output, too coarse to tell where things are": 1,
            "Late: neighbouring positions differ and stand for parts, so skipping loses some": 2,
        },
        model_answer=r"""
        *Positions.* The output has side $(<<W>> - <<F>>)/4 + 1 = <<O>>$. From $<<W>>^2 =
        <<W**2>>$ positions $<<O>>^2 = <<O**2>>$ are left, about one in $4^2 = 16$, as the stride
        acts along both axes. The number of *values* is another matter: it goes from
        $3 \cdot <<W**2>> = <<3 * W**2>>$ to $<<C>> \cdot <<O**2>> = <<C * O**2>>$, which is
        <% if C * O**2 > 3 * W**2 %>even more<% else %>less, but by far less than a factor of
        16<% endif %>.

        *Early.* In photographs neighbouring pixels mostly have similar values, and so have the
        answers of a filter at neighbouring offsets: most of what lies between two positions can be
        told from them. The windows are <<F>> pixels wide and 4 apart, so they overlap and every
        pixel is read. And all layers that follow have a sixteenth of the positions to work on,
        which was needed for the memory of early graphics cards. Fine patterns do suffer: later
        networks begin with smaller filters and stride&nbsp;2.

        *Late.* A map of $<<late>> \times <<late>>$ would become one of
        $<<small>> \times <<small>>$. By then the redundancy is gone: a position stands for a large
        window and holds many channels that say which part is there, and its neighbour says
        something else. With stride&nbsp;4 and windows of 3, a row and a column between
        neighbouring windows are not even read. How parts lie to one another, "the eyes above the
        nose", can no longer be told. So late layers mostly have stride&nbsp;1, with a halving now
        and then.
        """,
        source="Krizhevsky et al., NIPS 2012; Zeiler & Fergus, ECCV 2014 (smaller filters and "
        "stride)",
    )

    solution = r"""
    Two slips: stride&nbsp;4 leaves one position in 16, not one in 4. And fewer positions are not
    fewer values: the layer turns 3 channels into <<C>>.
    """
