"""The exam folder: continued when it is the same exam, never overwritten when it is another."""

import csv
import io
import json
import stat
from dataclasses import replace

import pytest

from examgen.errors import ExamgenError
from examgen.exam.answer_tables import write_key_table, write_points, write_submissions
from examgen.exam.assemble import assemble, models_asked
from examgen.exam.folder import ExamFolder, sha256
from examgen.exam.identity import identify
from examgen.exam.plan import plan_build
from examgen.exam.roster import Student, read_roster

QUESTIONS = (
    '[[question]]\nname = "area"\nitem = "plain/area"\n'
    '[[question]]\nname = "pick"\nitem = "plain/choice"\n'
    '[[question]]\nname = "essay"\nitem = "fixed/history"\n'
)


@pytest.fixture
def build(blueprint, bank, tmp_path):
    """Builds an exam but for its PDFs; ``stop`` breaks off as a killed build would."""

    def build(students, *, text=QUESTIONS, seed=403, secret=None, versions=None, **how):
        plan = blueprint(text)
        out = tmp_path / how.get("out", "exam-403")
        sources = {name: bank.source(name) for name in models_asked(plan, bank)}
        options = {"seed": seed, "secret": secret, "versions": versions}
        exam = identify(plan, sources=sources, **options)
        build_plan = plan_build(out, exam, students, force=how.get("force", False))
        made = assemble(plan, bank, build_plan.students, existing=build_plan.existing, **options)
        build_plan.clear()
        folder = build_plan.folder
        folder.write_record(plan, exam, build_plan.students, made.forms, sources=sources)
        if how.get("stop"):
            return folder
        for form in made.forms:
            for path in (folder.paper(form), folder.key(form)):
                path.parent.mkdir(exist_ok=True)
                path.write_text(form.code, encoding="utf-8")
        folder.all_papers.write_text("all", encoding="utf-8")
        write_submissions(folder, made.forms, made.columns)
        write_points(folder, made.forms)
        write_key_table(folder, made.forms, made.columns)
        folder.finish(exam, made.forms, software={"examgen": "0"})
        return folder

    return build


def contents(folder):
    return {
        path.relative_to(folder.root).as_posix(): path.read_bytes()
        for path in sorted(folder.root.rglob("*"))
        if path.is_file()
    }


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def test_what_lies_where(build, students):
    folder = build(students(2))
    (form, _) = folder.read_forms()
    assert set(contents(folder)) == {
        "exam.toml",
        "roster.csv",
        "submissions.csv",
        "points.csv",
        "print/all.pdf",
        *(f"print/00{f.number}-{f.code}.pdf" for f in folder.read_forms()),
        *(f"confidential/keys/00{f.number}-{f.code}.pdf" for f in folder.read_forms()),
        "confidential/forms.jsonl",
        "confidential/key_table.csv",
        "confidential/manifest.json",
        "confidential/items/plain/area.py",
        "confidential/items/plain/choice.py",
        "confidential/items/fixed/history.py",
    }
    assert folder.paper(form).name == f"001-{form.code}.pdf"


def test_only_the_owner_reads_what_is_confidential(build, students):
    folder = build(students(2))
    assert stat.S_IMODE(folder.confidential.stat().st_mode) == 0o700
    model = folder.items / "plain/area.py"
    for path in (folder.forms, folder.key_table, folder.manifest, model, folder.points):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_manifest_commits_to_the_secret_without_telling_it(build, students):
    folder = build(students(2), secret=b"a very good secret")
    text = folder.manifest.read_text("utf-8")
    manifest = json.loads(text)
    assert manifest["state"] == "complete" and manifest["software"] == {"examgen": "0"}
    assert manifest["exam"]["seed"] == 403 and len(manifest["exam"]["commitment"]) == 64
    assert "secret" not in text and b"a very good secret".hex() not in text
    paper = folder.paper(folder.read_forms()[0])
    assert manifest["sha256"][f"print/{paper.name}"] == sha256(paper)


def test_building_again_changes_nothing(build, students):
    before = contents(build(students(4)))
    assert contents(build(students(4)[::-1])) == before
    elsewhere = contents(build(students(4), out="other"))
    assert elsewhere == before


def test_a_longer_roster_adds_students(build, students):
    first = build(students(4))
    before = contents(first)
    folder = build([*students(2, start=5), *students(4)])
    after = contents(folder)
    grown = {"roster.csv", "submissions.csv", "points.csv", "confidential/key_table.csv",
             "confidential/forms.jsonl", "confidential/manifest.json"}  # fmt: skip
    assert all(after[name] == before[name] for name in before.keys() - grown)
    for name in grown - {"confidential/manifest.json"}:
        assert after[name].startswith(before[name])
    assert [form.batch for form in folder.read_forms()] == [1, 1, 1, 1, 2, 2]


