"""Groups in an order: whether values rise or fall over them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from skm.basics.arguments import as_list
from skm.basics.errors import DataError, OptionError
from skm.basics.table import TableColumn
from skm.basics.values import Finding
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._compare import p_text
from skm.stats._conditional import PMethod, check_p_options, concordance_p, needs_counting
from skm.stats._dist import normal_two_sided
from skm.stats._ranks import jonckheere, rank_table, sparse
from skm.stats._result import StatResult, caution, check_significance, note, say, single
from skm.stats._scores import scores

MANY = 60  # groups in an order


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OrderedTrend(StatResult):
    """Jonckheere-Terpstra: whether values rise or fall over groups in an order."""

    JENIS: ClassVar[str] = "urutan"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("kelompok", "", "text"),
        TableColumn("n", "", "count"),
        TableColumn("mean", "", "decimal", 2),
    )

    groups: tuple[tuple[Any, int, float], ...]
    j: float
    mean: float
    variance: float
    z: float
    p: float
    signifikansi: float
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner
    method: str = "normal"
    draws: int | None = None
    seed: int | None = None

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a group, in order."""
        return list(self.groups)

    def kalimat(self, lang: str | None = None) -> str:
        """Return the outcome as one sentence."""
        if math.isnan(self.p):
            return say("urutan-takada", lang)
        if self.p >= self.signifikansi:
            return say("urutan-tidak-nyata", lang, p=p_text(self.p, lang))
        return say("urutan-naik" if self.z > 0 else "urutan-turun", lang, p=p_text(self.p, lang))

    def footnotes(self, lang: str) -> list[str]:
        """Return how p was had."""
        return [say(f"metode-{self.method}", lang, putaran=self.draws or 0, benih=str(self.seed))]

    def extra(self) -> dict[str, Any]:
        """Return the test."""
        return {
            "j": self.j, "mean": self.mean, "variance": self.variance, "z": self.z, "p": self.p, "metode": self.method,
            "draws": self.draws, "seed": self.seed,
        }  # fmt: skip


def ordered_trend(
    pola: Pola,
    by: str,
    order: Sequence[Any],
    *,
    unsur: str | None = None,
    method: PMethod = "otomatis",
    signifikansi: float = 0.05,
    draws: int = 9999,
    seed: int = 2017,
) -> OrderedTrend:
    """Test whether the respondents' index (or one unsur) rises or falls over groups in a given order.

    Parameters
    ----------
    order : sequence
        Labels from first to last, e.g. levels of education; respondents with other labels are left out, and told.
    method : {"otomatis", "asimtotik", "permutasi"}
        Normal p, or over all exchanges of respondents between groups: exact where they can be counted, else drawn.
        Automatic: the second where a group has fewer than ten, or few values differ from the commonest; with more
        than sixty groups, where few differ in all.
    signifikansi : float
        For the wording only.
    draws, seed : int
        Of the permutation, where it is drawn.

    Notes
    -----
    Jonckheere-Terpstra with the variance corrected for ties (M. Hollander and D. A. Wolfe); the same z as Kendall's
    test of the order against the values.
    """
    draws, seed = check_p_options(method, draws, seed)
    check_significance(signifikansi)
    codes, labels = pola.codes((by,))
    order = as_list(order, "order")
    names = [single(label) for label in labels]
    if repeated := sorted({str(label) for label in order if order.count(label) > 1}):
        raise OptionError("urutan-berulang", label=repeated)
    table = rank_table(scores(pola, unsur), pola.kali, codes, len(labels))
    keep = [names.index(label) for label in order if label in names and table.sizes[names.index(label)] > 0]
    if len(keep) < 2:
        raise DataError("kurang-kelompok", kolom=by, banyak=len(keep))
    chosen = table.only(*keep)
    j, mean, variance = jonckheere(chosen)
    z = (j - mean) / math.sqrt(variance) if variance > 0 else math.nan
    left = table.n - chosen.n
    rows = tuple(
        (names[g], int(chosen.sizes[i]), float(chosen.counts[i] @ chosen.values / chosen.sizes[i]))
        for i, g in enumerate(keep)
    )
    found = [note("urutan-di-luar", banyak=left)] if left else []
    if absent := [str(label) for label in order if label not in [names[g] for g in keep]]:
        found.append(caution("urutan-tanpa-responden", label=absent))
    p, how = (math.nan if math.isnan(z) else normal_two_sided(z)), "normal"
    # Of very many groups what counts is all respondents together: the statistic is one sum over them.
    few = sparse(chosen) if len(keep) <= MANY else needs_counting(chosen.counts)
    if not math.isnan(z) and (method == "permutasi" or (method == "otomatis" and few)):
        p, how = concordance_p(chosen.counts, draws, seed)
    used = (draws, seed) if how == "permutasi" else (None, None)
    return OrderedTrend(rows, j, mean, variance, z, p, signifikansi, tuple(found), pola.kuesioner, how, *used)
