"""What a preview answers over HTTP, and what it refuses."""

import http.client
import re
import time
from html import unescape
from urllib.parse import urlencode

import pytest
from previewed import MODEL, NAME, serving, write_model

from examgen.errors import ExamgenError
from examgen.preview import PreviewServer, preview
from examgen.preview.page import Source


@pytest.fixture
def server(tmp_path):
    write_model(tmp_path)
    with serving(tmp_path, seconds=20) as running:
        yield running


def ask(server, method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        return answer, answer.read().decode(errors="replace")
    finally:
        connection.close()


def mark(server, token=None, **typed):
    token = server.token if token is None else token
    return ask(server, "POST", "/marks?rank=3", urlencode(typed), X_Examgen_Token=token)


def test_the_page_has_the_item_and_its_style_sheets(server):
    answer, html = ask(server, "GET", "/?rank=3")
    assert answer.status == 200
    assert "Area(3)" in html
    for path in re.findall(r'(?:href|src)="(/(?:style|preview)/[^"]+)"', html):
        assert ask(server, "GET", path)[0].status == 200, path
    assert ask(server, "GET", "/fonts/stix-two-text-400-normal.ttf")[0].status == 200


def test_it_listens_on_loopback_alone(server):
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{}", "127.0.0.1", "", "[::1]:{}"])
@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("GET", "/item"), ("POST", "/marks")])
def test_a_foreign_host_is_refused(server, host, method, path):
    host = host.format(server.server_port)
    answer, text = ask(server, method, path, Host=host, X_Examgen_Token=server.token)
    assert answer.status == 421
    assert "Area" not in text


def test_localhost_is_this_machine(server):
    assert ask(server, "GET", "/item", Host=f"localhost:{server.server_port}")[0].status == 200


def test_other_sites_may_not_read_or_frame_it(server):
    answer, _ = ask(server, "GET", "/", Origin="http://evil.example")
    assert answer.getheader("Access-Control-Allow-Origin") is None
    assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin"
    assert "frame-ancestors 'none'" in answer.getheader("Content-Security-Policy")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"])
def test_other_methods_are_refused(server, method):
    answer, _ = ask(server, method, "/")
    assert answer.status == 501
    assert answer.getheader("Access-Control-Allow-Origin") is None


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/style/../../pyproject.toml", 404),
        ("/style/..%2f..%2fpyproject.toml", 404),
        ("/preview/page.html", 404),
        ("/?rank=-1", 400),
        ("/?rank=x", 400),
        ("/?seed=" + "9" * 101, 400),
    ],
)
def test_addresses_that_are_none(server, path, status):
    assert ask(server, "GET", path)[0].status == status


def test_answers_are_marked(server):
    answer, html = mark(server, side="6", area="24")
    assert answer.status == 200
    assert "right, 2 of 2 marks" in html
    assert "misconception, 0 of 3 marks" in html


@pytest.mark.parametrize("token", ["", "guessed", "é"])
def test_without_the_token_of_the_page_nothing_is_marked(server, token):
    answer, html = mark(server, token.encode("latin-1").decode("latin-1"), side="6")
    assert answer.status == 403
    assert "right" not in html


def test_too_much_is_refused_unread(server):
    assert mark(server, side="6" * 70_000)[0].status == 413
    token = {"X_Examgen_Token": server.token}
    assert ask(server, "POST", "/marks", "side=1", Content_Length="-1", **token)[0].status == 413


def test_a_save_is_told_and_shown(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", "/changes")
    stream = connection.getresponse()
    told = re.compile(rb"data: \S+ (\d+)\n")
    assert told.fullmatch(stream.readline())[1] == b"0"
    server.path.write_text(MODEL.replace("A square map", "A round map"), encoding="utf-8")
    stream.readline()
    assert told.fullmatch(stream.readline())[1] == b"1"
    connection.close()
    assert "A round map" in ask(server, "GET", "/item")[1]


def test_it_lives_on_with_a_broken_item(server):
    for broken in ("class Area(Item:", "import os; os._exit(1)", "raise SystemExit", ""):
        server.path.write_text(broken, encoding="utf-8")
        answer, html = ask(server, "GET", "/")
        assert answer.status == 200
        assert 'role="alert"' in html
        assert str(server.path) in html
    server.path.unlink()
    assert "no item model 'maps/area'" in unescape(ask(server, "GET", "/")[1])
    write_model(server.path.parents[1])
    assert "A square map" in ask(server, "GET", "/")[1]


def test_an_endless_loop_ends(tmp_path):
    write_model(tmp_path, MODEL.replace("    H = Int", "    while True: pass\n    H = Int"))
    with serving(tmp_path, seconds=0.5) as server:
        begin = time.perf_counter()
        _, html = ask(server, "GET", "/item")
        assert "takes longer than 0.5 seconds" in html
        assert time.perf_counter() - begin < 20


def test_an_unknown_item_model_is_told_at_once(tmp_path):
    write_model(tmp_path)
    with pytest.raises(ExamgenError, match="did you mean 'maps/area'"):
        preview(item="maps/aera", bank=[tmp_path], open_browser=False)


def test_a_port_that_is_taken(server, tmp_path):
    with pytest.raises(ExamgenError, match=f"port {server.server_port} cannot be listened on"):
        preview(item=NAME, bank=[tmp_path], port=server.server_port, open_browser=False)


def test_the_port_is_free_after_the_end(tmp_path):
    write_model(tmp_path)
    with serving(tmp_path) as server:
        port = server.server_port
    PreviewServer(Source(NAME, (tmp_path,)), port=port).server_close()
