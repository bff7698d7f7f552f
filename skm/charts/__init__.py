"""Charts of results. Every function takes a result and returns matplotlib Axes; no pyplot state is touched.

Give ``ax=`` to draw into a figure of your own. `save` writes PNG, SVG or PDF.

>>> import skm
>>> ax = unsur_bar(skm.score_counts({"persyaratan": (0, 0, 118, 69), "prosedur": (0, 6, 93, 88)}))
>>> ax.get_xlabel()
'Nilai rata-rata (NRR)'
"""

from __future__ import annotations

from skm.charts._answers import answer_bar
from skm.charts._groups import group_bar
from skm.charts._poster import poster
from skm.charts._profile import profile_bar
from skm.charts._sample import sample_curve
from skm.charts._save import save, svg_element, to_bytes, to_png, to_svg
from skm.charts._style import narrow
from skm.charts._trend import trend_line
from skm.charts._unsur import unsur_bar

__all__ = [
    "answer_bar",
    "group_bar",
    "narrow",
    "poster",
    "profile_bar",
    "sample_curve",
    "save",
    "svg_element",
    "to_bytes",
    "to_png",
    "to_svg",
    "trend_line",
    "unsur_bar",
]
