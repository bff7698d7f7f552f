"""Statistics on patterns of answers: estimates, instrument, comparison, association, weights.

Results are values with ``kalimat()`` (one plain sentence), ``table()``, ``to_frame()`` and ``to_dict()``. What is
undefined is NaN with a reason, never a guess.
"""

from skm.stats._association import Association, UnsurPair, association
from skm.stats._calibration import Calibration, calibrate, rake
from skm.stats._changes import Changes, TestedChange, unit_changes
from skm.stats._compare import Comparison, GroupRanks, Pair, Pairs, compare_groups
from skm.stats._control import ControlChart, ControlPoint, control_chart
from skm.stats._estimate import mean_interval
from skm.stats._importance import CSI, ImportancePerformance, Quadrant, csi, importance_performance
from skm.stats._intervals import Deff, Estimate, GroupIntervals, MeanInterval, MutuRange
from skm.stats._omega import Omega
from skm.stats._ordered import OrderedTrend, ordered_trend
from skm.stats._periods import Change, Difference, Trend, difference, mann_kendall
from skm.stats._reliability import Alpha, AlphaValue, cronbach_alpha
from skm.stats._replicates import replicate_interval
from skm.stats._shares import ShareTest, share_test
from skm.stats._small_units import SmallUnit, SmallUnits, shrink_units
from skm.stats._units import Between, UnitRank, Units, rank_units
from skm.stats._unsur import UnsurRank, UnsurRanks, rank_unsur
from skm.stats._validity import ItemValidity, Validity, item_validity
from skm.stats._weights import kish, nonresponse_weights, read_weights, trim_weights

__all__ = [
    "CSI",
    "Alpha",
    "AlphaValue",
    "Association",
    "Between",
    "Calibration",
    "Change",
    "Changes",
    "Comparison",
    "ControlChart",
    "ControlPoint",
    "Deff",
    "Difference",
    "Estimate",
    "GroupIntervals",
    "GroupRanks",
    "ImportancePerformance",
    "ItemValidity",
    "MeanInterval",
    "MutuRange",
    "Omega",
    "OrderedTrend",
    "Pair",
    "Pairs",
    "Quadrant",
    "ShareTest",
    "SmallUnit",
    "SmallUnits",
    "TestedChange",
    "Trend",
    "UnitRank",
    "Units",
    "UnsurPair",
    "UnsurRank",
    "UnsurRanks",
    "Validity",
    "association",
    "calibrate",
    "compare_groups",
    "control_chart",
    "cronbach_alpha",
    "csi",
    "difference",
    "importance_performance",
    "item_validity",
    "kish",
    "mann_kendall",
    "mean_interval",
    "nonresponse_weights",
    "ordered_trend",
    "rake",
    "rank_units",
    "rank_unsur",
    "read_weights",
    "replicate_interval",
    "share_test",
    "shrink_units",
    "trim_weights",
    "unit_changes",
]
