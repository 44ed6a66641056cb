"""The style that HTML elements and pages have by default, without what no paper uses."""

import re
from collections.abc import Iterable
from types import ModuleType
from typing import Any

_UNUSED = (  # rules for every element, what to put in their place, and the word that calls for them
    (re.compile(r"^::footnote-[^}]*\}", re.MULTILINE), "", r"(?i)\bfootnote\b"),
    (re.compile(r"^::note-[^}]*\}", re.MULTILINE), "", r"(?i)\bnote\b"),
    (re.compile(r"^(?=::marker)", re.MULTILINE), "li::marker, summary", r"(?i)\blist-item\b"),
)
_MARGIN = re.compile(r"^ *@((?:top|bottom|left|right)-[\w-]+) *\{[^}]*\}", re.MULTILINE)


def default_styles(weasyprint: ModuleType, texts: Iterable[str]) -> Any:
    """WeasyPrint's default style sheet without what these style sheets and templates do not use.

    Its own gives every element styles for five kinds of notes and for a list marker, of which a
    paper shows hardly one, and every page styles for sixteen margin boxes, of which it shows four:
    most of the styles that are computed for a paper, and of the garbage that it leaves.
    """
    used = "".join(texts)
    rules = weasyprint.html.UA
    for rule, instead, word in _UNUSED:
        if not re.search(word, used):
            rules = rule.sub(instead, rules)
    rules = _MARGIN.sub(lambda found: found[0] if f"@{found[1]}" in used.lower() else "", rules)
    return weasyprint.CSS(string=rules, counter_style=weasyprint.css.counters.CounterStyle())
