"""An essay without parameters: receptive fields of one size against those of the eye."""

from examgen import Essay, Item


class FixedFields(Item):
    """What a network gains and loses by giving all units of a layer fields of one size."""

    title = "One size for all"
    topic = "essays"
    objective = (
        "weigh gains and losses of receptive fields of one size, and name a design that gives it up"
    )
    serves = ["2c essay"]

    stem = r"""
    In the eye receptive fields are small at the centre of gaze and large at the edge of the visual
    field. All units of a convolution layer have fields of one and the same size.
    """

    discuss = Essay(
        prompt="""
        What does a network gain by this choice, and what does it lose? Name two of each, and one
        architecture that gives up the choice, with what it does instead.
        """,
        rubric={
            "Two gains, such as shared weights, equivariance to shifts, regular and fast code": 2,
            "Two losses, such as equal effort everywhere, or one scale for objects of all sizes": 1,
            "An architecture that varies the fields, and how": 1,
        },
        model_answer=r"""
        *Gains.* One kernel serves all positions, so a layer has few weights. The answer to a
        pattern does not depend on where it lies (equivariance to shifts). And a regular grid of
        equal windows can be computed fast, as one product of matrices.

        *Losses.* The same effort is spent on empty sky as on a face; the eye instead moves its
        small fields to what matters. Fields of one size suit objects of one size: a large object
        does not fit into them, a small one is mixed with its surroundings.

        *Other ways.* Branches with different kernels or dilations side by side (Inception, spatial
        pyramid pooling) offer several sizes at each place. Deformable convolutions compute from the
        image, for each place, where to read. Attention weighs all places by how much they matter.
        """,
        source="Hubel & Wiesel, J. Comp. Neurol. 158 (1974) 295 (fields grow with eccentricity); "
        "Szegedy et al., CVPR 2015; Chen et al., arXiv 1706.05587; Dai et al., ICCV 2017",
    )

    solution = r"""
    The size is the same for all units of *one layer*; deeper layers have larger fields. At the
    border the field is cut off: part of the window holds padding and no image.
    """
