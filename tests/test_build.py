"""Building end to end, on a bank made for these tests: what is printed, again and again."""

import csv
import errno
import hashlib
import io
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pikepdf
import pytest
from pdf_text import page_text

from examgen.build import build_exam
from examgen.errors import ExamgenError
from examgen.exam.folder import ExamFolder
from examgen.paper import new_theme, print_form, print_forms

MODELS = {
    "big/product": r"""
class Product(Item):
    topic = "big"
    A = Int(1000, 1999)
    stem = "A layer has <<A>> pixels. << conv_figure(size=5, kernel=3) >>"
    weights = IntegerEntry(
        100003 * A + 700000077, tex="N", marks=2, prompt=r"How many weights $N$ has it?",
        misconceptions=[Misconception("quetzal", 300007 * A + 5000000000, "Beware, xylophone.")],
    )
    solution = "As in Zanzibar: <<working.weights>>"
""",
    "big/choice": """
class Pick(Item):
    topic = "big"
    K = Int(100, 900)
    stem = "A kernel of side <<K>>."
    side = MultipleChoice(K * K, marks=1, prompt="How many weights?", distractors=[7, 8, 9])
    solution = "Nothing but <<working.side>>"
""",
    "words/why": """
class Why(Item):
    topic = "words"
    stem = "AlexNet won in 2012."
    why = Essay(prompt="Why?", rubric={"names the pangolin": 2}, source="a book",
                model_answer="By way of the ocelot.")
    solution = "See the axolotl."
""",
}
BLUEPRINT = """
[exam]
title = "Convolution"
course = "CENG 403"
total = 5
[[question]]
item = "big/product"
[[question]]
item = "big/choice"
[[question]]
item = "words/why"
"""
SEED = 918273645
SECRET = "a-secret-of-thirty-two-characters"
NAMES = ["Ayşe Yılmaz", "Łukasz Nowak", "Zoë Meulen"]
LATER = ["Bob Early", "Nguyễn Hạnh"]
GROWN = {"roster.csv", "submissions.csv", "points.csv", "print/all.pdf",
         "confidential/key_table.csv", "confidential/key_table.pdf", "confidential/forms.jsonl",
         "confidential/manifest.json", "confidential/layout.jsonl"}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder with a bank, a blueprint, rosters and a secret."""
    folder = tmp_path_factory.mktemp("desk")
    for name, source in MODELS.items():
        path = folder / "bank" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("from examgen import *\n" + source, encoding="utf-8")
    (folder / "exam.toml").write_text(BLUEPRINT, encoding="utf-8")
    (folder / "secret").write_text(SECRET + "\n", encoding="utf-8")
    students = [f"{place},{name}" for place, name in enumerate(NAMES, start=24010011)]
    later = [f"{place},{name}" for place, name in enumerate(LATER, start=24010001)]
    for name, lines in {
        "roster": students,
        "shuffled": students[::-1],
        "longer": later + students,
    }.items():
        text = "\n".join(["id,name", *lines])
        (folder / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def build(desk):
    """Builds in this process; the lines said are in ``build.said``."""

    def build(out, roster="roster", **how):
        build.said = []
        options = {
            "blueprint": desk / "exam.toml",
            "seed": SEED,
            "roster": roster and desk / f"{roster}.csv",
            "bank": [desk / "bank"],
            "secret_file": desk / "secret",
            "jobs": 1,
            "say": build.said.append,
        }
        return build_exam(out=Path(out), **{**options, **how})

    return build


@pytest.fixture(scope="module")
def exam(build, tmp_path_factory):
    """The exam that the others are compared with; not to be changed."""
    return build(tmp_path_factory.mktemp("first") / "exam")


@pytest.fixture
def copy(exam, tmp_path):
    """A copy of the exam to be changed."""
    return ExamFolder(shutil.copytree(exam.root, tmp_path / "copy"))


def contents(root):
    files = sorted(path for path in Path(root).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def command(desk, out, *more, roster="roster"):
    return [
        str(Path(sys.executable).with_name("examgen")), "build", str(desk / "exam.toml"),
        "--seed", str(SEED), "--roster", str(desk / f"{roster}.csv"), "--bank", str(desk / "bank"),
        "--secret-file", str(desk / "secret"), "--out", str(out), *more,
    ]  # fmt: skip


# ---- appearance -------------------------------------------------------------------------------


def sheet_heights(exam):
    """The heights of the papers' pages in points, by the number of the paper."""
    found = {}
    for form in exam.read_forms():
        with pikepdf.open(exam.paper(form)) as pdf:
            found[form.number] = {round(float(page.mediabox[3])) for page in pdf.pages}
    return found


