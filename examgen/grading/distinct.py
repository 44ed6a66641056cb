"""Which responses are one and the same answer, so that a human decides on it once."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from hashlib import sha256

from examgen.exam.record import PrintedItem, PrintedPart

_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")  # no spreadsheet takes it for 1E9
_LENGTH = 20  # letters of 4 bits


def answer_id(item: PrintedItem, part: PrintedPart, responses: Mapping[str, str]) -> str:
    """Letters that are the same for the same response, but for spaces, to the same part and key.

    The part is one of the same item, for the same marks and with its options in the same order;
    the responses to all earlier parts that its key is computed from are the same too.
    """
    told = [
        *(item.model, item.rank, item.parameters),
        *(part.name, part.kind, part.key, str(part.marks)),
        [asdict(option) for option in part.options],
        [[name, _folded(responses.get(column, ""))] for name, column in _columns(item, part)],
    ]
    digest = sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return digest[:_LENGTH].translate(_LETTERS)


def _columns(item: PrintedItem, part: PrintedPart) -> Iterator[tuple[str, str]]:
    """Name and column of the part, and of those that it depends on, whatever lies between."""
    needed = {part.name}
    for one in reversed(item.parts):  # a part depends on earlier ones
        if one.name in needed:
            needed.update(one.depends)
            yield one.name, one.column


def _folded(text: str) -> str:
    """The text without spaces that say nothing; lines stay, for they may be rows."""
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