def test_a_rebuild_from_the_folder_s_roster_gives_the_same(build, students):
    build(students(4))
    build(students(6))
    folder = build(students(9))
    again = build(read_roster(folder.roster).students, out="again")
    assert contents(again) == contents(folder)


def test_a_killed_build_is_continued(build, students):
    whole = contents(build(students(4), out="whole"))
    folder = build(students(4), stop=True)
    folder.papers.mkdir()
    (folder.papers / ".001-X.pdf.abc.part").write_text("half", encoding="utf-8")
    folder.forms.unlink()
    assert contents(build(students(4))) == whole


def test_a_build_killed_at_the_very_start_is_continued(build, students, tmp_path):
    folder = tmp_path / "exam-403" / "confidential"
    folder.mkdir(parents=True)
    (folder / ".manifest.json.abc.part").write_text("{", encoding="utf-8")
    assert len(build(students(2)).read_forms()) == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"seed": 404}, "its seed is 403, not 404"),
        ({"secret": b"x"}, "its secret is another one"),
        ({"versions": 2}, "it has a form for each student, not 2 versions"),
        ({"text": QUESTIONS.replace("[[question]]", "[[question]]\nbonus = true", 1)},
         "its blueprint is another one"),
    ],
)  # fmt: skip
def test_another_exam_is_never_overwritten(build, students, change, reason):
    before = contents(build(students(3)))
    with pytest.raises(ExamgenError) as error:
        build(students(3), **change)
    assert f"exam-403: holds another exam: {reason}" in str(error.value)
    assert "--force, which keeps the old one as exam-403.old-1" in str(error.value)
    assert contents(ExamFolder(build(students(3)).root)) == before


def test_force_sets_the_other_exam_aside(build, students):
    folder = build(students(3))
    first = contents(folder)
    build(students(3), seed=404, force=True)
    build(students(3), seed=405, force=True)
    assert contents(ExamFolder(folder.root.with_name("exam-403.old-1"))) == first
    assert folder.root.with_name("exam-403.old-2").is_dir()
    before = contents(folder)
    build(students(3), seed=405, force=True)
    assert contents(folder) == before
    assert not folder.root.with_name("exam-403.old-3").exists()


def test_a_changed_bank_is_another_exam(build, students, bank):
    build(students(3))
    source = bank.source("plain/area")
    original = source.read_bytes()
    try:
        source.write_bytes(original.replace(b"\n", b"\r\n"))
        build(students(3))
        source.write_bytes(original + b"# corrected\n")
        with pytest.raises(ExamgenError, match="the bank has changed since: plain/area"):
            build(students(3))
    finally:
        source.write_bytes(original)


def test_students_with_papers_stay(build, students):
    build(students(8))
    with pytest.raises(ExamgenError, match=r"not in this roster: s2, s3, s4, s5, s6 and 2 more"):
        build(students(1))
    renamed = [Student("s1", "Somebody Else"), *students(8)[1:]]
    with pytest.raises(ExamgenError, match=r"of 's1' is printed for 'Name 1', the roster says 'S"):
        build(renamed)


def test_a_folder_that_is_no_exam_is_left_alone_even_by_force(build, students, tmp_path):
    (tmp_path / "exam-403").mkdir()
    (tmp_path / "exam-403" / "thesis.tex").write_text("precious", encoding="utf-8")
    with pytest.raises(ExamgenError, match=r"exam-403: holds files that are no exam"):
        build(students(1), force=True)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ExamgenError, match=r"file: is a file, not a folder"):
        build(students(1), out="file")


def test_damage_is_named(build, students):
    folder = build(students(1))
    folder.forms.write_text('{"number": 1', encoding="utf-8")
    with pytest.raises(ExamgenError, match=r"forms\.jsonl: cannot be read or is damaged"):
        folder.read_forms()
    folder.manifest.write_text("[]", encoding="utf-8")
    with pytest.raises(ExamgenError, match=r"manifest\.json: cannot be read or is damaged"):
        build(students(1))


def test_the_empty_table_of_answers(build, students):
    folder = build(students(2))
    first, second = rows(folder.submissions)
    assert list(first) == ["paper", "student", "name", "status", "1.a", "1.b", "2.a", "2.b", "3.a"]
    assert (first["student"], first["name"], first["1.a"]) == ("s1", "Name 1", "")
    assert second["paper"] == folder.read_forms()[1].code


