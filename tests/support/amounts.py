"""How much of a long test is run: a sample by default, all of it under the marker ``whole``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy


def sampled(few: Any, whole: Any) -> pytest.MarkDecorator:
    """Run the same test with ``amount=few`` by default and with ``amount=whole`` under ``pytest -m whole``."""
    return pytest.mark.parametrize(
        "amount",
        [pytest.param(few, id="sample"), pytest.param(whole, id="whole", marks=pytest.mark.whole)],
    )


def examples(
    few: int, whole: int, *strategies: SearchStrategy[Any]
) -> Callable[[Callable[..., None]], Callable[[int], None]]:
    """Like hypothesis' ``given``, with a few examples by default and many under ``pytest -m whole``."""

    def decorate(body: Callable[..., None]) -> Callable[[int], None]:
        @sampled(few, whole)
        def test(amount: int) -> None:
            options = settings(max_examples=amount, deadline=None, suppress_health_check=list(HealthCheck))
            options(given(*strategies)(body))()

        test.__doc__ = body.__doc__
        return test

    return decorate
