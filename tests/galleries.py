"""An author's bank of four item models, one of them broken, and its gallery."""

from pathlib import Path

from previewed import MODEL

from examgen.gallery import make_gallery

TITLE = """<script>alert(1)</script> & "quotes" 'and' </style>"""
MODELS = {
    "maps/area": MODEL.replace(
        "    H = Int",
        '    topic = "areas"\n'
        '    objective = "Computes the area of a square of side $H$."\n'
        '    serves = ["1a square-area", "2b borders"]\n'
        "    H = Int",
    ),
    "maps/wide": """from examgen import *


class Wide(Item):
    title = TITLE
    topic = "<i>areas</i> & 'more'"
    serves = ["10c wide"]
    H, K = Int(1, 1000), Int(1, 1000)
    where = [different(H, K)]
    stem = "A map of $<<H>> \\\\times <<K>>$ pixels."
    larger = MultipleChoice(maximum(H, K), prompt="The larger side?", marks=1, distractors=[H + K])
    solution = "<<working.larger>>"
""".replace("TITLE", repr(TITLE)),
    "words/why": """from examgen import *


class Why(Item):
    title = "Why convolutions"
    stem = "A layer sees images of $<<H>> \\\\times <<H>>$ pixels."
    H = Int(8, 16)
    pixels = IntegerEntry(H * H, prompt="How many pixels?", marks=1)
    why = Essay(prompt="Why is it not dense?", model_answer="Weights are *shared*.", rubric={
        "Names sharing": 1, "Names locality": 1,
    })
    solution = "<<working.pixels>>"
""",
    "words/broken": MODEL.replace("Int(2, 9)", "Int(2, 9"),
}


def write_bank(folder: Path, models: dict[str, str] | None = None) -> Path:
    """The author's bank in a folder."""
    for name, text in (MODELS if models is None else models).items():
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def gallery_of(folder: Path, out: Path, **options) -> tuple[str, list[str]]:
    """The page of the author's own item models, and what is said."""
    said: list[str] = []
    names = [
        path.relative_to(folder).with_suffix("").as_posix() for path in sorted(folder.rglob("*.py"))
    ]
    make_gallery(**{"items": names, **options}, bank=[folder], out=out, say=said.append)
    return out.read_text("utf-8"), said
