"""Our statistics beside the reference numbers: one list, used by the tests and by the generated table in docs."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from skm.sampling import plan_sample, sample_size
from skm.stats import _core as st
from skm.stats._dist import normal_two_sided, range_quantile
from skm.stats._ranks import mann_whitney_normal, rank_table
from skm.stats._scores import scores
from skm.stats._units import _between
from support.ref24 import UNITS, pola, rows, values

EXACT = 1e-10
SERIES = (76.20, 77.05, 76.81, 78.40, 78.40, 79.95, 79.12, 81.30)
DISTINCT = (76.20, 77.05, 76.81, 78.40, 78.41, 79.95, 79.12, 81.30)
IMPORTANCE = (3.8, 3.6, 3.7, 3.2, 3.5, 3.9, 3.4, 3.6, 3.1)


@dataclass(frozen=True)
class Check:
    """A statistic, the names of its reference numbers, how to compute them, and what deviation is allowed."""

    statistic: str
    names: tuple[str, ...]
    compute: Callable[[], Sequence[float]]
    tolerance: float = EXACT

    @property
    def reference(self) -> list[float]:
        """The reference numbers, one after another."""
        found: list[float] = []
        for name in self.names:
            value = known()[name]["nilai"]
            found += value if isinstance(value, list) else [value]
        return found

    @property
    def source(self) -> str:
        """Packages and versions."""
        return ", ".join(dict.fromkeys(known()[name]["sumber"] for name in self.names))

    def deviation(self) -> float:
        """Return the largest absolute deviation."""
        ours, theirs = [float(v) for v in self.compute()], self.reference
        assert len(ours) == len(theirs), (self.statistic, len(ours), len(theirs))
        assert not any(map(math.isnan, ours)), self.statistic
        return max(abs(a - b) for a, b in zip(ours, theirs, strict=True))


@cache
def known() -> dict[str, Any]:
    """Return all reference numbers."""
    more = Path(__file__).parents[1] / "reference" / "values-lain.json"
    return values() | json.loads(more.read_text(encoding="utf-8"))


def _all(e: Any) -> list[float]:
    return [e.estimate, e.se, e.interval.low, e.interval.high]


def _index(data: str, *, weights: str | None = None, **options: Any) -> Callable[[], list[float]]:
    return lambda: _all(st.mean_interval(pola(data, by=("unit", "psu"), weights=weights), interval="t", **options).ikm)


def _names(key: str) -> tuple[str, ...]:
    return (f"{key}.ikm", f"{key}.se", f"{key}.ci")


def _unsur(number: int, data: str = "ref24", **options: Any) -> Any:
    p = pola(data)
    return st.mean_interval(p, interval="t", **options).unsur[p.kuesioner.unsur[number - 1]]


def _groups(data: str, by: str, population: Any, labels: str) -> list[float]:
    r = st.mean_interval(pola(data, by=(by,)), by=by, population=population)
    return [v for g in labels for v in (r[g].ikm.estimate, r[g].ikm.se)]


def _lonely(data: str) -> list[float]:
    people = rows(data)
    answers = [[int(r[f"u{j}"] or 0) for j in range(1, 10)] for r in people]
    p = pola(answers=answers, by=[*(r["unit"] for r in people[:-1]), "D"])
    sizes = {"A": 48, "B": 40, "C": 28, "D": 4}
    return _all(st.mean_interval(p, strata="grup", population=sizes, strata_tunggal="pusat", interval="t").ikm)


def _raked() -> Any:
    data = rows("ref24")
    columns = {key: [r[key] for r in data] for key in ("sex", "edu")}
    return st.rake(columns, {"sex": {"L": 60, "P": 60}, "edu": {"S1": 48, "S2": 12, "SMA": 60}})


def _cells() -> list[float]:
    data, w = rows("ref24"), _raked().weights
    cells = [("L", "S1"), ("L", "S2"), ("L", "SMA"), ("P", "S1"), ("P", "SMA")]
    return [next(x for r, x in zip(data, w, strict=True) if (r["sex"], r["edu"]) == cell) for cell in cells]


def _alpha(data: str = "ref24", by: str | None = None) -> Any:
    return st.cronbach_alpha(pola(data, by=(by,) if by else ()), by=by)


def _matrix(data: str, method: Any) -> list[float]:
    m = st.association(pola(data), method=method).matrix()
    return [float(m[i, j]) for j in range(9) for i in range(j)]


def _u2u3(method: Any) -> list[float]:
    p = pola()
    pair = st.association(p, method=method, pvalue="asimtotik")[p.kuesioner.unsur[1], p.kuesioner.unsur[2]]
    return [pair.coefficient, pair.p]


def _compare(by: str, **options: Any) -> Any:
    return st.compare_groups(pola(by=(by,)), by, **options)


def _welch() -> list[float]:
    g = st.mean_interval(pola(by=("unit",)), by="unit")
    c = st.difference(g["A"], g["B"], variance="welch").ikm
    return [c.difference, c.se, c.df, c.interval.low, c.interval.high, c.p]


def _csi() -> list[float]:
    p = pola()
    q = st.importance_performance(p)
    importance = dict(zip(p.kuesioner.unsur, IMPORTANCE, strict=True))
    return [st.csi({u: v.performance for u, v in q.unsur.items()}, importance).csi]


def _icc(shift: tuple[int, int, int] = (0, 0, 0)) -> list[float]:
    p = pola(by=("unit",))
    y = scores(p) + np.array(shift)[p.kelompok]
    b = _between(y, p.kali, p.kelompok, [0, 1, 2], 0.95, 0.7)
    return [b.icc, b.interval.low, b.interval.high, b.reliability]


def _table(by: str) -> Any:
    p = pola(by=(by,))
    return rank_table(scores(p), p.kali, p.kelompok, len(p.label))


def _loadings() -> list[float]:
    return [x * math.sqrt(23 / 24) for x in _alpha().omega.loadings]


U4 = pola().kuesioner.unsur[3]
DESIGNS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("acak sederhana, N = 120", "srs", {"population": 120}),
    ("berbobot", "weighted", {"weights": "w"}),
    ("berlapis", "strata", {"strata": "unit", "population": UNITS}),
    ("klaster dalam strata", "cluster", {"strata": "unit", "clusters": "psu", "population": UNITS}),
)

CHECKS: tuple[Check, ...] = (
    *(Check(f"IKM, {label}", _names(key), _index("ref24", **options)) for label, key, options in DESIGNS),
    Check("IKM, acak sederhana, jawaban kosong", _names("blank"), _index("ref24m", population=120)),
    Check("IKM, jawaban kosong, tanpa koreksi populasi", _names("blank-iid"), _index("ref24m", level=0.95)),
    *(
        Check(f"IKM, {label}, jawaban kosong", _names(f"blank-{key}"), _index("ref24m", **options))
        for label, key, options in DESIGNS[1:]
    ),
    Check("IKM, strata tunggal dipusatkan", _names("lonely"), lambda: _lonely("ref24")),
    Check("IKM, strata tunggal dipusatkan, jawaban kosong", _names("blank-lonely"), lambda: _lonely("ref24m")),
    *(
        Check(f"rata-rata unsur {j}", (f"srs.u{j}",), lambda j=j: _all(_unsur(j, population=120)))  # type: ignore[misc]
        for j in (1, 4, 9)
    ),
    Check("rata-rata unsur 4, tanpa koreksi populasi", ("iid.u4",), lambda: _all(_unsur(4))),
    Check("rata-rata unsur 4, jawaban kosong", ("blank.u4",), lambda: _all(_unsur(4, "ref24m", population=120))[:2]),
    Check(
        "IKM, hanya responden lengkap",
        ("blank.listwise",),
        lambda: _all(st.mean_interval(pola("ref24m"), population=120, estimator="hanya-lengkap").ikm)[:2],
    ),
    Check(
        "IKM, rata-rata per responden",
        ("blank.person",),
        lambda: _all(st.mean_interval(pola("ref24m"), population=120, estimator="per-responden").ikm)[:2],
    ),
    Check(
        "IKM per unit (strata)",
        tuple(f"strata.unit.{g}" for g in "ABC"),
        lambda: _groups("ref24", "unit", UNITS, "ABC"),
    ),
    Check(
        "IKM per unit (strata), jawaban kosong",
        tuple(f"blank-strata.unit.{g}" for g in "ABC"),
        lambda: _groups("ref24m", "unit", UNITS, "ABC"),
    ),
    Check("IKM per jenis kelamin (domain)", ("srs.sex.L", "srs.sex.P"), lambda: _groups("ref24", "sex", 120, "LP")),
    Check(
        "IKM per jenis kelamin (domain), jawaban kosong",
        ("blank.sex.L", "blank.sex.P"),
        lambda: _groups("ref24m", "sex", 120, "LP"),
    ),
    Check(
        "efek rancangan (tanpa/dengan pengembalian)",
        ("deff.strata.wor", "deff.strata.wr"),
        lambda: _deff("wor", "wr", strata="unit", population=UNITS),
    ),
    Check("efek rancangan, berbobot", ("deff.weighted.wr",), lambda: _deff("wr", weights="w")),
    Check(
        "efek rancangan, klaster",
        ("deff.cluster.wor",),
        lambda: _deff("wor", strata="unit", clusters="psu", population=UNITS),
    ),
    Check("ukuran efektif Kish", ("kish.w",), lambda: [st.kish([float(r["w"]) for r in rows("ref24")])]),
    Check(
        "raking: bobot tiap sel",
        ("rake.L.S1", "rake.L.S2", "rake.L.SMA", "rake.P.S1", "rake.P.SMA"),
        _cells,
    ),
    Check(
        "raking: IKM, Kish, IKM dan galat baku dengan bobot tetap",
        ("rake.ikm", "rake.kish", *_names("rake-fixed")),
        lambda: [
            (r := st.mean_interval(pola(weights=(w := _raked()).weights), interval="t")).ikm.estimate,
            w.n_effective,
            *_all(r.ikm),
        ],
    ),
    Check("alpha Cronbach", ("alpha",), lambda: [_alpha().alpha]),
    Check("alpha, interval Feldt", ("alpha.ci",), lambda: [_alpha().interval.low, _alpha().interval.high]),
    Check("alpha butir dibakukan", ("alpha.std",), lambda: [_alpha().standardised]),
    Check("alpha tanpa butir", ("alpha.drop",), lambda: list(_alpha().dropped.values())),
    Check("alpha, jawaban kosong", ("blank.alpha",), lambda: [_alpha("ref24m").alpha]),
    Check(
        "alpha, jawaban kosong, interval Feldt",
        ("blank.alpha.ci",),
        lambda: [(i := _alpha("ref24m").interval).low, i.high],
    ),
    Check(
        "alpha per unit",
        tuple(f"alpha.unit.{g}" for g in "ABC"),
        lambda: [v.alpha for v in _alpha(by="unit").kelompok.values()],
    ),
    Check("alpha dalam unit", ("alpha.within",), lambda: [_alpha(by="unit").within.alpha]),
    Check("omega McDonald", ("omega",), lambda: [_alpha().omega.omega], 1e-6),
    Check("muatan faktor (ragam dengan pembagi n)", ("omega.loadings",), _loadings, 1e-5),
    Check("r item-total", ("r.total",), lambda: [v.r_total for v in st.item_validity(pola()).butir.values()]),
    Check(
        "p item-total",
        ("r.total.p",),
        lambda: [v.p for v in st.item_validity(pola(), pvalue="asimtotik").butir.values()],
    ),
    Check("r terkoreksi", ("r.drop",), lambda: [v.r_corrected for v in st.item_validity(pola()).butir.values()]),
    Check(
        "r terkoreksi, jawaban kosong",
        ("blank.r.drop",),
        lambda: [v.r_corrected for v in st.item_validity(pola("ref24m")).butir.values()],
    ),
    Check("r tabel, n = 24", ("r.tabel.24",), lambda: [st.item_validity(pola()).r_tabel]),
    Check("Kruskal-Wallis, IKM", ("kw.unit",), lambda: [(c := _compare("unit", method="asimtotik")).h, c.p]),
    Check(
        "Kruskal-Wallis, unsur 4",
        ("kw.unit.u4",),
        lambda: [(c := _compare("unit", method="asimtotik", unsur=U4)).h, c.p],
    ),
    Check(
        "Mann-Whitney U dan p normal",
        ("mwu.sex",),
        lambda: [(c := _compare("sex", method="asimtotik")).pairs.pairs[0].u, c.p],
    ),
    Check("Mann-Whitney eksak dengan nilai kembar", ("mwu.sex.exact",), lambda: [_compare("sex").p]),
    Check(
        "Mann-Whitney p normal tanpa koreksi kontinuitas",
        ("mwu.sex.nocc",),
        lambda: [mann_whitney_normal(_table("sex"), continuity=False)[1]],
    ),
    Check(
        "Mann-Whitney eksak, tiga lawan tiga",
        ("mwu.small.exact",),
        lambda: [st.compare_groups(pola(answers=[[3], [3], [4], [4], [4], [4]], by=(1, 1, 1, 2, 2, 2)), "grup").p],
    ),
    Check(
        "Dunn z, p, dan Holm",
        ("dunn.unit.z", "dunn.unit.p", "dunn.unit.holm"),
        lambda: [
            value
            for field in ("z", "p", "p_holm")
            for value in (getattr(pair, field) for pair in _compare("unit", method="asimtotik").pairs.pairs)
        ],
    ),
    Check("selisih dua survei (Welch)", ("welch.BA",), _welch),
    Check(
        "Jonckheere-Terpstra z dan p",
        ("jt.unit",),
        lambda: [(o := st.ordered_trend(pola(by=("unit",)), "unit", "ABC", method="asimtotik")).z, o.p],
    ),
    Check(
        "Mann-Kendall S, ragam, z, p normal, tau-a, tau-b",
        ("mk.s", "mk.var", "mk.z", "mk.p", "mk.taua", "mk.taub"),
        lambda: [(t := st.mann_kendall(SERIES)).s, t.variance, t.z, normal_two_sided(t.z), t.tau_a, t.tau_b],
    ),
    Check("Mann-Kendall p eksak", ("mk.exact.p",), lambda: [st.mann_kendall(DISTINCT).p]),
    Check("Mann-Kendall p eksak, nilai kembar", ("mk.tied.exact.p",), lambda: [st.mann_kendall(SERIES).p]),
    Check("Mann-Kendall p eksak, empat periode", ("mk.short.p",), lambda: [st.mann_kendall(SERIES[:4]).p]),
    Check("lereng Sen", ("mk.sen",), lambda: [st.mann_kendall(SERIES).slope]),
    Check("ICC(1), interval, dan ICC(1,k)", ("icc", "icc.k"), _icc),
    Check("ICC(1) bila unit berbeda 0, 10, 25 angka", ("icc.shifted", "icc.shifted.k"), lambda: _icc((0, 10, 25))),
    Check(
        "kuantil rentang studentized",
        ("qtukey.scipy",),
        lambda: [range_quantile(*a) for a in ((0.95, 3, 20.0), (0.95, 40, 60.0), (0.99, 10, 5.0))],
        1e-7,
    ),
    Check(
        "kuantil rentang studentized (qtukey)",
        ("qtukey",),
        lambda: [
            range_quantile(*a)
            for a in ((0.95, 3, 20.0), (0.95, 3, math.inf), (0.95, 40, 60.0), (0.95, 40, math.inf), (0.99, 10, 5.0))
        ],
        5e-5,
    ),
    *(
        Check(f"{name}, semua pasangan unsur", (f"{method}.matrix",), lambda m=method: _matrix("ref24", m))  # type: ignore[misc]
        for method, name in (("spearman", "rho Spearman"), ("kendall", "tau-b Kendall"))
    ),
    *(
        Check(f"{name}, jawaban kosong", (f"blank.{method}.matrix",), lambda m=method: _matrix("ref24m", m))  # type: ignore[misc]
        for method, name in (("spearman", "rho Spearman"), ("kendall", "tau-b Kendall"))
    ),
    *(
        Check(f"{name} dan p, satu pasangan", (f"{method}.u2u3",), lambda m=method: _u2u3(m))  # type: ignore[misc]
        for method, name in (("spearman", "rho Spearman"), ("kendall", "tau-b Kendall"))
    ),
    Check("CSI", ("csi",), _csi),
    Check(
        "Cochran: n0 dan n untuk N = 120, 500, 1.000, 10.000",
        ("cochran",),
        lambda: [float(plan_sample().n0), *(float(plan_sample(n).exact) for n in (120, 500, 1000, 10_000))],
    ),
    Check(
        "n untuk IKM, S = 14, e = 2, N tak hingga, 500, 1.000",
        ("mean.n",),
        lambda: [float(plan_sample(n, target="indeks", sd=14, margin=2).exact) for n in (None, 500, 1000)],
    ),
    Check(
        "Slovin N = 120, 500, 1.000, 10.000",
        ("slovin",),
        lambda: [float(_slovin(n)) for n in (120, 500, 1000, 10_000)],
    ),
)


def _deff(*fields: str, weights: str | None = None, **options: Any) -> list[float]:
    d = st.mean_interval(pola(by=("unit", "psu"), weights=weights), **options).deff
    return [getattr(d, field) for field in fields]


def _slovin(population: int) -> Any:
    from skm.sampling._methods import _slovin as formula

    return formula(population, sample_size(population, method="slovin").options)
