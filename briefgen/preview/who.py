"""The port of a preview: taken for this process, or who has it."""

from __future__ import annotations

import errno
import http.client
import json
import os
import socket

from briefgen.diagnostics.finding import Finding, Made

HOST = "127.0.0.1"
PORT = 8100
PATH = "/_preview/who"
ANSWER = "preview of"
"""The key under which a preview says of which workspace it is."""
_ANSWER_S = 1.0


def listening(port: int) -> Made[socket.socket]:
    """A socket that listens on a port of this machine, any free one for 0.

    Reports: PRV101.
    """
    try:
        return Made(socket.create_server((HOST, port)))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            told = f"port {port} is in use: {_who(port)}"
        else:
            told = f"port {port} cannot be used: {os.strerror(error.errno or 0).lower()}"
        help_line = f"take another one: `--port {port + 1 if port < 65535 else PORT}`"
        return Made(None, (Finding("PRV101", told, None, help_line),))


def _who(port: int) -> str:
    """Who listens on a port, as far as it says so."""
    asked = http.client.HTTPConnection(HOST, port, timeout=_ANSWER_S)
    try:
        asked.request("GET", PATH)
        found = json.loads(asked.getresponse().read(10_000))[ANSWER]
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError, RecursionError):
        return "another program listens there"
    finally:
        asked.close()
    return f"a preview of `{found}` runs there, at http://{HOST}:{port}/"
