"""The tables that learning systems export: how each is recognised and what its columns mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from examgen.exam.table import fold

OWN_NUMBER = (
    "Student number",
    "Student ID",
    "ID number",
    "Matriculation number",
    "Matrikelnummer",
    "ID-Nummer",
    "Öğrenci no",
)


@dataclass(frozen=True)
class Export:
    """One system's table: it has a column of each group of ``signature`` (names in any language).

    ``student``, ``name`` and ``submitted`` list names of columns, the best first; ``blank`` is the
    text of an unanswered question; ``escaped`` tells that commas in answers are written ``\\,``;
    ``has_status`` that its column of the status means something else than ours.
    """

    system: str
    signature: tuple[tuple[str, ...], ...]
    student: tuple[str, ...]
    name: tuple[str, ...] = ()
    submitted: tuple[str, ...] = ()
    blank: str = ""
    escaped: bool = False
    has_status: bool = False

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a header is this system's."""
        names = {fold(name) for name in header}
        return all(any(fold(name) in names for name in group) for group in self.signature)


SERVICE_ROWS = (  # what a cell says in rows that are no student's
    "Points Possible",
    "Manual Posting",
    "(read only)",
    "Overall average",
    "Gesamtdurchschnitt",
)

EXPORTS = (
    Export(
        system="Canvas gradebook",
        signature=(("Student",), ("ID",), ("Section",), ("SIS Login ID", "SIS User ID")),
        student=("SIS User ID", "SIS Login ID", "ID"),
        name=("Student",),
    ),
    Export(
        system="Canvas quiz Student Analysis",
        signature=(("n correct",), ("n incorrect",), ("submitted",)),
        student=("sis_id", "id"),
        name=("name",),
        submitted=("submitted",),
        escaped=True,
    ),
    Export(
        system="Moodle quiz responses",
        signature=(
            ("Started on", "Started", "Begonnen am", "Begonnen"),
            ("State", "Status"),
            ("Time taken", "Duration", "Verbrauchte Zeit", "Dauer"),
        ),
        student=("ID number", "ID-Nummer", "Email address", "E-Mail-Adresse"),
        name=("Surname", "Last name", "Nachname"),
        submitted=("Completed", "Beendet"),
        blank="-",
        has_status=True,
    ),
    Export(
        system="Google Forms",
        signature=(("Timestamp", "Zeitstempel"),),
        student=(*OWN_NUMBER, "Email Address", "Username", "E-Mail-Adresse", "Nutzername"),
        submitted=("Timestamp", "Zeitstempel"),
    ),
    Export(
        system="Microsoft Forms",
        signature=(("Start time", "Startzeit"), ("Completion time", "Fertigstellungszeit")),
        student=(*OWN_NUMBER, "Email", "E-Mail"),
        name=("Name",),
        submitted=("Completion time", "Fertigstellungszeit"),
    ),
    Export(
        system="Gradescope",
        signature=(("SID",), ("Submission ID",), ("Submission Time",)),
        student=("SID", "Email"),
        name=("Last Name", "Name"),
        submitted=("Submission Time",),
        has_status=True,
    ),
)


_SERVICE = {fold(text) for text in SERVICE_ROWS}


def recognised(header: Sequence[str]) -> Export | None:
    """The export whose header this is, or None for any other table."""
    return next((export for export in EXPORTS if export.fits(header)), None)


def is_service_row(cells: Sequence[str]) -> bool:
    """Whether a row of an export is no student's, such as that of the points possible."""
    return any(fold(cell) in _SERVICE for cell in cells)


def signature_words() -> set[str]:
    """The folded names of columns by which exports are recognised."""
    return {fold(name) for export in EXPORTS for group in export.signature for name in group}
