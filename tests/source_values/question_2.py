"""Question 2: receptive fields, the cortex and the Neocognitron, fields of variable size."""

from source_values.served import BANK, Table, item_of, model, models, no_number

from examgen.bank.sample import usable_items
from examgen.items.wording import Wording


def stack(k, L, stride=1, dilation=1):
    assert stride == dilation == 1
    return {"K": k, "L": L}


def folded(layers):
    """Side, jump and first pixel of unit 0 after each layer, two layers at a time.

    The layers so far are the first layer of the next item: of the side, jump and start known.
    """
    known, side, jump, start = [], 1, 1, 0
    for K, S, P, dilation in layers:
        assert dilation == 1
        table = item_of("receptive_field/layer_table", K=[side, K, 1, 1], S=[jump, S, 1, 1])
        place = item_of(
            "receptive_field/interval", K=[side, K, 1], S=[jump, S, 1], P=[-start, P, 0], u=0
        )
        assert place.field.tolist() == [table.r[3], table.j[3]]
        side, jump, start = int(table.r[3]), int(table.j[3]), int(place.ends[0])
        assert place.ends[1] == start + side - 1
        known.append((side, jump, start))
    return known


in_steps = models("receptive_field/layer_table", "receptive_field/interval")


@in_steps
def sides(layers_k_s_p_d, **_):
    return [side for side, _, _ in folded(layers_k_s_p_d)]


@in_steps
def jumps(layers_k_s_p_d, **_):
    return [jump for _, jump, _ in folded(layers_k_s_p_d)]


@in_steps
def centres(layers_k_s_p_d, **_):
    """Pixel i has its centre at i + 1/2, so a field of r pixels from t on has it at t + r/2."""
    return [f"{2 * start + side}/2" for side, _, start in folded(layers_k_s_p_d)]


@in_steps
def vgg(net, blocks):
    layers = [layer for n in blocks for layer in [[3, 1, 1, 1]] * n + [[2, 2, 0, 1]]]
    return [side for side, _, _ in folded(layers)][-2:]


ALEXNET = [[11, 4, 0, 1], [3, 2, 0, 1], [5, 1, 2, 1], [3, 2, 0, 1], *[[3, 1, 1, 1]] * 3]


@in_steps
def alexnet_interval(net, layer, unit, W):
    side, jump, start = folded(ALEXNET)[-1]  # conv5
    return [start + unit * jump, start + unit * jump + side - 1]


YEARS = {  # the model's text, the source's event
    "cells in the visual cortex": "Hubel & Wiesel cat recordings (1959)",
    "Neocognitron": "Neocognitron (1979; English 1980)",
    "zip codes": "backprop-trained CNN (zip codes) (1989)",
    "LeNet-5": "LeNet-5 (1998)",
    "AlexNet": "AlexNet (2012)",
    "GoogLeNet": "VGG / GoogLeNet (2014)",
    "deformable": "deformable convolution (2017)",
}


@models("concepts/history")
def history(events):
    """The source's events in the order of the years that the model gives them.

    The model has no Nobel prize, which is put in by its year.
    """
    years = {1981: "Nobel Prize Hubel & Wiesel (1981)"}
    for item in usable_items(BANK["concepts/history"], 100):
        numbers = [item.root, 1980, item.learning, item.between, item.deep, item.late]
        texts = [text for text, _, _ in Wording(item).options(item.part("order"))]
        for year, text in zip(numbers, texts, strict=True):
            for words, event in YEARS.items():
                if words in text:
                    years[year] = event
    return [years[year] for year in sorted(years)]


@models("concepts/right_word")
def designed_by_hand(statement):
    """Whether S-cells have weights designed by hand, as one of the model's claims says."""
    for item in usable_items(BANK["concepts/right_word"], 100):
        prompt = Wording(item).prompt(item.part("neocognitron"))
        if "weights of S-cells" in prompt and "designed by hand" in prompt:
            return item.key("neocognitron") == "designed by hand"
    raise AssertionError("no item makes the claim")


QUESTION_2: Table = {
    ("rf-uniform-stack", "receptive field side"): model(
        "receptive_field/stack_formula", stack, "field"
    ),
    ("rf-general-table", "receptive field side per layer"): sides,
    ("rf-general-table", "jump per layer"): jumps,
    ("rf-general-table", "centre of output 0 per layer"): centres,
    ("rf-general-table", "RF at conv5_3, pool5"): vgg,
    ("rf-interval", "first, last input pixel before clipping"): alexnet_interval,
    ("neuron-fanin", "connections: dense, local"): model(
        "parameters/dense_local_shared",
        lambda n_in, k, C_in: {"H": 1000, "C_in": C_in, "C_out": 1, "K": k, "S": 10},
        lambda item: [item.dense // item.outputs, item.local // item.outputs],
    ),
    ("visual-angle-to-pixels", "RF side in pixels"): model(
        "receptive_field/visual_angle",
        lambda rf_deg, fov_deg, pixels: {"A": fov_deg, "N": pixels, "t": 10 * rf_deg},
        "side",
    ),
    ("hw-cell-matching", "property of each"): no_number(
        "descriptions in words: test_concepts_by_letter.py holds the matched texts against facts",
        "concepts/visual_cortex",
    ),
    ("cnn-history-order", "order with years"): history,
    ("tf-correct", "truth value"): designed_by_hand,
    ("dataset-facts", "images"): no_number("the size of a data set, which no item asks for"),
    ("pooling-by-hand", "output"): model("pooling/by_hand", lambda x, **_: {"X": x}, "M"),
    ("pool-backward", "gradient wrt x"): model(
        "pooling/by_hand", lambda x, upstream, **_: {"X": x, "G": upstream}, "B"
    ),
    ("padding-clipped-rf", "output positions (2-D) whose window hangs over the border"): model(
        "receptive_field/clipped",
        lambda W, k, P, S: {"W": W, "K": k, "D": 1, "S": S, "P": P},
        "clipped",
    ),
    ("foveated-sampling", "samples: uniform, foveated"): model(
        "receptive_field/foveated",
        lambda W, zones_side, steps: (
            dict(zip("ABC", zones_side, strict=True)) | {"p": steps[0], "q": steps[1]}
        ),
        lambda item: [item.A**2, item.total],
    ),
}
