"""Several choices: which of five networks have units that see the whole image."""

from examgen import Int, Item, Misconception, MultipleResponse, engine


class WhichSeeAll(Item):
    """Five small networks, each with another way to widen its receptive field, and an image."""

    title = "Who sees the whole image?"
    topic = "receptive field"
    objective = "tell which networks have units that see the whole image"
    serves = ["3b whole-image-test"]

    W = Int(28, 96)
    n = Int(6, 24)
    u = Int(3, 6)
    v = Int(3, 6)
    p = Int(3, 5)
    q = Int(4, 14)

    stem = r"""
    Five networks read an image of $<<W>> \times <<W>>$ pixels. Their convolutions have padding that
    keeps windows centred, stride&nbsp;1 and dilation&nbsp;1 unless something else is said; pooling
    windows do not overlap.
    """

    def fields(self):
        """The receptive fields of the last layers of the five networks, along a side."""
        return [
            1 + 4 * self.n,
            2 ** (self.u + 1) - 1,
            2 ** (self.v + 1) - 1,
            1 + 3 * (2**self.p - 1),
            12 + 8 * self.q,
        ]

    def judged(self, fields):
        """Whether each of some fields reaches across the image; None where that is the key."""
        answers = [int(field >= self.W) for field in fields]
        right = [int(field >= self.W) for field in self.fields()]
        return None if answers == right else answers

    def close_calls(self):
        """Whether one to four networks do, and two of the five fall near the limit."""
        fields = self.fields()
        near = sum(3 * self.W <= 4 * field <= 5 * self.W for field in fields)
        return 1 <= sum(field >= self.W for field in fields) <= 4 and near >= 2

    where = [close_calls, 2**p <= W]  # the second: the last pooling has something to read

    seen = MultipleResponse(
        lambda item: [int(field >= item.W) for field in item.fields()],
        marks=5,
        prompt=r"""
        In which of them is the receptive field of a unit of the last layer, along a side, at least
        <<W>> pixels?
        """,
        options=[
            "<<n>> convolutions $5 \\times 5$",
            "<<u>> convolutions $3 \\times 3$, each with stride&nbsp;2",
            "<<v>> convolutions $3 \\times 3$ with the dilations "
            "<% for i in range(v) %><<2**i>><% if i < v - 2 %>, <% elif i == v - 2 %> and <% endif"
            " %><% endfor %>",
            "<<p>> times: a convolution $3 \\times 3$, then pooling $2 \\times 2$ with "
            "stride&nbsp;2",
            "2 convolutions $5 \\times 5$, pooling $4 \\times 4$ with stride&nbsp;4, then <<q>> "
            "convolutions $3 \\times 3$",
        ],
        misconceptions=[
            Misconception(
                "grew by the kernel",
                lambda item: item.judged(
                    [
                        5 * item.n,
                        3 * (2**item.u - 1),
                        3 * (2**item.v - 1),
                        5 * (2**item.p - 1),
                        10 + 4 + 12 * item.q,
                    ]
                ),
                "The first tap of a kernel widens nothing: a layer adds $k - 1$ steps, not $k$.",
            ),
            Misconception(
                "ignored strides and dilations",
                lambda item: item.judged(
                    [
                        1 + 4 * item.n,
                        1 + 2 * item.u,
                        1 + 2 * item.v,
                        1 + 3 * item.p,
                        12 + 2 * item.q,
                    ]
                ),
                "After a stride of 2 a step of the next layer is 2 pixels of the image, then 4; a "
                "dilation spreads the taps likewise.",
            ),
        ],
    )

    solution = r"""
    <% set verdict = ["too small", "large enough"] %>
    <% macro doubling(count) %><% for i in range(count) %><% if i %> + <% endif %><<2**i>><% endfor
    %><% endmacro %>
    A layer with kernel side $k$ and dilation $d$ adds $(k - 1)\,d$ steps of the layer below it, and
    a step is as many pixels as the product of the strides so far. Starting from 1 pixel, and asking
    for <<W>>:

    * **<<n>> convolutions $5 \times 5$:** $1 + <<n>> \cdot 4 = <<1 + 4 * n>>$,
      <<verdict[seen[0]]>>;
    * **<<u>> convolutions with stride&nbsp;2:**
      $1 + 2\,(<<doubling(u)>>) = <<2**(u + 1) - 1>>$, <<verdict[seen[1]]>>;
    * **<<v>> convolutions with growing dilations:**
      $1 + 2\,(<<doubling(v)>>) = <<2**(v + 1) - 1>>$, <<verdict[seen[2]]>>;
    * **<<p>> times convolution and pooling:** each convolution adds 2 steps and each pooling 1, so
      $1 + 3\,(<<doubling(p)>>) = <<1 + 3 * (2**p - 1)>>$, <<verdict[seen[3]]>>;
    * **2 convolutions, pooling $4 \times 4$, then <<q>> convolutions:**
      $1 + 4 + 4 + 3 + <<q>> \cdot 2 \cdot 4 = <<12 + 8 * q>>$, <<verdict[seen[4]]>>.

    Depth alone widens a field slowly; strides, poolings and growing dilations widen it by a factor
    with every layer.
    """

    def oracle(self):
        """Let the engine follow the layers of each network."""
        networks = [
            [(5,)] * self.n,
            [(3, 2)] * self.u,
            [(3, 1, 0, 2**i) for i in range(self.v)],
            [(3,), (2, 2)] * self.p,
            [(5,), (5,), (4, 4), *[(3,)] * self.q],
        ]
        return {"seen": [engine.receptive_field(net).size >= self.W for net in networks]}
