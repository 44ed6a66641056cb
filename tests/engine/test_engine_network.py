"""Networks as data: published counts, and shapes and counts found by computing with real arrays."""

import json
from math import prod
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examgen.engine import (
    ARCHITECTURES,
    EngineError,
    Layer,
    Network,
    architecture,
    conv2d,
    max_pool2d,
    receptive_field_indices,
    trace_conv2d,
)

COUNTS = json.loads(
    (Path(__file__).parent / "data" / "network_counts.json").read_text(encoding="utf-8")
)
MEASURED = {
    "alexnet": "alexnet-one-tower",
    "vgg16": "vgg-16",
    "resnet18": "resnet-18",
    "resnet50": "resnet-50",
}


class TestPublished:
    @pytest.mark.parametrize("theirs", MEASURED)
    def test_torchvision_measured(self, theirs):
        fact, costs = COUNTS["torchvision"][theirs], architecture(MEASURED[theirs]).costs()
        by_kind = {
            kind: sum(row.macs for row in costs.rows if row.operation == kind)
            for kind in ("conv", "linear")
        }
        weighted = [row for row in costs.rows if row.operation in by_kind]
        norms = sum(row.operation == "batch_norm" for row in costs.rows)
        assert list(costs.input_shape) == fact["input"]
        assert costs.parameters == fact["params"]
        assert (costs.macs, by_kind["conv"]) == (fact["macs"], fact["conv_macs"])
        assert by_kind["linear"] == fact["linear_macs"]
        assert len(weighted) == fact["weighted_layers"]
        assert sum(row.values for row in weighted) == fact["weight_layer_activations"]
        assert costs.buffers + norms == fact["bn_buffers"]  # PyTorch counts the batches too

    @pytest.mark.parametrize(
        ("name", "parameters", "giga_macs"),
        [  # torchvision's own meta data, "num_params" and "_ops" (VGG-13: to two decimals)
            ("vgg-11", 132_863_336, "7.609"),
            ("vgg-13", 133_047_848, "11.31"),
            ("vgg-19", 143_667_240, "19.632"),
            ("googlenet-bn", 6_624_904, "1.498"),
            ("resnet-34", 21_797_672, "3.664"),
            ("resnet-101", 44_549_160, "7.801"),
            ("resnet-152", 60_192_808, "11.514"),
            ("mobilenet-v2", 3_504_872, "0.301"),
            ("squeezenet", 1_248_424, "0.819"),
        ],
    )
    def test_torchvision_documented(self, name, parameters, giga_macs):
        costs = architecture(name).costs()
        decimals = len(giga_macs.split(".")[1])
        assert (costs.parameters, f"{costs.macs / 1e9:.{decimals}f}") == (parameters, giga_macs)

    @pytest.mark.parametrize(
        ("name", "macs"),
        [
            ("googlenet-bn", 1_498_376_192),
            ("mobilenet-v1", 568_740_352),
            ("mobilenet-v2", 300_774_272),
            ("squeezenet", 818_924_576),
        ],
    )
    def test_macs_to_the_last(self, name, macs):
        assert architecture(name).costs().operations("MACs") == macs

    def test_alexnet_of_2012_by_layer(self):
        fact, costs = COUNTS["alexnet_2012_grouped"], architecture("alexnet-grouped").costs()
        for short, parameters in fact["params_by_layer"].items():
            assert costs[short].parameters == parameters
            assert costs[short].macs == fact["macs_by_layer"][short]
        assert (costs.parameters, costs.macs) == (fact["params"], fact["macs"])
        fact, costs = COUNTS["alexnet_2012_ungrouped"], architecture("alexnet-ungrouped").costs()
        assert (costs.parameters, costs.macs) == (fact["params"], fact["macs"])

    def test_googlenet_of_2015(self):
        fact, network = COUNTS["googlenet_original"], architecture("googlenet")
        costs = network.costs()
        biases = sum(layer.channels for layer, _ in network.graph.values() if layer.channels)
        assert (costs.parameters, biases) == (fact["params"], fact["biases"])
        sides = {"pool1": 56, "pool2": 28, "pool3": 14, "pool4": 7}
        assert {name: costs[name].shape[-1] for name in sides} == sides
        assert costs["inception_5b"].shape == (1024, 7, 7)

    def test_mobilenet_v1(self):
        costs = architecture("mobilenet-v1").costs()
        assert (costs.parameters, costs.parameters + costs.buffers) == (4_231_976, 4_253_864)

    def test_lenet(self):
        costs = architecture("lenet-5").costs()
        assert [row.shape for row in costs.rows[:5]] == [
            (6, 28, 28),
            (6, 14, 14),
            (16, 10, 10),
            (16, 5, 5),
            (120, 1, 1),
        ]
        assert [costs[c].parameters for c in ("c1", "c5", "f6")] == [156, 48_120, 10_164]

    @pytest.mark.parametrize("name", ARCHITECTURES)
    def test_every_network_has_its_classes(self, name):
        assert architecture(name, classes=7).costs().rows[-1].shape[0] == 7

    @pytest.mark.parametrize("name", ["resnet-50", "mobilenet-v2", "squeezenet", "googlenet"])
    def test_parameters_do_not_depend_on_the_resolution(self, name):
        network = architecture(name)
        large = network.costs((3, 321, 321))
        assert large.parameters == network.costs().parameters and large.macs > 1.9 * (
            network.costs().macs
        )


