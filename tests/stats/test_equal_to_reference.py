"""Our statistics equal R's numbers, and those of other packages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.ref24 import FOLDER, values
from support.reference_cases import known
from support.reference_more import ALL as CHECKS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.statistic)
def test_reference(check):
    assert check.deviation() <= check.tolerance


def test_every_reference_number_is_used():
    used = {name for check in CHECKS for name in check.names}
    assert used == set(known())


@pytest.mark.slow  # the last digits are those of the newest versions
def test_table_in_docs_is_current():
    from subprocess import run

    out = run(
        [sys.executable, str(ROOT / "scripts" / "rujukan_statistik.py"), "--periksa"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert out.returncode == 0, out.stdout + out.stderr


def test_r_gives_the_same_numbers_again():
    """Where R and its packages are installed, the stored numbers are computed anew."""
    if shutil.which("Rscript") is None:
        if os.environ.get("SKM_REQUIRE_TOOLS") == "1":
            pytest.fail("Rscript is required and absent")
        pytest.skip("Rscript is not installed")
    have = subprocess.run(
        ["Rscript", "-e", 'cat(all(sapply(c("survey","psych","lavaan","coin","metafor","mvtnorm"), requireNamespace, quietly = TRUE)))'],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if not have.stdout.endswith("TRUE"):
        if os.environ.get("SKM_REQUIRE_TOOLS") == "1":
            pytest.fail("R packages survey, psych, lavaan, coin, metafor, mvtnorm are required and absent")
        pytest.skip("R packages survey, psych, lavaan, coin, metafor, mvtnorm are not installed")
    out = subprocess.run(
        ["Rscript", str(FOLDER / "statistik.R")], capture_output=True, text=True, check=True, cwd=ROOT
    )  # fmt: skip
    fresh = json.loads(out.stdout)
    assert set(fresh) == set(values())
    for name, entry in fresh.items():
        old = values()[name]["nilai"]
        pairs = zip(entry["nilai"], old, strict=True) if isinstance(old, list) else [(entry["nilai"], old)]
        loose = 1e-6 if name.startswith(("omega", "rake", "cal.", "blank-cal.", "eb.", "max-t")) else 1e-10
        assert all(abs(a - b) <= loose * max(1, abs(b)) for a, b in pairs), name
