"""Running the application with uvicorn, on a port that is free, with the browser opened when it answers."""

from __future__ import annotations

import logging
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterable, Sequence

from skm.basics.errors import DataError
from skm.basics.packages import need
from skm.service.application import create_app
from skm.service.local import hand_over


def serve(
    host: str,
    port: int,
    ready: Callable[[str], None],
    *,
    hosts: Iterable[str] = (),
    token: str | None = None,
    browse: bool = True,
    files: Sequence[str] = (),
    elsewhere: bool = False,
    lang: str | None = None,
) -> None:
    """Serve until Ctrl-C or SIGTERM.

    Parameters
    ----------
    host, port : str, int
        Where to listen; port 0 takes any free one.
    ready : callable
        Told the address when the service answers.
    browse : bool
        Whether the browser is opened there.
    files : sequence of str
        Files of this computer to open at once.
    elsewhere : bool
        Whether a free port is taken where that one is not.
    lang : str, optional
        Language of page and answers where a request names none.

    Raises
    ------
    DataError
        The port is taken.
    """
    uvicorn = need("uvicorn")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: only then does asyncio switch off the waiting for more to send, 40 ms on every answer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # there it would let two services share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        _bind(listener, host, port, elsewhere=elsewhere)
        app = create_app(hosts=hosts, token=token, lang=lang)
        page = hand_over(app, files) if files else "/"
    except BaseException:
        listener.close()
        raise
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}{page}"
    log = logging.getLogger("skm.service")
    log.setLevel(logging.INFO)
    if not log.handlers:
        log.addHandler(logging.StreamHandler(sys.stderr))
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,  # it would write addresses that people typed
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)

    def announce() -> None:
        while not server.started:
            if stopped.wait(0.02):
                return
        ready(address)
        if browse:
            webbrowser.open(address)

    if hasattr(signal, "SIGHUP"):  # a terminal that is closed ends the service as Ctrl-C does
        signal.signal(signal.SIGHUP, server.handle_exit)
    stopped = threading.Event()
    threading.Thread(target=announce, daemon=True).start()
    try:
        server.run(sockets=[listener])
    finally:
        stopped.set()
        listener.close()


def _bind(listener: socket.socket, host: str, port: int, *, elsewhere: bool) -> None:
    try:
        listener.bind((host, port))
    except OSError:
        if not elsewhere:
            raise DataError("layanan-port", port=port) from None
        listener.bind((host, 0))
