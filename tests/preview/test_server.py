"""What is served, to whom, and what is not."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from preview.conftest import Writing
from starlette.applications import Starlette

from briefgen.preview.pages import Pages
from briefgen.preview.server import News, application
from briefgen.preview.who import PATH, listening


@pytest.fixture
def pages(writing: Writing) -> Pages:
    writing.session.step()
    return Pages(writing.session, "vscode://file{file}:{line}:{column}")


@pytest.fixture
def made(writing: Writing) -> None:
    """The briefing is made."""
    with writing.session.attended("note"):
        writing.settle()


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Client:
    """Asks the application as a server would, with paths as they are."""

    application: Starlette

    def get(self, path: str, host: str = "127.0.0.1:8100", method: str = "GET") -> Answer:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(b"host", host.encode())],
        }
        with ThreadPoolExecutor(1) as thread:  # a browser may have its loop in this one
            thread.submit(asyncio.run, self.application(scope, receive, send)).result()
        headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        content = b"".join(one.get("body", b"") for one in sent[1:])
        return Answer(sent[0]["status"], headers, content)


@pytest.fixture
def client(pages: Pages) -> Client:
    return Client(application(pages.session, pages, News()))


@pytest.mark.usefixtures("made")
def test_the_edition_is_served_as_it_is_built(client: Client, writing: Writing) -> None:
    answer = client.get("/note/note.html")
    assert answer.content.decode() == writing.html()
    assert b"default-src 'none'" in answer.content
    assert answer.headers["content-security-policy"] == "frame-ancestors 'self'"


@pytest.mark.parametrize("path", ["/", "/note/", "/_preview/frame.js", PATH])
def test_pages_and_their_files_are_served(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status == 200
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/nothing/events",
        "/note/note.pdf",
        "/note/sheets/1.png",
        "/note/briefing.yaml",
        "/note/../units.yaml",
        "/note/..%2f..%2funits.yaml",
        "/_preview/list.html.j2",
        "/_preview/..%2f..%2fcss%2fdocument.css",
        "/data/units.yaml",
        "/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_nothing_else_is_served(client: Client, path: str) -> None:
    assert client.get(path).status == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "192.168.0.7:8100"])
def test_other_hosts_are_refused(client: Client, host: str) -> None:
    assert client.get("/", host).status == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_reading_is_allowed(client: Client, method: str) -> None:
    assert client.get("/note/", method=method).status == 405


def test_names_are_no_markup(writing: Writing, pages: Pages) -> None:
    writing.save("overview.md", "样本", "{{ <b>x</b> }}样本")
    with writing.session.attended("note"):
        writing.settle()
    told = pages.told("note")
    assert told["errors"] == 1
    assert "<b>" not in told["panel"]
    assert "&lt;b&gt;" in told["panel"]


def test_findings_have_place_excerpt_help_and_link(writing: Writing, pages: Pages) -> None:
    writing.save("exhibits.yaml", "caption", "captoin")
    with writing.session.attended("note"):
        writing.settle()
    panel = pages.told("note")["panel"]
    line, file = 2, "data/briefings/note/exhibits.yaml"
    assert f"{file}:{line}:3</a>" in panel
    root = str(writing.root).replace(" ", "%20")
    assert f'href="vscode://file{root}/{file}:{line}:3"' in panel
    assert "<mark>captoin</mark>" in panel
    assert "^^^^^^^" in panel
    assert "did you mean <code>caption</code>?" in panel


@pytest.mark.usefixtures("made")
def test_the_list_says_how_briefings_stand(pages: Pages) -> None:
    rows = pages.rows()["rows"]
    assert "一份很短的点评" in rows
    assert "not looked at yet" in rows
    assert '<span class="state good">good</span>' in rows


class TestPort:
    """One program listens on a port."""

    def refused(self, port: int) -> tuple[str, str | None]:
        made = listening(port)
        assert made.value is None
        (finding,) = made.findings
        assert finding.code == "PRV101"
        return finding.message, finding.help

    @pytest.fixture
    def answering(self) -> Iterator[Callable[[bytes], int]]:
        """Begins a program that gives one answer, on the port that is returned."""
        servers = []

        def begin(answer: bytes) -> int:
            class Handler(BaseHTTPRequestHandler):
                def do_GET(self) -> None:
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(answer)

                def log_message(self, *_: object) -> None:
                    pass

            server = HTTPServer(("127.0.0.1", 0), Handler)
            servers.append(server)
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            return server.server_port

        yield begin
        for server in servers:
            server.shutdown()
            server.server_close()

    def test_another_preview_is_named(
        self, client: Client, answering: Callable[[bytes], int], root: Path
    ) -> None:
        port = answering(client.get(PATH).content)
        told = f"a preview of `{root}` runs there, at http://127.0.0.1:{port}/"
        found = (f"port {port} is in use: {told}", f"take another one: `--port {port + 1}`")
        assert self.refused(port) == found

    @pytest.mark.parametrize("answer", [b"hello", b"[]", b"{}", json.dumps({"a": 1}).encode()])
    def test_another_program_is_none(
        self, answering: Callable[[bytes], int], answer: bytes
    ) -> None:
        port = answering(answer)
        assert self.refused(port)[0] == f"port {port} is in use: another program listens there"

    def test_a_program_that_says_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("briefgen.preview.who._ANSWER_S", 0.1)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            port = silent.getsockname()[1]
            assert "another program listens there" in self.refused(port)[0]

    def test_a_free_port_is_taken(self) -> None:
        made = listening(0)
        assert made.value is not None
        with made.value as taken:
            assert taken.getsockname()[0] == "127.0.0.1"
