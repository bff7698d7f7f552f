"""Many groups at once: columnar figures, a full `HasilIKM` on access, and combining units into one figure.

Floats carry the bulk; wherever a value lies within 1e-6 of a rounding tie it is computed exactly, so every
figure and letter equals the one that scoring the group alone gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from skm import _messages
from skm import bobot as _bobot
from skm._format import format_exact, resolve_lang, round_half_up
from skm._table import Column, Table
from skm._values import Finding, Pecahan, plain, read_count
from skm.errors import DataError, EmptyDataError, OptionError
from skm.hasil import SCHEMA, HasilIKM
from skm.hitungan import Hitungan
from skm.indeks import Asal, Opsi, materials, score
from skm.pola import Pola
from skm.regulasi import Regulasi

if TYPE_CHECKING:
    import pandas as pd

Cara = Literal["pooled", "simple", "weighted"]
_TIE = 1e-6


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class HasilKelompok(Mapping[Any, HasilIKM]):
    """Figures of many groups: a mapping from group label to `HasilIKM`, made when asked for.

    Attributes
    ----------
    kunci : tuple of str
        What the groups are of.
    n : int array
        Respondents per group.
    nrr : float array (groups, unsur)
        Means on 1-4; NaN where nobody answered.
    ikm : float array
        Rounded index per group, 25-100; NaN where there is nothing to compute.
    mutu : tuple of str or None
        Letters.
    """

    hitungan: Hitungan
    opsi: Opsi
    asal: Asal
    n: NDArray[np.int64]
    nrr: NDArray[np.float64]
    ikm: NDArray[np.float64]
    mutu: tuple[str | None, ...]
    catatan: tuple[Finding, ...] = ()
    pola: Mapping[tuple[Any, ...], Pola] = field(default_factory=dict)

    @property
    def kunci(self) -> tuple[str, ...]:
        """What the groups are of."""
        return self.hitungan.kunci

    def __getitem__(self, label: Any) -> HasilIKM:
        return self._at(self._position(label))

    def __iter__(self) -> Iterator[Any]:
        return iter([label[0] if len(label) == 1 else label for label in self.hitungan.label])

    def __len__(self) -> int:
        return len(self.hitungan.label)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a group: its keys, n, ikm, mutu and the mean of every unsur; all numeric."""
        import pandas as pd

        letters = [k.mutu for k in self.hitungan.kuesioner.regulasi.kategori]
        data: dict[str, Any] = {
            key: [label[i] for label in self.hitungan.label] for i, key in enumerate(self.kunci)
        }
        data["n"] = pd.array(self.n, dtype="Int64")
        data["ikm"] = self.ikm
        data["mutu"] = pd.Categorical(list(self.mutu), categories=letters, ordered=True)
        for i, unsur in enumerate(self.hitungan.kuesioner.unsur):
            data[unsur] = self.nrr[:, i]
        return pd.DataFrame(data)

    def table(self, lang: str | None = None) -> Table:
        """Return one row a group for people."""
        language = resolve_lang(lang)
        t = lambda code: _messages.text("kelompok", code, language)  # noqa: E731
        keys = tuple(Column(key, self._key_name(key, language)) for key in self.kunci)
        columns = (*keys, Column("n", t("kolom-n"), "count"), Column("ikm", "IKM", "decimal", 2), Column("mutu", t("kolom-mutu")))
        blank = t("tidak-diisi")
        rows = tuple(
            (*(blank if v is None else str(v) for v in label), int(n), None if np.isnan(ikm) else float(ikm), letter or "-")
            for label, n, ikm, letter in zip(self.hitungan.label, self.n, self.ikm, self.mutu, strict=True)
        )
        notes = tuple(note.text(language) for note in self.catatan)
        return Table(t("judul"), columns, rows, notes, language)

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping with a full result per group; empty groups have ``hasil`` None."""
        groups = []
        for position, label in enumerate(self.hitungan.label):
            hasil = None if np.isnan(self.ikm[position]) else self._at(position).to_dict(lang)
            groups.append({"kelompok": dict(zip(self.kunci, map(plain, label), strict=True)), "n": int(self.n[position]), "hasil": hasil})
        return {"versi_skema": SCHEMA, "kunci": list(self.kunci), "kelompok": groups}

    def _key_name(self, key: str, lang: str) -> str:
        ciri = self.hitungan.kuesioner.ciri(key)
        return ciri.name(lang) if ciri else key

    def _position(self, label: Any) -> int:
        wanted = label if isinstance(label, tuple) and len(label) == len(self.kunci) else (label,)
        try:
            return self.hitungan.label.index(wanted)
        except ValueError:
            shown = [str(part[0] if len(part) == 1 else part) for part in self.hitungan.label[:20]]
            raise OptionError("kelompok-tidak-ada", nilai=label, pilihan=shown) from None

    def _at(self, position: int) -> HasilIKM:
        return score(one_group(self.hitungan, position), self.opsi, pola=self.pola.get(self.hitungan.label[position]), asal=self.asal)

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.table().to_text()


def score_groups(
    hitungan: Hitungan, opsi: Opsi, *, pola: Pola | None = None, asal: Asal = Asal(), catatan: Sequence[Finding] = (), batas_kecil: int = 30
) -> HasilKelompok:
    """Compute the figures of all groups.

    Parameters
    ----------
    batas_kecil : int
        Groups with fewer respondents are noted as small.
    """
    by_label = {} if pola is None else dict(pola.groups())
    n, nrr, ikm, letters = columnar(hitungan, opsi, by_label)
    notes = list(catatan)
    small = [_shown(label) for label, k in zip(hitungan.label, n, strict=True) if 0 < k < batas_kecil]
    if small:
        notes.append(Finding("kelompok-kecil", "catatan", "kelompok", {"banyak": len(small), "batas": batas_kecil, "contoh": small[:5]}))
    return HasilKelompok(hitungan, opsi, asal, n, nrr, ikm, letters, tuple(notes), by_label)


def columnar(
    hitungan: Hitungan, opsi: Opsi, pola: Mapping[tuple[Any, ...], Pola]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], tuple[str | None, ...]]:
    """Return n, means, rounded index and letter of every group."""
    kuesioner, regulasi = hitungan.kuesioner, hitungan.kuesioner.regulasi
    groups = len(hitungan.n)
    simple = opsi.bobot == "tepat" and opsi.pembulatan == "nik-2" and opsi.kosong == "per-unsur" and opsi.pertanyaan == "butir" and opsi.unsur_kosong == "tinggalkan"
    n = hitungan.n_lengkap if opsi.kosong == "hanya-lengkap" and hitungan.n_lengkap is not None else hitungan.n
    nrr = _means(hitungan, opsi)
    if not simple:
        ikm, letters = np.full(groups, np.nan), [None] * groups
        for position in range(groups):
            one = _exact(hitungan, opsi, position, pola)
            if one is not None:
                ikm[position], letters[position] = float(one.ikm), one.mutu
                nrr[position] = [float(one.unsur[u].nrr) if u in one.unsur else np.nan for u in kuesioner.unsur]
        return n, nrr, ikm, tuple(letters)
    used = np.isfinite(nrr)
    counts = used.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        nik = np.where(used, nrr, 0.0).sum(axis=1) / counts * regulasi.konversi
    scale = 10**regulasi.desimal
    scaled = nik * scale
    rounded = np.floor(scaled + 0.5)
    close = np.flatnonzero(np.abs(scaled - np.floor(scaled) - 0.5) < _TIE * scale)
    for position in close.tolist():
        rounded[position] = float(_exact_nik(hitungan, opsi, position) * scale)
    bounds = np.array([float(k.nik[0] * scale) for k in regulasi.kategori[1:]])
    grade = np.searchsorted(bounds, rounded, side="right")
    names = [k.mutu for k in regulasi.kategori]
    letters = [names[g] if c else None for g, c in zip(grade.tolist(), counts.tolist(), strict=True)]
    return n, nrr, np.where(counts > 0, rounded / scale, np.nan), tuple(letters)


def one_group(hitungan: Hitungan, position: int) -> Hitungan:
    """Return one group's counts as an undivided `Hitungan`."""
    part = slice(position, position + 1)
    return Hitungan(
        hitungan.kuesioner,
        hitungan.semua[part],
        None if hitungan.lengkap is None else hitungan.lengkap[part],
        hitungan.n[part],
        None if hitungan.n_lengkap is None else hitungan.n_lengkap[part],
        hitungan.n_tanpa_jawaban[part],
    )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class HasilGabungan:
    """One figure from several units.

    Attributes
    ----------
    cara : {"pooled", "simple", "weighted"}
        All answers together; the plain mean of the units' indices; their mean weighted by ``berat``.
    ikm, ikm_tepat : Decimal, Pecahan
        25-100, rounded and exact.
    unit : tuple
        (label, exact index, weight) of every unit that counts.
    tanpa_data : tuple
        Units without data: they are left out, never counted as zero.
    """

    cara: str
    ikm: Decimal
    ikm_tepat: Pecahan
    mutu: str
    kinerja: str
    n: int | None
    unit: tuple[tuple[Any, Pecahan, Pecahan], ...]
    tanpa_data: tuple[Any, ...]
    regulasi: Regulasi
    bobot: str
    pooled: HasilIKM | None = None

    def headline(self, lang: str | None = None) -> str:
        """Return the first line, which names the method."""
        word = self.regulasi.grade(self.ikm).word(lang)
        return f"IKM {format_exact(self.ikm, lang)} ({self.mutu}, {word}); " + _messages.text("kelompok", f"cara-{self.cara}", lang)

    def table(self, lang: str | None = None) -> Table:
        """Return one row a unit with its weight."""
        language = resolve_lang(lang)
        t = lambda code, **f: _messages.text("kelompok", code, language, **f)  # noqa: E731
        columns = (Column("unit", t("kolom-unit")), Column("ikm", "IKM", "decimal", 2), Column("berat", t("kolom-berat"), "decimal", 4))
        rows = tuple((str(label), ikm, berat) for label, ikm, berat in self.unit)
        notes = [t("tanpa-data", daftar=", ".join(map(str, self.tanpa_data)))] if self.tanpa_data else []
        return Table(self.headline(language), columns, rows, tuple(notes), language)

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "versi_skema": SCHEMA,
            "cara": self.cara,
            "ikm": plain(self.ikm),
            "ikm_tepat": plain(self.ikm_tepat),
            "mutu": self.mutu,
            "kinerja": self.regulasi.grade(self.ikm).word(lang),
            "n": self.n,
            "bobot": self.bobot,
            "unit": [{"unit": plain(u), "ikm_tepat": plain(i), "berat": plain(b)} for u, i, b in self.unit],
            "tanpa_data": [plain(u) for u in self.tanpa_data],
        }

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.table().to_text()


