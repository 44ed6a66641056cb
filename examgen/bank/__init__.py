"""Banks of item models: found, loaded, proved."""

from examgen.bank.load import Bank

__all__ = ["Bank"]