@pytest.mark.parametrize(("edition", "ends"), [("large", [".pdf"]), ("html", [".html", ".pdf"])])
def test_another_edition_for_one_student_prints_that_paper_anew(build, desk, copy, edition, ends):
    before = contents(copy.root)
    roster = (desk / "roster.csv").read_text("utf-8").splitlines()
    edited = [f"{line},{edition if NAMES[1] in line else ''}" for line in roster[1:]]
    (desk / "edited.csv").write_text("\n".join(["id,name,edition", *edited]), encoding="utf-8")
    build(copy.root, roster="edited")
    after = contents(copy.root)
    changed = {n for n in after if after[n] != before.get(n) and n.startswith("print/0")}
    (form,) = [form for form in copy.read_forms() if form.name == NAMES[1]]
    paper = copy.paper(form).relative_to(copy.root)
    assert changed == {paper.with_suffix(end).as_posix() for end in ends}
    assert form.edition == edition
    build(copy.root)
    assert contents(copy.root) == before


def test_another_sheet_prints_all_anew(build, copy):
    build(copy.root, sheet="Letter")
    assert "of another sheet or theme: all are printed anew" in "\n".join(build.said)
    assert sheet_heights(copy) == {1: {792}, 2: {792}, 3: {792}}
    build(copy.root, sheet="Letter")
    assert "anew" not in "\n".join(build.said)


def test_a_theme_is_copied_and_later_changes_of_it_are_noticed(build, exam, copy, tmp_path):
    theme = tmp_path / "theme"
    new_theme(theme)
    build(copy.root, theme=theme)
    assert contents(copy.theme) == contents(theme)
    (theme / "style.css").write_text("html { font-size: 13pt; }", encoding="utf-8")
    (theme / "paper.html").unlink()
    build(copy.root, theme=theme)
    assert "of another sheet or theme" in "\n".join(build.said)
    assert contents(copy.theme) == contents(theme)
    build(copy.root)
    assert contents(copy.papers) == contents(exam.papers)


def test_a_theme_with_a_mistake_is_refused_before_anything_is_written(build, tmp_path):
    theme = tmp_path / "theme"
    new_theme(theme)
    (theme / "papers.html").write_text("", encoding="utf-8")
    with pytest.raises(ExamgenError, match=r"papers\.html: a theme has no file of this name"):
        build(tmp_path / "exam", theme=theme)
    assert not (tmp_path / "exam").exists()


# ---- exercises --------------------------------------------------------------------------------


def text_of(path):
    with pikepdf.open(path) as pdf:
        return " ".join(" ".join(page_text(page)) for page in pdf.pages)


def test_exercises_have_no_marks_and_their_solutions_apart(build, tmp_path):
    sheet = build(tmp_path / "sheet", document="exercises")
    form = sheet.read_forms()[0]
    paper, solutions = text_of(sheet.paper(form)), text_of(sheet.solutions(form))
    assert "Exercise 1." in paper and "Student number" not in paper and "marks" not in paper
    assert "Zanzibar" not in paper
    assert "Zanzibar" in solutions and "ocelot" in solutions
    assert "xylophone" not in solutions  # misconceptions are for the instructor's key


def test_exercises_with_their_solutions_at_the_end(build, tmp_path):
    sheet = build(tmp_path / "sheet", document="exercises", solutions="end")
    form = sheet.read_forms()[0]
    assert not sheet.solutions(form).exists()
    paper = text_of(sheet.paper(form))
    assert paper.index("Exercise 3.") < paper.index("Solutions") < paper.index("Zanzibar")


def test_exercises_on_a_topic(build, tmp_path):
    sheet = build(tmp_path / "sheet", blueprint=None, topic="big", items=3, roster=None)
    (form,) = sheet.read_forms()
    assert sheet.solutions(form).exists()
    assert [item.model for item in form.items] == ["big/choice", "big/product", "big/choice"]
    assert form.items[0].rank != form.items[2].rank


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"topic": "bigg"}, "no item model has the topic 'bigg'; did you"),
        ({"items": 3}, "--items says how many exercises on a --topic"),
        ({"topic": "big", "blueprint": Path("x.toml")}, "give a blueprint or --topic, not both"),
    ],
)
def test_mistakes_with_exercises(build, tmp_path, how, message):
    with pytest.raises(ExamgenError) as caught:
        build(tmp_path / "sheet", **{"blueprint": None, **how})
    assert message in str(caught.value)


