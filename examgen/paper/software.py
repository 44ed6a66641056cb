"""The software that a paper's bytes depend on."""

import platform
from importlib.metadata import version

from examgen.paper.fonts import weasyprint

_PACKAGES = (
    "examgen", "weasyprint", "pydyf", "lxml", "mathra", "math-core", "fonttools", "pikepdf",
    "numpy", "sympy",
)  # fmt: skip


def software() -> dict[str, str]:
    """Names and versions: Python, packages, and the system's Pango and HarfBuzz."""
    libraries = weasyprint().text.ffi
    libraries.ffi.cdef("const char *hb_version_string(void);", override=True)
    harfbuzz = libraries.ffi.string(libraries.harfbuzz.hb_version_string()).decode()
    return {
        "python": platform.python_version(),
        **{name: version(name) for name in _PACKAGES},
        "pango": str(libraries.pango.pango_version()),
        "harfbuzz": harfbuzz,
        "harfbuzz-subset": "missing" if libraries.harfbuzz_subset is None else harfbuzz,
    }
