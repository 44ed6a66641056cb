"""One sample of each answer kind, by its tag: settings, the key as typed, responses as typed.

For tests and benchmarks that go through every kind; read by ``runpy``. The first response is right.
"""

NAMES = [{"name": name, "low": 1, "high": 64, "integer": True} for name in "xyabFPSW"]

SAMPLES: dict[str, tuple[dict[str, object], str, list[str]]] = {
    "integer": ({}, "34944", ["34944", "34,944", "34 944", "34943", "-5", "1.5e3"]),
    "rational": (
        {"imprecise_credit": "1/2"},
        "2/3",
        ["2/3", "4/6", "0.667", "66.7%", "-1 1/2", "0.25"],
    ),
    "decimal": (
        {"places": 2, "imprecise_credit": "1/2"},
        "355/113",
        ["3.14", "3.1416", "3,14", "3.1", "0.55", "12.00"],
    ),
    "shape": ({"axes": ["C", "H", "W"]}, "96x55x55", ["96x55x55", "(96, 55, 55)", "96 × 55 × 54"]),
    "array": (
        {"shape": [3, 3], "entry": {"kind": "integer"}},
        "[1,2,3;4,5,6;7,8,9]",
        ["[1, 2, 3; 4, 5, 6; 7, 8, 9]", "[[1,2,3],[4,5,6],[7,8,10]]", "1 4 7; 2 5 8; 3 6 9"],
    ),
    "one_choice": ({"count": 4}, "B", ["B", "(c)", "answer: d"]),
    "several_choices": ({"count": 5}, "A, C", ["AC", "a, c", "B and D", "none"]),
    "order": ({"count": 4, "scoring": "pairs"}, "D, A, B, C", ["DABC", "d > a > c > b", "A B C D"]),
    "matches": (
        {"count": 4, "rows": 4, "scoring": "per-row", "reuse": False},
        "1D 2C 3A 4B",
        ["1D 2C 3A 4B", "DCAB", "1d, 2a, 3c, 4b"],
    ),
    "true_or_false": (
        {"correction": {"kind": "integer"}, "verdict_share": "1/2"},
        "false 12",
        ["false 12", "False, 13", "true"],
    ),
    "words": (
        {"meanings": [["stride"], ["step size"]], "slips": "right", "otherwise": "review"},
        "stride",
        ["stride", "the Stride", "padding"],
    ),
    "quantity": (
        {
            "unit": "B",
            "number": {"kind": "integer"},
            "unit_required": False,
            "other_units": True,
            "unit_credit": "1/2",
        },
        "2048 B",
        ["2048 B", "2 KiB", "2,048 bytes", "2 kB", "2048"],
    ),
    "interval": (
        {"integers": True, "ends": False},
        "[2, 7]",
        ["[2, 7]", "2..7", "2 to 8", "[2, 8)"],
    ),
    "vector_pair": (
        {"lengths": [3, 3], "names": ["u", "v"]},
        "u = [1, 2, 1], v = [1, 0, -1]",
        ["u = [1, 2, 1], v = [1, 0, -1]", "[2 4 2] [1/2 0 -1/2]", "[1 2 1], [1 0 1]"],
    ),
    "set": (
        {"names": [], "entry": {"kind": "integer"}, "scoring": "right-minus-wrong"},
        "{1, 2, 3}",
        ["{1, 2, 3}", "3 2 1", "{1, 2}", "none"],
    ),
    "list": (
        {"names": [], "entry": {"kind": "integer"}, "scoring": "right-minus-wrong"},
        "[1, 2, 3]",
        ["[1, 2, 3]", "3 2 1", "[1, 2]", "none"],
    ),
    "essay": ({}, "Any text.", ["The kernel slides over the image.", "A line.\nAnother one."]),
    "formula": (
        {"variables": NAMES, "numeric": True},
        "floor((W - F + 2P)/S) + 1",
        ["floor((W-F+2P+S)/S)", "⌊(W+2P-F)/S⌋ + 1", "(W-F+2P)/S + 1", "floor((W-F+P)/S)+1"],
    ),
}
