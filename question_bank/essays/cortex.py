"""An essay with a drawn stack of layers: what networks took from the visual cortex."""

from examgen import Choice, Essay, Int, Item


class Cortex(Item):
    """Receptive fields and columns, and how fields grow from layer to layer."""

    title = "From the visual cortex to layers"
    topic = "essays"
    objective = (
        "explain restricted connections, columns and growing receptive fields, in the cortex "
        "and in a network"
    )
    serves = ["2a essay"]

    K = Choice(3, 5, 7)
    L = Int(3, 12)

    field = 1 + (K - 1) * L

    stem = r"""
    Hubel and Wiesel recorded from single cells in the visual cortex of cats while they showed them
    bars and edges of light.
    """

    explain = Essay(
        prompt=r"""
        Explain the two findings that shaped convolutional networks: that connections are
        restricted, and that cells are arranged in columns. Say for each what in a network
        corresponds to it. Then explain how a network comes to recognise patterns of different
        sizes, and give the side of the receptive field after <<L>> layers with kernels of
        $<<K>> \times <<K>>$, stride&nbsp;1 and no dilation.
        """,
        rubric={
            "Restricted connections: a cell answers to a small part of the visual field only": 2,
            "In a network: units that see a window, at a different place each": 1,
            "Columns: same orientation within one; all orientations of a place in a hypercolumn": 2,
            "In a network: many channels at each position, each for another pattern": 1,
            "Simple cells need the right place, complex cells tolerate shifts": 1,
            "Fields grow with depth: from edges over parts to objects": 2,
            "The side of the receptive field is right": 1,
        },
        model_answer=r"""
        *Restricted connections.* A cell answers only to light in a small part of the visual field,
        its receptive field; neighbouring cells have neighbouring fields. In a network a unit is
        connected to a window of the layer below, and the units of a map have windows at different
        places.

        *Columns.* Cells in a column at right angles to the surface of the cortex prefer the same
        orientation, for about the same place. Neighbouring columns prefer slightly different ones,
        and a hypercolumn has all orientations (and both eyes) for one place. In a network a
        position has many channels: each is the answer of another kernel to the same window, and
        together they do what a hypercolumn does. Within the field, *simple cells* need their edge
        at the right place, while *complex cells* answer wherever in the field it lies. The first
        resemble units of a convolution, the second those of a pooling layer.

        *Patterns of different sizes.* A unit sees a window of units that see windows themselves.
        Fields grow with depth, in the cortex and in networks, so that early layers find edges,
        later ones textures and parts, and the last ones whole objects. With kernels of
        $<<K>> \times <<K>>$ and stride&nbsp;1 each layer adds $<<K>> - 1 = <<K - 1>>$ pixels to the
        side: after <<L>> layers it is $1 + <<L>> \cdot <<K - 1>> = <<field>>$ pixels. Strides and
        pooling make it grow much faster.
        """,
        source="Hubel & Wiesel, J. Physiol. 160 (1962) 106 and 195 (1968) 215, and J. Comp. "
        "Neurol. 158 (1974) 295 (hypercolumns)",
    )

    solution = r"""
    Two slips are common. The cells of one *orientation column* agree in their orientation; it is
    the *hypercolumn* that holds different ones. And a stack of small kernels sees less than one
    thinks: here $<<field>> \times <<field>>$ pixels after <<L>> layers.
    """
