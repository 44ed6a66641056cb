"""Receptive fields: two routes against each other, and every row of a published table."""

import csv
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examgen.engine import (
    EngineError,
    architecture,
    misalignments,
    receptive_field,
    receptive_field_indices,
    receptive_fields,
)

TABLE = Path(__file__).parent / "data" / "receptive_fields.csv"
VALID, SAME = 0, "same"


class Slim:
    """A TF-Slim network along one axis, written down layer by layer."""

    def __init__(self):
        self.graph, self.last = {}, "input"

    def layer(self, kernel, stride=1, padding=SAME, name=None, source=None):
        name = name or f"layer {len(self.graph)}"
        self.graph[name] = ((kernel, stride, padding), [source or self.last])
        self.last = name
        return name

    def branches(self, name, *branches):
        """Each branch is a list of (kernel, stride, padding), or of one inner list of ends."""
        source, ends = self.last, []
        for branch in branches:
            self.last = source
            for entry in branch:
                if isinstance(entry, list):
                    fork = self.last
                    ends += [self.layer(*end, source=fork) for end in entry]
                    break
                self.layer(*entry)
            else:
                ends.append(self.last)
        self.graph[name] = ((1,), ends)
        self.last = name


ONE, THREE = (1,), (3,)


def alexnet_v2():
    net = Slim()
    net.layer(11, 4, VALID, "alexnet_v2/conv1")
    net.layer(3, 2, VALID, "alexnet_v2/pool1")
    net.layer(5, name="alexnet_v2/conv2")
    net.layer(3, 2, VALID, "alexnet_v2/pool2")
    for number in (3, 4, 5):
        net.layer(3, name=f"alexnet_v2/conv{number}")
    net.layer(3, 2, VALID, "alexnet_v2/pool5")
    return net


def vgg(name, depths):
    net = Slim()
    for block, depth in enumerate(depths, start=1):
        for number in range(1, depth + 1):
            net.layer(3, name=f"{name}/conv{block}/conv{block}_{number}")
        net.layer(2, 2, VALID, f"{name}/pool{block}")
    return net


def mobilenet_v1():
    net = Slim()
    net.layer(3, 2, name="Conv2d_0")
    for number, stride in enumerate([1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1], start=1):
        net.layer(3, stride)
        net.layer(1, name=f"Conv2d_{number}_pointwise")
    return net


def resnet(name, units):
    """The stride is in the last unit of a block; strided 3 × 3 are padded by one on either side."""
    net = Slim()
    net.layer(7, 2, 3)
    net.layer(3, 2)
    for block, count in enumerate(units, start=1):
        for number in range(1, count + 1):
            stride = 2 if number == count and block < 4 else 1
            middle = (3, 2, 1) if stride == 2 else THREE
            end = f"{name}/block{block}" if number == count else f"{block}.{number}"
            net.branches(end, [(1, stride)], [ONE, middle, ONE])
    return net


SLIM = {
    "alexnet_v2": alexnet_v2(),
    "vgg_a": vgg("vgg_a", (1, 1, 2, 2, 2)),
    "vgg_16": vgg("vgg_16", (2, 2, 3, 3, 3)),
    "mobilenet_v1": mobilenet_v1(),
    "resnet_v1_50": resnet("resnet_v1_50", (3, 4, 6, 3)),
}


