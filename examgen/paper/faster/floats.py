"""Lines that no float stands beside."""

from types import ModuleType
from typing import Any

from examgen.paper.faster.kept import kept_by, put


def pass_by_floats(weasyprint: ModuleType) -> None:
    """Have WeasyPrint look for the floats beside a line where there are some.

    It measures each line three times to compare it with none.
    """
    original = weasyprint.layout.float.avoid_collisions
    line_box = weasyprint.formatting_structure.boxes.LineBox

    def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:
        alone = isinstance(box, line_box) and not context.excluded_shapes
        style = containing_block.style
        if alone and style["direction"] == "ltr" and kept_by(style.font_config):
            return containing_block.content_box_x(), box.position_y, containing_block.width
        return original(context, box, containing_block, outer)

    put(avoid_collisions, original)
