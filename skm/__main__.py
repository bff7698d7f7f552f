"""``python -m skm`` is the command ``skm``."""

from __future__ import annotations

import sys

from skm.cli import run

if __name__ == "__main__":
    sys.exit(run())