def combine(per: HasilKelompok | Mapping[Any, HasilIKM], *, method: str, weights: Mapping[Any, Any] | str | None = None) -> HasilGabungan:
    """Combine units (or services) into one figure. See `skm.combine`."""
    if method not in get_args(Cara):
        raise OptionError("opsi-tidak-dikenal", opsi="method", nilai=method, pilihan=list(get_args(Cara)))
    if not len(per):
        raise EmptyDataError("gabung-kosong")
    labels, empty = _with_data(per)
    if not labels:
        raise EmptyDataError("tanpa-jawaban")
    units = {label: per[label] for label in labels}
    first = next(iter(units.values()))
    _same_rules(units)
    if method == "pooled":
        return _pooled(per, units, empty)
    shares = _shares(units, method, weights)
    tepat = sum((units[u].ikm_tepat * shares[u] for u in labels), Fraction(0))
    ikm = round_half_up(tepat, first.regulasi.desimal)
    kategori = first.regulasi.grade(ikm)
    total = [h.n for h in units.values() if h.n is not None]
    return HasilGabungan(
        cara=method,
        ikm=ikm,
        ikm_tepat=Pecahan(tepat),
        mutu=kategori.mutu,
        kinerja=kategori.word("id"),
        n=sum(total) if len(total) == len(units) else None,
        unit=tuple((u, h.ikm_tepat, Pecahan(shares[u])) for u, h in units.items()),
        tanpa_data=empty,
        regulasi=first.regulasi,
        bobot=first.provenance.bobot,
    )


