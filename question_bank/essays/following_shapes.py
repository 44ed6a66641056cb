"""An essay without parameters: sampling points that follow an object."""

from examgen import Essay, Item


class FollowingShapes(Item):
    """Where the taps of an ordinary and of a deformable convolution fall on a sheep."""

    title = "A sheep on a meadow"
    topic = "essays"
    objective = (
        "describe where ordinary and deformable taps fall on an object, and why following its "
        "shape helps"
    )
    serves = ["6b essay"]

    stem = r"""
    A picture shows a sheep on a meadow: a large body, four thin legs, a small head. Two networks
    look at it, one with ordinary $3 \times 3$ convolutions, one with deformable ones. In each, a
    unit near the end of the network is traced back through three layers to the points of the image
    that it samples.
    """

    analyse = Essay(
        prompt="""
        Describe where the sampled points of the two units lie, once when the unit is on the body
        and once when it is on a leg. Explain why this helps to recognise and to segment the sheep,
        and why the rigid, regular grid is at a disadvantage. Name a limit of what the offsets can
        achieve.
        """,
        rubric={
            "Ordinary: the same grid everywhere, on sheep and meadow alike": 2,
            "Deformable: points spread over the body, line up along the leg": 2,
            "Fewer samples from the background are mixed into the feature": 1,
            "Adapts to scale and shape at each place, without further kernels": 1,
            "Gain for detection or for the borders in segmentation": 1,
            "A limit, such as samples that still miss the object, or the cost": 1,
        },
        model_answer=r"""
        *Ordinary.* Both units sample a regular grid of one size, wherever they are. On the body the
        grid covers only a part of the wool. On a leg most points fall beside it, on grass, since
        the leg is narrower than the grid. What the unit computes there is mainly about the
        meadow.

        *Deformable.* The offsets are computed from the image at that place. On the body the points
        spread out and cover it; on the leg they line up along it. Over three layers there are
        $9^3 = 729$ paths from a unit to the image, so that even small offsets in each layer bend
        the field considerably.

        *Why it helps.* The sum of the taps mixes less background into the feature, so features of
        the same object resemble each other more. Large and small parts are each seen at their own
        scale without a kernel for each. For detection, the field matches the extent of the object
        better; for segmentation, a unit near the border can read on its own side, which gives
        cleaner borders and keeps thin parts. A rigid grid can only average over such
        differences.

        *Limits.* The offsets are computed from features and may be wrong: samples still fall on
        the background, which is why version 2 adds a weight for each sample that can switch it off.
        And offsets cost computation and irregular access to memory.
        """,
        source="Dai et al., ICCV 2017; Zhu et al., CVPR 2019 (version 2)",
    )

    solution = """
    The kernel's weights are the same at both places; only where they are applied differs. That
    *all* samples land on the object is the aim and not what is observed.
    """
