"""What was found of an item model."""

from dataclasses import dataclass, field

from examgen.bank.sample import Census


@dataclass
class Proof:
    """What was found of one item model."""

    name: str
    census: Census | None = None
    proved: int = 0
    mutants: int = 0
    equal_mutants: int = 0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether every claim held."""
        return not self.failures

    def holds(self, *, strict: bool) -> bool:
        """Whether it passed, with ``strict`` also without any advice."""
        return self.passed and not (strict and self.advice)

    def to_dict(self) -> dict[str, object]:
        """All of it as plain data."""
        census = self.census
        return {
            "item": self.name,
            "passed": self.passed,
            "space": census and census.size,
            "legal": census and census.show(census.legal),
            "usable": census and census.show(census.usable),
            "proved": self.proved,
            "mutants": self.mutants,
            "seconds": round(self.seconds, 2),
            "failures": self.failures,
            "advice": self.advice,
        }