def _pooled(per: HasilKelompok | Mapping[Any, HasilIKM], units: Mapping[Any, HasilIKM], empty: tuple[Any, ...]) -> HasilGabungan:
    if not isinstance(per, HasilKelompok):
        raise DataError("gabung-perlu-hitungan")
    pola = None
    if per.pola:
        parts = list(per.pola.values())
        pola = Pola(
            parts[0].kuesioner,
            np.concatenate([p.nilai for p in parts]),
            np.concatenate([p.kali for p in parts]),
            np.zeros(sum(len(p.kali) for p in parts), np.int64),
        )
    hasil = score(per.hitungan.total(), per.opsi, pola=pola, asal=per.asal)
    n = hasil.n or 0
    return HasilGabungan(
        cara="pooled",
        ikm=hasil.ikm,
        ikm_tepat=hasil.ikm_tepat,
        mutu=hasil.mutu,
        kinerja=hasil.kinerja,
        n=hasil.n,
        unit=tuple((u, h.ikm_tepat, Pecahan(h.n or 0, n)) for u, h in units.items()),
        tanpa_data=empty,
        regulasi=hasil.regulasi,
        bobot=hasil.provenance.bobot,
        pooled=hasil,
    )


def _with_data(per: HasilKelompok | Mapping[Any, HasilIKM]) -> tuple[list[Any], tuple[Any, ...]]:
    if isinstance(per, HasilKelompok):
        pairs = list(zip(per, np.isfinite(per.ikm).tolist(), strict=True))
        return [label for label, has in pairs if has], tuple(label for label, has in pairs if not has)
    return list(per), ()


