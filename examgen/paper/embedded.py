"""Style sheets for a page that needs no other file."""

import base64
import re
from collections.abc import Sequence

from examgen.resources import bundled

_FONT = re.compile(r'url\("\.\./fonts/([\w-]+)\.(ttf|woff2)"\)')


def embedded_style(names: Sequence[str]) -> str:
    """The bundled style sheets of these names as one text, with their fonts inside."""
    folder = bundled("templates/style")
    sheets = "".join((folder / f"{name}.css").read_text("utf-8") for name in names)
    return _FONT.sub(_embedded, sheets)


def _embedded(found: re.Match[str]) -> str:
    name, sort = found.groups()
    font = base64.b64encode(bundled(f"templates/fonts/{name}.{sort}").read_bytes())
    return f'url("data:font/{sort};base64,{font.decode("ascii")}")'
