"""A table walked through line by line: vectors whose entries build on one another."""

from examgen import Example, IntVector, Item, Misconception, VectorEntry


class Table(Item):
    """Jumps and receptive fields of three layers."""

    K = IntVector(3, low=2, high=5)
    S = IntVector(3, low=1, high=2)

    where = [S[0] * S[1] * S[2] >= 2]  # at least one layer moves by more than a pixel

    stem = r"""
    | layer $l$      |    1     |    2     |    3     |
    |:---------------|:--------:|:--------:|:--------:|
    | kernel $K_l$   | <<K[0]>> | <<K[1]>> | <<K[2]>> |
    | stride $S_l$   | <<S[0]>> | <<S[1]>> | <<S[2]>> |
    """

    # A comprehension in a class body cannot see the class's names: write the entries out, or
    # give a function of the item, def jumps(item): …, as the key.
    j = VectorEntry(
        [S[0], S[0] * S[1], S[0] * S[1] * S[2]],
        marks=1,
        prompt="Give the jumps $j_1, j_2, j_3$ (distances of neighbouring fields, in pixels).",
        misconceptions=[
            Misconception("added", [S[0], S[0] + S[1], S[0] + S[1] + S[2]], "Strides multiply."),
        ],
    )

    r = VectorEntry(
        [K[0], K[0] + (K[1] - 1) * j[0], K[0] + (K[1] - 1) * j[0] + (K[2] - 1) * j[1]],
        marks=3,
        prompt="Give the receptive fields $r_1, r_2, r_3$ in pixels, using your jumps.",
        misconceptions=[
            Misconception(
                "ignored strides",
                [K[0], K[0] + K[1] - 1, K[0] + K[1] - 1 + K[2] - 1],
                "A step of layer $l$ is $j_{l-1}$ pixels.",
            ),
        ],
    )

    solution = "$j = <<j>>$; layer $l$ adds $(K_l - 1)\\,j_{l-1}$ pixels: << working.r[2] >>"

    examples = [
        Example(
            {"j": "2, 4, 5", "r": "3, 7, 15"},
            at={"K": [3, 3, 3], "S": [2, 2, 1]},
            marks={"j": "1/2", "r": 3},
        ),
    ]

    def oracle(self):
        """Follow two neighbouring units of each layer down to their pixels."""

        def seen(unit, depth):
            below = {unit}
            for k, s in reversed(list(zip(self.K, self.S, strict=True))[:depth]):
                below = {int(at * s + tap) for at in below for tap in range(k)}
            return below

        fields = [(seen(0, depth), seen(1, depth)) for depth in (1, 2, 3)]
        return {
            "j": [min(second) - min(first) for first, second in fields],
            "r": [len(first) for first, _ in fields],
        }
