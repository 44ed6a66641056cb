"""Judging the responses to one item, each with a reason for the student and the evidence.

A part is judged in this order: blank, unreadable, the key, the key recomputed from the student's
own earlier answers, the misconceptions, these at the student's own earlier answers, partly right,
wrong. What a rule cannot decide goes to a human and is never 0 in silence; a comparison that stays
undecided matters only where none after it is proved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from examgen.answers import Array, Judgement, Kind, Reading, Unreadable, Value, is_blank
from examgen.exam.record import PrintedItem, PrintedPart
from examgen.grading.answer import is_right, judge, kind_of, read
from examgen.grading.carry import Earlier, Inputs, checked, inputs, response_value
from examgen.grading.judged import UNDECIDED, Judged, ambiguous, unreadable, without_dollars
from examgen.grading.recompute import Recompute, Recomputed

NOTHING = Fraction(0)


def judge_item(
    item: PrintedItem,
    responses: Mapping[str, str],
    *,
    follow_through: Fraction,
    recompute: Recompute,
    decimal_comma: bool = False,
) -> dict[str, Judged]:
    """The judgement of every part of an item, by the part's name, from responses by column.

    ``follow_through`` is the credit of an answer that is right by the student's earlier ones;
    ``decimal_comma`` says that students write ``3,14``.
    """
    judged: dict[str, Judged] = {}
    for part in item.parts:
        earlier = [
            Earlier(before, known.value, known.verdict, known.shown)
            for before in item.parts
            if before.name in part.depends and (known := judged.get(before.name))
        ]
        one = _Response(item, part, earlier, follow_through, recompute)
        text = responses.get(part.column, "")
        judged[part.name] = one.judge(text, decimal_comma=decimal_comma)
    return judged


class _Response:
    """One response about to be judged."""

    def __init__(
        self,
        item: PrintedItem,
        part: PrintedPart,
        earlier: Sequence[Earlier],
        follow_through: Fraction,
        recompute: Recompute,
    ):
        self.item, self.part, self.earlier = item, part, earlier
        self.follow_through, self.recompute = follow_through, recompute
        self.kind: Kind = kind_of(part)
        self.doubts: list[str] = []  # the comparisons that stayed undecided

    def judge(self, text: str, *, decimal_comma: bool) -> Judged:
        """The judgement of what the student wrote."""
        if is_blank(text):
            return self._blank(text)
        reading = read(self.kind, text, decimal_comma=decimal_comma)
        if isinstance(reading, Unreadable):
            return unreadable(reading)
        if self.kind.by_hand:
            essay = Judged("essay", None, "A person marks this answer.", shown=reading.shown)
            return replace(essay, why="a human marks it by the rubric")
        judged = self._readable(reading)
        notes = "; ".join(filter(None, (judged.evidence, *reading.notes)))
        return replace(judged, evidence=notes, shown=reading.shown, value=self._meant(reading))

    def _meant(self, reading: Reading) -> Value:
        """What later parts follow from: of the readings the first that could be a key."""
        for one in (reading, *reading.alternatives):
            try:
                self.kind.check_key(one.value)
            except (TypeError, ValueError):
                continue
            return one.value
        return reading.value

    def _blank(self, text: str) -> Judged:
        blank = Judged("blank", NOTHING, "No answer was given.")
        if self.kind.by_hand and not text.strip():
            return blank.waiting("nothing was typed; the answer may stand on the paper")
        return blank

    def _readable(self, reading: Reading) -> Judged:
        key = self.kind.unpack(self.part.key)
        judgement = judge(self.kind, reading, key)
        if judgement.verdict == "right":
            return Judged("right", Fraction(1), "Right.", self._odd(judgement.evidence))
        for other in reading.alternatives:
            if self._equals(other, key, f"read as {other.shown}"):
                return ambiguous(reading, other, judgement, Fraction(1))
        if self.part.open:
            if valid := self._valid(reading):
                return valid
            judgement = Judgement.wrong(f"{reading.shown} is not right; {self._key} would be")
        own = inputs(self.earlier)
        results = [(given, self._recomputed(given, reading)) for given in own]
        follows = self._follows(reading, results)
        if follows:
            return follows
        judged = (
            self._misconception(reading, judgement)
            or self._own_misconception(reading, judgement, results)
            or self._partly(reading, judgement, results)
            or self._rest(reading, judgement)
        )
        for other in reading.alternatives:
            least = self._follows(other, results) or self._misconception(other, judgement)
            if least and (least.credit or NOTHING) > (judged.credit or NOTHING):
                return ambiguous(reading, other, judgement, least.credit)
        judged = self._with_problems(judged, results)
        refused = "; ".join(before.refusal for before in self.earlier if before.refusal)
        judged = replace(judged, evidence="; ".join(filter(None, (judged.evidence, refused))))
        return self._with_doubts(judged, judgement)

    def _equals(self, reading: Reading, value: Value, told: str) -> bool:
        """Whether a reading is right against a value; where that stays undecided is remembered."""
        if is_right(self.kind, reading, value):
            return True
        if not self.kind.by_equality:
            judgement = judge(self.kind, reading, value)
            if judgement.verdict == "undecided":
                self.doubts.append(f"{told}: {judgement.evidence}")
        return False

    def _with_doubts(self, judged: Judged, judgement: Judgement) -> Judged:
        """The judgement, to be decided by a human where it rests on an undecided comparison.

        An item's misconceptions are proved to differ from its key and from one another.
        """
        doubts = list(self.doubts)
        if judgement.verdict == "undecided" and judged.verdict != "misconception":
            doubts.insert(0, judgement.evidence)
        if not doubts or judged.credit is None:
            return judged
        why = "; ".join(doubts)
        suggested = judged.credit or None
        return Judged("undecided", None, UNDECIDED, judged.evidence, why=why, suggested=suggested)

    def _recomputed(self, given: Inputs, reading: Reading) -> Recomputed:
        """The part recomputed from own earlier answers.

        Of an open part the key is the response itself, where the item model finds that right.
        """
        values = given.values
        if self.part.open:
            own = Earlier(self.part, reading.value, "wrong").own
            values = {**values, self.part.name: own}
        recomputed = self.recompute(self.item, self.part.name, values)
        return checked(self.kind, self.part, recomputed)

    def _valid(self, reading: Reading) -> Judged | None:
        """The judgement of an answer to an open part that the item model finds right."""
        result = self._recomputed(Inputs((), {}), reading)
        if result.problem:
            self.doubts.append(f"whether this answer is right {result.problem}")
        key = response_value(self.kind, self.part, result.key)
        if key is None or not self._equals(reading, key, "against the answer itself"):
            return None
        evidence = f"{reading.shown} is as right as {self._key}"
        return Judged("right", Fraction(1), "Right.", self._odd(evidence))

    @staticmethod
    def _with_problems(judged: Judged, results: Sequence[tuple[Inputs, Recomputed]]) -> Judged:
        """The judgement, to be decided by a human where a key could not be recomputed."""
        problems = [(given, result.problem) for given, result in results if result.problem]
        if not problems:
            return judged
        given, problem = problems[0]
        why = f"recomputed with {given.told}, the key {problem}"
        reason = f"A person decides: {why}."
        return replace(judged.waiting(why), verdict="undecided", reason=reason)

    def _odd(self, evidence: str) -> str:
        """The evidence, with a remark where the earlier answers do not lead to it."""
        wrong = [before.part.column for before in self.earlier if before.differs]
        return f"{evidence}; right although {' and '.join(wrong)} is not" if wrong else evidence

    def _follows(
        self, reading: Reading, results: Sequence[tuple[Inputs, Recomputed]]
    ) -> Judged | None:
        """The judgement where the response equals a recomputed key."""
        for given, result in results:
            key = response_value(self.kind, self.part, result.key)
            told = f"against the key recomputed with {given.told}"
            if key is None or not self._equals(reading, key, told):
                continue
            evidence = (
                f"equals {self.kind.show(key)}, the key recomputed with {given.told} "
                f"(the key itself is {self._key})"
            )
            if given.roundings_only:
                sort = "own" if any(one.part.open for one in given.replaced) else "rounded"
                return Judged("right", Fraction(1), f"Right, from your {sort} answer.", evidence)
            reason = f"Right by follow-through: it follows from your own answer to {given.columns}."
            return Judged("follow-through", self.follow_through, reason, evidence)
        return None

    @property
    def _key(self) -> str:
        return self.kind.show(self.kind.unpack(self.part.key))

    def _misconception(self, reading: Reading, judgement: Judgement) -> Judged | None:
        """The judgement where the response equals the value of named misconceptions."""
        names, before = [], len(self.doubts)
        for wrong in self.part.misconceptions:
            value = None if wrong.value is None else self.kind.unpack(wrong.value)
            if value is not None and self._equals(reading, value, f"against '{wrong.name}'"):
                names.append(wrong.name)
        if self.part.options and isinstance(reading.value, int):
            chosen = self.part.options[reading.value].misconception
            names += [chosen] if chosen and chosen not in names else []
        if names:
            del self.doubts[before:]
        return self._named(names, judgement) if names else None

    def _own_misconception(
        self,
        reading: Reading,
        judgement: Judgement,
        results: Sequence[tuple[Inputs, Recomputed]],
    ) -> Judged | None:
        """The same for misconceptions computed from the student's own earlier answers.

        Unlike the item's own ones, these are not known to differ from the key.
        """
        if judgement.verdict == "undecided":
            return None
        for given, result in results:
            names = []
            for name, packed in result.wrong:
                value = response_value(self.kind, self.part, packed)
                told = f"against '{name}' with {given.told}"
                if value is not None and self._equals(reading, value, told):
                    names.append(name)
            if names:
                judged = self._named(names, judgement)
                evidence = f"{judged.evidence}, computed with {given.told}"
                return replace(judged, evidence=evidence)
        return None

    def _named(self, names: Sequence[str], judgement: Judgement) -> Judged:
        """One misconception, or several of equal value and none picked; the best credit counts."""
        known = {wrong.name: wrong for wrong in self.part.misconceptions}
        credits = [known[name].credit for name in names if name in known]
        feedback = [
            f"{name}: {without_dollars(known[name].feedback)}" if name in known else name
            for name in names
        ]
        reason = feedback[0] if len(names) == 1 else f"one of: {' | '.join(feedback)}"
        evidence = f"the value of {' or '.join(repr(name) for name in names)}; {judgement.evidence}"
        credit = max([judgement.credit, *credits])
        return Judged("misconception", credit, reason, evidence, names=tuple(names))

    def _partly(
        self,
        reading: Reading,
        judgement: Judgement,
        results: Sequence[tuple[Inputs, Recomputed]],
    ) -> Judged | None:
        """The judgement where a recomputed key gives more credit than the key, though not all."""
        best, most = None, judgement.credit
        for given, result in results if not self.part.open else ():
            key = response_value(self.kind, self.part, result.key)
            found = None if key is None else judge(self.kind, reading, key)
            share = Fraction(1) if given.roundings_only else self.follow_through
            if found and found.credit * share > most:
                most = found.credit * share
                reason = f"Partly right, as it follows from your own answer to {given.columns}."
                evidence = f"{found.evidence}, where the key is recomputed with {given.told}"
                best = Judged(found.verdict, most, reason, evidence)
        return best

    def _rest(self, reading: Reading, judgement: Judgement) -> Judged:
        if isinstance(self.kind, Array) and not self.kind.fits(reading.value):
            reason = f"A person decides: {judgement.evidence}."
            judged = Judged("undecided", judgement.credit, reason, judgement.evidence)
            return judged.waiting(f"another shape: {judgement.evidence}")
        reasons = {
            "partial": "Partly right.",
            "imprecise": "Right in value, but not as precise or as simple as asked.",
            "undecided": UNDECIDED,
            "wrong": self.kind.not_right,
        }
        verdict = judgement.verdict
        reason = judgement.told or reasons[verdict]
        return Judged(verdict, judgement.credit, reason, judgement.evidence)
