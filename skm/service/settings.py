"""What a service allows: who may ask, how much, how long. One value, made once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

# A page opened on this computer calls itself by one of these names, whatever the port.
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class Settings:
    """The limits of one service.

    Attributes
    ----------
    hosts : frozenset of str
        Names by which the service may be addressed, without port; anything else is refused, so that no foreign
        page can reach it under a name of its own (DNS rebinding).
    token : str or None
        What every request has to show; None only for this computer.
    temp : Path or None
        Folder in which the private folder is made. Default: the system's.
    upload : int
        Bytes of one request: 64 MiB hold a million answers as a workbook.
    document : int
        Bytes of one JSON document that is answered at once; larger ones go to a worker.
    files : int
        Files in one upload.
    seconds : float
        Longest work on one file; a workbook of 100,000 rows takes some ten seconds.
    memory : int
        Bytes of address space of one worker, on Linux.
    workers : int
        Processes for heavy work.
    waiting : int
        Pieces of heavy work that may wait; beyond that the answer is 503.
    keep : float
        Seconds that uploaded files and finished documents are kept after they were last used.
    page : bool
        Whether the page for people is served beside the interface.
    lang : str or None
        Language of who does not ask for one. Default: that of the environment.
    """

    hosts: frozenset[str] = LOOPBACK
    token: str | None = None
    temp: Path | None = None
    upload: int = 64 << 20
    document: int = 256 << 10
    files: int = 200
    seconds: float = 120.0
    memory: int = 3 << 30
    workers: int = max(1, min(4, (os.cpu_count() or 2)))
    waiting: int = 64
    keep: float = 4 * 3600.0
    page: bool = True
    lang: str | None = None
