"""Two vectors and a whole number: the receptive-field table of four layers."""

from examgen import Int, IntegerEntry, IntVector, Item, Misconception, VectorEntry


class LayerTable(Item):
    """Jump and receptive field after each of four layers, and the last pixel that a unit sees."""

    title = "A receptive-field table"
    topic = "receptive field"
    objective = (
        "fill in jumps and receptive fields of four layers, and find the last pixel that a "
        "unit sees"
    )
    serves = ["2a rf-general-table", "3b rf-general-table"]

    K = IntVector(4, low=3, high=5)
    S = IntVector(4, low=1, high=3)
    u = Int(2, 3)

    where = [S[0] * S[1] * S[2] * S[3] <= 24]

    stem = r"""
    An image passes through four layers (convolutions or poolings) without padding or dilation:

    | layer $l$          |    1     |    2     |    3     |    4     |
    |:-------------------|:--------:|:--------:|:--------:|:--------:|
    | kernel side $K_l$  | <<K[0]>> | <<K[1]>> | <<K[2]>> | <<K[3]>> |
    | stride $S_l$       | <<S[0]>> | <<S[1]>> | <<S[2]>> | <<S[3]>> |

    The *jump* $j_l$ is the distance, in pixels of the image, between the receptive fields of two
    neighbouring units of layer $l$. The *receptive field* $r_l$ of a unit is counted along one
    side, in pixels.
    """

    j = VectorEntry(
        [S[0], S[0] * S[1], S[0] * S[1] * S[2], S[0] * S[1] * S[2] * S[3]],
        tex="j",
        marks=2,
        prompt="Give the jumps $j = (j_1, j_2, j_3, j_4)$.",
        carries=(1, 10**6),
        misconceptions=[
            Misconception(
                "own stride only",
                [S[0], S[1], S[2], S[3]],
                "A step of a layer spans the steps of all layers before it: multiply the strides.",
            ),
            Misconception(
                "added the strides",
                [S[0], S[0] + S[1], S[0] + S[1] + S[2], S[0] + S[1] + S[2] + S[3]],
                "Strides in sequence multiply; they do not add.",
            ),
            Misconception(
                "one layer late",
                [1, S[0], S[0] * S[1], S[0] * S[1] * S[2]],
                "These are the jumps *before* each layer: $j_l$ includes the stride of layer $l$.",
            ),
        ],
    )

    r = VectorEntry(
        [
            K[0],
            K[0] + (K[1] - 1) * j[0],
            K[0] + (K[1] - 1) * j[0] + (K[2] - 1) * j[1],
            K[0] + (K[1] - 1) * j[0] + (K[2] - 1) * j[1] + (K[3] - 1) * j[2],
        ],
        tex="r",
        marks=4,
        prompt="Give the receptive fields $r = (r_1, r_2, r_3, r_4)$, using your jumps.",
        carries=(1, 10**6),
        misconceptions=[
            Misconception(
                "ignored strides",
                [
                    K[0],
                    K[0] + (K[1] - 1),
                    K[0] + (K[1] - 1) + (K[2] - 1),
                    K[0] + (K[1] - 1) + (K[2] - 1) + (K[3] - 1),
                ],
                "One step of a later layer is several pixels: layer $l$ adds $K_l - 1$ jumps "
                "$j_{l-1}$.",
            ),
            Misconception(
                "own jump",
                [
                    1 + (K[0] - 1) * j[0],
                    1 + (K[0] - 1) * j[0] + (K[1] - 1) * j[1],
                    1 + (K[0] - 1) * j[0] + (K[1] - 1) * j[1] + (K[2] - 1) * j[2],
                    1
                    + (K[0] - 1) * j[0]
                    + (K[1] - 1) * j[1]
                    + (K[2] - 1) * j[2]
                    + (K[3] - 1) * j[3],
                ],
                "A layer steps over the units of the layer *before* it: use $j_{l-1}$, and update "
                "the jump afterwards.",
            ),
            Misconception(
                "grew by the kernel",
                [
                    K[0],
                    K[0] + K[1] * j[0],
                    K[0] + K[1] * j[0] + K[2] * j[1],
                    K[0] + K[1] * j[0] + K[2] * j[1] + K[3] * j[2],
                ],
                "The first tap lies inside the field already: a kernel adds $K_l - 1$ steps, not "
                "$K_l$.",
            ),
            Misconception(
                "multiplied kernels",
                [K[0], K[0] * K[1], K[0] * K[1] * K[2], K[0] * K[1] * K[2] * K[3]],
                "Fields grow by addition: neighbouring windows overlap.",
            ),
        ],
    )

    last = IntegerEntry(
        u * j[3] + r[3] - 1,
        tex="p",
        marks=2,
        prompt=r"""
        Along one side of the image pixels are numbered from&nbsp;0 on, and so are the units of
        layer&nbsp;4. Which is the last pixel $p$ that unit&nbsp;<<u>> of layer&nbsp;4 sees?
        """,
        misconceptions=[
            Misconception(
                "counted from 1",
                u * j[3] + r[3],
                "The field covers $r_4$ pixels, its first one included: the last is $r_4 - 1$ "
                "further on.",
            ),
            Misconception(
                "fields side by side",
                u * r[3] + r[3] - 1,
                "Fields of neighbouring units overlap: they start $j_4$ pixels apart, not $r_4$.",
            ),
            Misconception("first pixel", u * j[3], "This is the first pixel that the unit sees."),
            Misconception(
                "unit 0", r[3] - 1, "This is what unit 0 sees; unit $u$ lies $u$ jumps further on."
            ),
        ],
    )

    solution = r"""
    Jumps are products of strides, $j_l = j_{l-1} S_l$ with $j_0 = 1$:
    $$j = <<j>>$$
    Layer $l$ adds $K_l - 1$ steps of the layer before it, each of $j_{l-1}$ pixels, to the field:
    $r_l = r_{l-1} + (K_l - 1)\, j_{l-1}$ with $r_0 = 1$. In the last layer this makes
    << working.r[3] >>
    and in all
    $$r = <<r>>$$
    Unit $u = <<u>>$ starts $u$ jumps from the left and sees $r_4$ pixels, so its last pixel is
    << working.last >>
    << receptive_field_figure(K, S, reveal=True) >>
    """

    def _seen(self, unit, depth):
        """The pixels that a unit of a layer sees, followed back tap by tap."""
        layers = list(zip(self.K.tolist(), self.S.tolist(), strict=True))[:depth]
        seen = {unit}
        for kernel, stride in reversed(layers):
            seen = {above * stride + tap for above in seen for tap in range(kernel)}
        return seen

    def oracle(self):
        """Follow the connections of single units back to the image."""
        fields = [(self._seen(0, depth), self._seen(1, depth)) for depth in (1, 2, 3, 4)]
        return {
            "j": [min(second) - min(first) for first, second in fields],
            "r": [len(first) for first, _ in fields],
            "last": max(self._seen(self.u, 4)),
        }
