"""libxml2 reads our pages as the reader does that WeasyPrint brings."""

import pytest

from examgen.errors import ExamgenError
from examgen.paper import Typesetter, render_key
from examgen.paper.faster import read_html
from examgen.paper.fonts import weasyprint
from examgen.paper.render import lay_out_exercises, lay_out_paper

LOOSE = """<!DOCTYPE html><html lang=en><head><title>Loose</title><body><p>One &amp; two<br>three
<p hidden>Kernel &times; stride &#8212; <b>bold</b><ul><li>a<li>b</ul>
<table><caption>T</caption><tr><th>x<td>1<tr><td colspan=2>y</table><!-- no --><img src="data:,"
alt="A &lt; B">"""


def elements(root):
    return [
        (one.tag, dict(one.attrib), (one.text or "").strip(), (one.tail or "").strip())
        for one in root.iter()
        if isinstance(one.tag, str)  # no comment
    ]


def both(source):
    ours = read_html(weasyprint(), source, fetcher=None)
    theirs = weasyprint().HTML(string=source)
    return elements(ours.etree_element), elements(theirs.etree_element)


@pytest.mark.parametrize("what", ["paper", "key", "exercises"])
def test_pages_of_ours(what, sample, monkeypatch):
    sources = []
    document = Typesetter.source

    def source(self, *args, **context):
        sources.append(document(self, *args, **context))
        return sources[-1]

    monkeypatch.setattr(Typesetter, "source", source)
    papers, (form, heading) = Typesetter(), sample
    if what == "paper":
        lay_out_paper(form, heading, papers=papers)
    elif what == "key":
        render_key(form, heading, papers=papers)
    else:
        lay_out_exercises(form, heading, papers=papers, with_solutions=True)
    ours, theirs = both(sources[0])
    assert len(ours) > 300
    assert ours == theirs


def test_what_a_theme_may_leave_out():
    ours, theirs = both(LOOSE)
    assert [one[0] for one in ours if one[0] == "tbody"] == ["tbody"]
    assert ours == theirs


def test_no_page_is_cut():
    """A logo of 12 MB is read; half a letter, which ends the reading of a page, is an error."""
    page = "<!DOCTYPE html><html><head><title>T</title></head><body><p>before {}<p>behind</body>"
    ours, theirs = both(page.format(f'<img src="data:,{"a" * 12_000_000}">'))
    assert ours == theirs
    with pytest.raises(ExamgenError, match="cannot be read beyond 'Tbefore '"):
        both(page.format("\ud800"))