@st.composite
def windows(draw):
    groups = draw(st.sampled_from([1, 2]))
    return {
        "kernel": (draw(st.integers(1, 3)), draw(st.integers(1, 3))),
        "stride": draw(st.integers(1, 3)),
        "padding": draw(st.integers(0, 2)),
        "dilation": draw(st.integers(1, 2)),
        "groups": groups,
    }


class TestAgainstArrays:
    @given(windows(), st.integers(5, 7), st.integers(5, 7))
    def test_a_convolution_counts_what_is_multiplied(self, window, height, width):
        layer = Layer("conv", 4, **window)
        (row,) = Network("one layer", (2, height, width), [layer]).costs().rows
        options = {key: value for key, value in window.items() if key != "kernel"}
        weight = np.ones((4, 2 // window["groups"], *window["kernel"]), dtype=int)
        x = np.ones((2, height, width), dtype=int)
        assert row.shape == conv2d(x, weight, **options).shape
        assert row.parameters == weight.size + 4
        corner = trace_conv2d(x, weight, at=(0, 0, 0), **options)
        assert row.macs == row.values * (len(corner.terms) + corner.outside)

    @pytest.mark.parametrize("padding", ["valid", "same", "full"])
    def test_named_paddings(self, padding):
        layer = Layer("conv", 1, 3, stride=2, padding=padding)
        network = Network("one layer", (1, 7, 8), [layer])
        x, weight = np.ones((1, 7, 8), int), np.ones((1, 1, 3, 3), int)
        y = conv2d(x, weight, stride=2, padding=padding)
        assert network.costs().rows[0].shape == y.shape
        seen = receptive_field_indices(network.along(1), 8)
        assert [3 * len(pixels) for pixels in seen] == y[0, 1].tolist()

    @given(
        st.integers(4, 12),
        st.integers(2, 3),
        st.integers(1, 4),
        st.booleans(),
        st.tuples(*[st.tuples(*[st.integers(0, 1)] * 2)] * 2),
    )
    def test_pooling_has_the_shape_of_the_operation(self, side, kernel, stride, ceil, padding):
        options = {"stride": stride, "padding": padding, "ceil_mode": ceil}
        layer = Layer("max_pool", kernel=kernel, **options)
        (row,) = Network("one layer", (1, side, side + 1), [layer]).costs().rows
        assert row.shape == max_pool2d(np.zeros((1, side, side + 1), int), kernel, **options).shape

    def test_one_and_three_dimensions(self):
        audio = Network(
            "1-D", (2, 100), [Layer("conv", 4, 5, stride=2), Layer("max_pool", kernel=3)]
        )
        assert [row.shape for row in audio.costs().rows] == [(4, 48), (4, 16)]
        volume = Network("3-D", (1, 8, 9, 10), [Layer("conv", 2, 3, bias=False)]).costs()
        assert (volume.rows[0].shape, volume.parameters) == ((2, 6, 7, 8), 2 * 27)


RESIDUAL = Network(
    "residual",
    (4, 8, 8),
    [
        Layer("conv", 4, 3, padding=1, name="a"),
        Layer("relu"),
        Layer("conv", 4, 3, padding=1, name="b"),
        Layer("add", inputs=("b", "input"), name="sum"),
        Layer("concat", inputs=("sum", "a"), name="both"),
        Layer("linear", 10, name="scores"),
    ],
)


class TestMemory:
    def test_by_hand(self):
        costs, maps = RESIDUAL.costs(), 4 * 8 * 8
        assert costs["both"].shape == (8, 8, 8)
        assert costs["relu1"].in_place
        assert costs.activations == maps + 3 * maps + 2 * maps + 10
        assert costs.activation_bytes(batch=3, value_bytes=2) == 6 * costs.activations
        # alive at once: a, sum and both
        assert costs.inference_bytes() == 4 * (costs.parameters + 4 * maps)

    def test_training(self):
        costs = RESIDUAL.costs()
        memory = costs.training_memory(batch=2, optimizer="adam")
        assert memory.parameters == memory.gradients == costs.parameter_bytes()
        assert memory.optimizer == 2 * memory.parameters
        assert memory.activations == memory.activation_gradients == 8 * costs.activations
        assert memory.total == 4 * memory.parameters + 2 * memory.activations + memory.buffers
        assert costs.training_memory(optimizer="sgd").optimizer == 0
        assert costs.training_memory(optimizer="momentum").optimizer == memory.parameters

    def test_buffers_are_in_memory(self):
        layers = [Layer("conv", 4, 1, bias=False), Layer("batch_norm")]
        costs = Network("normed", (2, 3, 3), layers).costs()
        assert (costs.parameters, costs.buffers) == (8 + 8, 8)
        assert costs.training_memory().buffers == 32

    def test_vgg_16_needs_half_a_gigabyte_of_parameters(self):
        costs = architecture("vgg-16").costs()
        assert costs.parameter_bytes() == 553_430_176
        first = prod(costs["conv1_1"].shape)
        assert costs.inference_bytes() == costs.parameter_bytes() + 4 * 2 * first


class TestTable:
    def test_one_line_a_layer(self):
        lines = RESIDUAL.costs().table().splitlines()
        assert len(lines) == 1 + 1 + 6 + 1
        assert lines[0].split() == ["layer", "operation", "output", "parameters", "MACs", "bytes"]
        assert lines[2].split() == ["a", "conv", "4", "×", "8", "×", "8", "148", "9,216", "1,024"]
        assert lines[3].split()[-1] == "0"
        assert lines[-1].split() == ["total", "5,426", "23,552", "6,184"]

    def test_flops_are_two_for_each_mac(self):
        costs = architecture("alexnet-grouped").costs()
        assert costs.operations("FLOPs") == 2 * 724_406_816
        assert "1,448,813,632" in costs.table(unit="FLOPs").splitlines()[-1]


class TestBadInput:
    @pytest.mark.parametrize(
        ("layers", "message"),
        [
            ([Layer("convolution")], "operation must be one of conv, max_pool"),
            ([Layer("conv", 3)], r"layer 'conv1' \(conv\) needs a kernel"),
            ([Layer("conv", kernel=3)], "layer 'conv1': channels must be a whole number"),
            ([Layer("conv", 3, 3, groups=2)], "groups = 2 must divide the 3 input channels"),
            ([Layer("conv", 3, 9)], "layer 'conv1': the kernel spans 9 × 9"),
            ([Layer("linear", 3), Layer("conv", 3, 3)], r"needs an input \(C, H, W\); its shape"),
            (
                [Layer("relu", name="a"), Layer("relu", name="a")],
                "layer 'a' has the name",
            ),
            ([Layer("relu", inputs=("b",))], "layer 'relu1' reads 'b', which is no layer before"),
            (
                [Layer("relu"), Layer("lrn", inputs=("input", "relu1"))],
                "must read one layer, not 2",
            ),
            (
                [Layer("conv", 4, 3), Layer("add", inputs=("conv1", "input"))],
                r"needs inputs of the same shape; they have \(4, 4, 4\) \('conv1'\)",
            ),
            (
                [Layer("conv", 4, (3, 1)), Layer("concat", inputs=("conv1", "input"))],
                "needs inputs of the same shape but for the channels; they have",
            ),
            (["conv"], r"layers must be Layer\(…\), not 'conv'"),
        ],
    )
    def test_layers(self, layers, message):
        with pytest.raises(EngineError, match=f"net: .*{message}"):
            Network("net", (3, 6, 6), layers).costs()

    def test_names(self):
        with pytest.raises(EngineError, match="did you mean 'resnet-50'"):
            architecture("resnet50")
        with pytest.raises(EngineError, match="there is no layer 'x'; it has"):
            RESIDUAL.along(0, until="x")
        with pytest.raises(EngineError, match="there is no layer 'x'"):
            RESIDUAL.costs()["x"]

    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (lambda c: c.operations("GFLOPS"), "unit must be 'MACs' or 'FLOPs', not 'GFLOPS'"),
            (lambda c: c.training_memory(optimizer="rms"), "optimizer must be one of sgd"),
            (lambda c: c.activation_bytes(batch=0), "batch must be a whole number of at least 1"),
        ],
    )
    def test_costs(self, call, message):
        with pytest.raises(EngineError, match=f"residual: {message}"):
            call(RESIDUAL.costs())

    def test_axis_and_shape(self):
        with pytest.raises(EngineError, match="axis 2 must be less than 2"):
            RESIDUAL.along(2)
        with pytest.raises(EngineError, match=r"input_shape must be \(C, H, W\), not 224"):
            RESIDUAL.costs(224)
