"""Who answered: counts and shares per characteristic, and the index by level on request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from skm.answers.ages import bin_ages, check_bins, parse_bins, with_age_groups
from skm.answers.levels import ArrangedLevel, arrange
from skm.answers.understand import Reading
from skm.basics import messages
from skm.basics.errors import DataError, EmptyDataError, OptionError
from skm.basics.numbers import format_decimal, resolve_lang, round_half_up
from skm.basics.reading_numbers import read_count
from skm.basics.table import Table, TableColumn
from skm.basics.values import ExactFraction, Finding, plain
from skm.basics.words import normalise
from skm.counts.hitungan import Hitungan
from skm.counts.pola import Pola
from skm.counts.reduce import COUNTS, reduce
from skm.regulasi import Regulasi, _bobot, _kuesioner
from skm.regulasi._kuesioner import Ciri
from skm.scores.many import columnar
from skm.scores.options import ScoreOptions
from skm.scores.result import SCHEMA

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BarisProfil", "Profil", "bin_ages", "build", "check_bins", "parse_bins", "with_age_groups"]

_AREA = "profil"


@dataclass(frozen=True, slots=True)
class BarisProfil:
    """One level of a characteristic.

    Attributes
    ----------
    tingkat : object
        The level as the data have it; None for respondents who did not fill it in.
    nama : mapping
        The level as people read it, by language.
    jumlah : int
        Respondents.
    bagian : ExactFraction
        Their exact share of all respondents, 0 to 1.
    ikm, mutu : Decimal, str or None
        Index (25-100) and letter of these respondents; None where not asked for or nobody answered.
    """

    tingkat: Any
    nama: Mapping[str, str]
    jumlah: int
    bagian: ExactFraction
    ikm: Decimal | None = None
    mutu: str | None = None

    @property
    def persentase(self) -> Decimal:
        """Share in percent, rounded half up to two decimals."""
        return round_half_up(self.bagian * 100, 2)

    def name(self, lang: str | None = None) -> str:
        """Return the level as people read it."""
        return self.nama[resolve_lang(lang)]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Profil:
    """The respondents by characteristic.

    Attributes
    ----------
    karakteristik : mapping
        Characteristic -> its rows; the counts of each characteristic sum to ``n``.
    n : int
        All respondents.
    catatan : tuple of Finding
        What a reader has to know.
    opsi : ScoreOptions or None
        How the index by level was computed; None where it was not asked for.
    """

    karakteristik: Mapping[str, tuple[BarisProfil, ...]]
    n: int
    catatan: tuple[Finding, ...]
    opsi: ScoreOptions | None = None
    judul: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    regulasi: Regulasi | None = field(default=None, repr=False)
    bobot: str = ""

    def table(self, lang: str | None = None) -> Table:
        """Return the table of the report: No, Karakteristik, Indikator, Jumlah, Persentase."""
        language = resolve_lang(lang)
        t = _texts(language)
        columns = [
            TableColumn("no", t("kolom-no")),
            TableColumn("karakteristik", t("kolom-karakteristik")),
            TableColumn("indikator", t("kolom-indikator")),
            TableColumn("jumlah", t("kolom-jumlah"), "count"),
            TableColumn("persentase", t("kolom-persentase"), "decimal", 2),
        ]
        if self.opsi is not None:
            columns += [TableColumn("ikm", "IKM", "decimal", _places(self.opsi)), TableColumn("mutu", t("kolom-mutu"))]
        rows = []
        for number, (key, levels) in enumerate(self.karakteristik.items(), start=1):
            for position, row in enumerate(levels):
                lead = ("", "") if position else (str(number), self.judul[key][language])
                cells = (*lead, row.name(language), row.jumlah, row.bagian * 100)
                rows.append((*cells, row.ikm, row.mutu) if self.opsi is not None else cells)
        return Table(t("judul", n=self.n), tuple(columns), tuple(rows), self._notes(language), language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a level, numeric: shares in percent, unrounded."""
        import pandas as pd

        pairs = [(key, row) for key, levels in self.karakteristik.items() for row in levels]
        data: dict[str, Any] = {
            "karakteristik": [key for key, _ in pairs],
            "indikator": [row.name("id") for _, row in pairs],
            "jumlah": pd.array([row.jumlah for _, row in pairs], dtype="Int64"),
            "persentase": [float(row.bagian * 100) for _, row in pairs],
        }
        if self.opsi is not None and self.regulasi is not None:
            letters = [k.mutu for k in self.regulasi.kategori]
            data["ikm"] = [float("nan") if row.ikm is None else float(row.ikm) for _, row in pairs]
            data["mutu"] = pd.Categorical([row.mutu for _, row in pairs], categories=letters, ordered=True)
        return pd.DataFrame(data)

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; shares and figures are text."""
        language = resolve_lang(lang)
        karakteristik = []
        for key, levels in self.karakteristik.items():
            rows = []
            for row in levels:
                entry = {
                    "tingkat": plain(row.tingkat),
                    "nama": row.name(language),
                    "jumlah": row.jumlah,
                    "bagian": plain(row.bagian),
                    "persentase": plain(row.persentase),
                }
                rows.append(entry if self.opsi is None else {**entry, "ikm": plain(row.ikm), "mutu": row.mutu})
            karakteristik.append({"id": key, "nama": self.judul[key][language], "tingkat": rows})
        out = {"versi_skema": SCHEMA, "n": self.n, "karakteristik": karakteristik}
        if self.opsi is not None and self.regulasi is not None:
            out["opsi"] = {"regulasi": self.regulasi.id, **self._choices()}
        return {**out, "catatan": [note.to_dict(language) for note in self.catatan]}

    def _choices(self) -> dict[str, str]:
        if self.opsi is None:
            return {}
        names = ("pembulatan", "kosong", "pertanyaan", "unsur_kosong")
        return {"bobot": self.bobot, **{name: getattr(self.opsi, name) for name in names}}

    def _notes(self, lang: str) -> tuple[str, ...]:
        t = _texts(lang)
        sums = {key: sum(row.persentase for row in rows) for key, rows in self.karakteristik.items()}
        odd = [f"{self.judul[k][lang]} {format_decimal(total, 2, lang)}" for k, total in sums.items() if total != 100]
        lines = [t("jumlah-persen", daftar=odd)] if odd else []
        lines += [t("catatan", teks=note.text(lang)) for note in self.catatan]
        if self.opsi is not None and self.regulasi is not None:
            bits = [self.regulasi.id, *(f"{name}={value}" for name, value in self._choices().items())]
            lines.append(t("opsi-indeks", daftar=bits))
        return tuple(lines)

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.table().to_text()


def profile_of(
    bacaan: Reading,
    keys: Sequence[str],
    *,
    tingkat: Mapping[str, Sequence[str]] | None = None,
    indeks: bool = False,
    opsi: ScoreOptions | None = None,
    batas_kecil: int = 30,
) -> Profil:
    """Count the respondents of an understood table by one characteristic at a time, and build their profile.

    See `build` for the arguments and errors.
    """
    choice = ScoreOptions() if opsi is None else opsi
    levels: dict[str, Sequence[str]] = {key: known for key, known in bacaan.tingkat.items() if key in keys}
    levels |= dict(tingkat or {})
    want = choice.needs(bacaan.kuesioner) if indeks else COUNTS
    parts, pola, notes = {}, {}, []
    for key in keys:
        found = reduce(bacaan, (key,), want, tingkat=levels.get(key))
        if found.kelompok_usia:
            levels.setdefault(key, [group.nama for group in found.kelompok_usia])
        notes += [note for note in found.catatan if note.kode.startswith("usia-")]
        parts[key] = found.hitungan
        if found.lipatan is not None:
            pola[key] = found.lipatan
    return build(
        parts, tingkat=levels, indeks=indeks, opsi=opsi, batas_kecil=batas_kecil, pola=pola or None, catatan=notes
    )


def build(
    parts: Mapping[str, Hitungan],
    *,
    tingkat: Mapping[str, Sequence[Any]] | None = None,
    indeks: bool = False,
    opsi: ScoreOptions | None = None,
    batas_kecil: int = 30,
    pola: Mapping[str, Pola] | None = None,
    catatan: Sequence[Finding] = (),
) -> Profil:
    """Build the profile from counts of the same respondents, divided by one characteristic at a time.

    Parameters
    ----------
    parts : mapping
        Characteristic, or any other column -> counts divided by it.
    tingkat : mapping, optional
        Characteristic -> its levels in order; levels that nobody has show 0, levels it does not name follow.
    indeks : bool
        Whether to compute the index of every level.
    opsi : ScoreOptions, optional
        How the index is computed. Counts are of all respondents whatever is said here.
    batas_kecil : int
        Levels with fewer respondents are noted as small where the index is shown.
    pola : mapping, optional
        Characteristic -> patterns divided by it; needed for the index under ``pertanyaan="responden"`` only.
    catatan : sequence of Finding
        Notes from before, for instance from `with_age_groups`.

    Raises
    ------
    DataError
        No characteristic, counts that are not divided by exactly one, or that are of different respondents.
    EmptyDataError
        Not a single respondent.
    OptionError
        ``tingkat`` names a characteristic that is not there, or a level twice.
    """
    opsi = ScoreOptions() if opsi is None else opsi
    small = read_count(batas_kecil, "batas_kecil")
    n = _respondents(parts)
    given = _given(tingkat or {}, parts)
    notes = list(catatan)
    kecil: list[str] = []
    karakteristik, judul = {}, {}
    for key, part in parts.items():
        ciri = _ciri(part, key)
        known = ciri is not None and ciri.id == key
        judul[key] = {lang: ciri.name(lang) if ciri and known else key for lang in ("id", "en")}
        susunan, found = arrange(key, [label[0] for label in part.label], part.n.tolist(), ciri, given.get(key))
        # Whoever turned ages into groups has told about the groups already.
        told = {note.kode for note in catatan if note.kode.startswith("usia-")}
        notes += [note for note in found if note.kode not in told]
        rows = _rows(part, susunan, n)
        if indeks:
            rows = _with_index(rows, part, susunan, opsi, (pola or {}).get(key))
            kecil += [f"{key}: {row.name('id')} ({row.jumlah})" for row in rows if 0 < row.jumlah < small]
        karakteristik[key] = rows
    if not indeks:
        return Profil(karakteristik, n, tuple(notes), judul=judul)
    if kecil:
        evidence = {"banyak": len(kecil), "batas": small, "contoh": kecil[:5]}
        notes.append(Finding("tingkat-kecil", "catatan", _AREA, evidence))
    first = next(iter(parts.values()))
    if opsi.kosong == "hanya-lengkap" and first.n_lengkap is not None and (used := int(first.n_lengkap.sum())) < n:
        notes.append(Finding("indeks-hanya-lengkap", "catatan", _AREA, {"n": n, "lengkap": used}))
    weights = _bobot.resolve(opsi.bobot, first.kuesioner.unsur)
    return Profil(karakteristik, n, tuple(notes), opsi, judul, first.kuesioner.regulasi, weights.nama)


def _respondents(parts: Mapping[str, Hitungan]) -> int:
    if not parts:
        raise DataError("profil-tidak-ada", pilihan=[c.id for c in _kuesioner.load().profil])
    for key, part in parts.items():
        if len(part.kunci) != 1:
            raise DataError("profil-satu-kunci", ciri=key, kunci=list(part.kunci) or ["-"])
    totals = {key: int(part.n.sum()) for key, part in parts.items()}
    if len(set(totals.values())) > 1:
        raise DataError("profil-n-berbeda", rincian=[f"{key} {total}" for key, total in totals.items()])
    n = next(iter(totals.values()))
    if n == 0:
        raise EmptyDataError("data-kosong")
    return n


def _given(tingkat: Mapping[str, Sequence[Any]], parts: Mapping[str, Hitungan]) -> dict[str, list[Any]]:
    out = {}
    for key, levels in tingkat.items():
        if key not in parts:
            raise OptionError("opsi-tidak-dikenal", opsi="tingkat", nilai=key, pilihan=list(parts))
        if isinstance(levels, str) or not hasattr(levels, "__iter__"):
            raise OptionError("tingkat-bukan-daftar", ciri=key, nilai=levels)
        names = list(levels)
        twice = [name for name, times in Counter(map(str, names)).items() if times > 1]
        if twice:
            raise OptionError("tingkat-ganda", ciri=key, tingkat=twice)
        out[key] = names
    return out


def _ciri(part: Hitungan, key: str) -> Ciri | None:
    """Return the characteristic that a key means, by id or by a header of it."""
    found = part.kuesioner.ciri(key)
    if found is not None:
        return found
    wanted = normalise(key)
    for ciri in part.kuesioner.profil:
        if wanted in map(normalise, (*ciri.nama.values(), *ciri.sinonim)):
            return ciri
    return None


def _rows(part: Hitungan, susunan: Sequence[ArrangedLevel], n: int) -> tuple[BarisProfil, ...]:
    counts = part.n.tolist()
    jumlah = [sum(counts[i] for i in one.posisi) for one in susunan]
    return tuple(
        BarisProfil(one.tingkat, one.nama, count, ExactFraction(count, n))
        for one, count in zip(susunan, jumlah, strict=True)
    )


def _with_index(
    rows: Sequence[BarisProfil], part: Hitungan, susunan: Sequence[ArrangedLevel], opsi: ScoreOptions, pola: Pola | None
) -> tuple[BarisProfil, ...]:
    present = [one for one in susunan if one.posisi]
    counts = _regroup(part, present)
    patterns = {} if pola is None else dict(pola.groups())
    _, _, ikm, mutu = columnar(counts, opsi, patterns)
    figures = {
        id(one): (None if np.isnan(value) else round_half_up(float(value), _places(opsi)), letter)
        for one, value, letter in zip(present, ikm.tolist(), mutu, strict=True)
    }
    return tuple(
        BarisProfil(row.tingkat, row.nama, row.jumlah, row.bagian, *figures.get(id(one), (None, None)))
        for row, one in zip(rows, susunan, strict=True)
    )


def _regroup(part: Hitungan, susunan: Sequence[ArrangedLevel]) -> Hitungan:
    """Return the counts in the order of the rows; several kinds of blank become one group."""
    return part.summed([one.posisi for one in susunan], part.kunci, tuple((one.tingkat,) for one in susunan))


def _places(opsi: ScoreOptions) -> int:
    return 3 if opsi.pembulatan == "indeks-3" else 2


def _texts(lang: str) -> Any:
    def text(code: str, **fields: Any) -> str:
        return messages.text(_AREA, code, lang, **fields)

    return text
