"""What one service holds while it runs: its settings, workers, private folders and jobs."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from skm.service.desk import Desk
from skm.service.jobs import Jobs
from skm.service.pool import Workers
from skm.service.settings import Settings


@dataclass(frozen=True, slots=True)
class State:
    """One service."""

    settings: Settings
    workers: Workers
    desk: Desk
    jobs: Jobs

    def close(self) -> None:
        """End workers and delete what was handed over."""
        self.workers.close()
        self.desk.close()


def state_of(request: Request) -> State:
    """Return the service that a request came to."""
    state: State = request.app.state.skm
    return state
