"""What a network costs: totals, memory and the summary table."""

from dataclasses import dataclass
from math import prod

from examgen.engine.exact import EngineError
from examgen.engine.layers import LayerCost
from examgen.engine.layout import by, whole

_OPERATIONS = {"MACs": 1, "FLOPs": 2}
_OPTIMIZERS = {"sgd": 0, "momentum": 1, "adam": 2}


@dataclass(frozen=True, slots=True)
class TrainingMemory:
    """The bytes that training needs, by what they hold; ``total`` is their sum.

    One gradient is counted for every parameter and every activation, as if none were freed
    before the end of the pass; the scratch memory of the operations is not counted.
    """

    parameters: int
    buffers: int
    gradients: int
    optimizer: int
    activations: int
    activation_gradients: int

    @property
    def total(self) -> int:
        """All of it."""
        return (
            self.parameters
            + self.buffers
            + self.gradients
            + self.optimizer
            + self.activations
            + self.activation_gradients
        )


@dataclass(frozen=True)
class NetworkCosts:
    """The layers of a network with their shapes and costs, for one image, and the totals.

    Memory is in bytes, of numbers of 4 bytes unless told otherwise.
    """

    name: str
    input_shape: tuple[int, ...]
    rows: tuple[LayerCost, ...]

    @property
    def parameters(self) -> int:
        """The number of learnt parameters."""
        return sum(row.parameters for row in self.rows)

    @property
    def buffers(self) -> int:
        """The number of moving means and variances."""
        return sum(row.buffers for row in self.rows)

    @property
    def macs(self) -> int:
        """The multiply-adds of one image through all convolutions and linear layers."""
        return sum(row.macs for row in self.rows)

    @property
    def activations(self) -> int:
        """The values of the input and of every output that is not written in place."""
        return prod(self.input_shape) + sum(row.values for row in self.rows if not row.in_place)

    def __getitem__(self, name: str) -> LayerCost:
        """The layer of that name; EngineError if there is none."""
        for row in self.rows:
            if row.name == name:
                return row
        raise EngineError(f"{self.name}: there is no layer {name!r}; it has {self._names()}")

    def operations(self, unit: str) -> int:
        """The work for one image in "MACs", or in "FLOPs", of which a multiply-add makes two."""
        return self.macs * _factor(self.name, unit)

    def parameter_bytes(self, *, value_bytes: int = 4) -> int:
        """The memory of the parameters."""
        return self.parameters * whole(self.name, "value_bytes", value_bytes, low=1)

    def activation_bytes(self, *, batch: int = 1, value_bytes: int = 4) -> int:
        """The memory of all activations, kept for the backward pass, of a batch."""
        batch = whole(self.name, "batch", batch, low=1)
        return self.activations * batch * whole(self.name, "value_bytes", value_bytes, low=1)

    def inference_bytes(self, *, batch: int = 1, value_bytes: int = 4) -> int:
        """The memory of the parameters, the buffers and the most activations alive at once.

        An array is alive from the layer that makes it to the last that reads it.
        """
        batch = whole(self.name, "batch", batch, low=1)
        size = whole(self.name, "value_bytes", value_bytes, low=1)
        return (self.parameters + self.buffers + batch * self._most_alive()) * size

    def training_memory(
        self, *, batch: int = 1, value_bytes: int = 4, optimizer: str = "sgd"
    ) -> TrainingMemory:
        """The memory of one training step.

        ``optimizer`` is "sgd", "momentum" (one number kept for each parameter) or "adam" (two).
        """
        if optimizer not in _OPTIMIZERS:
            raise EngineError(
                f"{self.name}: optimizer must be one of {', '.join(_OPTIMIZERS)}, not {optimizer!r}"
            )
        parameters = self.parameter_bytes(value_bytes=value_bytes)
        activations = self.activation_bytes(batch=batch, value_bytes=value_bytes)
        return TrainingMemory(
            parameters=parameters,
            buffers=self.buffers * value_bytes,
            gradients=parameters,
            optimizer=_OPTIMIZERS[optimizer] * parameters,
            activations=activations,
            activation_gradients=activations,
        )

    def table(self, *, unit: str = "MACs", value_bytes: int = 4) -> str:
        """The summary as text: a line for each layer, and one for the totals."""
        factor = _factor(self.name, unit)
        size = whole(self.name, "value_bytes", value_bytes, low=1)
        lines = [("layer", "operation", "output", "parameters", unit, "bytes")]
        lines.append(("input", "", by(self.input_shape), "", "", _n(prod(self.input_shape) * size)))
        lines += [
            (
                row.name,
                row.operation,
                by(row.shape),
                _n(row.parameters),
                _n(row.macs * factor),
                _n(0 if row.in_place else row.values * size),
            )
            for row in self.rows
        ]
        work, memory = _n(self.macs * factor), _n(self.activations * size)
        lines.append(("total", "", "", _n(self.parameters), work, memory))
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(_line(line, widths) for line in lines)

    def _names(self) -> list[str]:
        return [row.name for row in self.rows]

    def _most_alive(self) -> int:
        """The most values that are needed at once; a layer in place shares the array it reads."""
        array, values = {"input": "input"}, {"input": prod(self.input_shape)}
        born, dies = {"input": 0}, {"input": 0}
        for step, row in enumerate(self.rows):
            for each in row.inputs:
                dies[array[each]] = step
            array[row.name] = array[row.inputs[0]] if row.in_place else row.name
            if not row.in_place:
                values[row.name], born[row.name] = row.values, step
            dies[array[row.name]] = step
        if self.rows:
            dies[array[self.rows[-1].name]] = len(self.rows)
        alive = [
            sum(count for name, count in values.items() if born[name] <= step <= dies[name])
            for step in range(max(1, len(self.rows)))
        ]
        return max(alive)


def _factor(name: str, unit: str) -> int:
    if unit not in _OPERATIONS:
        raise EngineError(f"{name}: unit must be 'MACs' or 'FLOPs', not {unit!r}")
    return _OPERATIONS[unit]


def _n(number: int) -> str:
    return f"{number:,}"


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    left = [cell.ljust(width) for cell, width in zip(cells[:3], widths[:3], strict=True)]
    right = [cell.rjust(width) for cell, width in zip(cells[3:], widths[3:], strict=True)]
    return "  ".join([*left, *right]).rstrip()
