"""TeX for the names of symbols."""

import re

GREEK = re.compile(
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|"
    "upsilon|phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega"
)


def tex_name(name: str) -> str:
    r"""TeX of a Python name: ``C_\mathrm{in}`` of C_in, ``K_1`` of K1, ``\eta`` of eta."""
    head, *below = [word for word in name.split("_") if word] or [name]
    numbered = re.fullmatch(r"([^\W\d]+)(\d+)", head)
    if numbered:
        head, below = numbered[1], [numbered[2], *below]
    words = [_word(word) for word in below]
    if not words:
        return _word(head)
    plain = len(words) == 1 and (len(words[0]) == 1 or words[0].startswith("\\"))
    return f"{_word(head)}_{words[0]}" if plain else f"{_word(head)}_{{{','.join(words)}}}"


def _word(word: str) -> str:
    if GREEK.fullmatch(word):
        return f"\\{word}"
    return word if len(word) == 1 or word.isdigit() else f"\\mathrm{{{word}}}"
