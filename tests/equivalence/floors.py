"""Output sizes and strides: floors, ceilings and remainders."""

from equivalence.family import Family, Ranges, lines

SIZES = {"W": (1, 512), "F": (1, 11), "P": (0, 5), "S": (1, 6)}
SIZE_GRID: Ranges = {"W": range(1, 14), "F": range(1, 4), "P": range(3), "S": range(1, 7)}
STRIDED = {"W": (1, 512), "S": (1, 12)}
STRIDED_GRID: Ranges = {"W": range(1, 40), "S": range(1, 13)}

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
]  # fmt: skip
