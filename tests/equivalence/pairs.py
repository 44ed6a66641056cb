"""All pairs of formulas of this domain."""

from equivalence import floors, maxima, polynomials

FAMILIES = [*floors.FAMILIES, *maxima.FAMILIES, *polynomials.FAMILIES]
