"""Whether groups differ: Kruskal-Wallis, Mann-Whitney, Dunn with Holm; by permutation where groups are small."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from skm.basics.errors import DataError
from skm.basics.reading_numbers import read_count
from skm.basics.table import TableColumn
from skm.basics.values import Finding, Interval
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._conditional import PMethod, check_p_options
from skm.stats._dist import normal_two_sided
from skm.stats._effects import NO_EFFECT, NO_EPSILON, effect_interval, epsilon_interval
from skm.stats._ranks import (
    RankTable,
    dunn,
    holm,
    kruskal_permutation,
    kruskal_wallis,
    mann_whitney,
    mann_whitney_exact,
    mann_whitney_normal,
    rank_table,
    sparse,
)
from skm.stats._result import StatResult, caution, check_significance, group_name, note, say, single
from skm.stats._scores import official_index, scores

_WORK = 20_000_000
_SHORT = {"mann-whitney": "normal", "mann-whitney-eksak": "eksak", "mann-whitney-permutasi": "permutasi"}


@dataclass(frozen=True, slots=True)
class GroupRanks:
    """One group: respondents, mean and median of their values, mean rank among all, and its official index.

    ``ikm`` is NaN where one unsur is compared.
    """

    label: Any
    n: int
    mean: float
    median: float
    mean_rank: float
    ikm: float = math.nan


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups.

    Attributes
    ----------
    effect : float
        Rank-biserial: share of pairs of respondents in which ``a`` is higher, less the share in which it is lower;
        -1 to 1; ``interval`` is its 95 % interval, of the pair alone.
    u : float
        Mann-Whitney's U of ``a``.
    z : float
        Dunn's z among all groups, or Mann-Whitney's z for two; NaN where p is exact.
    p, p_holm : float
        Two-sided, and adjusted over all pairs.
    method : {"dunn", "mann-whitney", "mann-whitney-eksak"}
    """

    a: Any
    b: Any
    n_a: int
    n_b: int
    effect: float
    u: float
    z: float
    p: float
    p_holm: float
    method: str
    interval: Interval = NO_EFFECT


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Pairs(StatResult):
    """All pairs of groups; empty where there are too many to be of use."""

    JENIS: ClassVar[str] = "pasangan"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("kelompok_a", "", "text"),
        TableColumn("kelompok_b", "", "text"),
        TableColumn("n_a", "", "count"),
        TableColumn("n_b", "", "count"),
        TableColumn("effect", "", "decimal", 3),
        TableColumn("low", "", "decimal", 3),
        TableColumn("high", "", "decimal", 3),
        TableColumn("u", "", "decimal", 1),
        TableColumn("z", "", "decimal", 3),
        TableColumn("p", "", "probability", 4),
        TableColumn("p_holm", "", "probability", 4),
        TableColumn("metode", "", "text"),
    )

    pairs: tuple[Pair, ...]
    signifikansi: float
    catatan: tuple[Finding, ...] = ()
    kuesioner: Kuesioner | None = None

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a pair."""
        return [
            (p.a, p.b, p.n_a, p.n_b, p.effect, p.interval.low, p.interval.high, p.u, p.z, p.p, p.p_holm, p.method)
            for p in self.pairs
        ]

    def kalimat(self, lang: str | None = None) -> str:
        """Return which pairs differ, as one sentence."""
        if not self.pairs:
            return say("pasangan-tidak-dihitung", lang)
        differing = [p for p in self.pairs if p.p_holm < self.signifikansi]
        if not differing:
            return say("pasangan-tidak-beda", lang, banyak=len(self.pairs))
        listed = [
            say("lebih-tinggi", lang, a=group_name(hi, lang), b=group_name(lo, lang))
            for hi, lo in map(_ordered, differing)
        ]
        return say("pasangan-beda", lang, banyak=len(differing), semua=len(self.pairs), daftar="; ".join(listed))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Comparison(StatResult):
    """Groups compared.

    Attributes
    ----------
    groups : tuple of GroupRanks
    h, df, p : float, int, float
        Kruskal-Wallis (for two groups the test of the pair, then ``h`` is of the same data); NaN where all values
        are equal.
    method : {"chi2", "permutasi", "eksak", "normal"}
        How p was obtained.
    epsilon2 : float
        H / (n - 1), 0 to 1; ``epsilon2_interval`` is its 95 % interval by bootstrap within groups.
    pairs : Pairs
        Up to ``maks_kelompok`` groups; more are better ranked with `rank_units`.
    draws, seed : int or None
        Of the permutation, where one was made.
    """

    JENIS: ClassVar[str] = "perbandingan"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("kelompok", "", "text"),
        TableColumn("n", "", "count"),
        TableColumn("mean", "", "decimal", 2),
        TableColumn("median", "", "decimal", 2),
        TableColumn("mean_rank", "", "decimal", 2),
    )

    groups: tuple[GroupRanks, ...]
    kunci: str
    unsur: str | None
    h: float
    df: int
    p: float
    method: str
    epsilon2: float
    pairs: Pairs
    signifikansi: float
    draws: int | None
    seed: int | None
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner
    epsilon2_interval: Interval = NO_EPSILON

    @property
    def alasan(self) -> str:
        """Why nothing could be tested, as a code; empty otherwise."""
        return "semua-sama" if math.isnan(self.p) else ""

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a group."""
        return [(g.label, g.n, g.mean, g.median, g.mean_rank) for g in self.groups]

    def kalimat(self, lang: str | None = None) -> str:
        """Return the outcome as one sentence."""
        what = say("nilai-responden", lang)
        if self.unsur is not None:
            what = say("nilai-responden-unsur", lang, unsur=self.name_of(self.unsur, "en" if lang == "en" else "id"))
        fill: dict[str, Any] = {"apa": what, "kunci": self.kunci, "banyak": len(self.groups)}
        if math.isnan(self.p):
            return say("beda-takada", lang, **fill)
        fill["p"] = p_text(self.p, lang)
        if len(self.groups) == 2:
            pair = self.pairs.pairs[0]
            first, second = _ordered(pair)
            fill |= {"a": group_name(first, lang), "b": group_name(second, lang), "efek": abs(pair.effect)}
            return say("beda-dua" if self.p < self.signifikansi else "tidak-beda-dua", lang, **fill)
        fill |= {"h": self.h, "df": self.df, "efek": self.epsilon2}
        return say("beda" if self.p < self.signifikansi else "tidak-beda", lang, **fill)

    def footnotes(self, lang: str) -> list[str]:
        """Return how p was obtained, and the pairs."""
        how = say(f"metode-{self.method}", lang, putaran=self.draws or 0, benih=str(self.seed))
        what = say("beda-nilai", lang)
        lines = [what, how] if self.unsur is None else [how]
        return lines if len(self.groups) == 2 else [*lines, self.pairs.kalimat(lang)]

    def extra(self) -> dict[str, Any]:
        """Return the test and the pairs."""
        keys = [c.key for c in Pairs.COLUMNS]
        return {
            "kunci": self.kunci, "unsur": self.unsur, "h": self.h, "df": self.df, "p": self.p, "metode": self.method,
            "epsilon2": self.epsilon2, "epsilon2_interval": self.epsilon2_interval.to_dict(),
            "draws": self.draws, "seed": self.seed, "signifikansi": self.signifikansi,
            "pasangan": [dict(zip(keys, row, strict=True)) for row in self.pairs.rows()], "alasan": self.alasan,
        }  # fmt: skip


