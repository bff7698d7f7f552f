"""The friendly face: functions that take a file's answers or any table, reduce them, and call the core."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from skm.basics.errors import DataError, InvalidAnswerError, OptionError, SKMWarning
from skm.basics.provenance import Origin
from skm.basics.reading_numbers import read_count, read_decimal
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.counts.given import read_given
from skm.regulasi import Regulasi
from skm.regulasi._choose import questionnaire
from skm.regulasi._kuesioner import Butir, Kuesioner
from skm.regulasi._unsur import is_ambiguous, order_of, unsur_id
from skm.scores import index as _indeks
from skm.scores.index import UnsurMean
from skm.scores.options import U8, Kosong, Method, Pembulatan, Pertanyaan, ScoreOptions, UnsurKosong
from skm.scores.result import HasilIKM

_Hasil = TypeVar("_Hasil", "HasilIKM", "HasilKelompok")

if TYPE_CHECKING:
    from skm.scores.combined import HasilGabungan
    from skm.scores.groups import HasilKelompok

__all__ = ["combine", "profile", "score", "score_by", "score_counts", "score_means", "score_totals"]


def score(
    data: Any,
    *,
    regulasi: str | Path | Regulasi | None = None,
    kuesioner: Any = None,
    bobot: Any = "tepat",
    pembulatan: Pembulatan = "nik-2",
    kosong: Kosong = "per-unsur",
    pertanyaan: Pertanyaan = "butir",
    unsur_kosong: UnsurKosong = "tinggalkan",
    u8: U8 | None = None,
    nilai_kosong: Sequence[Any] = (),
    columns: Sequence[str] | None = None,
) -> HasilIKM:
    """Compute the official figure: NRR, weighted NRR, IKM and mutu.

    Parameters
    ----------
    data : Survei, path, frame, mapping of columns, records, long rows, named array or Hitungan
        One row per respondent with answers 1-4, or long rows (responden, unsur, nilai). Frames are those of pandas,
        Polars (eager, lazy), PyArrow (table, dataset, reader), DuckDB, and whatever hands over an Arrow stream.
    regulasi : str, optional
        Default: the regulation of the questionnaire, permenpanrb-14-2017.
    kuesioner : str, Path or mapping, optional
        A questionnaire, or a map of unsur to column(s) such as ``{"persyaratan": "Q1", "prosedur": ["Q2", "Q3"]}``.
    bobot : str, number or mapping
        "tepat" (1/x, x = unsur in use), "3-desimal" (0.111 for nine), "2-desimal" (0.11), or own weights that
        sum to one.
    pembulatan : {"nik-2", "indeks-2", "indeks-3"}
        Round once, the index on 25-100 to two decimals; or the index on 1-4 first, then times 25.
    kosong : {"per-unsur", "hanya-lengkap", "tolak"}
        Blanks leave numerator and denominator of their unsur (the regulation's rule); only complete
        respondents count; or blanks are an error.
    pertanyaan : {"butir", "responden"}
        Where an unsur has several questions: mean of the questions' means, or of the respondents' means.
    unsur_kosong : {"tinggalkan", "tolak"}
        An unsur nobody answered is left out, loudly; or is an error.
    u8 : {"pengaduan", "sarana"}, optional
        What an unnamed U8 means.
    nilai_kosong : sequence, optional
        Values that mean "not answered".
    columns : sequence of str, optional
        Column names of a plain two-dimensional NumPy array.

    Returns
    -------
    HasilIKM

    Raises
    ------
    MissingColumnError, InvalidAnswerError, EmptyDataError, OptionError

    Notes
    -----
    PermenPANRB 14/2017, BAB V, pp. 18-21 and worksheet p. 29.

    Examples
    --------
    >>> hasil = score([{f"u{i}": 3 + (i > 5) for i in range(1, 10)}] * 5, u8="pengaduan")
    >>> hasil.ikm, hasil.mutu, hasil.kinerja
    (Decimal('86.11'), 'B', 'Baik')
    """
    from skm.io.opened import reduce
    from skm.io.options import ReadOptions

    opsi = ScoreOptions(bobot, pembulatan, kosong, pertanyaan, unsur_kosong)
    hitungan, pola, asal, notes = reduce(data, (), opsi, ReadOptions(regulasi, kuesioner, u8, nilai_kosong, columns))
    return _warned(_indeks.score(hitungan, opsi, pola=pola, asal=asal, catatan=notes))


def score_by(
    data: Any,
    by: str | Sequence[str],
    *,
    regulasi: str | Path | Regulasi | None = None,
    kuesioner: Any = None,
    bobot: Any = "tepat",
    pembulatan: Pembulatan = "nik-2",
    kosong: Kosong = "per-unsur",
    pertanyaan: Pertanyaan = "butir",
    unsur_kosong: UnsurKosong = "tinggalkan",
    u8: U8 | None = None,
    nilai_kosong: Sequence[Any] = (),
    columns: Sequence[str] | None = None,
    batas_kecil: int = 30,
) -> HasilKelompok:
    """Compute the official figure of every group.

    Parameters
    ----------
    data
        As in `score`.
    by : str or sequence of str
        A characteristic ("layanan", "usia", ...) or column, or several.
    batas_kecil : int
        Groups with fewer respondents are noted as small.

    Returns
    -------
    HasilKelompok
        A mapping from group label to `HasilIKM`; ``to_frame()`` has one row a group. Respondents without a
        label form a group of their own (None), so that counts always add up.

    Examples
    --------
    >>> rows = [{"unit": u, **{f"u{i}": v for i in range(1, 10)}} for u, v in [("A", 4), ("B", 3)]]
    >>> per = score_by(rows, "unit")
    >>> per["B"].ikm
    Decimal('75.00')
    """
    from skm.io.opened import reduce
    from skm.io.options import ReadOptions
    from skm.scores import groups as _kelompok

    opsi = ScoreOptions(bobot, pembulatan, kosong, pertanyaan, unsur_kosong)
    keys = (by,) if isinstance(by, str) else tuple(by)
    hitungan, pola, asal, notes = reduce(data, keys, opsi, ReadOptions(regulasi, kuesioner, u8, nilai_kosong, columns))
    notes += _indeks.about_regulation(hitungan.kuesioner.regulasi)
    return _warned(_kelompok.score_groups(hitungan, opsi, pola=pola, asal=asal, catatan=notes, batas_kecil=batas_kecil))


def combine(
    per: HasilKelompok | Mapping[Any, HasilIKM],
    *,
    method: Method,
    weights: Mapping[Any, Any] | Literal["n"] | None = None,
) -> HasilGabungan:
    """Combine services or units into one figure, by a method that must be named.

    Parameters
    ----------
    per : HasilKelompok or mapping of HasilIKM
        Result of `score_by`, or finished results of several units.
    method : {"pooled", "simple", "weighted"}
        All answers together; plain mean of the units' exact indices; mean weighted by ``weights``.
    weights : "n" or mapping, optional
        For "weighted": by respondents, or unit -> population.

    Returns
    -------
    HasilGabungan
        Units without data are listed and left out, never counted as zero.

    Raises
    ------
    OptionError
        No method, or no weights where they are needed.
    DataError
        The units were computed under different rules.

    Notes
    -----
    The regulation has no formula for combining units; every method is practice, so none is a default.

    Examples
    --------
    >>> rows = [{"unit": u, **{f"u{i}": v for i in range(1, 10)}} for u, v in [("A", 4), ("A", 4), ("B", 3)]]
    >>> combine(score_by(rows, "unit"), method="simple").ikm
    Decimal('87.50')
    """
    from skm.scores import combined as _gabungan

    return _gabungan.combine(per, method=method, weights=weights)


def score_counts(
    jumlah: Mapping[str, Sequence[int]],
    *,
    n: int | None = None,
    regulasi: str | Path | Regulasi | None = None,
    kuesioner: Any = None,
    bobot: Any = "tepat",
    pembulatan: Pembulatan = "nik-2",
    kosong: Kosong = "per-unsur",
    unsur_kosong: UnsurKosong = "tinggalkan",
    u8: U8 | None = None,
) -> HasilIKM:
    """Compute the official figure from level counts per unsur, which is what ``GROUP BY unsur, nilai`` gives.

    Parameters
    ----------
    jumlah : mapping
        Unsur (id, official name or code such as "U1") -> counts of the answers 1, 2, 3, 4.
    n : int, optional
        Respondents. Default: the most answers that any unsur has.

    Returns
    -------
    HasilIKM
        Joint statistics (intervals, alpha, complete rows) cannot be had from it: counts do not tell who
        answered what.

    Examples
    --------
    >>> score_counts({"persyaratan": (0, 0, 118, 69), "prosedur": (0, 6, 93, 88)}).ikm
    Decimal('85.09')
    """
    opsi = ScoreOptions(bobot, pembulatan, kosong, "butir", unsur_kosong)
    base, _ = questionnaire(kuesioner, regulasi)
    given = read_given(jumlah, base, n=n, u8=u8)
    notes = _coded(jumlah, base, u8)
    answered = {k for row in given.baris if (k := sum(row))}
    if n is None and len(answered) > 1:
        notes.append(Finding("cacah-tak-sama", "catatan", "catatan", {"n": max(answered)}))
    asal = Origin(u8=_u8_of(jumlah, base, u8), sidik=given.fingerprint())
    return _warned(_indeks.score_given(given, opsi, asal=asal, catatan=notes))


def score_totals(
    total: Mapping[str, int],
    n: int | Mapping[str, int],
    *,
    regulasi: str | Path | Regulasi | None = None,
    kuesioner: Any = None,
    bobot: Any = "tepat",
    pembulatan: Pembulatan = "nik-2",
    u8: U8 | None = None,
) -> HasilIKM:
    """Compute the official figure from the sum of the answers per unsur, as the bottom of a worksheet prints it.

    Parameters
    ----------
    total : mapping
        Unsur -> sum of its answers.
    n : int or mapping
        Respondents who answered, one number for all or one per unsur.

    Raises
    ------
    InvalidAnswerError
        A sum cannot come from n answers of 1-4.

    Examples
    --------
    >>> score_totals({"persyaratan": 198, "prosedur": 202}, 61).ikm
    Decimal('81.97')
    """
    base, _ = questionnaire(kuesioner, regulasi)
    per_unsur = {unsur_id(str(k), base.regulasi, u8): v for k, v in n.items()} if isinstance(n, Mapping) else None
    bahan = []
    for key, value in total.items():
        unsur = unsur_id(str(key), base.regulasi, u8)
        if per_unsur is not None and unsur not in per_unsur:
            raise DataError("n-unsur-hilang", kolom=str(key))
        answered = read_count(per_unsur[unsur] if per_unsur is not None else n, "n", minimum=1)
        summed = read_count(value, str(key))
        if not base.regulasi.terendah * answered <= summed <= base.regulasi.tertinggi * answered:
            raise InvalidAnswerError("total-mustahil", kolom=str(key), total=summed, n=answered)
        bahan.append(UnsurMean(unsur, Fraction(summed, answered), Fraction(summed), answered))
    respondents = max((b.n or 0 for b in bahan), default=0)
    return _from_materials(bahan, total, base, ScoreOptions(bobot, pembulatan), respondents, u8)


def score_means(
    nrr: Mapping[str, Any],
    *,
    n: int | None = None,
    skala: str | None = None,
    regulasi: str | Path | Regulasi | None = None,
    kuesioner: Any = None,
    bobot: Any = "tepat",
    pembulatan: Pembulatan = "nik-2",
    u8: U8 | None = None,
) -> HasilIKM:
    """Compute the official figure that follows from printed means per unsur.

    Parameters
    ----------
    nrr : mapping
        Unsur -> printed mean, as text ("3,47" or "3.47") or number.
    n : int, optional
        Respondents, for the record.
    skala : str, optional
        Scale of the printed values: that of the answers ("1-4", default) or that of the index ("25-100"), in the
        numbers of the regulation.

    Notes
    -----
    Printed means are themselves rounded; `skm.audit` says how far that carries.

    Examples
    --------
    >>> score_means({"persyaratan": "3,47", "prosedur": "3,35"}).ikm
    Decimal('85.25')
    """
    base, _ = questionnaire(kuesioner, regulasi)
    regulation = base.regulasi
    scales = regulation.skala
    skala = scales[0] if skala is None else skala
    if skala not in scales:
        raise OptionError("opsi-tidak-dikenal", opsi="skala", nilai=skala, pilihan=list(scales))
    divisor = 1 if skala == scales[0] else regulation.konversi
    bahan = []
    for key, value in nrr.items():
        mean = Fraction(read_decimal(value, str(key))) / divisor
        if not regulation.terendah <= mean <= regulation.tertinggi:
            raise InvalidAnswerError("nrr-di-luar-skala", kolom=str(key), nilai=value, skala=skala)
        bahan.append(UnsurMean(unsur_id(str(key), regulation, u8), mean))
    return _from_materials(
        bahan, nrr, base, ScoreOptions(bobot, pembulatan), None if n is None else read_count(n, "n", minimum=1), u8
    )


def profile(
    data: Any,
    *,
    ciri: Sequence[str] | None = None,
    tingkat: Mapping[str, Sequence[str]] | None = None,
    indeks: bool = False,
    kuesioner: Any = None,
    regulasi: str | Path | Regulasi | None = None,
    nilai_kosong: Sequence[Any] = (),
    batas_kecil: int = 30,
    **opsi: Any,
) -> Any:
    """Say who answered: counts and shares per characteristic, and the index by level on request.

    Parameters
    ----------
    data
        As in `score`.
    ciri : sequence of str, optional
        Characteristics or columns. Default: all that were recognised.
    tingkat : mapping, optional
        Characteristic -> its levels in order; levels that nobody has show 0.
    indeks : bool
        Whether to add the index and letter of each level.
    batas_kecil : int
        Levels with fewer respondents are noted as small where the index is shown.
    **opsi
        Options of `score` (bobot, pembulatan, kosong, ...), for the index.

    Returns
    -------
    Profil
        Blanks are a level of their own, so counts always sum to n.

    Examples
    --------
    >>> rows = [{"jk": jk, **{f"u{i}": 4 for i in range(1, 10)}} for jk in ("L", "P", "P", None)]
    >>> [(b.jumlah) for b in profile(rows).karakteristik["jenis_kelamin"]]
    [1, 2, 1]
    """
    from skm.io.opened import understood
    from skm.io.options import ReadOptions
    from skm.scores.profil import profile_of

    bacaan, _ = understood(data, ReadOptions(regulasi, kuesioner, nilai_kosong=nilai_kosong))
    keys = list(bacaan.profil) if ciri is None else list(ciri)
    if not keys:
        raise DataError("profil-tidak-ada", pilihan=[c.id for c in bacaan.kuesioner.profil])
    choice = ScoreOptions(**opsi)
    return profile_of(bacaan, keys, tingkat=tingkat, indeks=indeks, opsi=choice, batas_kecil=batas_kecil)


def _from_materials(
    bahan: list[UnsurMean], given: Mapping[str, Any], base: Kuesioner, opsi: ScoreOptions, n: int | None, u8: str | None
) -> HasilIKM:
    twice = [b.unsur for b in bahan if sum(other.unsur == b.unsur for other in bahan) > 1]
    if twice:
        raise DataError("unsur-ganda", kolom=twice[0], unsur=twice[0])
    template = {b.unsur: b for b in base.butir}
    own = base.with_butir([template.get(b.unsur, Butir(b.unsur, b.unsur)) for b in bahan])
    asal = Origin(u8=_u8_of(given, base, u8))
    return _warned(_indeks.assemble(bahan, own, opsi, n=n, asal=asal, catatan=_coded(given, base, u8)))


def _coded(given: Mapping[str, Any], base: Kuesioner, u8: str | None) -> list[Finding]:
    """Return the note about unnamed U8 and U9 where a mapping is keyed by codes."""
    if u8 is not None or _u8_of(given, base, u8) == "bernama":
        return []
    order = order_of(base.regulasi)
    return [Finding("u8-dianggap", "catatan", "catatan", {"u8": order[7], "u9": order[8]})]


def _u8_of(given: Mapping[str, Any], base: Kuesioner, u8: str | None) -> str:
    codes = {normalise(str(key)) for key in given}
    order = order_of(base.regulasi, u8)
    if is_ambiguous(base.regulasi) and codes & {"u8", "u9", "unsur 8", "unsur 9"}:
        return order[7]
    return "bernama"


def _warned(hasil: _Hasil) -> _Hasil:
    """Repeat as Python warnings the notes that say the figure was touched."""
    for note in hasil.catatan:
        if note.tingkat == "peringatan":
            warnings.warn(note.text(), SKMWarning, stacklevel=3)
    return hasil
