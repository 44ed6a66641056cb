"""Styles that are computed once for all elements, of all papers, that have the same rules."""

from collections.abc import Iterator
from functools import lru_cache
from math import inf
from types import ModuleType
from typing import Any, NamedTuple

import tinycss2

from examgen.paper.faster.kept import kept_by, put

_INLINE = 1, 0, 0  # how specific WeasyPrint takes a style attribute to be,
_IMPLIED = 0, 0, 0  # and what other attributes stand for


class _Rule(NamedTuple):
    """What one rule declares of an element, and what its weight depends on."""

    declarations: Any  # (property, value, important)
    origin: str
    layer: float
    specificity: tuple[int, ...]

    @property
    def key(self) -> tuple[Any, ...]:
        """Tells the rule from others, for as long as its declarations exist."""
        return id(self.declarations), self.specificity


def share_styles(weasyprint: ModuleType) -> None:
    """Have WeasyPrint look up each style where its font configuration keeps styles.

    A style depends on the style of the parent and on the rules of the element alone; papers of one
    template have few of them. WeasyPrint computes some 500 styles anew for each paper, property by
    property, and reads each `style` attribute anew.
    """
    css = weasyprint.css
    original = css.StyleFor

    class StyleFor(original):  # type: ignore[misc, valid-type]
        """Styles of the elements and pages of a document."""

        def __init__(self, html: Any, sheets: Any, hints: bool, fonts: Any, targets: Any) -> None:
            self._kept = kept_by(fonts)
            if self._kept is None:
                super().__init__(html, sheets, hints, fonts, targets)
                return
            self._computed_styles: dict[Any, Any] = {}
            self._cascaded_styles: dict[Any, Any] = {}
            self._sheets, self.font_config = sheets, fonts
            self.initial_page_sizes = {"box": None, "area": None}
            self._style_elements(html, targets)
            self._cascaded_styles.clear()

        def _style_elements(self, html: Any, targets: Any) -> None:
            """Parents before children, and an element before what stands before or after it."""
            root, rules_of, found = html.etree_element, self._cascaded_styles, self._sheets
            given = html.base_url, targets
            for wrapper in html.wrapper_element.iter_subtree():
                element = wrapper.etree_element
                rules = rules_of[element, None] = list(_declared(css, element))
                for sheet, origin, specificity in found:
                    for own, _, pseudo, (declarations, layer) in sheet.matcher.match(wrapper):
                        place = inf if layer is None else sheet.layers.index(layer)
                        rule = _Rule(declarations, origin, place, specificity or own)
                        if pseudo is None:
                            rules.append(rule)
                        else:
                            rules_of.setdefault((element, pseudo), []).append(rule)
                parent = wrapper.parent and wrapper.parent.etree_element
                self.set_computed_styles(element, parent, root, None, *given)
            for element, pseudo in list(rules_of):
                if pseudo:
                    self.set_computed_styles(element, element, root, pseudo, *given)

        def add_page_declarations(self, page: Any) -> None:
            """Find the rules of a page and of its margins."""
            if self._kept is None:
                super().add_page_declarations(page)
                return
            found: dict[Any, list[_Rule]] = {}
            for sheet, origin, specificity in self._sheets:
                for _, selectors, declarations in sheet.page_rules:
                    for own, pseudo, kind in selectors:
                        if self._page_type_match(kind, page):
                            rule = _Rule(declarations, origin, 0, tuple(specificity or own))
                            found.setdefault((page, pseudo), []).append(rule)
            self._cascaded_styles.update(found)

        def set_computed_styles(
            self,
            element: Any,
            parent: Any,
            root: Any = None,
            pseudo_type: str | None = None,
            base_url: str | None = None,
            target_collector: Any = None,
        ) -> None:
            """Set the style of an element, a page, or a part that a sheet adds to them."""
            given = element, parent, root, pseudo_type, base_url
            if self._kept is None:
                super().set_computed_styles(*given, target_collector)
                return
            rules = self._cascaded_styles.get((element, pseudo_type), [])
            above = self._computed_styles.get((parent, None))
            # Only sheets tell roots apart; with them the size of the page differs.
            apart = tuple(sheet for sheet, *_ in self._sheets) if above is None else id(above)
            key = apart, pseudo_type, *(rule.key for rule in rules)
            kept = self._kept.styles
            if key in kept:
                style, _ = kept[key]
                if parent is None or parent is root:
                    style.pop("overflow", None)  # a document moves it to its pages
            else:
                self._cascaded_styles[element, pseudo_type] = _cascaded(css, rules)
                super().set_computed_styles(*given)
                self._cascaded_styles[element, pseudo_type] = rules
                style = self._computed_styles[element, pseudo_type]
                kept[key] = style, rules
            self._computed_styles[element, pseudo_type] = style
            if above is None:
                self.initial_page_sizes = style.initial_page_sizes
                self.initial_page_sizes.update(box=None, area=None)
            if target_collector and style["anchor"]:
                target_collector.collect_anchor(style["anchor"])

    put(StyleFor, original)


def _declared(css: ModuleType, element: Any) -> Iterator[_Rule]:
    """What attributes of an element declare."""
    if style := element.get("style"):
        yield _Rule(_style(css, style), "author", inf, _INLINE)
    if language := element.get("lang"):
        yield _Rule(_implied(css, f'-weasy-lang:"{language}"'), "author", inf, _IMPLIED)
    if anchor := element.get("id"):
        yield _Rule(_implied(css, f'-weasy-anchor:"{anchor}"'), "author", inf, _IMPLIED)
    if element.tag == "a" and (anchor := element.get("name")):
        yield _Rule(_implied(css, f'-weasy-anchor:"{anchor}"'), "author", inf, _IMPLIED)


@lru_cache(4096)
def _style(css: ModuleType, text: str) -> tuple[Any, ...]:
    """The declarations of a style attribute."""
    return tuple(css.preprocess_declarations(None, tinycss2.parse_blocks_contents(text)))


@lru_cache(4096)
def _implied(css: ModuleType, text: str) -> tuple[Any, ...]:
    """What another attribute stands for, as a declaration."""
    return tuple(css.preprocess_declarations(None, [tinycss2.parse_one_declaration(text)]))


def _cascaded(css: ModuleType, rules: list[_Rule]) -> dict[str, Any]:
    """The value of each property that rules declare, with its weight: the heaviest, then the last.

    https://www.w3.org/TR/CSS21/cascade.html#cascading-order
    """
    cascaded: dict[str, Any] = {}
    for declarations, origin, layer, specificity in rules:
        for name, value, important in declarations:
            weight = css.declaration_precedence(origin, important), layer, specificity
            if name not in cascaded or cascaded[name][1] <= weight:
                cascaded[name] = value, weight
    return cascaded
