"""Points from humans: by rubric line, for working, overrides, several markers, moderation."""

from fractions import Fraction

import pytest
from click.testing import CliRunner

from examgen.cli import main
from examgen.errors import ExamgenError
from examgen.grading import write

HALF = Fraction(1, 2)
S1, S2 = "22222-2222K", "33333-33338"


@pytest.fixture
def desk(exam):
    """The exam with one paper handed in: essay 1.g waits, 1.a is wrong, the rest right."""
    exam.submit(exam.answers("s1", a="99", g="An essay."))
    return exam


def points(desk, *rows, name="points.csv", header="paper,part,criterion,points,marker,note"):
    """A points file from rows of text."""
    path = desk.folder.parent / name
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return path


def mark(outcome, part="1.g"):
    (found,) = [mark for mark in outcome.marks if mark.part == part]
    return found


def graded(desk, *rows, **options):
    return desk.grade(points=[points(desk, *rows, **options)])


def refusal(desk, *rows, **options):
    with pytest.raises(ExamgenError) as caught:
        graded(desk, *rows, **options)
    return str(caught.value)


# ---- one marker -------------------------------------------------------------------------


def test_an_essay_is_marked_by_the_lines_of_its_rubric(desk):
    outcome = graded(desk, f"{S1},1.g,1,0.5,Ann,", f"{S1},1.g,b,1,Ann,well put")
    found = mark(outcome)
    assert (found.verdict, found.marks) == ("essay", Fraction(3, 2))
    assert found.reason == "Marked by a person. Ann: 0.5 for line 1, 1 for line 2 (well put)."
    assert outcome.review == []
    assert not outcome.grades[0].provisional
    assert outcome.grades[0].total == Fraction(9) + Fraction(3, 2)
    assert "points.csv: 2 of 2 rows have points, by Ann" in outcome.notes


def test_a_line_without_points_keeps_the_part_waiting(desk):
    outcome = graded(desk, f"{S1},1.g,1,1,Ann,", f"{S1},1.g,2,,Ann,")
    assert mark(outcome).marks is None
    (row,) = outcome.review
    assert (row.part, row.why) == ("1.g", "line 2 of the rubric has no points: b")
    assert outcome.grades[0].provisional


def test_markers_may_share_the_lines(desk):
    outcome = graded(desk, f"{S1},1.g,1,1,Ann,", f"{S1},1.g,2,0.5,Bob,")
    assert mark(outcome).marks == Fraction(3, 2)
    assert mark(outcome).reason == "Marked by a person. Ann: 1 for line 1; Bob: 0.5 for line 2."


def test_points_for_the_whole_part_replace_the_machine_s(desk):
    assert mark(desk.grade(), "1.a").marks == 0
    outcome = graded(desk, f"{S1},1.a,,1.5,Ann,good working", f"{S1},1.b,,0,Ann,copied")
    wrong, right = mark(outcome, "1.a"), mark(outcome, "1.b")
    assert (wrong.verdict, wrong.marks) == ("wrong", Fraction(3, 2))
    assert wrong.reason == "Marked by a person. Ann: 1.5 (good working)."
    assert (right.verdict, right.marks) == ("right", 0)
    assert right.reason == "Marked by a person. Ann: 0 (copied)."


def test_the_file_names_the_marker_where_no_cell_does(desk):
    path = points(desk, "s1,1.g,2", name="ann.csv", header="student,part,points")
    assert mark(desk.grade(points=[path])).reason == "Marked by a person. ann: 2."


def test_the_table_of_the_exam_folder_is_read_unless_others_are_named(desk):
    own = points(desk, f"{S1},1.g,,2,Ann,")
    own.rename(desk.folder / "points.csv")
    assert mark(desk.grade()).marks == 2
    other = points(desk, f"{S1},1.g,,1,Ann,", name="other.csv")
    assert mark(desk.grade(points=[other])).marks == 1


