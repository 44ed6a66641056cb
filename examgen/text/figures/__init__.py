"""Figures an item text can call: small functions from givens to a picture."""

from collections.abc import Callable, Mapping

from examgen.text.values import Figure

figures: Mapping[str, Callable[..., Figure]] = {}
