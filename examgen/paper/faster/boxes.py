"""What WeasyPrint asks of every box many times, answered by its style or in one step."""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from examgen.paper.faster.kept import put


def ask_boxes_once(weasyprint: ModuleType) -> None:
    """Have WeasyPrint look up what depends on the style of a box alone, and pass plain boxes by.

    Most boxes have no border and no background, and stand in the normal flow.
    """
    box_class = weasyprint.formatting_structure.boxes.Box
    box_class.is_in_normal_flow = _in_flow(box_class.is_in_normal_flow)
    box_class.descendants = _descendants(box_class)
    background, border = weasyprint.layout.background, weasyprint.draw.border
    put(_backgrounds(background), background.layout_box_backgrounds)
    put(_borders(border.draw_border), border.draw_border)


def _in_flow(original: Any) -> Any:
    def is_in_normal_flow(self: Any) -> bool:
        style = self.style
        if not hasattr(style, "in_flow"):
            style.in_flow = original(self)
        flows: bool = style.in_flow
        return flows

    return is_in_normal_flow


def _descendants(box_class: type) -> Any:
    """Without a generator for each level of the tree."""

    def descendants(self: Any, placeholders: bool = False) -> Iterator[Any]:
        waiting = [self]
        while waiting:
            box = waiting.pop()
            yield box
            if placeholders or isinstance(box, box_class):
                waiting += reversed(box.children)

    return descendants


def _backgrounds(background: ModuleType) -> Any:
    original = background.layout_box_backgrounds

    def layout_box_backgrounds(
        page: Any, box: Any, images: Any, layout_children: bool = True, style: Any = None
    ) -> None:
        own = box.style
        if not hasattr(own, "bare"):
            own.bare = _is_bare(own)
        if box is page or style is not None or not (own.bare and layout_children):
            original(page, box, images, layout_children, style)
            return
        background.resolve_radii_percentages(box)
        for child in box.all_children():
            layout_box_backgrounds(page, child, images)
        box.background = None

    return layout_box_backgrounds


def _is_bare(style: Any) -> bool:
    """Whether nothing is painted behind the boxes of a style."""
    color = style["background_color"]
    return (
        (style["color"] if color == "currentcolor" else color).alpha == 0
        and not style["box_shadow"]
        and all(image == ("none", None) for image in style["background_image"])
        and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
    )


def _borders(original: Any) -> Any:
    def draw_border(stream: Any, box: Any) -> None:
        style = box.style
        if not hasattr(style, "edgeless"):
            style.edgeless = (
                style["border_image_source"][0] == "none"
                and style["column_width"] == style["column_count"] == "auto"
            )
        widths = (
            box.border_top_width
            or box.border_right_width
            or box.border_bottom_width
            or box.border_left_width
        )
        if widths or not style.edgeless:
            original(stream, box)

    return draw_border