def test_a_spreadsheet_may_have_saved_it(desk):
    desk.record([type(f)(**{**vars(f), "student": f"00{f.number}"}) for f in desk.forms])
    desk.submit(["", "001", "", "", *desk.answers("s1", g="x")[4:]])
    path = desk.folder / "points.csv"
    path.write_bytes("Student;Part;Points;Note\r\n1; 1.G ;1,5;schön\r\n".encode("cp1252"))
    assert mark(desk.grade()).marks == Fraction(3, 2)
    assert mark(desk.grade()).reason == "Marked by a person. points: 1.5 (schön)."


def test_points_of_the_absent_are_noted(desk):
    outcome = graded(desk, f"{S2},1.g,,1,Ann,")
    assert outcome.grades[1].total is None
    note = "points.csv row 2: the marks of 's2' for 1.g do not count: the status is 'absent'"
    assert note in outcome.notes


def test_a_paper_is_marked_for_the_student_who_handed_it_in(exam):
    row = exam.answers("s2", g="x")
    row[1] = "s1"  # s1 wrote on the paper of s2
    exam.submit(row, exam.answers("s3"))
    assert "paper 33333-33338 is that of 's1' and 's2'" in refusal(exam, f"{S2},1.g,,1,Ann,")
    header = "paper,student,part,points"
    path = points(exam, f"{S2},s1,1.g,1", header=header)
    assert mark_of(exam.grade(points=[path]), "s1").marks == 1
    assert "nobody is marked by a paper '22222-2222K'" in refusal(
        exam, f"{S1},s1,1.g,1", header=header
    )


def mark_of(outcome, student):
    (found,) = [m for m in outcome.marks if (m.student, m.part) == (student, "1.g")]
    return found


# ---- several markers --------------------------------------------------------------------


def test_markers_who_are_near_are_averaged_and_rounded_by_the_step(desk):
    one = points(desk, f"{S1},1.g,,1.5,,", name="ann.csv")
    two = points(desk, f"{S1},1.g,1,0.5,,", f"{S1},1.g,2,0.5,,", name="bob.csv")
    desk.blueprint("[marking]", "[marking]\nmoderation = 0.5")
    found = mark(desk.grade(points=[one, two]))
    assert found.marks == Fraction(3, 2)
    assert found.reason == (
        "Marked by a person. ann: 1.5; bob: 0.5 for line 1, 0.5 for line 2. "
        "Their mean is 1.25, rounded to 1.5."
    )


@pytest.mark.parametrize(
    ("limit", "apart", "marks"),
    [("0.5", "1.5", Fraction(2)), ("0.5", "1", None), ('"50%"', "1", Fraction(3, 2)),
     ('"49%"', "1", None), ("0", "1.5", None), ("0", "2", Fraction(2))],
)  # fmt: skip
def test_the_blueprint_s_limit_sends_markers_to_moderation(desk, limit, apart, marks):
    desk.blueprint("[marking]", f"[marking]\nmoderation = {limit}")
    outcome = graded(desk, f"{S1},1.g,,2,Ann,", f"{S1},1.g,,{apart},Bob,")
    assert mark(outcome).marks == marks
    assert outcome.grades[0].provisional == (marks is None)


def test_a_moderated_part_waits_with_both_values(desk):
    outcome = graded(desk, f"{S1},1.g,,2,Ann,clear", f"{S1},1.g,,0.5,Bob,")
    (row,) = outcome.review
    assert row.why == "the markers differ by 1.5, more than 0.5: Ann: 2 (clear); Bob: 0.5"
    assert row.suggested == "1.5"  # the mean, 1.25, in steps of a half
    assert mark(outcome).reason == "Its markers differ; a third person decides."


