"""Numbers with units: read, converted exactly, judged, and their mistakes named."""

from fractions import Fraction

import pytest

from examgen.answers import Decimal, Integer, Quantity, Rational, Unreadable, kind_from

MEMORY = Quantity("MB", Decimal(places=2))
WORK = Quantity("MAC", Integer())
ALEXNET = Fraction("34.944")  # MB


def verdict(kind: Quantity, text: str, key: int | Fraction) -> tuple[str, str]:
    judged = kind.judge(kind.read(text), key)
    return judged.verdict, judged.evidence


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("34.94", "34.94"),
        ("34.94 MB", "34.94"),
        ("34.94MB.", "34.94"),
        ("34,94 MB", "34.94"),
        ("34944 kB", "34.944"),
        ("34944 KB", "34.944"),
        ("34 944 000 bytes", "34.944"),
        ("0.034944 GB", "34.944"),
        ("1 MiB", "1.048576"),
        ("1 GiB", "1073.741824"),
        ("8 Mbit", "1"),
        ("8000000 bits", "1"),
        ("2 megabytes", "2"),
        ("2 mebibytes", "2.097152"),
        ("35 million bytes", "35"),
        ("m = 3e7 B", "30"),
        ("1/2 MB", "0.5"),
    ],
)
def test_storage_is_converted_exactly(text: str, value: str) -> None:
    assert MEMORY.read(text).value == Fraction(value)


@pytest.mark.parametrize(
    ("unit", "text", "value"),
    [
        ("MAC", "105.4152 MMAC", 105_415_200),
        ("MAC", "1.5 billion MACs", 1_500_000_000),
        ("MAC", "1.5B", 1_500_000_000),  # no byte unit: B is a billion
        ("GMAC", "1500 M", Fraction(3, 2)),
        ("FLOP", "2 GFLOPs", 2 * 10**9),
        ("px", "1.5 megapixels", 1_500_000),
        ("%", "37.5 %", Fraction(75, 2)),
        ("%", "37.5", Fraction(75, 2)),
        ("ratio", "37.5 %", Fraction(3, 8)),
        ("ratio", "3/8", Fraction(3, 8)),
        ("ratio", "2.25x", Fraction(9, 4)),
        ("ms", "0.25 s", 250),
        ("ms", "250 µs", Fraction(1, 4)),
        ("weights", "34.944k", 34_944),
        ("weights", "34,944 parameters", 34_944),
        ("million weights", "61 million weights", 61),
        ("million weights", "61", 61),
        ("million weights", "0.061 billion", 61),
    ],
)
def test_other_dimensions(unit: str, text: str, value: int | Fraction) -> None:
    assert Quantity(unit, Rational()).read(text).value == value


def test_a_conversion_is_shown() -> None:
    reading = Quantity("B", Integer()).read("34.944 MB")
    assert reading.shown == "34.944 MB = 34944000 B"
    assert MEMORY.read("34.94").shown == "34.94 MB"


def test_the_precision_is_that_of_the_number_as_written() -> None:
    assert verdict(MEMORY, "34944 kB", ALEXNET)[0] == "right"
    assert verdict(MEMORY, "34.9 MB", ALEXNET)[0] == "imprecise"
    assert verdict(MEMORY, "34900 kB", ALEXNET)[0] == "wrong"  # claims five figures
    assert verdict(MEMORY, "33.33 MiB", ALEXNET)[0] == "right"  # 34.949 ± 0.005 MB
    assert verdict(Quantity("B", Integer()), "34.9 MB", 34_944_000)[0] == "wrong"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("33.33", "the number is right in MiB, not in MB"),
        ("33.33 MB", "the number is right in MiB, not in MB"),
        ("34.94 GB", "the number is right in MB, not in GB"),
        ("34944", "the number is right in kB, not in MB"),
        ("279.55", "the number is right in Mbit, not in MB"),
        ("349.44", "10 times too large"),
        ("34.94 ms", "the right number with the wrong unit: ms for MB"),
    ],
)
def test_mistakes_with_units_are_named(text: str, mistake: str) -> None:
    found, evidence = verdict(MEMORY, text, ALEXNET)
    assert found == "wrong"
    assert evidence.endswith(mistake)


def test_no_mistake_is_made_up() -> None:
    assert verdict(MEMORY, "12.34", ALEXNET) == ("wrong", "in MB: 12.34 is not 34.94")


@pytest.mark.parametrize("text", ["210", "210 MACs", "210 FLOPs", "0.210 kFLOP"])
def test_flops_are_never_taken_for_macs(text: str) -> None:
    found, evidence = verdict(WORK, text, 105)
    assert found == "wrong"
    assert evidence.endswith("in FLOPs; 1 MAC is 2 FLOPs here")


def test_the_right_number_of_macs_called_flops() -> None:
    found, evidence = verdict(WORK, "105 FLOP", 105)
    assert found == "wrong"
    assert evidence.endswith("the right number with the wrong unit: FLOP for MAC")


def test_macs_are_never_taken_for_flops() -> None:
    flops = Quantity("FLOP", Integer())
    assert verdict(flops, "105", 210)[1].endswith("in MACs; 1 MAC is 2 FLOPs here")
    assert verdict(flops, "105 MAC", 210)[0] == "wrong"


