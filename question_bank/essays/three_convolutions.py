"""An essay with drawn sizes: unshared, dilated and transposed convolution compared."""

from examgen import Choice, Essay, Int, Item, different


class ThreeConvolutions(Item):
    """What three relatives of the convolution change, what for, and what they cost."""

    title = "Three relatives of the convolution"
    topic = "essays"
    objective = (
        "explain what unshared, dilated and transposed convolution change, what for, and at "
        "what cost"
    )
    serves = ["5a essay"]

    K = Choice(3, 5)
    D = Choice(2, 3, 4)
    H = Int(12, 24)
    n = Int(4, 9)
    S = Choice(2, 3)
    where = [different(H, n), different(K, S), different(D, S)]

    positions = (H - K + 1) ** 2
    reach = D * (K - 1) + 1

    stem = r"""
    An ordinary convolution layer restricts connections to windows and shares its weights. Three
    relatives change one thing each: unshared, dilated and transposed convolution. In the examples
    there is one channel, no padding and no bias.
    """

    compare = Essay(
        prompt=r"""
        Explain for each of the three what it changes, what it is good for, and what it costs or
        where it fails. Give these numbers: the weights of an unshared layer with windows of
        $<<K>> \times <<K>>$ (stride&nbsp;1) on $<<H>> \times <<H>>$ pixels; the side of the square
        that a $<<K>> \times <<K>>$ kernel spans with dilation&nbsp;<<D>>; the side of the output of
        a transposed convolution with a $<<K>> \times <<K>>$ kernel and stride&nbsp;<<S>> on
        $<<n>> \times <<n>>$ values.
        """,
        rubric={
            "Unshared: each position has weights of its own": 1,
            "Unshared: for aligned images, where places differ in kind": 1,
            "Unshared: many more weights, no equivariance": 1,
            "Unshared: the number": 1,
            "Dilated: gaps between the taps of the kernel": 1,
            "Dilated: wide view at full resolution with no more weights": 1,
            "Dilated: pixels in the gaps are not read": 1,
            "Dilated: the number": 1,
            "Transposed: each value stamps the kernel onto the output; overlaps add up": 1,
            "Transposed: learned upsampling, in decoders and generators": 1,
            "Transposed: no inverse; uneven overlaps make a checkerboard": 1,
            "Transposed: the number": 1,
        },
        model_answer=r"""
        *Unshared convolution* has the same windows, but every position has weights of its own. This
        is of use where places differ in kind, as in aligned pictures of faces: eyes occur only in
        the upper half. It needs a set of weights for each of the
        $(<<H>> - <<K>> + 1)^2 = <<positions>>$ positions, so
        $<<positions>> \cdot <<K**2>> = <<positions * K**2>>$ weights in place of <<K**2>>. It is
        not equivariant to shifts, and a pattern has to be learned at each place.

        *Dilated convolution* puts gaps between the taps of its kernel: with dilation $D$ they are
        $D$ pixels apart. So a layer sees more context with the same number of weights and without
        losing resolution, as segmentation asks for. The kernel spans
        $<<D>> \cdot (<<K>> - 1) + 1 = <<reach>>$ pixels along each side, but reads only
        <<K**2>> of the <<reach**2>> pixels within. If all layers have the same dilation, whole
        grids of pixels never meet; mixed dilations avoid this.

        *Transposed convolution* multiplies by the transpose of the matrix of a convolution. Each
        input value is multiplied by the kernel, the result is added to the output, and neighbouring
        inputs do this $S$ pixels apart. With stride&nbsp;2 or more the output is larger than the
        input: an upsampling that is learned, as decoders and generators need it. The side is
        $(<<n>> - 1) \cdot <<S>> + <<K>> = <<(n - 1) * S + K>>$. It restores the shape, not the
        values: it is no inverse. If the stride does not divide the kernel's side, outputs get
        unequal numbers of contributions, which shows as a checkerboard. A multiple of the stride as
        side, or resizing followed by an ordinary convolution, avoids it.
        """,
        source="Zeiler et al., CVPR 2010; Yu & Koltun, ICLR 2016; Odena et al., Distill 2016; "
        "Dumoulin & Visin, arXiv 1603.07285",
    )

    solution = r"""
    In one line each: *unshared* changes who owns the weights, *dilated* where the kernel reads,
    *transposed* the direction in which values flow. The kernel spans <<reach>> pixels with
    dilation&nbsp;<<D>>, not $<<D>> \cdot <<K>> = <<D * K>>$: between <<K>> taps there are
    <<K - 1>> gaps.
    """
