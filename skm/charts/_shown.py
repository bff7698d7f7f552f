"""Axes that show themselves in a notebook. Imported only where a chart is drawn: matplotlib is heavy."""

from __future__ import annotations

import io

from matplotlib.axes import Axes


class ShownAxes(Axes):
    """Axes of a figure that no pyplot state knows; a notebook shows them as a picture."""

    def _repr_png_(self) -> bytes:
        buffer = io.BytesIO()
        figure = self.get_figure(root=True)
        if figure is not None:
            figure.savefig(buffer, format="png", dpi=110, facecolor="white", metadata={"Software": None})
        return buffer.getvalue()
