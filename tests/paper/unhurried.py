"""Documents as WeasyPrint sets them without what makes it faster: for test_speed.py.

It is a program, for what makes WeasyPrint faster is put into it once for a process.
"""

import json
from types import ModuleType

from conftest import sample_form, sample_heading
from test_speed import PAGES, digests_of, print_pages

from examgen.paper import Typesetter, fonts, render_key, render_paper, typesetter
from examgen.paper.faster.lines import share_lines
from examgen.paper.faster.writing import compress_quickly


def untouched(weasyprint: ModuleType) -> None:
    """Only what changes bytes: lines are fuller than WeasyPrint's, and compressed less."""
    share_lines(weasyprint)
    compress_quickly()


if __name__ == "__main__":
    fonts.make_faster = untouched
    library = fonts.weasyprint()
    papers = Typesetter()
    papers._fonts.kept, papers._defaults = None, library.html.UA_STYLESHEET
    typesetter.write_once = None
    form = sample_form(), sample_heading()
    documents = {
        "render_paper": [render_paper(*form, papers=papers)],
        "render_key": [render_key(*form, papers=papers)],
        "pages": [print_pages(library, None, [number])[0] for number in PAGES],
    }
    print(json.dumps({name: digests_of(made) for name, made in documents.items()}))