# ---- the same again ---------------------------------------------------------------------------


def test_two_workers_another_folder_and_another_hash_seed_change_no_byte(desk, exam, tmp_path):
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    out = tmp_path / "elsewhere" / "exam"
    more = ("--jobs", "2")
    run = subprocess.run(
        command(desk, out, *more, roster="shuffled"),
        cwd=tmp_path, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert contents(out) == contents(exam.root)
    assert len(list(out.glob("print/*.pdf"))) == len(NAMES) + 1
    assert run.stderr.splitlines() == [f"printing: {done} of 3" for done in (1, 2, 3)]


def test_building_again_prints_nothing_and_changes_nothing(build, copy):
    before = contents(copy.root)
    printed = {path: path.stat().st_mtime_ns for path in copy.papers.glob("0*.pdf")}
    build(copy.root, roster="shuffled")
    assert contents(copy.root) == before
    assert {path: path.stat().st_mtime_ns for path in copy.papers.glob("0*.pdf")} == printed


def test_a_longer_roster_adds_papers_and_keeps_those_there(build, copy):
    before = contents(copy.root)
    build(copy.root, roster="longer")
    after = contents(copy.root)
    assert all(after[name] == before[name] for name in before.keys() - GROWN)
    added = [name for name in after.keys() - before.keys() if name.startswith("print/")]
    assert sorted(Path(name).name[:3] for name in added) == ["004", "005"]
    assert "3 of them as before" in "\n".join(build.said)
    with pikepdf.open(copy.all_papers) as merged:
        pages = [len(pikepdf.open(copy.paper(form)).pages) for form in copy.read_forms()]
        assert len(merged.pages) == sum(pages) and len(pages) == 5


def test_the_boxes_of_all_papers_are_told_in_their_order(build, copy):
    def papers_and_parts():
        lines = [json.loads(line) for line in copy.layout.read_text("utf-8").splitlines()]
        return {paper: [one["part"] for one in lines if one["paper"] == paper]
                for paper in dict.fromkeys(one["paper"] for one in lines)}  # fmt: skip

    build(copy.root, roster="longer")
    forms = copy.read_forms()
    told = papers_and_parts()
    assert list(told) == [form.code for form in forms]
    for form in forms:
        columns = {part.column for item in form.items for part in item.parts}
        assert {*told[form.code]} == {"", *columns}
    copy.boxes(forms[1]).unlink()
    build(copy.root, roster="longer")
    assert papers_and_parts() == told


def test_papers_of_other_software_are_printed_anew(build, copy):
    before = contents(copy.root)
    old = copy.manifest.read_text("utf-8").replace('"pango": "', '"pango": "old ')
    copy.manifest.write_text(old, encoding="utf-8")
    next(copy.papers.glob("001*")).write_bytes(b"old")
    build(copy.root)
    assert any("other software" in line for line in build.said)
    assert contents(copy.root) == before


# ---- broken off -------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["kill", "Ctrl-C"])
def test_a_build_broken_off_leaves_no_worker_and_is_continued(desk, build, exam, tmp_path, end):
    out = tmp_path / "exam"
    # A job in the background inherits that Ctrl-C is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        command(desk, out, "--jobs", "2"), start_new_session=True, stderr=subprocess.PIPE, text=True
    )
    wait_for(lambda: list(out.glob("confidential/keys/0*.pdf")) or process.poll() is not None)
    if end == "kill":
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    else:
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate()
        assert process.returncode == 1 and "\nAborted!\n" in said
    wait_for(lambda: not group_lives(process.pid))
    assert '"begun"' in (out / "confidential/manifest.json").read_text("utf-8")
    (out / "print").mkdir(exist_ok=True)
    (out / "print" / ".002-X.pdf.abc.part").write_bytes(b"half")
    build(out)
    assert contents(out) == contents(exam.root)


def wait_for(condition, *, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)


