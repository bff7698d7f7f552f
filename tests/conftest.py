"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Time limits per example say more about a busy machine than about the code.
settings.register_profile("skm", deadline=None)
settings.load_profile("skm")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real inputs, named by SKM_SHARED; its tests skip where it is absent."""
    root = os.environ.get("SKM_SHARED")
    folder = Path(root) / "data" if root else None
    if folder is None or not folder.is_dir():
        pytest.skip("SKM_SHARED does not name a folder with the real inputs")
    return folder


# Checked by mypy (tests/types/test_consumer.py), never run.
collect_ignore = ["types/consumer.py", "types/wrong.py"]
