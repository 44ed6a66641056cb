"""Paper codes: short names of papers that show when they are mistyped."""

from collections.abc import Sequence

from examgen.errors import ExamgenError
from examgen.exam.seeds import Stream

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 signs, a prime number; no 0 O 1 I L
LENGTH = 10  # the last one is the check character

# The characters' places in the alphabet, times 1 … 10, add up to 0 modulo 31. As 31 is prime and
# above every weight and every difference of two, one wrong character or one swap changes the sum.


def paper_code(stream: Stream) -> str:
    """The next code of a stream, as printed: ``ABCDE-FGHJK``."""
    payload = [stream.below(len(ALPHABET)) for _ in range(LENGTH - 1)]
    check = -_weighted(payload) * pow(LENGTH, -1, len(ALPHABET)) % len(ALPHABET)
    signs = "".join(ALPHABET[place] for place in (*payload, check))
    return f"{signs[: LENGTH // 2]}-{signs[LENGTH // 2 :]}"


def parse(text: str) -> str:
    """The code as printed, from text in any case, with or without spaces and hyphen.

    Raises `ExamgenError` when it is mistyped: every single wrong character and every swap of two
    is noticed.
    """
    signs = "".join(sign for sign in text.upper() if not sign.isspace() and sign not in "-‐‑–—")
    shown = text.strip()[:40]
    if len(signs) != LENGTH:
        raise ExamgenError(
            f"paper code '{shown}' is mistyped: it has {len(signs)} characters, not {LENGTH}"
        )
    for sign in signs:
        if sign not in ALPHABET:
            raise ExamgenError(
                f"paper code '{shown}' is mistyped: '{sign}' is in no code "
                "(there is no 0, O, 1, I or L)"
            )
    if _weighted([ALPHABET.index(sign) for sign in signs]):
        raise ExamgenError(f"paper code '{shown}' is mistyped: its check character does not fit")
    return f"{signs[: LENGTH // 2]}-{signs[LENGTH // 2 :]}"


def _weighted(places: Sequence[int]) -> int:
    return sum(weight * place for weight, place in enumerate(places, start=1)) % len(ALPHABET)