def group_lives(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_disk_full_again_and_again_is_one_message_and_the_build_goes_on(
    build, exam, tmp_path, monkeypatch
):
    out = tmp_path / "exam"
    replace = os.replace
    for name in ("manifest.json", "exam.toml", "roster.csv", "choice.py", "forms.jsonl", "002-",
                 "all.pdf", "key_table.csv", "key_table.pdf", "submissions.csv", "points.csv",
                 "manifest.json"):  # fmt: skip

        def full(source, target, name=name):
            if name in target.name:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            replace(source, target)

        monkeypatch.setattr(os, "replace", full)
        with pytest.raises(
            ExamgenError, match=rf"{name}.*: cannot be written: No space left on device$"
        ):
            build(out)
        assert not list(out.rglob("*.part"))
        assert not any(path.stat().st_size == 0 for path in out.rglob("*.*"))
    monkeypatch.undo()
    build(out)
    assert contents(out) == contents(exam.root)


def test_no_room_for_temporary_files_is_one_message_and_writes_nothing(desk, tmp_path):
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (12_000, resource.RLIM_INFINITY))
    run = subprocess.run(
        command(desk, tmp_path / "exam"), capture_output=True, text=True, preexec_fn=limit
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert re.fullmatch(r"Error: the cover .*: File too large \(temporary.*\)\n", run.stderr)
    assert not (tmp_path / "exam").exists()


def test_lost_papers_and_keys_come_back(build, copy):
    before = contents(copy.root)
    next(copy.papers.glob("002*")).unlink()
    next(copy.keys.glob("003*")).unlink()
    copy.all_papers.unlink()
    build(copy.root)
    assert contents(copy.root) == before


def test_a_damaged_paper_is_named(build, copy):
    damaged = next(copy.papers.glob("002*"))
    damaged.write_bytes(damaged.read_bytes()[:100])
    with pytest.raises(ExamgenError, match=rf"{damaged.name}: is damaged; delete it and build ag"):
        build(copy.root)


def test_filled_cells_stay(build, copy):
    filled = copy.submissions.read_text("utf-8-sig").replace(",,,\n", ',"7 or so",B,\n', 1)
    copy.submissions.write_text(filled, encoding="utf-8")
    copy.submissions.chmod(0o640)
    build(copy.root, roster="longer")
    text = copy.submissions.read_text("utf-8")
    assert text.startswith(filled) and "7 or so" in text and len(text.splitlines()) == 6
    assert copy.submissions.stat().st_mode & 0o777 == 0o640


def test_another_exam_is_refused_or_set_aside(build, copy):
    before = contents(copy.root)
    with pytest.raises(ExamgenError, match=r"holds another exam: its seed is 918273645, not 5"):
        build(copy.root, seed=5)
    assert build.said == [] and contents(copy.root) == before
    build(copy.root, seed=5, roster=None, copies=1, force=True)
    aside = copy.root.with_name("copy.old-1")
    assert contents(aside) == before
    assert any(str(aside) in line for line in build.said)
    assert len(copy.read_forms()) == 1


# ---- executors --------------------------------------------------------------------------------


class Plain(Executor):
    """An executor that works at once, in this process."""

    def submit(self, fn, /, *args, **kwargs):
        assert all(type(value) in (int, type(Path())) for value in args) and not kwargs
        future = Future()
        future.set_result(fn(*args))
        return future


@pytest.mark.parametrize("method", ["plain", "spawn", "forkserver"])
def test_any_executor_prints_the_same(copy, method):
    form = copy.read_forms()[1]
    before = copy.paper(form).read_bytes(), copy.key(form).read_bytes()
    copy.paper(form).unlink()
    copy.key(form).unlink()
    pool = partial(ProcessPoolExecutor, 1, mp_context=method != "plain" and get_context(method))
    with Plain() if method == "plain" else pool() as executor:
        assert list(print_forms(copy.root, [form.number], executor)) == [2]
    assert (copy.paper(form).read_bytes(), copy.key(form).read_bytes()) == before


def test_a_worker_that_dies_is_one_message(copy):
    with (
        ProcessPoolExecutor(1, get_context("spawn"), os._exit, (3,)) as executor,
        pytest.raises(ExamgenError, match="a worker process was ended from outside"),
    ):
        list(print_forms(copy.root, [1], executor))


def test_what_cannot_be_printed_names_the_paper(copy):
    text = copy.forms.read_text("utf-8")
    copy.forms.write_text(text.replace("AlexNet won", "李 won", 1), encoding="utf-8")
    with pytest.raises(ExamgenError, match=r"^paper 1 \('24010011'\): no bundled font holds '李'"):
        print_form(copy.root, 1)


# ---- what is dealt ----------------------------------------------------------------------------


def test_copies_in_versions(build, tmp_path):
    folder = build(tmp_path / "exam", roster=None, copies=3, versions=2)
    forms = folder.read_forms()
    assert [form.student for form in forms] == ["copy-001", "copy-002", "copy-003"]
    assert sorted(form.version for form in forms) in ([1, 1, 2], [1, 2, 2])
    items = {form.version: form.items for form in forms}
    assert all(form.items == items[form.version] for form in forms) and items[1] != items[2]
    assert len({form.code for form in forms}) == 3


def test_a_declared_choice_has_a_column_of_its_own(desk, build, tmp_path):
    blueprint = tmp_path / "exam.toml"
    two = '[[question]]\nname = "{0}"\nitem = "big/choice"\n'
    blueprint.write_text(
        '[exam]\ntitle = "Choice"\ntotal = 1\n[[choose]]\nquestions = ["one", "other"]\n'
        'count = 1\ntake = "declared"\n' + two.format("one") + two.format("other"),
        encoding="utf-8",
    )
    folder = build(tmp_path / "exam", blueprint=blueprint, roster=None, copies=1)
    header = folder.submissions.read_text("utf-8-sig").splitlines()[0]
    assert header == "paper,student,name,status,chosen,1.a,2.a"


def test_what_is_said_of_an_exam(build, copy):
    build(copy.root)
    assert build.said == [
        "Convolution: 3 papers of 5 marks, 3 of them as before",
        # the most: 20 + 4·6·4 + 2·9 + 9, 20 + 4·10 + 4·3·3, and 20 + 60
        "  work by hand  295 to 319 steps a paper: the heaviest is 8.14 % above the lightest",
        f"  to print      {copy.papers}/: a PDF for each paper, all of them in all.pdf",
        f"  confidential  {copy.confidential}/: worked solutions in keys/, key_table.pdf",
        f"  to fill in    {copy.submissions} and points.csv (essays); then run",
        f"                examgen grade {copy.submissions}",
    ]


# ---- what a paper tells -----------------------------------------------------------------------


def told(path):
    """All text in a PDF, without its spaces: on its pages, for screen readers, and about itself."""
    with pikepdf.open(path) as pdf:
        pages = [text for page in pdf.pages for text in page_text(page)]
        others = [str(value) for thing in pdf.objects for value in strings(thing)]
        raw = [thing.read_bytes() for thing in pdf.objects if is_readable(thing)]
    latin = b"".join(raw).decode("latin-1")
    return re.sub(r"\s", "", "".join([*pages, *others, latin]))


def is_readable(thing):
    return isinstance(thing, pikepdf.Stream) and "/Width" not in thing


def strings(thing):
    """The strings directly in an object."""
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        values = [thing.get(key) for key in thing.keys()]  # noqa: SIM118
        return [value for value in values if isinstance(value, pikepdf.String)]
    return (
        [value for value in thing if isinstance(value, pikepdf.String)]
        if isinstance(thing, pikepdf.Array)
        else []
    )


def test_a_paper_tells_no_key_no_secret_and_nobody_else(desk, exam):
    forms = exam.read_forms()
    for form in forms:
        product, pick, _ = form.items
        key, wrong = product.parts[0].key, product.parts[0].misconceptions[0].value
        hidden = [
            str(key),
            str(wrong),
            "quetzal",
            "xylophone",
            "Zanzibar",
            "Nothingbut",
            "pangolin",
            "ocelot",
            "axolotl",
            "big/product",
            f"variant{pick.rank}",
        ]
        paper, solved = told(exam.paper(form)), told(exam.key(form))
        for word in hidden:
            assert word in solved, word  # so that not finding it means something
            assert word not in paper, word
        others = [one for one in forms if one is not form]
        never = [str(SEED), SECRET, SECRET[:12], str(desk), str(exam.root), "/tmp", os.getcwd()]
        never += [re.sub(r"\s", "", one.name) for one in others]
        never += [word for one in others for word in (one.code, one.student)]
        for word in never:
            assert word not in paper, word
        for word in (re.sub(r"\s", "", form.name), form.student, form.code, "Howmanyweights"):
            assert word in paper, word


def test_the_table_of_answers_tells_no_key(exam):
    text = exam.submissions.read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["paper", "student", "name", "status", "1.a", "2.a", "3.a"]
    assert all(row[3:] == ["", "", "", ""] for row in rows[1:]) and len(rows) == 4


def test_the_manifest_tells_the_digests_of_all_papers_and_not_the_secret(exam):
    text = exam.manifest.read_text("utf-8")
    for path in [*exam.papers.glob("*.pdf"), *exam.keys.glob("*.pdf")]:
        assert hashlib.sha256(path.read_bytes()).hexdigest() in text
    assert SECRET not in text and '"harfbuzz"' in text