def test_the_key_table(build, students):
    folder = build(students(2))
    form = folder.read_forms()[0]
    row = rows(folder.key_table)[0]
    height, width = (form.items[0].parameters[name] for name in "HW")
    assert row["paper"] == form.code and row["student"] == "s1"
    assert row["1.a"] == str(height * width)
    assert row["2.a"] == form.items[1].parts[0].key and row["2.a"] in "ABCDEF"
    assert row["3.a"] == ""


@pytest.mark.parametrize(
    ("encoding", "delimiter", "line_end"),
    [("utf-8-sig", ",", "\n"), ("cp1252", ";", "\r\n"), ("utf-16", "\t", "\r\n"),
     ("utf-8", ";", "\n")],
)  # fmt: skip
def test_filled_cells_are_never_touched(build, students, encoding, delimiter, line_end):
    folder = build(students(2))
    codes = [form.code for form in folder.read_forms()]
    lines = [
        ["Paper", "student", "name", "status", "1.a", "remark"],
        [codes[0].lower(), "s1", "Zoë", "absent", " 5 or so", "seen"],
        ["", "s2", "Name 2", "", '"7"', ""],
    ]
    filled = line_end.join(delimiter.join(cells) for cells in lines).encode(encoding)
    folder.submissions.write_bytes(filled)
    build(students(2))
    assert folder.submissions.read_bytes() == filled
    build(students(4))
    content = folder.submissions.read_bytes()
    assert content.startswith(filled)
    added = content.decode(encoding).split(line_end)[3:]
    assert [cells.split(delimiter)[1:] for cells in added[:2]] == [
        ["s3", "Name 3", "", "", ""], ["s4", "Name 4", "", "", ""],
    ]  # fmt: skip
    assert added[2:] == [""]


def test_names_that_the_table_s_encoding_lacks_turn_it_into_utf_8(build, students):
    folder = build(students(1))
    code = folder.read_forms()[0].code
    text = f"paper;name;1.a\n{code};Zoë;5\n"
    folder.submissions.write_bytes(text.encode("cp1252"))
    build([*students(1), replace(students(2)[1], name="Nguyễn Thị")])
    after = folder.submissions.read_text("utf-8-sig")
    assert after.startswith(text) and after.endswith(";Nguyễn Thị;\n")


def test_a_table_of_another_shape_is_left_alone(build, students):
    folder = build(students(1))
    folder.submissions.write_text("student,part,response\ns1,1.a,5\n", encoding="utf-8")
    build(students(2))
    assert folder.submissions.read_text("utf-8") == "student,part,response\ns1,1.a,5\n"


def test_a_table_without_papers_and_students_is_an_error(build, students):
    folder = build(students(1))
    folder.submissions.write_text("who,1.a\ns1,5\n", encoding="utf-8")
    with pytest.raises(ExamgenError, match=r"row 1: neither a column 'paper' nor 'student'"):
        build(students(2))


def test_the_empty_table_of_points_has_a_row_a_line_of_each_rubric(build, students):
    folder = build(students(2))
    codes = [form.code for form in folder.read_forms()]
    empty = {"points": "", "marker": "", "note": ""}
    assert rows(folder.points) == [
        {"paper": code, "part": "3.a", "criterion": line, "out_of": "2", **empty}
        for code in codes
        for line in ("names the data", "names the hardware")
    ]
    without = build(students(2), text=QUESTIONS.rpartition("[[question]]")[0], out="no-essay")
    assert not without.points.exists()


def test_points_are_never_touched(build, students):
    folder = build(students(2))
    code = folder.read_forms()[0].code
    filled = f"paper;part;criterion;points;marker\r\n{code};3.a;names the d;1,5;Zoë\r\n"
    folder.points.write_bytes(filled.encode("cp1252"))
    build(students(3))
    text = folder.points.read_bytes().decode("cp1252")
    assert text.startswith(filled)
    later = [form.code for form in folder.read_forms()[1:]]
    assert text.removeprefix(filled).splitlines() == [
        f"{code};3.a;{line};;"
        for code in later
        for line in ("names the data", "names the hardware")
    ]


def test_a_rubric_that_looks_like_a_formula_is_safe_in_a_spreadsheet(build, students):
    folder = build(students(1))
    (form,) = folder.read_forms()
    essay = form.items[2].parts[0]
    lines = tuple(replace(line, text="=" + line.text) for line in essay.rubric)
    items = (*form.items[:2], replace(form.items[2], parts=(replace(essay, rubric=lines),)))
    folder.points.unlink()
    write_points(folder, [replace(form, items=items)])
    assert [row["criterion"] for row in rows(folder.points)] == [
        "'=names the data", "'=names the hardware",
    ]  # fmt: skip