def test_lines_that_one_marker_left_to_the_other_are_no_difference(desk):
    outcome = graded(desk, f"{S1},1.g,1,1,Ann,", f"{S1},1.g,2,1,Ann,", f"{S1},1.g,2,0.5,Bob,")
    assert mark(outcome).marks == 2  # 2 and 1.5, the mean is 1.75
    far = graded(desk, f"{S1},1.g,1,1,Ann,", f"{S1},1.g,2,1,Ann,", f"{S1},1.g,2,0,Bob,")
    assert "differ by 1, more than 0.5" in far.review[0].why


def test_a_moderator_s_row_settles_it(desk):
    outcome = graded(
        desk, f"{S1},1.g,,2,Ann,", f"{S1},1.g,,0.5,Bob,", f"{S1},1.g,,1,Moderator,between"
    )
    assert mark(outcome).marks == 1
    assert mark(outcome).reason == (
        "Decided by the moderator. Ann: 2; Bob: 0.5; moderator: 1 (between)."
    )
    assert outcome.review == []


def test_a_filled_row_of_the_review_settles_it(desk):
    rows = (f"{S1},1.g,,2,Ann,", f"{S1},1.g,,0.5,Bob,")
    write(graded(desk, *rows).outcome, desk.folder / "grades")
    desk.review("s1", "1.g", marks="1", comment="between")
    outcome = graded(desk, *rows)
    assert mark(outcome).marks == 1
    assert mark(outcome).reason == "Marked by a person (before: Ann: 2; Bob: 0.5): between"
    assert not outcome.grades[0].provisional


def test_the_review_may_not_contradict_what_markers_settled(desk):
    desk.grade_and_write()
    desk.review("s1", "1.g", marks="1")
    assert mark(graded(desk, f"{S1},1.g,,1,Ann,")).marks == 1
    message = refusal(desk, f"{S1},1.g,1,1,Ann,", f"{S1},1.g,2,1,Ann,")
    assert message == (
        "review.csv row 2 gives 1 marks for part 1.g of student 's1', but 2 follow from "
        "points.csv row 2, points.csv row 3; take one of them out"
    )


def test_the_command_line_takes_a_file_of_each_marker(desk):
    paths = [
        points(desk, f"{S1},1.g,,{n},,", name=f"{who}.csv") for who, n in (("ann", 2), ("bob", 0))
    ]
    words = ["grade", str(desk.folder / "submissions.csv"), "--decimal-comma"]
    result = CliRunner().invoke(
        main, [*words, "--points", str(paths[0]), "--points", str(paths[1])]
    )
    assert result.exit_code == 0, result.output
    assert "note: bob.csv: 1 of 1 rows have points, by bob" in result.output
    assert "note: submissions.csv: read with decimal commas, as asked" in result.output
    (row,) = desk.table("review.csv")
    assert row["why"] == "the markers differ by 2, more than 0.5: ann: 2; bob: 0"


