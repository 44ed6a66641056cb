"""Textbook printing."""

from fractions import Fraction

import mathra
import numpy as np
import pytest

from examgen.formula import (
    Entry,
    Number,
    Product,
    Symbol,
    absolute,
    ceiling,
    different,
    divides,
    equal,
    floor,
    maximum,
    tex_name,
    to_tex,
)

K, S, P, Q, LONG = (Symbol(name) for name in ("K", "S_1", "P", "Q", "rate"))
VALUES = {K: 3, S: -2, P: Fraction(7, 10), Q: 54321}


def test_output_size(s, output_side):
    key = floor(output_side) + 1
    assert to_tex(key) == (
        r"\left\lfloor \frac{H + 2P - (D(K - 1) + 1)}{S} \right\rfloor + 1"
    )  # fmt: skip
    assert to_tex(key, values={s.H: 32, s.P: 1, s.D: 2, s.K: 3, s.S: 2}) == (
        r"\left\lfloor \frac{32 + 2 \cdot 1 - (2(3 - 1) + 1)}{2} \right\rfloor + 1"
    )


def test_parameter_count(s):
    key = s.C_out * s.C_in * s.K**2 + s.C_out
    assert to_tex(key) == r"C_\mathrm{out} C_\mathrm{in} K^2 + C_\mathrm{out}"
    assert to_tex(key, values={s.C_out: 16, s.C_in: 3, s.K: 5}) == r"16 \cdot 3 \cdot 5^2 + 16"
    assert to_tex(key, values={s.C_in: 3, s.K: 5}) == (
        r"C_\mathrm{out} \cdot 3 \cdot 5^2 + C_\mathrm{out}"
    )


def test_a_sum_of_products_of_entries(s):
    row = np.asarray(s.X)[0] @ np.asarray(s.W)[1]
    assert to_tex(row) == "X_{1,1} W_{2,1} + X_{1,2} W_{2,2} + X_{1,3} W_{2,3}"
    values = {s.X: ((1, 0, 3), (0, 0, 0)), s.W: ((0, 0, 0), (2, -1, 1))}
    assert to_tex(row, values=values) == r"1 \cdot 2 + 0 \cdot (-1) + 3 \cdot 1"
    sobel = np.asarray(s.X)[0] @ np.array([1, 0, -1]) + np.asarray(s.X)[1] @ np.array([2, 0, -2])
    assert to_tex(sobel) == (r"X_{1,1} - X_{1,3} + (X_{2,1} \cdot 2 + X_{2,3} \cdot (-2))")


