"""The bundled roster is read as it stands."""

from examgen.exam.roster import read_roster
from examgen.resources import bundled


def test_thirty_students_of_two_sections():
    roster = read_roster(bundled("examples/roster.csv"))
    assert len({student.id for student in roster.students}) == 30
    assert len({student.name for student in roster.students}) == 30
    assert {student.extra["section"] for student in roster.students} == {"1", "2"}
    assert roster.notes == ()
