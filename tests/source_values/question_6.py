"""Question 6: deformable convolution, and gradients through bilinear sampling."""

from source_values.served import BANK, Table, item_of, model, models

LEG = [[0, 0, 0, 1, 0, 0, 0]] * 7
UNMOVED = [[0, 0]] * 9
REGULAR = [(row, column) for row in (2, 3, 4) for column in (2, 3, 4)]


def branch(k, C_in=256, C_out=256, H=32, **_):
    return {"k": k, "C_in": C_in, "C_out": C_out, "H": H}


@models("deformable/cost_formula")
def cost(k, C_in, C_out):
    """By output position: the parts as the model's own formulas, and what is left between."""
    item = item_of("deformable/cost_formula", C=C_in, M=C_out, K=k, k=3, G=1)
    standard = item.total / item.ratio
    samples = item.total - item.offsets - standard
    return [standard, item.offsets, samples, standard, item.number, item.ratio]


def onto_the_leg(deformed, **_):
    offsets = [
        [r - row, c - column] for (r, c), (row, column) in zip(deformed, REGULAR, strict=True)
    ]
    return {"M": LEG, "D": offsets}


def split(p):
    """The whole part and the fraction of a coordinate "17/10"."""
    over, under = map(int, p.split("/"))
    return over // under, f"{over % under}/{under}"


def place(p, V=((0, 0), (0, 0)), **_):
    (x0, f_x), (y0, f_y) = split(p[0]), split(p[1])
    return {"x0": x0, "y0": y0, "f_x": f_x, "f_y": f_y, "V": V}


CORNERS = [
    [[int(at == corner) for at in (0, 1)], [int(at == corner) for at in (2, 3)]]
    for corner in range(4)
]


def slopes(part):
    """How the weights change: the slope of an image that is 1 at one corner only."""

    @models("bilinear/offset_gradient")
    def found(p, order):
        items = [item_of("bilinear/offset_gradient", **place(p, V)) for V in CORNERS]
        return [getattr(item, part) for item in items]

    return found


def squares(x0, y0):
    """The four pixels of the image whose pixel in row r and column c is (5r + c)^2."""
    return [[(5 * row + column) ** 2 for column in (x0, x0 + 1)] for row in (y0, y0 + 1)]


@models("bilinear/weights")
def sample(I, p):  # noqa: E741 – the name of the image in the course
    V = squares(split(p[0])[0], split(p[1])[0])
    return item_of("bilinear/weights", **place(p, V)).value


@models("bilinear/weights")
def by_pixels(p):
    """The value is linear in the pixels: one more of one pixel alone changes it by a weight."""
    return [item_of("bilinear/weights", **place(p, V)).value for V in CORNERS]


@models("bilinear/weights")
def corners(p, order):
    left, top = (split(one)[0] for one in p)
    assert item_of("bilinear/weights", **place(p)).left == left
    return [[left, top], [left + 1, top], [left, top + 1], [left + 1, top + 1]]


@models("bilinear/rounded")
def rounded(offsets):
    return [item_of("bilinear/rounded", x=x, y=y).key("pixels")[0] for x, y in offsets]


@models("bilinear/kink")
def kink(I, p):  # noqa: E741 – the name of the image in the course
    row = [(5 * p[1] + column) ** 2 for column in range(6)]
    return item_of("bilinear/kink", V=row, n=p[0]).sides


@models("bilinear/sample_formula")
def symbolic(y):
    """The formula that the item takes for right, written with the names of the source."""
    item = item_of("bilinear/sample_formula", f="7/10", g="3/10", TL=121, TR=144, BL=256, BR=289)
    kind, formula = item.part("slope_x").kind, "(1-f_y)*(TR-TL)+f_y*(BR-BL)"
    typed = formula.replace("f_y", "g")
    for corner in ("TL", "TR", "BL", "BR"):
        typed = typed.replace(corner, str(item.values[corner]))
    verdict = kind.judge(kind.read(typed), item.key("slope_x")).verdict
    return formula if verdict == "right" else verdict


ESSAYS = (  # by question, in the order of the parts
    ("parameter_explosion", "equivariance_invariance", "one_pixel"),
    ("cortex", "neocognitron", "fixed_fields"),
    ("locality_and_sharing", "depth", "translation_only"),
    ("output_size", "large_stride", "channels"),
    ("three_convolutions", "separable_filters", "pointwise"),
    ("deformable", "following_shapes", "differentiable_sampling"),
)


@models(*(f"essays/{name}" for names in ESSAYS for name in names))
def marks(parts):
    """The marks of the essays, which are the questions of the source exam as they are."""
    by_part = [
        [part.marks for name in names for part in BANK[f"essays/{name}"].declaration.parts.values()]
        for names in ESSAYS
    ]
    assert parts == ",".join(
        f"{question}{letter} {value}"
        for question, values in enumerate(by_part, 1)
        for letter, value in zip("abc", values, strict=True)
    )
    return [[sum(values) for values in by_part], sum(map(sum, by_part))]


QUESTION_6: Table = {
    ("deform-sampling-positions", "grid R"): model(
        "deformable/mask_purity",
        lambda k, d: {"M": LEG, "D": UNMOVED},
        lambda item: [[row - 3, column - 3] for row, column in item.taps()],
    ),
    ("deform-offset-channels", "offset channels"): model(
        "deformable/offset_branch", branch, "channels"
    ),
    ("deform-offset-branch-params", "weights; with bias"): model(
        "deformable/offset_branch",
        branch,
        lambda item: [item.parameters - item.channels, item.parameters],
    ),
    ("deform-offset-memory", "offset values per map"): model(
        "deformable/offset_branch", branch, "offsets"
    ),
    (
        "deform-cost-ratio",
        "per output position: standard, offset, bilinear, main, total, ratio",
    ): cost,
    ("deform-mask-purity", "share of samples on the object: standard, deformed"): model(
        "deformable/mask_purity", onto_the_leg, lambda item: [item.regular, item.deformed]
    ),
    ("bilinear-weights", "corners (x,y)"): corners,
    ("bilinear-weights", "weights"): model("bilinear/weights", place, "weights"),
    ("bilinear-grad-offset", "d weights / d(dx)"): slopes("slope_x"),
    ("bilinear-grad-offset", "d weights / d(dy)"): slopes("slope_y"),
    ("bilinear-sample", "value"): sample,
    ("bilinear-grad-pixels", "d value / d(TL,TR,BL,BR)"): by_pixels,
    ("round-vs-bilinear", "rounded"): rounded,
    ("bilinear-kink", "left and right derivative in x at an integer point"): kink,
    ("bilinear-symbolic", "dy/d(dx)"): symbolic,
    ("exam-structure", "question totals, exam total"): marks,
}