@pytest.mark.parametrize("text", ["37.5%", "%37.5", "% 37.5", "37.5"])
def test_a_percent_sign_may_stand_before_the_number(text: str) -> None:
    assert verdict(Quantity("%", Decimal(digits=3)), text, Fraction(75, 2))[0] == "right"


@pytest.mark.parametrize(("unit", "text"), [("%", "%37.5%"), ("MB", "%37.5")])
def test_a_percent_sign_too_many(unit: str, text: str) -> None:
    with pytest.raises(Unreadable):
        Quantity(unit, Decimal(digits=3)).read(text)


def test_a_ratio_in_place_of_a_percentage() -> None:
    share = Quantity("%", Decimal(digits=3))
    assert verdict(share, "0.375", Fraction(75, 2))[1].endswith("right as a ratio, not in %")


def test_a_missing_unit_where_it_is_required() -> None:
    kind = Quantity("MB", Decimal(places=2), unit_required=True)
    judged = kind.judge(kind.read("34.94"), ALEXNET)
    assert (judged.verdict, judged.credit) == ("imprecise", Fraction(1, 2))
    assert judged.evidence.endswith("the unit is missing: MB was asked for")
    assert kind.judge(kind.read("34.9"), ALEXNET).credit == Fraction(1, 4)  # and a figure short
    assert verdict(kind, "34944 kB", ALEXNET)[0] == "right"


def test_another_unit_where_none_is_allowed() -> None:
    kind = Quantity("MB", Decimal(places=2), other_units=False)
    assert verdict(kind, "34944 kB", ALEXNET)[1].endswith("MB was asked for, not kB")
    assert verdict(kind, "34944 kB", ALEXNET)[0] == "imprecise"
    assert verdict(kind, "34.94 MB", ALEXNET)[0] == "right"


def test_what_can_mean_two_things_has_an_alternative() -> None:
    reading = Quantity("kB", Integer()).read("35 thousand")
    assert (reading.value, [other.value for other in reading.alternatives]) == (35, [35_000])
    bits = MEMORY.read("279.55 Mb")
    assert bits.alternatives[0].shown == "279.55 Mbit = 34.94375 MB"
    assert MEMORY.read("279.55 MB").alternatives == ()
    counted = Quantity("million weights", Rational()).read("61000000 weights")
    assert (counted.value, counted.alternatives[0].value) == (61_000_000, 61)
    assert "could also be read as" in counted.notes[-1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("34.94 M", "unknown unit 'M' at character 7 (known: bit, B, kbit, kB"),
        ("34.94 MB/s", "unexpected '/' at character 9"),
        ("34.94 MB MB", "unknown unit 'MB' at character 10"),
        ("MB", "a number was expected, not 'M'"),
        ("3 trillion trillion B", "the number is beyond 10"),
        ("4 × 8 B", "write only the result"),
        ("34.94 x", "unknown unit 'x'"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        MEMORY.read(text)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("unit", "message"),
    [("mb", "did you mean 'MB'"), ("MACs", "did you mean 'MAC'"), ("", "there is no unit ''")],
)
def test_an_author_cannot_ask_for_a_unit_under_another_name(unit: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Quantity(unit)


@pytest.mark.parametrize(
    ("kind", "key", "shown", "tex"),
    [
        (MEMORY, ALEXNET, "34.94 MB", r"34.94\;\mathrm{MB}"),
        (Quantity("%", Decimal(digits=2)), 25, "25 %", r"25\;\mathrm{\%}"),
        (Quantity("ratio", Rational()), Fraction(3, 8), "3/8", r"\frac{3}{8}"),
        (Quantity("weights", Integer()), 7, "7 weights", r"7\;\text{weights}"),
    ],
)
def test_printing(kind: Quantity, key: int | Fraction, shown: str, tex: str) -> None:
    assert kind.show(key) == shown
    assert kind.tex(key) == tex
    assert verdict(kind, shown, key)[0] == "right"


def test_the_kind_survives_the_record() -> None:
    kind = Quantity("GiB", Decimal(relative=Fraction(1, 100)), unit_required=True)
    assert kind_from(kind.to_dict()) == kind
    assert kind.unpack(kind.pack(Fraction(2, 3))) == Fraction(2, 3)
    assert "with its unit, such as GiB" in kind.hint()


@pytest.mark.parametrize(
    ("unit", "text", "told"),
    [
        ("GB", "32.5", "Not the right value: the number is right in GiB, not in GB."),
        ("GB", "34.9 MB", "Not the right value: the number is right in GB, not in MB."),
        ("GB", "12", ""),
        ("GB", "34.9 GB", ""),
    ],
)
def test_the_student_is_told_of_a_slip_of_unit(unit, text, told):
    kind = Quantity(unit)
    assert kind.judge(kind.read(text), Fraction(34944, 1000)).told == told


def test_the_student_is_told_of_a_missing_unit():
    kind = Quantity("GB", unit_required=True)
    told = {
        text: kind.judge(kind.read(text), Fraction(34944, 1000)).told for text in ("34.9", "35")
    }
    assert told == {
        "34.9": "Right, but the unit is missing: GB was asked for.",
        "35": "Right as far as it goes: 2 significant figures, but 3 were asked for; the unit is "
        "missing: GB was asked for.",
    }
