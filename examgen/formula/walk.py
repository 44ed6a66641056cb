"""The order in which the nodes of a formula are visited."""

from examgen.formula.node import postorder

__all__ = ["postorder"]