# ---- what is refused --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (f"{S1},1.g,,2.5,Ann,", "row 2: 2.5 marks for part 1.g, which has 0 to 2"),
        (f"{S1},1.g,2,1.5,Ann,", "row 2: 1.5 marks for line 2 of part 1.g, which has 0 to 1"),
        (f"{S1},1.g,,-1,Ann,", "row 2: '-1' is not a number of marks, such as 1.5"),
        (f"{S1},1.g,,1e9,Ann,", "row 2: '1e9' is not a number of marks"),
        (f"{S1},1.g,,0.3,Ann,", "row 2: 0.3 marks: they go in steps of 1/2"),
        (f"{S1},1.h,,1,Ann,", "row 2: paper 22222-2222K has no part '1.h'; did you mean '1."),
        (f"{S1},1.g,3,1,Ann,", "row 2: the rubric of part 1.g has lines 1 to 2"),
        (f"{S1},1.g,0,1,Ann,", "row 2: the rubric of part 1.g has lines 1 to 2"),
        (f"{S1},1.g,c,1,Ann,", "no line begins with 'c' in the rubric (1: a; 2: b)"),
        (f"{S1},1.a,1,1,Ann,", "row 2: part 1.a has no rubric: leave 'criterion' empty"),
        ("22222-2222Z,1.g,,1,Ann,", "row 2: nobody is marked by a paper '22222-2222Z'; did you"),
        (",1.g,,1,Ann,", "row 2: names neither paper nor student"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused(desk, row, message):
    assert message in refusal(desk, row)


def test_unknown_students_and_papers_of_others_are_refused(desk):
    header = "paper,student,part,points"
    assert "row 2: the exam has no student 's9'" in refusal(desk, ",s9,1.g,1", header=header)
    assert f"row 2: paper {S2} is that of 's2', not of 's1'" in refusal(
        desk, f"{S2},s1,1.g,1", header=header
    )


def test_a_marker_s_rows_may_not_repeat_or_mix(desk):
    one = points(desk, f"{S1},1.g,1,1,Ann,", name="one.csv")
    for row, message in (
        (f"{S1},1.g,a,1,ANN,", "row 2: Ann gave points for the same thing in one.csv row 2"),
        (f"{S1},1.g,,1,Ann,", "row 2: Ann gives points both for the whole part and by lines"),
    ):
        two = points(desk, row, name="two.csv")
        with pytest.raises(ExamgenError) as caught:
            desk.grade(points=[one, two])
        assert str(caught.value).startswith(f"{two}: ") and message in str(caught.value)
    whole = points(desk, f"{S1},1.g,,1,Ann,", f"{S1},1.g,1,1,Ann,")
    with pytest.raises(ExamgenError, match=r"row 3: Ann gives points both .* points\.csv row 2"):
        desk.grade(points=[whole])


def test_the_beginning_of_a_line_must_tell_it_from_the_others(desk):
    form = desk.forms[0]
    essay = form.items[0].parts[6]
    texts = ("names the data", "names the hardware")
    lines = tuple(
        type(line)(line.marks, text) for line, text in zip(essay.rubric, texts, strict=True)
    )
    parts = (*form.items[0].parts[:6], type(essay)(**{**vars(essay), "rubric": lines}))
    item = type(form.items[0])(**{**vars(form.items[0]), "parts": parts})
    desk.record([type(form)(**{**vars(form), "items": (item,)}), *desk.forms[1:]])
    assert "several lines begin with 'Names'" in refusal(desk, f"{S1},1.g,Names,1,Ann,")
    outcome = graded(desk, f"{S1},1.g,names the H,1,Ann,", f"{S1},1.g,NAMES  THE DATA,0,Ann,")
    assert mark(outcome).marks == 1


def test_all_problems_of_a_file_are_listed_up_to_ten(desk):
    message = refusal(desk, *[f"{S1},1.g,{line},1,Ann," for line in range(3, 15)])
    first, *lines = message.splitlines()
    assert first.endswith("points.csv: 12 problems")
    assert [line.split(":")[0].strip() for line in lines[:10]] == [
        f"row {row}" for row in range(2, 12)
    ]
    assert lines[10:] == ["  and 2 more"]
    assert not (desk.folder / "grades").exists()


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("paper,part,criterium,points", "no column 'criterium'; did you mean 'criterion'?"),
        ("paper,part,marks", "the column 'points' is missing"),
        ("part,points", "neither a column 'paper' nor 'student'"),
    ],
)
def test_a_header_that_would_be_misread_is_refused(desk, header, message):
    assert message in refusal(desk, header=header)


def test_several_bad_rows_of_the_review_are_listed_too(desk):
    desk.grade_and_write(desk.answers("s1", a="see the back", g="x"))
    desk.review("s1", "1.a", marks="9")
    desk.review("s1", "1.g", marks="lots")
    with pytest.raises(ExamgenError, match=r"review.csv: 2 problems\n  row 2: 9 marks.*\n  row 3"):
        desk.grade()
