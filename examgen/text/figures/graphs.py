"""A figure of a network that branches: layers as boxes, joined to what they read."""

from collections.abc import Mapping

from examgen.text.figures.canvas import WHITE, Canvas, width_of
from examgen.text.figures.words import say, settings_in_words
from examgen.text.values import Figure, TextError

_GAP, _LINE = 24.0, 11.0  # between columns of boxes; from line to line in a box
_DETOUR = 9.0  # how far apart two links run that go over the boxes

Spot = tuple[float, float]
Inputs = dict[str, tuple[str, ...]]
Places = dict[str, tuple[int, int]]


def graph_figure(graph: Mapping[str, object]) -> Figure:
    """The layers of a network that branches, from left to right, each after all that it reads.

    `graph` is that of the engine's receptive fields: name → (layer, names of its inputs), where
    "input" is the network's input. The layer is a text that stands below the name ("" for none),
    a kernel, or (kernel, stride, padding, dilation) of which the last three may be left out.
    """
    words: dict[str, tuple[str, ...]] = {"input": ()}
    inputs: Inputs = {"input": ()}
    for name, entry in graph.items():
        if not isinstance(entry, list | tuple) or len(entry) != 2 or isinstance(entry[1], str):
            raise TextError(f"graph_figure wants {name!r} as (layer, names of its inputs)")
        unknown = [each for each in entry[1] if each not in inputs]
        if unknown or not entry[1]:
            known = ", ".join(inputs)
            raise TextError(f"layer {name!r} reads {unknown or 'nothing'}; before it are {known}")
        words[name], inputs[name] = _words(entry[0]), tuple(entry[1])
    told = "; ".join(
        say(
            "reads",
            layer=f"{name} ({', '.join(words[name])})" if words[name] else name,
            inputs=say("and").join(map(_shown, reads)),
        )
        for name, reads in inputs.items()
        if reads
    )
    return _Drawing(words, inputs).canvas().figure(say("graph", layers=told))


def _shown(name: str) -> str:
    """The name of a layer as it is written in its box."""
    return say("input") if name == "input" else name


def _words(layer: object) -> tuple[str, ...]:
    """The lines below a layer's name."""
    if isinstance(layer, str):
        return tuple(layer.split("\n")) if layer else ()
    numbers = tuple(layer) if isinstance(layer, list | tuple) else (layer,)
    return settings_in_words(numbers)


class _Drawing:
    """The boxes of a network in columns and lanes, and the links between them."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], inputs: Inputs) -> None:
        self.words, self.inputs, self.places = words, inputs, _placed(inputs)
        lines = [line for each in words.values() for line in each]
        names = max(width_of(_shown(name)) for name in words)
        self.wide = 12 + max(names, *(width_of(line, 9) for line in lines)) if lines else 12 + names
        self.high = 22 + _LINE * max(map(len, words.values()))
        over = [
            (each, name)
            for name, reads in inputs.items()
            for each in reads
            if self._blocked(each, name)
        ]
        self.over = sorted(over, key=self._span, reverse=True)  # the longest lies outermost
        self.top = 4 + (_DETOUR * len(self.over) + 4 if self.over else 0)

    def canvas(self) -> Canvas:
        """The drawing."""
        columns, lanes = (1 + max(place[axis] for place in self.places.values()) for axis in (0, 1))
        width = 8 + columns * (self.wide + _GAP) - _GAP
        canvas = Canvas(width, self.top + lanes * (self.high + 12) - 8)
        for name, reads in self.inputs.items():
            ordered = sorted(reads, key=lambda each: self._arrival(each, name))
            for number, each in enumerate(ordered):
                self._link(canvas, each, name, number, len(reads))
        for name in self.words:
            self._box(canvas, name)
        return canvas

    def _corner(self, name: str) -> Spot:
        column, lane = self.places[name]
        return 4 + column * (self.wide + _GAP), self.top + lane * (self.high + 12)

    def _box(self, canvas: Canvas, name: str) -> None:
        x, y = self._corner(name)
        lines = self.words[name]
        canvas.rectangle(x, y, self.wide, self.high, fill=WHITE, round_=3)
        first = y + self.high / 2 - _LINE * len(lines) / 2
        canvas.text(x + self.wide / 2, first, _shown(name))
        for number, line in enumerate(lines, 1):
            canvas.text(x + self.wide / 2, first + 1 + _LINE * number, line, size=9)

    def _blocked(self, start: str, end: str) -> bool:
        """Whether a box stands in the lane of the start between both."""
        (first, lane), (last, _) = self.places[start], self.places[end]
        return any((column, lane) in self.places.values() for column in range(first + 1, last))

    def _span(self, link: tuple[str, str]) -> int:
        """How many columns a link spans."""
        return self.places[link[1]][0] - self.places[link[0]][0]

    def _arrival(self, start: str, end: str) -> tuple[int, int]:
        """The order in which links arrive at their end, from the top, so that they do not cross."""
        if (start, end) in self.over:
            return -1, self.over.index((start, end))
        return self.places[start][1], 0

    def _link(self, canvas: Canvas, start: str, end: str, number: int, count: int) -> None:
        """The arrow that arrives as number (from 0) of the count of links of its end.

        It runs along the lane of its start and bends before its end, or goes over the boxes.
        """
        (x, y), (to_x, to_y) = self._corner(start), self._corner(end)
        arrival = to_x, to_y + self.high * (number + 1) / (count + 1)
        bend = to_x - _GAP / 2 - 2
        if (start, end) in self.over:
            height, out = 4 + _DETOUR * self.over.index((start, end)), x + self.wide + 6
            up = [(out - 6, y + self.high / 2), (out, y + self.high / 2), (out, height)]
            if self.places[start][1] == 0:
                up = [(x + self.wide / 2, y), (x + self.wide / 2, height)]
            bend = to_x - 9 - min(4 * number, 12)
            way = [*up, (bend, height), (bend, arrival[1])]
        elif y == to_y:
            way = [(x + self.wide, arrival[1])]
        else:
            leave = y + self.high / 2
            way = [(x + self.wide, leave), (bend, leave), (bend, arrival[1])]
        if len(way) > 1:
            canvas.path(way, weight=0.9)
        canvas.arrow(way[-1], arrival)


def _placed(inputs: Inputs) -> Places:
    """The (column, lane) of each layer: the longest way to it, and the lane of what it reads."""
    places: Places = {}
    for name, reads in inputs.items():
        column = 1 + max((places[each][0] for each in reads), default=-1)
        lane = min((places[each][1] for each in reads), default=0)
        while (column, lane) in places.values():
            lane += 1
        places[name] = column, lane
    return places
