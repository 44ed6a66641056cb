"""Bilinear interpolation of an image that is zero outside."""

from fractions import Fraction
from math import floor
from typing import Any

import numpy as np

from examgen.engine.exact import (
    Array,
    EngineError,
    narrow,
    objects,
    read,
    read_scalar,
    whole_if_integral,
)
from examgen.engine.layout import whole
from examgen.engine.symbols import total


def bilinear_sample(image: Any, x: Any, y: Any) -> Any:
    """The value of an image at column ``x`` and row ``y``, from the four pixels around.

    Shapes: ``image`` (H, W); ``x`` and ``y`` numbers in pixels, pixel centres at the integers,
    (0, 0) the centre of the first pixel. Each of the four corners that lies outside counts 0.

    Exact int or Fraction for exact arguments, a float if any is a float; an image of symbols
    gives weight times pixel for the corners inside that have a weight.

    Raises EngineError (a ValueError) for other shapes and NaN.

    Source: Dai et al., "Deformable convolutional networks" (2017), equations 3 and 4.
    """
    pixels, x, y, kind = _read("bilinear_sample", image, x, y)
    column, row = floor(x), floor(y)
    right, down = x - column, y - row
    weights = [(1 - down) * (1 - right), (1 - down) * right, down * (1 - right), down * right]
    corners = [_pixel(pixels, row + r, column + c) for r, c in np.ndindex(2, 2)]
    return _mix(weights, corners, kind)


def bilinear_gradient(image: Any, x: Any, y: Any) -> tuple[Any, Any]:
    """The derivatives of :func:`bilinear_sample` by ``x`` and by ``y``.

    At an integer coordinate, where the value has a kink, it is the right-hand derivative (the
    cell is chosen by the floor, as PyTorch and torchvision do).

    Shapes, units, exactness and errors as in :func:`bilinear_sample`; value per pixel.

    Source: Dai et al., "Deformable convolutional networks" (2017), appendix A.
    """
    pixels, x, y, kind = _read("bilinear_gradient", image, x, y)
    column, row = floor(x), floor(y)
    right, down = x - column, y - row
    corners = [_pixel(pixels, row + r, column + c) for r, c in np.ndindex(2, 2)]
    by_x = [down - 1, 1 - down, -down, down]
    by_y = [right - 1, -right, 1 - right, right]
    return _mix(by_x, corners, kind), _mix(by_y, corners, kind)


def bilinear_pixel_gradient(image: Any, x: Any, y: Any) -> Array:
    """The derivatives of :func:`bilinear_sample` by each pixel of the image, from the corners.

    The sample is linear in the pixels, so that they do not depend on these; they equal
    :func:`bilinear_weights`, which is made another way.

    Shape (H, W) of the image. Units, exactness (an object array of int and Fraction where a
    coordinate is a Fraction) and errors as in :func:`bilinear_sample`.

    Source: Jaderberg et al., "Spatial transformer networks" (2015), equation 6.
    """
    pixels, x, y, _ = _read("bilinear_pixel_gradient", image, x, y)
    column, row = floor(x), floor(y)
    right, down = x - column, y - row
    exact = not isinstance(x, float) and not isinstance(y, float)
    gradient = np.zeros(pixels.shape, dtype=object if exact else np.float64)
    for r, c in np.ndindex(2, 2):
        if _pixel(pixels, row + r, column + c) is not None:
            weight = (down if r else 1 - down) * (right if c else 1 - right)
            gradient[row + r, column + c] = whole_if_integral(Fraction(weight)) if exact else weight
    return narrow(gradient) if isinstance(x, int) and isinstance(y, int) else gradient


def bilinear_weights(x: Any, y: Any, *, height: int, width: int) -> Array:
    """The weight of every pixel of an image in its bilinear sample at column ``x`` and row ``y``.

    Shape (height, width); the weights are max(0, 1 - |x - column|) max(0, 1 - |y - row|), so that
    (weights * image).sum() is the sample; their sum is less than 1 near the border. Independent
    of the four corners of :func:`bilinear_sample`.

    Units: pixels. int64 for integers, an object array of int and Fraction for a Fraction, else
    floats. Raises EngineError (a ValueError) for anything but numbers.

    Source: Jaderberg et al., "Spatial transformer networks" (2015), equation 5.
    """
    height = whole("bilinear_weights", "height", height, low=1)
    width = whole("bilinear_weights", "width", width, low=1)
    x = read_scalar("bilinear_weights", "x", x)
    y = read_scalar("bilinear_weights", "y", y)
    rows = [max(0, 1 - abs(y - row)) for row in range(height)]
    columns = [max(0, 1 - abs(x - column)) for column in range(width)]
    flat = [row * column for row in rows for column in columns]
    if isinstance(x, float) or isinstance(y, float):
        return np.array(flat, dtype=np.float64).reshape(height, width)
    flat = [whole_if_integral(Fraction(value)) for value in flat]
    weights = objects(flat, (height, width))
    return narrow(weights) if isinstance(x, int) and isinstance(y, int) else weights


def _read(operation: str, image: Any, x: Any, y: Any) -> tuple[Array, Any, Any, str]:
    operand = read(operation, "image", image)
    if operand.values.ndim != 2:
        raise EngineError(
            f"{operation}: the image must be (H, W); its shape is {operand.values.shape}"
        )
    x, y = read_scalar(operation, "x", x), read_scalar(operation, "y", y)
    is_float = operand.kind != "symbol" and (
        operand.kind == "float" or isinstance(x, float) or isinstance(y, float)
    )
    return operand.values, x, y, "float" if is_float else operand.kind


def _pixel(pixels: Array, row: int, column: int) -> Any:
    """The pixel as a Python object, None outside the image."""
    height, width = pixels.shape
    return pixels.item(row, column) if 0 <= row < height and 0 <= column < width else None


def _mix(weights: list[Any], corners: list[Any], kind: str) -> Any:
    pairs = zip(weights, corners, strict=True)
    value = total(w * pixel for w, pixel in pairs if pixel is not None and w != 0)
    if kind == "float":
        return float(value)
    return value if kind == "symbol" else whole_if_integral(Fraction(value))
