"""Times as learning systems and spreadsheets write them, read without guessing."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo

Moment = tuple[datetime, datetime]  # read with the day first, and with the month first

_MONTHS = (
    "jan january januar ocak oca",
    "feb february februar şubat şub",
    "mar march märz mär mart",
    "apr april nisan nis",
    "may mai mayıs",
    "jun june juni haziran haz",
    "jul july juli temmuz tem",
    "aug august ağustos ağu",
    "sep sept september eylül eyl",
    "oct october oktober okt ekim eki",
    "nov november kasım kas",
    "dec december dezember dez aralık ara",
)
_MONTH = {word: place for place, words in enumerate(_MONTHS, 1) for word in words.split()}
_DATES = (
    r"(?P<year>\d{4})[-/.](?P<first>\d{1,2})[-/.](?P<second>\d{1,2})",
    r"(?P<first>\d{1,2})(?P<dot>[-/.])(?P<second>\d{1,2})(?P=dot)(?P<year>\d{4}|\d{2})",
    r"(?:[^\W\d]+, )?(?P<second>\d{1,2})\.?[ -](?P<word>[^\W\d]+)\.?,?[ -](?P<year>\d{4})",
    r"(?:[^\W\d]+, )?(?P<word>[^\W\d]+)\.? (?P<second>\d{1,2}),? (?P<year>\d{4})",
)
_CLOCK = (
    r"(?:,|T| at)? ?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<sec>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?"
    r"(?: ?(?P<zone>Z|UTC|GMT)?(?P<offset>[-+]\d{1,2}(?::?\d{2})?)?)?"
)
_FORMS = [re.compile(f"{date} ?{_CLOCK}", re.IGNORECASE) for date in _DATES]


def moment(text: str, *, zone: tzinfo = UTC) -> Moment | None:
    """The moment that a text means, twice: they differ where day and month could be swapped.

    A time without an offset is taken in ``zone``. None for what is no date with a time.
    """
    text = " ".join(text.split())
    for form in _FORMS:
        if match := form.fullmatch(text):
            readings = list(_readings(match, zone))
            return (readings[0], readings[-1]) if readings else None
    return None


def has_offset(text: str) -> bool:
    """Whether a text says in which zone its time is."""
    match = next(filter(None, (form.fullmatch(" ".join(text.split())) for form in _FORMS)), None)
    return bool(match and (match["zone"] or match["offset"]))


def _readings(match: re.Match[str], zone: tzinfo) -> Iterator[datetime]:
    found = match.groupdict()
    first, second = found.get("first"), int(found["second"])
    if found.get("word"):
        dates = [(_MONTH.get(found["word"].casefold(), 0), second)]
    elif found.get("dot") == "." or (len(found["year"]) == 4 and match.start("year") == 0):
        swapped = found.get("dot") == "."
        dates = [(second, int(first or 0)) if swapped else (int(first or 0), second)]
    else:
        dates = [(second, int(first or 0)), (int(first or 0), second)]
    for month, day in dates:
        try:
            yield _at(found, month, day, zone)
        except ValueError:
            continue


def _at(found: dict[str, str], month: int, day: int, zone: tzinfo) -> datetime:
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + 12 * (found["half"].lower() == "p")
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    written = _offset(found) or zone
    return datetime(
        year, month, day, hour, int(found["minute"]), int(found["sec"] or 0), tzinfo=written
    )


def _offset(found: dict[str, str]) -> tzinfo | None:
    if not found["offset"]:
        return UTC if found["zone"] else None
    sign = -1 if found["offset"][0] == "-" else 1
    digits = found["offset"][1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))
