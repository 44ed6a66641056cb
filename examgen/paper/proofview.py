"""What the template of a proof sees: each variant as students see it, with its keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from examgen.exam.signoff import SignOff, Variant
from examgen.language import ENGLISH, Language
from examgen.paper.heading import Heading
from examgen.paper.keyview import KeyItem, KeyPart
from examgen.paper.view import StudentItem, StudentPart


@dataclass(frozen=True)
class ProofVariant:
    """One variant: what students see, and beside each part its key."""

    extent: str
    rank: int | None
    asked: StudentItem
    keys: KeyItem

    @property
    def parts(self) -> Sequence[tuple[StudentPart, KeyPart]]:
        """Each part as asked, with its key."""
        return list(zip(self.asked.parts, self.keys.parts, strict=True))

    @property
    def effort(self) -> int:
        """The steps by hand of all its parts."""
        return sum(part.effort for part in self.keys.parts)


@dataclass(frozen=True)
class ProofModel:
    """An item model of a question with its variants; ``size`` is that of its space."""

    number: int
    title: str
    model: str
    size: int
    variants: tuple[ProofVariant, ...]

    @property
    def efforts(self) -> tuple[int, int]:
        """The steps of the lightest and of the heaviest variant that is shown."""
        steps = [variant.effort for variant in self.variants]
        return min(steps), max(steps)


@dataclass(frozen=True)
class ProofView:
    """All that the template of a proof is given."""

    heading: Heading
    digest: str
    models: tuple[ProofModel, ...]

    @classmethod
    def of(cls, signed: SignOff, heading: Heading, language: Language = ENGLISH) -> "ProofView":
        """The variants by question and item model."""
        grouped: dict[tuple[int, str], list[Variant]] = {}
        for variant in signed.variants:
            grouped.setdefault((variant.item.number, variant.item.model), []).append(variant)
        return cls(
            heading,
            signed.digest,
            tuple(_model(variants, language) for variants in grouped.values()),
        )


def _model(variants: Sequence[Variant], language: Language) -> ProofModel:
    first = variants[0]
    return ProofModel(
        number=first.item.number,
        title=first.item.title,
        model=first.item.model,
        size=first.size,
        variants=tuple(
            ProofVariant(
                extent=variant.extent,
                rank=variant.item.rank,
                asked=StudentItem.of(variant.item, language),
                keys=KeyItem.of(variant.item, language),
            )
            for variant in variants
        ),
    )
