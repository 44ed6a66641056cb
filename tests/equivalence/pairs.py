"""Pairs of formulas of this domain: a key, forms that equal it, and near misses.

Each family says on which whole numbers it is judged (``domain``), and a smaller ``grid`` on which
the tests establish the truth by another evaluator. That the grid proves equality is known of each
family: polynomials agree everywhere if they agree at more values of each name than their degree;
floors of n/S with n linear in the other names repeat with period S in each of them, and the grid
has a whole period for each S of the domain; the maxima are linear between corners on the grid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from examgen.equivalence import Variable

Ranges = dict[str, Sequence[int | Fraction]]


@dataclass(frozen=True)
class Family:
    """A key with formulas that equal it and formulas that do not."""

    name: str
    domain: dict[str, tuple[int, int]]
    grid: Ranges
    key: str
    equal: Sequence[str]
    near: Sequence[str]
    integer: bool = True

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The names, as a kind takes them."""
        return tuple(
            Variable(name, low, high, integer=self.integer)
            for name, (low, high) in self.domain.items()
        )


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


SIZES = {"W": (1, 512), "F": (1, 11), "P": (0, 5), "S": (1, 6)}
SIZE_GRID: Ranges = {"W": range(1, 14), "F": range(1, 4), "P": range(3), "S": range(1, 7)}
STRIDED = {"W": (1, 512), "S": (1, 12)}
STRIDED_GRID: Ranges = {"W": range(1, 40), "S": range(1, 13)}
COSTS = dict.fromkeys("CMKH", (1, 512))
COST_GRID: Ranges = {"C": range(1, 5), "M": range(1, 5), "K": range(1, 6), "H": range(1, 6)}
CHAIN = {"K": (1, 9), "n": (1, 12), "D": (1, 4), "S": (1, 4)}
CHAIN_GRID: Ranges = {
    "K": range(1, 6), "n": range(1, 6), "D": range(1, 5), "S": range(1, 5)
}  # fmt: skip
UNIT = [Fraction(k, 5) for k in range(6)]

