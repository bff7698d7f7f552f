"""Running the application with uvicorn, on a port that is free, with the browser opened when it answers."""

from __future__ import annotations

import logging
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterable

from skm.basics.errors import DataError
from skm.basics.packages import need
from skm.service.application import create_app


def serve(
    host: str,
    port: int,
    ready: Callable[[str], None],
    *,
    hosts: Iterable[str] = (),
    token: str | None = None,
    browse: bool = True,
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
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise DataError("layanan-port", port=port) from None
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    log = logging.getLogger("skm.service")
    log.setLevel(logging.INFO)
    if not log.handlers:
        log.addHandler(logging.StreamHandler(sys.stderr))
    config = uvicorn.Config(
        create_app(hosts=hosts, token=token),
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