def published() -> Iterable[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def number(text):
    return int(text) if text else None


class TestPublished:
    @pytest.mark.parametrize("net", SLIM)
    @pytest.mark.parametrize("resolution", ["", "224", "321"])
    def test_every_row_of_the_table(self, net, resolution):
        fields = receptive_fields(SLIM[net].graph, size=number(resolution))
        rows = [r for r in published() if (r["net"], r["resolution"]) == (net, resolution)]
        assert rows or (net, resolution) == ("mobilenet_v1", "321")
        for row in rows:
            field = fields[row["endpoint"]]
            padding = None if field.start is None else -field.start
            expected = number(row["size"]), number(row["stride"]), number(row["padding"])
            assert (field.size, field.jump, padding) == expected, row

    def test_the_table_is_whole(self):
        rows = published()
        assert len(rows) == 139 and {row["net"] for row in rows} == set(SLIM)

    @pytest.mark.parametrize(
        ("name", "layer", "size", "jump"),
        [
            ("alexnet-one-tower", "pool5", 195, 32),
            ("vgg-11", "pool5", 150, 32),
            ("vgg-16", "pool5", 212, 32),
            ("mobilenet-v1", "conv13", 315, 32),
        ],
    )
    def test_our_definitions_see_what_slim_s_see(self, name, layer, size, jump):
        field = receptive_field(architecture(name).along(0, until=layer))
        assert (field.size, field.jump) == (size, jump)


LEFT, RIGHT = ((1, 4), ["input"]), ((3, 2, (1, 0)), ["input"])
ALIGNED = {"left": LEFT, "right": RIGHT, "more": ((1, 2), ["right"]), "sum": (1, ["left", "more"])}
SAME_ON_THE_RIGHT = ALIGNED | {"right": ((3, 2, "same"), ["input"])}
NESTED = ALIGNED | {
    "second left": ((1, 2), ["sum"]),
    "second right": ((3, 2, (1, 0)), ["sum"]),
    "output": (1, ["second left", "second right"]),
}
NESTED_SAME = {
    name: ((layer if isinstance(layer, int) else (*layer[:2], "same")), inputs)
    for name, (layer, inputs) in NESTED.items()
}


class TestSmallNetworks:
    """The networks of receptive_field_computation_test.py in google-research/receptive_field."""

    @pytest.mark.parametrize(
        ("graph", "size", "expected"),
        [
            (ALIGNED, None, (3, 4, -1)),
            (SAME_ON_THE_RIGHT, 9, (3, 4, -1)),
            (SAME_ON_THE_RIGHT, None, (3, 4, None)),
            (NESTED, None, (11, 8, -5)),
            (NESTED_SAME, 17, (11, 8, -5)),
        ],
    )
    def test_aligned(self, graph, size, expected):
        field = receptive_field(graph, size=size)
        assert (field.size, field.jump, field.start) == expected
        assert misalignments(graph, size=size) == ()

    def test_kernels_that_are_not_square(self):
        assert receptive_field([(5, 2), (1, 2)]).size == 5
        assert receptive_field([(3, 2), (3, 2)]).size == 7

    def test_same_padding_misaligns_at_8_pixels(self):
        with pytest.raises(EngineError, match=r"layer 'sum' disagree in their centre: 0 .*, 1 "):
            receptive_field(SAME_ON_THE_RIGHT, size=8)
        assert receptive_field(SAME_ON_THE_RIGHT, size=8, aligned=False).size == 3

    def test_jumps_that_differ(self):
        graph = {
            "left": ((5, 2, (2, 1)), ["input"]),
            "right": (3, ["input"]),
            "sum": (1, ["left", "right"]),
            "behind": (3, ["sum"]),
        }
        (found,) = misalignments(graph)
        assert (found.layer, found.quantity) == ("sum", "jump")
        assert found.branches == (("left", 2), ("right", 1))
        with pytest.raises(EngineError, match=r"disagree in their jump: 2 \('left'\), 1 \('right'"):
            receptive_field(graph, aligned=False)

    def test_units_that_differ(self):
        graph = {"left": (3, ["input"]), "sum": (1, ["input", "left"])}
        assert [each.quantity for each in misalignments(graph, size=5)] == ["number of units"]
        with pytest.raises(EngineError, match=r"number of units: 5 \('input'\), 3 \('left'\)"):
            receptive_field_indices(graph, 5)

    def test_a_branch_off_centre_is_seen_by_both_routes(self):
        graph = {"left": ((2, 1, (1, 0)), ["input"]), "sum": (1, ["input", "left"])}
        (found,) = misalignments(graph)
        assert found.branches == (("input", 0), ("left", Fraction(-1, 2)))
        assert receptive_field_indices(graph, 3) == ((0,), (0, 1), (1, 2))
        field = receptive_field(graph, aligned=False)
        assert [[*field.pixels(unit, size=3)] for unit in range(3)] == [[0], [0, 1], [1, 2]]


class TestByHand:
    def test_two_layers(self):
        fields = receptive_fields([(3, 2, 1), 5])
        assert {name: (f.size, f.jump, f.start) for name, f in fields.items()} == {
            "input": (1, 1, 0),
            "1": (3, 2, -1),
            "2": (11, 2, -1),
        }

    def test_clipped_at_both_borders(self):
        field = receptive_field([(5, 1, 2)])
        assert [len(field.pixels(unit, size=4)) for unit in range(4)] == [3, 4, 4, 3]
        assert list(field.pixels(9, size=4)) == []
        assert receptive_field([(5, 1, 2)]).centre == 0
        assert receptive_field([2]).centre == Fraction(1, 2)

    def test_same_padding_as_tensorflow_gives_it(self):
        starts = [receptive_field([(3, 2, "same")], size=size).start for size in (7, 8)]
        assert starts == [-1, 0]
        assert receptive_field([(4, 2, "same")]).start == -1
        assert len(receptive_field_indices([(3, 2, "same")], 7)) == 4


LAYER = st.tuples(
    st.integers(1, 4), st.integers(1, 3), st.tuples(*[st.integers(0, 2)] * 2), st.integers(1, 2)
)


@st.composite
def graphs(draw):
    """Blocks of branches that keep the number of units, each block behind a strided layer."""
    graph, last = {}, "input"
    for block in range(draw(st.integers(1, 3))):
        graph[f"{block}"] = (draw(LAYER), [last])
        ends = [f"{block}"] if draw(st.booleans()) else []
        for branch in range(draw(st.integers(1, 3))):
            kernel, dilation = draw(st.integers(1, 4)), draw(st.integers(1, 2))
            reach = dilation * (kernel - 1)
            before = draw(st.integers(0, reach))
            ends.append(f"{block}.{branch}")
            layer = (kernel, 1, (before, reach - before), dilation)
            graph[ends[-1]] = (layer, [f"{block}"])
        last = f"{block} joined"
        graph[last] = (1, ends)
    return graph


class TestBothRoutesAgree:
    def agree(self, layers, size):
        field = receptive_field(layers, size=size, aligned=False)
        for unit, seen in enumerate(receptive_field_indices(layers, size)):
            first = field.start + unit * field.jump
            assert set(seen) <= set(field.pixels(unit, size=size))
            if first >= 0 and first + field.size <= size:
                assert (seen[0], seen[-1]) == (first, first + field.size - 1)

    @given(st.lists(LAYER, max_size=3), st.integers(70, 90))
    def test_on_chains(self, layers, size):
        self.agree(layers, size)

    @settings(deadline=None)
    @given(graphs(), st.integers(150, 170))
    def test_on_graphs(self, graph, size):
        self.agree(graph, size)

    @pytest.mark.parametrize(
        ("name", "layer"),
        [
            ("googlenet", "inception_5b"),
            ("resnet-18", "conv5_2"),
            ("resnet-50", "conv4_6"),
            ("mobilenet-v2", "conv_last"),
            ("squeezenet", "conv10"),
        ],
    )
    def test_on_architectures(self, name, layer):
        graph = architecture(name).along(0, until=layer)
        assert misalignments(graph, size=224) == ()
        self.agree(graph, 224)

    def test_a_classifier_sees_everything(self):
        assert receptive_field_indices(architecture("lenet-5").along(1), 32) == (tuple(range(32)),)


class TestBadInput:
    @pytest.mark.parametrize(
        ("layers", "message"),
        [
            ("conv", "layers must be a sequence of layers or a mapping"),
            ([3, (3, 0)], "layer 2: stride must be a whole number of at least 1, not 0"),
            ([(3, 1, "full")], "layer 1: padding must be numbers or 'same', not 'full'"),
            ({"a": (3, ["b"])}, "layer 'a' reads 'b', which is no layer before it; there are"),
            ({"a": (3, [])}, "layer 'a' needs at least one input"),
            ({"a": 3}, r"layer 'a' must be \(layer, names of its inputs\), not 3"),
            ({"input": (3, ["input"])}, "layer 'input' needs a name"),
        ],
    )
    def test_layers(self, layers, message):
        with pytest.raises(EngineError, match=f"receptive_field: {message}"):
            receptive_field(layers)

    def test_a_kernel_that_does_not_fit(self):
        with pytest.raises(EngineError, match="layer 1: the kernel spans 5"):
            receptive_field([5], size=4)

    def test_an_unknown_start(self):
        with pytest.raises(EngineError, match="padding 'same' depends on the size"):
            receptive_field([(3, 2, "same")]).pixels(0, size=9)