CASES = [
    (K * S, "K S_1", r"3 \cdot (-2)"),
    (S * K, "S_1 K", r"-2 \cdot 3"),
    (K + S * K, "K + S_1 K", r"3 + (-2) \cdot 3"),
    (K - S, "K - S_1", "3 - (-2)"),
    (S - K, "S_1 - K", "-2 - 3"),
    (K + (S - 1), "K + (S_1 - 1)", "3 + (-2 - 1)"),
    (1 + (K - 1) + (K - 1) * S, "1 + (K - 1) + (K - 1) S_1", r"1 + (3 - 1) + (3 - 1) \cdot (-2)"),
    ((K - 1) * (S - 1), "(K - 1)(S_1 - 1)", "(3 - 1)(-2 - 1)"),
    (-K * S, "-K S_1", r"-3 \cdot (-2)"),
    (-(K + S), "-(K + S_1)", "-(3 + (-2))"),
    (-S, "-S_1", "-(-2)"),
    (K - (-S), "K - (-S_1)", "3 - (-(-2))"),
    (K * -S, "K(-S_1)", r"3 \cdot (-(-2))"),
    (K + -2 * S, "K - 2S_1", r"3 - 2 \cdot (-2)"),
    (K * -2, r"K \cdot (-2)", r"3 \cdot (-2)"),
    (S**2, "S_1^2", "(-2)^2"),
    (P**2, "P^2", r"\left(\frac{7}{10}\right)^2"),
    (P * K, "P K", r"\frac{7}{10} \cdot 3"),
    (K * P, "K P", r"3 \cdot \frac{7}{10}"),
    ((1 - P) * K, "(1 - P) K", r"\left(1 - \frac{7}{10}\right) \cdot 3"),
    (K / S * P, r"\frac{K}{S_1} P", r"\frac{3}{-2} \cdot \frac{7}{10}"),
    (K * (P / S), r"K \cdot \frac{P}{S_1}", r"3 \cdot \frac{\frac{7}{10}}{-2}"),
    ((K / 2) ** 2, r"\left(\frac{K}{2}\right)^2", r"\left(\frac{3}{2}\right)^2"),
    ((K**2) ** 10, "(K^2)^{10}", "(3^2)^{10}"),
    (K**S, "K^{S_1}", "3^{-2}"),
    (K ** Fraction(1, 2), r"\sqrt{K}", r"\sqrt{3}"),
    (K ** Fraction(1, 3), r"\sqrt[3]{K}", r"\sqrt[3]{3}"),
    (K * (S * P), "K S_1 P", r"3 \cdot (-2) \cdot \frac{7}{10}"),
    (Q + 1234, "Q + 1234", r"54\,321 + 1234"),
    (2 * LONG * K, r"2 \cdot \mathrm{rate} \cdot K", r"2 \cdot \mathrm{rate} \cdot 3"),
    (2 * floor(K / 2), r"2 \left\lfloor \frac{K}{2} \right\rfloor",
     r"2 \left\lfloor \frac{3}{2} \right\rfloor"),
    (K // 2, r"\left\lfloor \frac{K}{2} \right\rfloor", r"\left\lfloor \frac{3}{2} \right\rfloor"),
    (ceiling(K) * absolute(S), r"\left\lceil K \right\rceil \left|S_1\right|",
     r"\left\lceil 3 \right\rceil \left|-2\right|"),
    (maximum(K, P) ** 2, r"(\max(K, P))^2", r"\left(\max\left(3, \frac{7}{10}\right)\right)^2"),
    (K % 2 + 1, r"(K \bmod 2) + 1", r"(3 \bmod 2) + 1"),
    (S % K, r"S_1 \bmod K", r"(-2) \bmod 3"),
    (K <= S + 1, r"K \le S_1 + 1", r"3 \le -2 + 1"),
    (equal(K, S), "K = S_1", "3 = -2"),
    (different(K, S), r"K \ne S_1", r"3 \ne -2"),
    (divides(K, Q), r"K \mid Q", r"3 \mid 54\,321"),
    (Product(Number(1), K - 1), "1(K - 1)", "1(3 - 1)"),
    (Number(Fraction(-1, 2)) * K, r"-\frac{1}{2} K", r"-\frac{1}{2} \cdot 3"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "symbols", "numbers"), CASES)
def test_form(formula, symbols, numbers):
    assert to_tex(formula) == symbols
    assert to_tex(formula, values=VALUES) == numbers
    for tex in (symbols, numbers):
        assert mathra.render(tex, strict=True)


@pytest.mark.parametrize(
    ("name", "tex"),
    [
        ("H", "H"), ("C_in", r"C_\mathrm{in}"), ("K1", "K_1"), ("K12", "K_{12}"), ("eta", r"\eta"),
        ("p_x", "p_x"), ("K_1", "K_1"), ("x_1_2", "x_{1,2}"), ("p_theta", r"p_\theta"),
        ("side", r"\mathrm{side}"), ("H_in_2", r"H_{\mathrm{in},2}"), ("lambda_", r"\lambda"),
        ("alpha2", r"\alpha_2"), ("_", "_"),
    ],
)  # fmt: skip
def test_names(name, tex):
    assert tex_name(name) == tex


def test_own_tex_wins():
    side = Symbol("height", tex=r"H_\mathrm{out}")
    assert to_tex(side**2 + 1) == r"H_\mathrm{out}^2 + 1"
    assert to_tex(Symbol("x", tex="x^*") ** 2) == "(x^*)^2"
    assert to_tex(Entry(Symbol("W1"), (0, 2))) == "(W_1)_{1,3}"
