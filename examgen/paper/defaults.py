"""The style that HTML elements have by default, without what no paper uses."""

import re
from types import ModuleType
from typing import Any

_NOTES = re.compile(r"^::(?:foot)?note-[^}]*\}", re.MULTILINE)
_MARKERS = re.compile(r"^::marker", re.MULTILINE)


def default_styles(weasyprint: ModuleType) -> Any:
    """WeasyPrint's default style sheet, but for notes, and with list markers on list items only.

    Its own gives every element these six styles, of which a paper shows hardly one: they are most
    of the styles that it computes and of the garbage that it leaves.
    """
    rules = _NOTES.sub("", weasyprint.html.UA)
    rules = _MARKERS.sub(":is(li, summary)::marker", rules)
    return weasyprint.CSS(string=rules, counter_style=weasyprint.css.counters.CounterStyle())
