"""Reference numbers of designs, calibration, change, the lowest unsur and small units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from skm.sampling import plan_change
from skm.stats import _core as st
from support.ref24 import pola, rows
from support.reference_cases import CHECKS, Check

AGE = (23, 41, 35, 52, 29, 33, 47, 60, 38, 26, 44, 31, 57, 49, 36, 28, 63, 40, 34, 45, 30, 55, 27, 39)
SEX = {"sex": {"L": 50, "P": 70}}
BOTH = {"sex": {"L": 50, "P": 70}, "edu": {"S1": 48, "S2": 12, "SMA": 60}}
HAND = {"A": 8, "B": 16, "C": 5}


def _columns(data: str) -> dict[str, list[Any]]:
    return {**{k: [r[k] for r in rows(data)] for k in ("sex", "edu", "unit", "psu")}, "age": list(AGE)}


def _w(data: str) -> list[float]:
    return [float(r["w"]) for r in rows(data)]


def _pola(data: str, keys: tuple[str, ...], weights: Any) -> Any:
    """Return patterns divided by columns that the files do not all hold."""
    from skm.counts.pola import Pola, collapse_weighted

    plain = pola(data)
    columns = [np.array([int(r[f"u{j}"] or 0) for r in rows(data)], np.int8) for j in range(1, 10)]
    given = _columns(data)
    labels = list(zip(*(given[k] for k in keys), strict=True))
    names = sorted(set(labels), key=repr)
    groups = np.array([names.index(x) for x in labels])
    made = collapse_weighted(columns, groups, 4, len(names), np.asarray(weights, float))
    return Pola(plain.kuesioner, *made[:3], keys, tuple(names), *made[3:])


def _calibrated(
    data: str, targets: Any, method: Any, *, weighted: bool = False, design: Any = None, extra: tuple[str, ...] = ()
) -> Callable[[], list[float]]:
    def compute() -> list[float]:
        made = st.calibrate(_columns(data), targets, method=method, weights=_w(data) if weighted else None)
        keys = tuple(dict.fromkeys((*made.keys, *extra)))
        p = _pola(data, keys, made.weights)
        before = _pola(data, keys, _w(data)).w if weighted else None
        r = st.mean_interval(p, interval="t", projection=made.projection(p, before), **(design or {}))
        e = r["L"].ikm if "by" in (design or {}) else r.ikm
        return [e.estimate, e.se]

    return compute


def _in_clusters() -> list[float]:
    sizes = {"A": 6.0, "B": 5.0, "C": 4.0}
    base = [sizes[r["unit"]] for r in rows("ref24")]
    made = st.calibrate(_columns("ref24"), SEX, method="greg", weights=base)
    keys = ("sex", "unit", "psu")
    p, before = _pola("ref24", keys, made.weights), _pola("ref24", keys, base)
    r = st.mean_interval(p, strata="unit", clusters="psu", projection=made.projection(p, before.w))
    return [r.ikm.estimate, r.ikm.se]


def _jackknife() -> list[float]:
    w, n = np.array(_w("ref24")), 24
    each = [np.where(np.arange(n) == i, 0, w * n / (n - 1)) for i in range(n)]
    r = st.replicate_interval(pola(weights=list(w)), [pola(weights=list(v)) for v in each])
    return [r.ikm.estimate, r.ikm.se]


def _cluster_fpc() -> list[float]:
    p = _pola("ref24", ("unit", "psu"), [{"A": 6.0, "B": 5.0, "C": 4.0}[r["unit"]] for r in rows("ref24")])
    r = st.mean_interval(p, strata="unit", clusters="psu", n_clusters=HAND)
    return [r.ikm.estimate, r.ikm.se]


def _pair(data: str, a: str, b: str, **options: Any) -> Any:
    from skm.stats._design import make_design
    from skm.stats._linear import linearised

    p = pola(data)
    design = make_design(p, **options)
    made = linearised(p, design)
    i, j = made.names.index(a), made.names.index(b)
    gap = made.linear[:, [i]] - made.linear[:, [j]]
    return float(made.value[i] - made.value[j]), float(np.sqrt(design.variance(gap)[0]))


def _changes() -> list[float]:
    answers = np.array([[int(r[f"u{j}"]) for j in range(1, 10)] for r in rows("ref24")])
    units = [r["unit"] for r in rows("ref24")]
    first = st.mean_interval(pola(answers=answers, by=units), by="grup")
    second = st.mean_interval(pola(answers=np.where(answers > 2, answers - 1, answers), by=units), by="grup")
    found = st.unit_changes(first, second, variance="welch").units
    return [*(u.change.p for u in found), *(u.p_holm for u in found)]


def _units() -> dict[Any, tuple[float, float, int]]:
    groups = st.mean_interval(pola(by=("unit",)), by="unit")
    shift = {"A": 0, "B": 12, "C": -9}
    own = {k: (r.ikm.estimate + shift[k], r.ikm.se, 8) for k, r in groups.items()}
    return own | {"D": (70.1, 9.1**0.5, 12), "E": (88.4, 4.4**0.5, 30), "F": (79.3, 16.2**0.5, 9)}


def _shrunk(mods: bool = False) -> Any:
    size = {"ukuran": dict(zip("ABCDEF", (8, 8, 8, 12, 30, 9), strict=True))}
    return st.shrink_units(_units(), covariates=size if mods else None)


def _unsur(place: int) -> str:
    return str(pola().kuesioner.unsur[place - 1])


MORE: tuple[Check, ...] = (
    *(
        check
        for data, prefix, told in (("ref24", "", ""), ("ref24m", "blank-", ", jawaban kosong"))
        for check in (
            Check(f"pascastrata{told}", (f"{prefix}post.sex",), _calibrated(data, SEX, "pascastrata")),
            Check(
                f"pascastrata, bobot awal{told}",
                (f"{prefix}post.sex-w",),
                _calibrated(data, SEX, "pascastrata", weighted=True),
            ),
            Check(
                f"raking dengan galat baku kalibrasi{told}", (f"{prefix}cal.raking",), _calibrated(data, BOTH, "raking")
            ),
            Check(f"penaksir regresi (GREG){told}", (f"{prefix}cal.greg",), _calibrated(data, BOTH, "greg")),
            Check(
                f"GREG dengan jumlah umur, bobot awal{told}",
                (f"{prefix}cal.greg-age-w",),
                _calibrated(data, {**BOTH, "age": 120 * 39.5}, "greg", weighted=True),
            ),
        )
    ),
    Check(
        "GREG: bobot tiap responden",
        ("cal.greg-age-w.weights",),
        lambda: list(
            st.calibrate(_columns("ref24"), {**BOTH, "age": 120 * 39.5}, method="greg", weights=_w("ref24")).weights
        ),
    ),
    Check(
        "GREG berbatas: bobot tiap responden",
        ("cal.bounded.weights",),
        lambda: list(
            st.calibrate(_columns("ref24"), BOTH, method="greg", weights=_w("ref24"), bounds=(0.4, 1.9)).weights
        ),
    ),
    Check("pemangkasan bobot", ("trim.weights",), lambda: list(st.trim_weights(_w("ref24"), high=1.9))),
    Check("GREG, klaster dalam strata", ("cal.cluster",), _in_clusters),
    Check(
        "GREG, domain",
        ("cal.domain",),
        _calibrated("ref24", {"edu": BOTH["edu"]}, "greg", design={"by": "sex"}, extra=("sex",)),
    ),
    Check("bobot replikasi JK1", ("replicate.jk1",), _jackknife),
    Check("klaster dengan koreksi populasi klaster", ("cluster.fpc",), _cluster_fpc),
    Check(
        "Friedman: khi-kuadrat, db, p",
        ("friedman",),
        lambda: [(r := st.rank_unsur(pola(), pvalue="asimtotik")).chi2, r.df, r.p],
    ),
    Check("selisih unsur berpasangan: galat baku", ("paired.se",), lambda: [_pair("ref24", _unsur(4), _unsur(9))[1]]),
    Check(
        "selisih unsur berpasangan, jawaban kosong",
        ("blank.paired",),
        lambda: _pair("ref24m", _unsur(4), _unsur(9), population=120),
    ),
    Check(
        "nilai kritis semua pasangan unsur (max-t)", ("max-t.critical",), lambda: [st.rank_unsur(pola()).critical], 0.03
    ),
    Check(
        "daya untuk melihat perubahan",
        ("power",),
        lambda: [
            plan_change(3, sd=12, n=100).power,
            plan_change(8, sd=9, n=15).power,
            plan_change(4, sd=12, n=40, overlap=1, correlation=0.7).power,
        ],
        1e-8,
    ),
    Check("perubahan tiap unit, p dan Holm", ("unit.changes",), _changes),
    Check(
        "unit kecil: ragam antarunit (REML), angka bersama",
        ("eb.reml",),
        lambda: [(r := _shrunk()).tau2, r.coefficients[0], r.se_coefficients[0]],
        1e-6,
    ),
    Check(
        "unit kecil: angka susut dan galat bakunya",
        ("eb.blup",),
        lambda: [*(u.shrunk for u in _shrunk().units), *(u.se_shrunk for u in _shrunk().units)],
        1e-6,
    ),
    Check(
        "unit kecil dengan peubah: ragam, koefisien",
        ("eb.mods",),
        lambda: [(r := _shrunk(mods=True)).tau2, *r.coefficients],
        1e-5,
    ),
    Check(
        "unit kecil dengan peubah: angka susut",
        ("eb.mods.blup",),
        lambda: [u.shrunk for u in _shrunk(mods=True).units],
        1e-5,
    ),
    Check(
        "bagian jawaban menurut kelompok (Rao-Scott F, db, p)",
        ("rao-scott",),
        lambda: [
            (
                r := st.share_test(
                    _pola(
                        "ref24",
                        ("sex", "unit", "psu"),
                        [{"A": 6.0, "B": 5.0, "C": 4.0}[x["unit"]] for x in rows("ref24")],
                    ),
                    "sex",
                    _unsur(4),
                    strata="unit",
                    clusters="psu",
                )
            ).f,
            r.df1,
            r.df2,
            r.p,
        ],
    ),
)
ALL = (*CHECKS, *MORE)
