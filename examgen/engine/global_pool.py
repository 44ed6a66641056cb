"""Global pooling: the largest or the mean value of each channel."""

from typing import Any

from examgen.engine.exact import Array
from examgen.engine.pool import avg_pool, max_pool
from examgen.engine.windows import read_images


def global_max_pool2d(x: Any) -> Array:
    """The largest value of each channel: (…, 1, 1).

    Shapes: ``x`` (H, W), (C, H, W) or (N, C, H, W). Exactness and errors as in
    ``max_pool2d``.

    Source: PyTorch 2, ``torch.nn.AdaptiveMaxPool2d(1)``.
    """
    return _whole("global_max_pool2d", x, 2, mean=False)


def global_max_pool1d(x: Any) -> Array:
    """The largest value of each channel of a signal (L,), (C, L) or (N, C, L): (…, 1)."""
    return _whole("global_max_pool1d", x, 1, mean=False)


def global_max_pool3d(x: Any) -> Array:
    """The largest value of each channel of a volume, (D, H, W) and up: (…, 1, 1, 1)."""
    return _whole("global_max_pool3d", x, 3, mean=False)


def global_avg_pool2d(x: Any) -> Array:
    """The mean value of each channel: (…, 1, 1).

    Shapes: ``x`` (H, W), (C, H, W) or (N, C, H, W). Exactness and errors as in
    ``avg_pool2d``.

    Source: Lin et al., "Network in network" (2014), section 3.2.
    """
    return _whole("global_avg_pool2d", x, 2, mean=True)


def global_avg_pool1d(x: Any) -> Array:
    """The mean value of each channel of a signal (L,), (C, L) or (N, C, L): (…, 1)."""
    return _whole("global_avg_pool1d", x, 1, mean=True)


def global_avg_pool3d(x: Any) -> Array:
    """The mean value of each channel of a volume, (D, H, W) and up: (…, 1, 1, 1)."""
    return _whole("global_avg_pool3d", x, 3, mean=True)


def _whole(operation: str, x: Any, axes: int, *, mean: bool) -> Array:
    """Pooling with one window, as large as the input."""
    size = read_images(operation, "input", x, axes=axes).values.shape[-axes:]
    if mean:
        return avg_pool(operation, x, size, {}, True, axes=axes)
    return max_pool(operation, x, size, {}, axes=axes)
