"""Reading short texts: what does not count, slips of spelling, and meanings that lie near."""

import pytest

from examgen.answers import Unreadable, Words, kind_from

PROPERTY = Words(
    (("equivariant", "translation equivariant", "equivariance"), ("invariant", "invariance"))
)
POOLING = Words((("max pooling", "pooling by the maximum"), ("average pooling", "mean pooling")))


@pytest.mark.parametrize(
    "text",
    ["max pooling", "Max-Pooling", "max  pooling.", "the max pooling", "MAXPOOLING",
     "a max‐pooling",
     "'max pooling'", "max_pooling", "pooling by maximum", "max\u00a0pooling", "(max) pooling?"],
)  # fmt: skip
def test_what_does_not_count(text: str) -> None:
    reading = POOLING.read(text)
    assert (reading.value, reading.notes) == ("max pooling", ())
    assert POOLING.judge(reading, "max pooling").verdict == "right"


@pytest.mark.parametrize(
    ("kind", "text", "name"),
    [
        (POOLING, "max poling", "max pooling"),
        (POOLING, "max poolnig", "max pooling"),  # neighbours exchanged: one slip
        (POOLING, "maxpoolin", "max pooling"),
        (POOLING, "avarage pooling", "average pooling"),
        (PROPERTY, "equivarient", "equivariant"),
        (PROPERTY, "equivarrient", "equivariant"),  # two slips in a long word
        (PROPERTY, "invarient", "invariant"),
    ],
)
def test_slips_are_tolerated_with_a_note(kind: Words, text: str, name: str) -> None:
    reading = kind.read(text)
    assert reading.value == name
    assert "misspelt" in reading.notes[0]
    assert kind.judge(reading, name).verdict == "right"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (POOLING, "mix pooling"),  # a short word must be right
        (POOLING, "max poling layr"),
        (POOLING, "not max pooling"),
        (POOLING, "max or average pooling"),
        (POOLING, "!max pooling"),
        (POOLING, "~max pooling"),
        (PROPERTY, "quivariant"),  # the first letter
        (PROPERTY, "unvariant"),
        (PROPERTY, "envariant"),
        (PROPERTY, "covariant"),
        (PROPERTY, "equivariant, not invariant"),
        (Words((("deconvolution",),)), "convolution"),
        (Words((("downsampling",),)), "upsampling"),
        (Words((("underfitting",),)), "overfitting"),
        (Words((("subsampling",),)), "upsampling"),
        (Words((("resnet50",),)), "resnet18"),
        (Words((("layer 12",),)), "layer 13"),
        (Words((("unshared",),)), "shared"),
        (Words((("10",),)), "10²"),  # never folded into 102
    ],
)
def test_what_is_no_slip(kind: Words, text: str) -> None:
    reading = kind.read(text)
    assert reading.value not in kind.names
    for name in kind.names:
        assert kind.judge(reading, name).verdict == "undecided"


def test_never_one_meaning_for_another() -> None:
    """Every text within two edits of one meaning is never read as the other."""
    letters = "abceinqrtuv"
    for name, other in (("equivariant", "invariant"), ("invariant", "equivariant")):
        texts = {name[:at] + name[at + 1 :] for at in range(len(name))}
        texts |= {name[:at] + one + name[at:] for at in range(len(name)) for one in letters}
        texts |= {text[:at] + text[at + 1 :] for text in set(texts) for at in range(len(text))}
        assert len(texts) > 500
        assert other not in {PROPERTY.read(text).value for text in texts}


def test_a_slip_that_is_as_near_to_a_rejected_form_is_none() -> None:
    kind = Words((("dilation",), ("dilution",)))
    assert kind.read("dilation").value == "dilation"
    assert kind.read("dilution").value == "dilution"
    assert kind.read("dilition").value == "dilition"  # one letter from each of them
    nearer = Words((("convolved",), ("convoluted",)))
    assert nearer.read("convoluted").value == "convoluted"
    assert nearer.read("convolutd").value == "convoluted"


def test_slips_for_a_human() -> None:
    kind = kind_from({**PROPERTY.to_dict(), "slips": "review"})
    judgement = kind.judge(kind.read("equivarient"), "equivariant")
    assert (judgement.verdict, judgement.credit) == ("undecided", 1)
    assert judgement.evidence == "'equivarient' may be 'equivariant' misspelt"
    assert kind.judge(kind.read("equivarient"), "invariant").credit == 0
    assert kind.judge(kind.read("equivariant"), "equivariant").verdict == "right"


def test_what_is_no_form() -> None:
    judgement = PROPERTY.judge(PROPERTY.read("linear"), "invariant")
    assert judgement.verdict == "undecided"
    strict = kind_from({**PROPERTY.to_dict(), "otherwise": "wrong"})
    assert strict.judge(strict.read("linear"), "invariant").verdict == "wrong"
    assert PROPERTY.judge(PROPERTY.read("invariance"), "equivariant").verdict == "wrong"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x" * 200, "a few words were expected, not 200 characters"),
        ("max\u202epooling", "unexpected invisible character U+202E"),
        ("#NAME?", "spreadsheet"),
        ("x" * 10**6, "at most 2000 are read"),
    ],
)
def test_what_is_not_read(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as error:
        POOLING.read(text)
    assert message in error.value.message


def test_words_round_trip() -> None:
    assert kind_from(PROPERTY.to_dict()) == PROPERTY
    assert PROPERTY.read(PROPERTY.show("invariant")).value == "invariant"
    assert PROPERTY.unpack(PROPERTY.pack("invariant")) == "invariant"


def test_forms_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="a form of 'a b' and of 'c'"):
        Words((("a b",), ("c", "A-B")))
    with pytest.raises(ValueError, match="needs letters"):
        Words((("the",),))
    with pytest.raises(ValueError, match="slips is"):
        kind_from({**PROPERTY.to_dict(), "slips": "luck"})
    with pytest.raises(ValueError, match="none of the meanings"):
        PROPERTY.check_key("linear")