def _same_rules(units: Mapping[Any, HasilIKM]) -> None:
    for name in ("regulasi", "bobot", "pembulatan"):
        values = {getattr(h.provenance, name) for h in units.values()}
        if len(values) > 1:
            raise DataError("gabung-aturan", apa=name, nilai=sorted(values))


def _shares(units: Mapping[Any, HasilIKM], method: str, weights: Mapping[Any, Any] | str | None) -> dict[Any, Fraction]:
    if method == "simple":
        return dict.fromkeys(units, Fraction(1, len(units)))
    if weights is None or weights == "n":
        raw = {u: h.n for u, h in units.items()}
        if weights is None or any(k is None for k in raw.values()):
            raise OptionError("gabung-berat")
        counts = {u: int(k or 0) for u, k in raw.items()}
    elif isinstance(weights, Mapping):
        missing = [u for u in units if u not in weights]
        if missing:
            raise OptionError("gabung-berat-kurang", unit=missing)
        counts = {u: read_count(weights[u], f"berat {u}", minimum=0) for u in units}
    else:
        raise OptionError("gabung-berat")
    total = sum(counts.values())
    if total <= 0:
        raise OptionError("gabung-berat")
    return {u: Fraction(k, total) for u, k in counts.items()}


def _means(hitungan: Hitungan, opsi: Opsi) -> NDArray[np.float64]:
    table = hitungan.lengkap if opsi.kosong == "hanya-lengkap" and hitungan.lengkap is not None else hitungan.jawaban
    values = np.array([float(v) for v in hitungan.kuesioner.nilai])
    with np.errstate(invalid="ignore", divide="ignore"):
        per_butir = (table @ values) / table.sum(axis=2)
    kuesioner = hitungan.kuesioner
    if len(kuesioner.unsur) == len(kuesioner.butir):
        return per_butir
    out = np.full((len(hitungan.n), len(kuesioner.unsur)), np.nan)
    for i, unsur in enumerate(kuesioner.unsur):
        columns = per_butir[:, [j for j, b in enumerate(kuesioner.butir) if b.unsur == unsur]]
        known = np.isfinite(columns)
        with np.errstate(invalid="ignore", divide="ignore"):
            out[:, i] = np.where(known, columns, 0.0).sum(axis=1) / known.sum(axis=1)
    return out


def _exact(hitungan: Hitungan, opsi: Opsi, position: int, pola: Mapping[tuple[Any, ...], Pola]) -> HasilIKM | None:
    try:
        return score(one_group(hitungan, position), opsi, pola=pola.get(hitungan.label[position]))
    except EmptyDataError:
        if opsi.unsur_kosong == "tolak" and hitungan.jawaban[position].any():
            raise
        return None


def _exact_nik(hitungan: Hitungan, opsi: Opsi, position: int) -> Decimal:
    bahan, _ = materials(hitungan, opsi, position)
    means = [b.nrr for b in bahan if b.nrr is not None]
    regulasi = hitungan.kuesioner.regulasi
    return round_half_up(sum(means, Fraction(0)) / len(means) * regulasi.konversi, regulasi.desimal)


def _shown(label: tuple[Any, ...]) -> str:
    return " / ".join("-" if part is None else str(part) for part in label)