FAMILIES = [
    Family("output size", SIZES, SIZE_GRID, "floor((W - F + 2P)/S) + 1", lines("""
        ⌊(W − F + 2·P)/S⌋ + 1
        H = floor((W-F+2P+S)/S)
        1 + floor( (2*P + W - F) / S )
        (W-F+2P)//S + 1
        ceil((W-F+2P+1)/S)
        ceil((W - F + 2P - S + 1)/S) + 1
        -floor(-(W-F+2P+1)/S)
        -ceil(-(W-F+2P)/S)+1
        floor((W-F+P+P)/S)+1
        floor(W/S - F/S + 2P/S) + 1
        ((W-F+2P) - mod(W-F+2P, S))/S + 1
        floor[(W - F + 2P) ÷ S] + 1
        FLOOR((W-F+2P)/S)+1
        floor((3W-3F+6P)/(3S)) + 1
        floor((W-(F-2P))/S)+1
        floor((W - F + 2P)/S + 1)
        floor((W - F + 2P - S)/S) + 2
        ⌈(W + 2P − F + 1)/S⌉
        """), lines("""
        (W-F+2P)/S + 1
        floor((W-F+P)/S) + 1
        floor((W-F+2P)/S)
        ceil((W-F+2P)/S) + 1
        floor((W-F+2P+1)/S)
        floor((W-F+2P)/S + 1/2) + 1
        floor(W/S) - floor(F/S) + floor(2P/S) + 1
        floor((W-F-2P)/S) + 1
        floor((W+F+2P)/S) + 1
        W-F+2P/S+1
        floor((W-F+2P)/(S+1)) + 1
        2*floor((W-F+2P)/(2S)) + 1
        floor((W-F+2P-1)/S) + 1
        max(floor((W-F+2P)/S)+1, 0)
        W
        floor((W - F + 2P)/S - 1) + 1
        ceil((W - F + 2P - S)/S) + 1
        floor((W - F)/S) + 2P + 1
        """)),
    Family("same size", STRIDED, STRIDED_GRID, "ceil(W/S)", lines("""
        floor((W+S-1)/S)
        floor((W-1)/S) + 1
        -floor(-W/S)
        ⌈W/S⌉
        (W + S - 1)//S
        ceil((2W)/(2S))
        ceil(W/S + 1) - 1
        (W + mod(-W, S))/S
        -(-W//S)
        1 + (W-1)//S
        """), lines("""
        W/S
        floor(W/S)
        floor(W/S) + 1
        floor((W+S)/S)
        floor((W+1)/S)
        ceil((W-1)/S)
        ceil(W/S + 1/2)
        ceil(W)/S
        floor(W/S + 1/2)
        (W + S - 1)/S
        """)),
    Family("unread columns", {"W": (11, 512), "F": (1, 11), "S": (1, 6)},
        {"W": range(11, 26), "F": range(1, 8), "S": range(1, 7)}, "mod(W - F, S)", lines("""
        W - F - S*floor((W - F)/S)
        (W-F) - ((W-F)//S)*S
        W - (S*floor((W - F)/S) + F)
        mod(W - F + S, S)
        mod(W + (S - 1)*F, S)
        W - F + S*ceil((F - W)/S)
        S*((W-F)/S - floor((W-F)/S))
        """), lines("""
        mod(W, S) - mod(F, S)
        W - S*floor((W - F)/S)
        mod(F - W, S)
        (W - F)/S - floor((W - F)/S)
        S*ceil((W-F)/S) - (W - F)
        mod(W - F - 1, S)
        mod(W, S)
        """)),
    Family("windows over a pixel", {"K": (1, 64), "S": (1, 12)},
        {"K": range(1, 40), "S": range(1, 13)}, "ceil(K/S) - floor(K/S)", lines("""
        floor((K - 1)/S) + 1 - floor(K/S)
        -floor(-K/S) - K//S
        ceil(K/S - floor(K/S))
        ceil(mod(K, S)/S)
        min(1, mod(K, S))
        """), lines("""
        1
        mod(K, S)
        ceil(K/S) - K/S
        floor(K/S) - ceil(K/S)
        floor((K + 1)/S) - floor(K/S)
        """)),
    Family("two strided layers", {"W": (7, 512)}, {"W": range(7, 40)},
        "floor((floor((W - 3)/2) + 1 - 3)/2) + 1", lines("""
        floor((W - 7)/4) + 1
        floor((W - 3)/4)
        ⌊(⌊(W − 3)/2⌋ − 2)/2⌋ + 1
        floor(floor((W - 3)/2)/2)
        ceil((W - 6)/4)
        """), lines("""
        floor((W - 6)/4) + 1
        floor((W - 3)/2)/2
        floor((W - 3)/4) + 1
        floor((W - 7)/4)
        floor(W/4) - 1
        """)),
    Family("halved twice", {"W": (1, 512), "H": (1, 512)}, {"W": range(1, 18), "H": range(1, 18)},
        "ceil(ceil(W/2)/2)*ceil(H/4)", lines("""
        ceil(W/4)*ceil(H/4)
        floor((W+3)/4)*floor((H+3)/4)
        ⌈H/4⌉⌈⌈W/2⌉/2⌉
        (floor((W-1)/4) + 1)*ceil(ceil(H/2)/2)
        """), lines("""
        ceil(W*H/16)
        ceil(W/2)/2*ceil(H/4)
        floor(W/4)*ceil(H/4)
        ceil(W/4)*ceil(H/2)
        """)),
    Family("same padding", {"W": (1, 256), "K": (1, 11), "S": (1, 6)},
        {"W": range(1, 15), "K": range(1, 12), "S": range(1, 7)},
        "max((ceil(W/S) - 1)*S + K - W, 0)", lines("""
        max(0, S*ceil(W/S) - S + K - W)
        max(S*floor((W-1)/S) + K - W, 0)
        -min(0, W - K - (ceil(W/S) - 1)*S)
        max((ceil(W/S) - 1) S + K, W) - W
        max(S*floor((W + S - 1)/S) - S + K - W, 0)
        (|S*floor((W-1)/S) + K - W| + S*floor((W-1)/S) + K - W)/2
        """), lines("""
        (ceil(W/S) - 1)*S + K - W
        max((W/S - 1)*S + K - W, 0)
        max(ceil(W/S)*S + K - W, 0)
        max(K - 1, 0)
        max(K - S, 0)
        max(S*floor(W/S) + K - W, 0)
        """)),
    Family("transposed size", {"W": (1, 128), "K": (1, 9), "P": (0, 4), "S": (1, 4)},
        {"W": range(1, 5), "K": range(1, 5), "P": range(4), "S": range(1, 5)},
        "(W - 1) S - 2P + K", lines("""
        S*W - S - 2P + K
        K - 2P + S(W-1)
        WS - (S + 2P - K)
        (W-1)*S - (P+P) + K
        S(W - 2) + S - 2P + K
        -(2P - K - (W-1)S)
        """), lines("""
        W S - 2P + K
        (W - 1) S + 2P - K
        (W - 1) S - P + K
        (W + 1) S - 2P + K
        (W - 1)(S - 2P) + K
        W - 1 S - 2P + K
        """)),
    Family("parameters", COSTS, COST_GRID, "M(C K^2 + 1)", lines("""
        M*C*K*K + M
        MCK² + M
        (K^2 * C + 1) * M
        M + M·C·K^2
        M*(C*K^2 + 1)
        2M(CK^2 + 1)/2
        ((M*C*K)^2/(M*C) + M)
        C*M*K**2 + M*1
        M C K^2 + M
        -M(-1 - C K K)
        M(C(K+1)^2 - C(2K + 1) + 1)
        M(C K^2 - 1) + 2M
        """), lines("""
        M C K^2
        M(C K^2) + 1
        M C (K^2 + 1)
        M(CK + 1)
        M(C+1)K^2
        C K^2 + M
        M(C K^2 - 1)
        M^2 C K^2 + M
        M(2 C K + 1)
        C(M K^2 + 1)
        M(C K^2 + 1) H^2
        M*C*K^2 + C
        """)),
    Family("multiply-adds", COSTS, COST_GRID, "M C K^2 H^2", lines("""
        M*C*(K*H)^2
        (MC)(KH)²
        M*C*K*K*H*H
        MCK^2H^2
        M*C*K^2/H^-2
        C*M*(K^2)*(H^2)
        (M K H)(C K H)
        M C ((K H + 1)^2 - 2 K H - 1)
        """), lines("""
        M C K^2 H
        M C K H^2
        2 M C K^2 H^2
        M C (K H)
        (M C K H)^2
        M + C K^2 H^2
        M C K^2 (H-1)^2
        M C K^2 H^2 + M
        """)),
    Family("separable cost", COSTS, COST_GRID, "C H^2 (K^2 + M)", lines("""
        C K^2 H^2 + C M H^2
        H²·C·(M + K²)
        C(K^2 + M) H H
        C H^2 K^2 (1 + M/K^2)
        M C K^2 H^2 (1/M + 1/K^2)
        C*(K*H)^2 + C*M*H**2
        """), lines("""
        C H^2 K^2 M
        C H^2 K^2 + M
        C H^2 (K + M)
        C K^2 + C M H^2
        C M H^2 (K^2 + 1)
        H^2 (C K^2 + M)
        """)),
    Family("separable share", COSTS, COST_GRID, "1/M + 1/K^2", lines("""
        (K^2 + M)/(M K^2)
        K^-2 + M^-1
        (C K^2 H^2 + C M H^2)/(M C K^2 H^2)
        1/M + 1/(K*K)
        M⁻¹ + K⁻²
        (1 + M/K^2)/M
        1/K^2 (1 + K^2/M)
        """), lines("""
        1/(M + K^2)
        1/M + 1/K
        1/(M K^2)
        (K^2 + M)/M K^2
        1/M * 1/K^2
        1/M - 1/K^2
        1/M + 1/C K^2
        """)),
    Family("bottleneck", {"C": (1, 512), "B": (1, 512), "K": (1, 9)},
        {"C": range(1, 6), "B": range(1, 6), "K": range(1, 6)},
        "2 C B + B^2 K^2", lines("""
        B(2C + B K^2)
        C*B + K^2*B^2 + B*C
        (B K)^2 + 2BC
        BC + B(C + B K²)
        (BK + C/K)^2 - (C/K)^2
        B^2 (K^2 + 2C/B)
        """), lines("""
        C B + B^2 K^2
        2 C B + B K^2
        2 C B + C B K^2
        (2C + B) B K^2
        2(C + B) + B^2 K^2
        2 C B + B^2 K
        """)),
    Family("grouped layer", {"C": (1, 512), "M": (1, 512), "K": (1, 9), "g": (1, 16)},
        {"C": range(1, 5), "M": range(1, 5), "K": range(1, 6), "g": range(1, 7)},
        "M(C/g K^2 + 1)", lines("""
        M C K^2/g + M
        C M K K/g + M
        (C*K^2/g + 1)*M
        (M C K^2 + M g)/g
        M*(C*K^2 + g)/g
        g*(M/g)*(C/g)*K^2 + M
        """), lines("""
        M C K^2/g
        M C K^2/g^2 + M
        M C K^2 + M/g
        (M C K^2 + M)/g
        M C K^2/g + g
        M(C K^2/g + g)
        """)),
    Family("offset branch", {"C": (1, 256), "K": (1, 9)}, {"C": range(1, 5), "K": range(1, 8)},
        "2K^2 (K^2 C + 1)", lines("""
        2K^4 C + 2K^2
        2 K² (C K² + 1)
        (2K^2)(C K^2) + 2K^2
        2(K^2)^2 C + 2K*K
        2K^2 + 2 C K^4
        """), lines("""
        K^2 (K^2 C + 1)
        2K (K^2 C + 1)
        2K^2 K^2 C
        2(K^2 C + 1)
        (2K)^2 (K^2 C + 1)
        """)),
    Family("receptive field", CHAIN, CHAIN_GRID, "1 + n(K - 1)", lines("""
        n*K - n + 1
        nK-n+1
        1 - n + K*n
        K + (n-1)(K-1)
        n(K-1)+1
        (nK + 1) - n
        2n(K/2 - 1/2) + 1
        (n + 1)K - (n + K - 1)
        """), lines("""
        nK
        n(K-1)
        1 + nK
        K^n
        n(K - 1) + K
        1 + (n-1)(K-1)
        1 + n K - 1
        n(K - 1) + n
        """)),
    Family("dilated extent", CHAIN, CHAIN_GRID, "D(K - 1) + 1", lines("""
        D*K - D + 1
        K + (K-1)(D-1)
        1 - D(1 - K)
        (K-1)*D+1
        DK - (D - 1)
        K + (D - 1)*K - D + 1
        """), lines("""
        D K
        D(K-1)
        D K + 1
        (D-1)(K-1) + 1
        K + D - 1
        D(K - 1) + K
        """)),
    Family("strided field", CHAIN, CHAIN_GRID, "K + (K - 1) S", lines("""
        K + K S - S
        K(1 + S) - S
        1 + (K-1)(S+1)
        (K-1)S + K
        K(S + 1) - S
        """), lines("""
        K + K S
        K + K S - 1
        K S
        2K - 1
        K + (K - 1) + S
        """)),
    Family("dilations doubled", {"K": (2, 9), "L": (1, 10)},
        {"K": range(2, 6), "L": range(1, 11)}, "1 + (K - 1)(2^L - 1)", lines("""
        (K-1)*2^L - K + 2
        2^L (K-1) + 2 - K
        K + (K-1)(2^L - 2)
        1 + 2(K-1)(2^(L-1) - 1/2)
        (K - 1)*2^L - (K - 1) + 1
        1 + (1 - K)(1 - 2**L)
        """), lines("""
        1 + (K - 1)*2^L
        (K - 1)(2^L - 1)
        1 + (K - 1)(2L - 1)
        1 + (K - 1)(2^(L-1))
        1 + (K - 1)(L^2 - 1)
        K^L
        """)),
    Family("dense or shared", {"H": (1, 128), "C": (1, 64), "M": (1, 64), "K": (1, 9)},
        {"H": range(1, 6), "C": range(1, 4), "M": range(1, 4), "K": range(1, 5)},
        "(H^2 C)(H^2 M) - K^2 C M", lines("""
        C M (H^4 - K^2)
        H^4 C M - K^2 C M
        CM(H² − K)(H² + K)
        (H^2)^2*M*C - C*M*K*K
        -C M (K^2 - H^4)
        """), lines("""
        C M (H^2 - K^2)
        C M (H^2 - K)^2
        H^4 C M - K^2
        H^4 C M - K^2 C
        C M (H^4 - K^2) + M
        """)),
    Family("bytes of a map", {"H": (1, 512), "C": (1, 512), "b": (1, 8)},
        {"H": range(1, 6), "C": range(1, 5), "b": range(1, 5)}, "H^2 C b/1000", lines("""
        0.001 H^2 C b
        H*H*C*b*10^-3
        b C (H/10)^2/10
        H² · C · b / 10³
        8b H^2 C/8000
        (H^2 C)(b/1e3)
        """), lines("""
        H^2 C b/1024
        8 H^2 C b/1000
        H C b/1000
        H^2 C/1000
        H^2 C b
        H^2 (C + b)/1000
        """)),
    Family("bilinear", dict.fromkeys("xyab", (0, 1)), dict.fromkeys("xyab", UNIT[:3]),
        "(1-x)(1-y) a + x y b", lines("""
        a - a x - a y + a x y + b x y
        a(1 - x - y + xy) + bxy
        (x-1)(y-1)a + xyb
        a*(1-x)*(1-y) + b*x*y
        a(1-x) - a y(1-x) + b x y
        """), lines("""
        (1-x)(1-y) b + x y a
        a - a x y + b x y
        (1-x)(1+y) a + x y b
        (a + b)/2
        a(1 - x - y) + b x y
        """), integer=False),
    Family("hat", {"x": (-4, 4), "p": (-4, 4)},
        {name: [Fraction(k, 3) for k in range(-12, 13)] for name in "xp"},
        "max(0, 1 - |x - p|)", lines("""
        max(1 - abs(p - x), 0)
        max(0, 1 - max(x - p, p - x))
        -min(0, |x-p| - 1)
        max(0, 1 - |p - x|)
        max(0, min(1 - x + p, 1 + x - p))
        1 - min(1, |x - p|)
        """), lines("""
        1 - |x - p|
        max(0, 1 - (x - p))
        max(0, 1 + |x-p|)
        min(0, 1 - |x - p|)
        max(0, 1 - |x| + |p|)
        max(0, |1 - x + p|)
        """), integer=False),
    Family("clipped", {"x": (-300, 300)}, {"x": range(-300, 301)}, "max(0, min(x, 255))", lines("""
        min(max(0, x), 255)
        min(255, max(x, 0))
        255 - max(0, min(255, 255 - x))
        (|x| - |x - 255| + 255)/2
        max(x, 0) - max(x - 255, 0)
        """), lines("""
        max(min(0, x), 255)
        max(0, x)
        min(x, 255)
        max(0, min(x, 256))
        (|x| + |x - 255|)/2
        """)),
    Family("rectified", {"x": (-64, 64), "y": (-64, 64)},
        {"x": range(-9, 10), "y": range(-9, 10)}, "max(x, 0) - max(-y, 0)", lines("""
        (x + |x|)/2 + (y - |y|)/2
        max(0, x) + min(y, 0)
        min(0, y) - min(0, -x)
        x + max(-x, 0) - max(0, -y)
        """), lines("""
        max(x, 0) - max(y, 0)
        max(x - y, 0)
        |x| - |y|
        max(x, y)
        """)),
]  # fmt: skip