def compare_groups(
    pola: Pola,
    by: str,
    *,
    unsur: str | None = None,
    method: PMethod = "otomatis",
    signifikansi: float = 0.05,
    maks_kelompok: int = 10,
    draws: int = 9999,
    seed: int = 2017,
) -> Comparison:
    """Test whether groups differ in the respondents' own index, or in one unsur.

    Parameters
    ----------
    pola : Pola
        Patterns divided by ``by``; respondents' weights are not used, and clusters are not known to these tests.
    by : str
        A key. Respondents without a label are left out, and told.
    unsur : str, optional
        Compare the answers to one unsur instead.
    method : {"otomatis", "asimtotik", "permutasi"}
        Chi-square and normal approximations (with the correction for ties), or permutation: for two groups exact
        where all divisions can be counted, else Monte Carlo with a recorded seed. Automatic: permutation where a
        group has fewer than ten, or fewer than five values in it are expected to differ from the commonest.
    signifikansi : float
        For the wording only; p values are given as they are.
    maks_kelompok : int
        With more groups no pairs are made: rank the units instead.
    draws, seed : int
        Of the Monte Carlo permutation; fewer draws where there are very many respondents.

    Raises
    ------
    DataError
        Fewer than two groups have answers.

    Notes
    -----
    W. H. Kruskal and W. A. Wallis (1952); H. B. Mann and D. R. Whitney (1947); O. J. Dunn (1964); S. Holm (1979).
    """
    draws, seed = check_p_options(method, draws, seed)
    check_significance(signifikansi)
    maks_kelompok = read_count(maks_kelompok, "maks_kelompok")
    codes, labels = pola.codes((by,))
    values = scores(pola, unsur)
    full = rank_table(values, pola.kali, codes, len(labels))
    sizes = full.sizes
    keep = [g for g, label in enumerate(labels) if sizes[g] > 0 and single(label) is not None]
    if len(keep) < 2:
        raise DataError("kurang-kelompok", kolom=by, banyak=len(keep))
    table = full.only(*keep)
    names = [single(labels[g]) for g in keep]
    permute = method == "permutasi" or (method == "otomatis" and sparse(table))
    h, df, p = kruskal_wallis(table)
    pairs = _pairs(table, names, method, maks_kelompok, draws, seed)
    how, used_draws = "chi2", None
    if len(names) == 2 and not math.isnan(p):
        p, how = pairs[0].p, _SHORT[pairs[0].method]
        used_draws = draws if how == "permutasi" else None
    elif permute and not math.isnan(p):
        used_draws = max(999, min(draws, _WORK // table.n))
        p, how = kruskal_permutation(table, used_draws, seed), "permutasi"
    official = [math.nan if unsur is not None else official_index(pola.restrict(codes == g)) for g in keep]
    groups = tuple(_group(table, g, name, official[g]) for g, name in enumerate(names))
    return Comparison(
        groups=groups,
        kunci=by,
        unsur=unsur,
        h=h,
        df=df,
        p=p,
        method=how,
        epsilon2=h / (table.n - 1),
        pairs=Pairs(pairs, signifikansi, (), pola.kuesioner),
        signifikansi=signifikansi,
        draws=used_draws,
        seed=seed if used_draws else None,
        catatan=(*_directions(pairs, groups, signifikansi), *_notes(pola, full, labels, names, by, maks_kelompok)),
        kuesioner=pola.kuesioner,
        epsilon2_interval=NO_EPSILON if math.isnan(h) or len(names) == 2 else epsilon_interval(table, p, 0.95, seed),
    )


def p_text(p: float, lang: str | None = None) -> str:
    """Return p as people write it: three decimals, or below 0.001; more near 0.05, so that its side can be seen.

    >>> p_text(0.04996, "en"), p_text(0.05, "en"), p_text(0.0442, "en")
    ('p = 0.04996', 'p = 0.050', 'p = 0.044')
    """
    if p < 0.0005:
        return say("p-kecil", lang)
    if p < 0.05 and round(p, 3) >= 0.05:
        return say("p-dekat", lang, p=min(p, 0.04999))
    return say("p", lang, p=p)


def _directions(pairs: tuple[Pair, ...], groups: tuple[GroupRanks, ...], signifikansi: float) -> list[Finding]:
    """Tell pairs that the ranks show to differ one way while their means or official figures lie the other way."""
    of = {g.label: g for g in groups}
    found = []
    for pair in pairs:
        if not pair.p_holm < signifikansi:
            continue
        high, low = (of[label] for label in _ordered(pair))
        if high.mean < low.mean or high.ikm < low.ikm:
            against = high.mean < low.mean
            first, second = (high.mean, low.mean) if against else (high.ikm, low.ikm)
            found.append(
                caution(
                    "arah-berlawanan" if against else "arah-berlawanan-ikm",
                    a=group_name(high.label),
                    b=group_name(low.label),
                    nilai_a=first,
                    nilai_b=second,
                )
            )
    return found


def _pairs(table: RankTable, names: list[Any], method: str, limit: int, draws: int, seed: int) -> tuple[Pair, ...]:
    if len(names) > max(limit, 2):
        return ()
    found = []
    for a in range(len(names)):
        for b in range(a + 1, len(names)):
            two = table.only(a, b)
            n_a, n_b = (int(n) for n in two.sizes)
            u, effect = mann_whitney(two)
            if method == "permutasi" or (method == "otomatis" and sparse(two)):
                z = math.nan
                p, how = mann_whitney_exact(two, draws, seed)
                how = f"mann-whitney-{how}"
            elif len(names) == 2:
                (z, p), how = mann_whitney_normal(two), "mann-whitney"
            else:
                z, how = dunn(table, a, b), "dunn"
                p = math.nan if math.isnan(z) else normal_two_sided(z)
            found.append((names[a], names[b], n_a, n_b, effect, u, z, p, how, effect_interval(two, 0.95)))
    adjusted = holm([row[7] for row in found])
    return tuple(Pair(*row[:8], q, *row[8:]) for row, q in zip(found, adjusted, strict=True))


def _group(table: RankTable, g: int, label: Any, ikm: float) -> GroupRanks:
    counts = table.counts[g]
    n = int(counts.sum())
    upto = np.cumsum(counts)
    low, high = (int(np.searchsorted(upto, k, side="left")) for k in ((n + 1) // 2, n // 2 + 1))
    return GroupRanks(
        label,
        n,
        float(counts @ table.values / n),
        float((table.values[low] + table.values[high]) / 2),
        float(counts @ table.midranks / n),
        ikm,
    )


def _ordered(pair: Pair) -> tuple[Any, Any]:
    return (pair.b, pair.a) if pair.effect < 0 else (pair.a, pair.b)


def _notes(
    pola: Pola, full: RankTable, labels: tuple[tuple[Any, ...], ...], names: list[Any], by: str, limit: int
) -> tuple[Finding, ...]:
    found = []
    unnamed = sum(int(full.sizes[g]) for g, label in enumerate(labels) if single(label) is None)
    if unnamed:
        found.append(note("tanpa-kelompok", banyak=unnamed, kunci=by))
    empty = [
        group_name(single(label)) for g, label in enumerate(labels) if full.sizes[g] == 0 and single(label) is not None
    ]
    if empty:
        found.append(caution("kelompok-kosong", kelompok=empty))
    if len(names) > max(limit, 2):
        found.append(note("kelompok-banyak", banyak=len(names), pasangan=len(names) * (len(names) - 1) // 2))
    if pola.w is not None:
        found.append(note("tanpa-bobot"))
    return (*found, note("uji-sampel-acak"))
