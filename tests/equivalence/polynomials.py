"""Counts of parameters and operations, receptive fields, weights: polynomials and quotients."""

from fractions import Fraction

from equivalence.family import Family, Ranges, lines

COSTS = dict.fromkeys("CMKH", (1, 512))
COST_GRID: Ranges = {"C": range(1, 5), "M": range(1, 5), "K": range(1, 6), "H": range(1, 6)}
CHAIN = {"K": (1, 9), "n": (1, 12), "D": (1, 4), "S": (1, 4)}
CHAIN_GRID: Ranges = {
    "K": range(1, 6), "n": range(1, 6), "D": range(1, 5), "S": range(1, 5)
}  # fmt: skip
UNIT = [Fraction(k, 5) for k in range(6)]

FAMILIES = [
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
]  # fmt: skip
