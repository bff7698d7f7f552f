"""How many respondents are needed, and whether those reached are enough.

The regulation allows ("dapat") the table of Krejcie and Morgan or the formula behind it, and has no rule for an N
between two rows of the table. Practice knows three ways: the formula, the row below, the row above. All three are
computed and shown side by side; the one in use is named.
"""

from skm.sampling._adequacy import Adequacy, adequacy
from skm.sampling._adequacy_by import AdequacyRow, AdequacyTable, adequacy_by
from skm.sampling._allocate import Allocation, allocate
from skm.sampling._change import ChangePlan, plan_change
from skm.sampling._clusters import ClusterPlan, plan_clusters
from skm.sampling._draw import Drawn, draw
from skm.sampling._formula import chi_square_quantile, krejcie_morgan, proportion_margin
from skm.sampling._methods import DerivationStep, SamplingPolicy
from skm.sampling._options import SamplingOptions
from skm.sampling._plan import SamplePlan, plan_sample
from skm.sampling._pps import PPSDraw, draw_pps
from skm.sampling._printed import Row
from skm.sampling._size import SampleSize, sample_size

__all__ = [
    "Adequacy",
    "AdequacyRow",
    "AdequacyTable",
    "Allocation",
    "ChangePlan",
    "ClusterPlan",
    "DerivationStep",
    "Drawn",
    "PPSDraw",
    "Row",
    "SamplePlan",
    "SampleSize",
    "SamplingOptions",
    "SamplingPolicy",
    "adequacy",
    "adequacy_by",
    "allocate",
    "chi_square_quantile",
    "draw",
    "draw_pps",
    "krejcie_morgan",
    "plan_change",
    "plan_clusters",
    "plan_sample",
    "proportion_margin",
    "sample_size",
]
