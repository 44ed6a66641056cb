"""Networks against PyTorch: every layer's shape and parameters, and what a gradient can reach."""

import pytest

torch = pytest.importorskip("torch")

from examgen.engine import ARCHITECTURES, architecture, receptive_field_indices  # noqa: E402

pytestmark = pytest.mark.oracle
BUILD = {
    "max_pool": lambda layer, read: torch.nn.MaxPool2d(
        layer.kernel, layer.stride, layer.padding, ceil_mode=layer.ceil_mode
    ),
    "avg_pool": lambda layer, read: torch.nn.AvgPool2d(layer.kernel, layer.stride, layer.padding),
    "global_avg_pool": lambda layer, read: torch.nn.AdaptiveAvgPool2d(1),
    "linear": lambda layer, read: torch.nn.Sequential(
        torch.nn.Flatten(), torch.nn.Linear(read[1:].numel(), layer.channels)
    ),
    "batch_norm": lambda layer, read: torch.nn.BatchNorm2d(read[1]),
    "lrn": lambda layer, read: torch.nn.LocalResponseNorm(5),
    "conv": lambda layer, read: torch.nn.Conv2d(
        read[1],
        layer.channels,
        layer.kernel,
        layer.stride or 1,
        layer.padding,
        groups=layer.groups,
        bias=layer.bias,
    ),
}


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_shapes_and_parameters(name):
    network = architecture(name)
    costs = network.costs()
    with torch.device("meta"):
        made = {"input": torch.empty(2, *network.input_shape)}
        for row in costs.rows:
            layer, inputs = network.graph[row.name]
            reads = [made[each] for each in inputs]
            if layer.operation == "add":
                made[row.name], parameters = sum(reads), 0
            elif layer.operation == "concat":
                made[row.name], parameters = torch.cat(reads, dim=1), 0
            else:
                module = BUILD[layer.operation](layer, reads[0].shape)
                made[row.name] = module(reads[0])
                parameters = sum(p.numel() for p in module.parameters())
            assert tuple(made[row.name].shape[1:]) == row.shape, row.name
            assert parameters == row.parameters, row.name


@pytest.mark.parametrize(
    ("name", "until", "size"),
    [
        ("alexnet-one-tower", "pool5", 224),
        ("googlenet", "inception_5b", 224),
        ("resnet-18", "conv5_2", 150),
        ("resnet-50", "conv4_6", 224),
        ("mobilenet-v2", "conv_last", 160),
        ("squeezenet", "conv10", 101),
    ],
)
def test_a_gradient_reaches_the_receptive_field(name, until, size):
    network = architecture(name)
    graph = network.along(0, until=until, input_shape=(3, size, size))
    x = torch.ones(1, 1, size, dtype=torch.float64, requires_grad=True)
    made = {"input": x}
    for layer, ((kernel, *rest), inputs) in graph.items():
        stride, padding, dilation = (*rest, *(1, (0, 0), 1)[len(rest) :])
        read = torch.nn.functional.pad(sum(made[each] for each in inputs), padding)
        weight = torch.ones(1, 1, kernel, dtype=torch.float64)
        made[layer] = torch.nn.functional.conv1d(read, weight, stride=stride, dilation=dilation)
    fields = receptive_field_indices(graph, size)
    assert made[until].shape[-1] == len(fields)
    for unit, field in enumerate(fields):
        (gradient,) = torch.autograd.grad(made[until][0, 0, unit], x, retain_graph=True)
        assert tuple(gradient[0, 0].nonzero().flatten().tolist()) == field
