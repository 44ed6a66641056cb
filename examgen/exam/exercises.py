"""Exercises on a topic: a blueprint made from the bank, where nobody wrote one."""

from pathlib import Path

from examgen.bank.load import Bank
from examgen.exam.blueprint import Blueprint, parse_blueprint
from examgen.language import ENGLISH, Language


def exercises_on(topic: str, count: int, bank: Bank, language: Language = ENGLISH) -> Blueprint:
    """So many exercises on a topic, its item models in turn.

    Raises `ExamgenError` for an unknown topic.
    """
    models = bank.topic(topic)
    title = language.text("exercises.on", topic=topic)
    lines = ["[exam]", f"title = {_quoted(title)}", "[paper]", 'as = "exercises"']
    for place in range(count):
        round_, turn = divmod(place, len(models))
        model = models[turn]
        name = f"{model} {round_ + 1}" if round_ else model
        lines += ["[[question]]", f"name = {_quoted(name)}", f"item = {_quoted(model)}"]
    text = "\n".join(lines) + "\n"
    return parse_blueprint(Path(f"exercises on {topic}"), text.encode())


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
