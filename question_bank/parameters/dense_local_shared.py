"""Counts and a ratio: the same map made by a dense, a locally connected and a shared layer."""

from fractions import Fraction

import numpy as np

from examgen import Choice, Int, IntegerEntry, Item, Misconception, RationalEntry, engine, floor


class DenseLocalShared(Item):
    """Weights of three layers with the same input and output: dense, local, convolution."""

    title = "From dense to local to shared weights"
    topic = "parameters"
    objective = (
        "count the weights of a dense, a locally connected and a shared layer with the same "
        "input and output"
    )
    serves = [
        "3a fc-local-shared-chain",
        "3a fair-fc-equivalent",
        "3a locally-connected-full-map",
        "3a reduction-factor",
    ]

    H = Int(16, 36, 2)
    C_in = Choice(2, 3, 4)
    C_out = Choice(4, 5, 6, 8, 10, 12)
    K = Choice(3, 5, 7)
    S = Choice(1, 2, 3)

    side = floor((H - K) / S) + 1

    stem = r"""
    Three layers read the same input of $C_\mathrm{in} = <<C_in>>$ channels with $H \times H$ pixels
    each, $H = <<H>>$, and make an output of $C_\mathrm{out} = <<C_out>>$ channels with
    $<<side>> \times <<side>>$ values each:

    * a **dense** layer joins every output value to every input value;
    * a **locally connected** layer joins an output value to a window of side $K = <<K>>$ in all
      input channels (stride $S = <<S>>$, no padding), with weights of its own at every position;
    * a **convolution** uses the same windows, but one set of weights for all positions.

    No layer has biases.
    """

    outputs = IntegerEntry(
        side**2 * C_out,
        tex="n",
        marks=1,
        prompt="How many values $n$ does each layer put out for one image?",
        misconceptions=[
            Misconception("one channel", side**2, "Each of the <<C_out>> channels is such a map."),
            Misconception(
                "one row",
                side * C_out,
                "A map is a square: it has $<<side>> \\times <<side>>$ values.",
            ),
            Misconception(
                "size of the input",
                H**2 * C_out,
                "The output maps are <<side>> wide, not <<H>>.",
            ),
        ],
    )

    dense = IntegerEntry(
        H**2 * C_in * outputs,
        tex=r"N_\mathrm{dense}",
        marks=2,
        prompt="How many weights does the dense layer have?",
        misconceptions=[
            Misconception(
                "forgot the channels",
                H**2 * outputs,
                "The input has <<C_in>> channels: that many times $<<H>>^2$ values.",
            ),
            Misconception(
                "added",
                H**2 * C_in + outputs,
                "Every output is joined to every input: multiply.",
            ),
            Misconception(
                "one side only",
                H * C_in * outputs,
                r"A channel has $<<H>> \times <<H>>$ pixels.",
            ),
        ],
    )

    local = IntegerEntry(
        K**2 * C_in * outputs,
        tex=r"N_\mathrm{local}",
        marks=2,
        prompt="How many weights does the locally connected layer have?",
        misconceptions=[
            Misconception(
                "shared the weights",
                K**2 * C_in * C_out,
                "This layer does not share: every position has weights of its own.",
            ),
            Misconception(
                "a window at every pixel",
                K**2 * C_in * H**2 * C_out,
                "There is one window for each *output* position, and the output is $<<side>>$ "
                "wide.",
            ),
            Misconception(
                "flat windows",
                K**2 * outputs,
                "A window reads all <<C_in>> input channels.",
            ),
        ],
    )

    shared = IntegerEntry(
        K**2 * C_in * C_out,
        tex=r"N_\mathrm{shared}",
        marks=2,
        prompt="How many weights does the convolution have?",
        misconceptions=[
            Misconception(
                "did not share",
                K**2 * C_in * outputs,
                "All positions of a channel use the same weights.",
            ),
            Misconception(
                "flat filters",
                K**2 * C_out,
                "A filter has $<<K>>^2$ weights for each of the <<C_in>> input channels.",
            ),
            Misconception(
                "one filter",
                K**2 * C_in,
                "Each of the <<C_out>> output channels needs a filter of its own.",
            ),
        ],
    )

    ratio = RationalEntry(
        dense / local,
        tex="r",
        marks=1,
        prompt="By what factor $r$ does locality alone, without sharing, cut the weights?",
        misconceptions=[
            Misconception(
                "upside down", local / dense, "The larger count belongs on top: this is $1/r$."
            ),
            Misconception(
                "with sharing",
                dense / shared,
                "This is the factor of locality and sharing together.",
            ),
            Misconception(
                "share saved",
                1 - local / dense,
                "This is the share of the weights that is saved, not the factor.",
            ),
            Misconception(
                "sides for areas",
                H / K,
                "The window is smaller along *both* sides: the factor is the ratio of the areas.",
            ),
        ],
    )

    solution = r"""
    Each layer puts out $<<C_out>>$ maps of $<<side>> \times <<side>>$ values:
    << working.outputs >>
    In the dense layer each of them has a weight for each of the $H^2 C_\mathrm{in}$ inputs:
    << working.dense >>
    In the local layer it has weights only for the $K^2 C_\mathrm{in}$ inputs under its window:
    << working.local >>
    In the convolution the $n / C_\mathrm{out} = <<side>>^2$ positions of a channel share one set:
    << working.shared >>
    Locality therefore divides the count by
    << working.ratio >>
    which is $H^2 / K^2$, whatever the channels. Sharing divides it by $<<side>>^2$ once more.
    """

    def oracle(self):
        """Draw every connection of one pair of channels as a matrix, and count."""
        kernel = np.arange(1, self.K**2 + 1).reshape(self.K, self.K)
        joined = engine.conv_matrix(kernel, input_shape=(self.H, self.H), stride=self.S)
        pairs = sum(1 for _ in np.ndindex(self.C_in, self.C_out))
        windows = np.count_nonzero(joined, axis=1)
        return {
            "outputs": len(np.tile(joined[:, 0], self.C_out)),
            "dense": joined.size * pairs,
            "local": windows.sum() * pairs,
            "shared": len(np.unique(joined[joined > 0])) * pairs,
            "ratio": Fraction(joined.shape[1], int(windows[0])),
        }
