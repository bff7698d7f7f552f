"""The friendly face of files: reading them, looking at what is wrong with them, and the example that comes along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from skm.answers import checks
from skm.answers.checks import HasilPeriksa
from skm.answers.survei import Survei
from skm.basics.dates import Urutan
from skm.basics.errors import DataError, OptionError
from skm.counts.hitungan import Hitungan
from skm.io import read as _io
from skm.io.layouts.aggregate import PrintedTable, kind_of
from skm.io.layouts.column_map import read_partial
from skm.io.options import ReadOptions, Rusak
from skm.regulasi import Regulasi
from skm.regulasi._choose import questionnaire
from skm.scores.options import U8

if TYPE_CHECKING:
    from skm.io.layouts.draft import DraftMap

__all__ = ["check", "contoh", "draft_map", "read", "repairs"]


@overload
def read(source: Hitungan) -> Hitungan: ...
@overload
def read(
    source: Any,
    *,
    layout: Literal["tabel-cacah"],
    sheet: str | None = None,
    kuesioner: Any = None,
    regulasi: Any = None,
    u8: U8 | None = None,
) -> Hitungan: ...
@overload
def read(
    source: Any,
    *,
    layout: Literal["rekap", "tabel-nilai"],
    sheet: str | None = None,
    kuesioner: Any = None,
    regulasi: Any = None,
    u8: U8 | None = None,
) -> PrintedTable: ...
@overload
def read(
    source: Any,
    *,
    sheet: str | None = None,
    layout: str | None = None,
    kuesioner: Any = None,
    regulasi: Any = None,
    label: Any = None,
    u8: U8 | None = None,
    nilai_kosong: Sequence[Any] = (),
    columns: Sequence[str] | None = None,
    skala: str | None = None,
    unit: str | None = None,
    rusak: Rusak = "tolak",
    populasi: Any = None,
    perbaikan: Any = None,
    terima: str | Sequence[str] = (),
    daftar_pertanyaan: Any = None,
    keputusan: str | Path | None = None,
    urutan: Urutan | None = None,
    maju: Callable[[int, int, str], None] | None = None,
) -> Survei: ...
def read(
    source: Any,
    *,
    sheet: str | None = None,
    layout: str | None = None,
    kuesioner: Any = None,
    regulasi: str | Path | Regulasi | None = None,
    label: Any = None,
    u8: U8 | None = None,
    nilai_kosong: Sequence[Any] = (),
    columns: Sequence[str] | None = None,
    skala: str | None = None,
    unit: str | None = None,
    rusak: Rusak = "tolak",
    populasi: Any = None,
    perbaikan: Any = None,
    terima: str | Sequence[str] = (),
    keputusan: str | Path | None = None,
    urutan: Urutan | None = None,
    daftar_pertanyaan: Any = None,
    maju: Callable[[int, int, str], None] | None = None,
) -> Survei | Hitungan | PrintedTable:
    """Read answers, whatever holds them; what a file is, is seen from its content.

    Parameters
    ----------
    source : path, bytes, stream, frame, records, cursor, or a list of these
        A frame of any library, records, rows of a database, a cursor, an iterator of frames; or a file: a workbook
        (.xlsx, .xlsm, .xls, .ods), a text table with any separator, Parquet, JSON records, .sav, .dta, the .zip of
        Google Forms, "-" for standard input; or a list, a glob or a folder of files, which become one survey.
    sheet : str, optional
        Sheet to read. Default: the one that holds respondents.
    layout : str, optional
        One of `skm.io.LAYOUTS`. Default: recognised by content.
    kuesioner : str, Path or mapping, optional
        Id of a questionnaire, a TOML file of one or of a map (``skm petakan`` writes it), or a map of unsur to
        column(s).
    regulasi : str, Path or Regulasi, optional
        The regulation that the survey follows; an office's own one too.
    label : mapping, list, str or Path, optional
        An office's own answer labels: unsur -> labels from worst to best, a list for all questions, or a TOML file
        or table of them. Unknown texts are never translated silently.
    u8 : {"pengaduan", "sarana"}, optional
        What an unnamed U8 means; only names depend on it, never the index.
    nilai_kosong : sequence, optional
        Values that mean "not answered", e.g. ``[0, "-"]``.
    skala : {"5-linear", "5-proporsional", "6-linear", "6-proporsional", "25-100", "0-3"}, optional
        Conversion of a scale of five or six; the regulation knows none, so there is no default. "25-100" and "0-3"
        say which codes stand for 1, 2, 3, 4.
    unit : {"nama-berkas", "lembar"} or str, optional
        Where the unit of a respondent stands: the file's name, the sheet's name, or a column. "lembar" joins all
        sheets of a workbook.
    rusak : {"tolak", "lewati"}
        With several files: refuse if one cannot be read, or leave it out and say so.
    populasi : mapping or path, optional
        Unit -> number of users, or a table of it.
    perbaikan : str or Path, optional
        A file of repairs, as ``skm periksa --usulkan`` writes it.
    terima : sequence of str
        Proposals that are accepted: an unsur's id takes the weak reading that was proposed for it, "semua" takes all,
        "tanpa-biaya" says that nobody asks about that unsur.
    keputusan : str or Path, optional
        A file of earlier answers (``keputusan.toml``), used where the headers are the same.
    daftar_pertanyaan : mapping or path, optional
        For long rows: question id -> its text or unsur, or a table with columns id and text (or unsur).
    urutan : {"hari-bulan", "bulan-hari"}, optional
        How 3/4/2026 is to be read where the date column itself does not tell.
    maju : callable, optional
        Told (number, of how many, file name) while several files are read.

    Returns
    -------
    Survei
        Or a `Hitungan` (a table of level counts), or a `PrintedTable` (printed means or totals), which are no survey.

    Raises
    ------
    UnreadableFileError
        The file cannot be opened, is damaged, protected or too large.
    MissingColumnError
        No answers were recognised; the message lists the columns found and a map to complete.

    Examples
    --------
    >>> survei = read(contoh("wonoasih-2024-s2"))
    >>> survei.n, survei.sumber.tata_letak
    (341, 'tabel-rapi')
    """
    options = ReadOptions(
        regulasi=regulasi,
        kuesioner=kuesioner,
        u8=u8,
        nilai_kosong=nilai_kosong,
        columns=columns,
        sheet=sheet,
        layout=layout,
        label=label,
        skala=skala,
        unit=unit,
        rusak=rusak,
        populasi=populasi,
        perbaikan=perbaikan,
        terima=terima,
        keputusan=keputusan,
        urutan=urutan,
        daftar_pertanyaan=daftar_pertanyaan,
    )
    return _io.read(source, options, maju=maju)


def contoh(nama: str = "wonoasih-2024-s2") -> Path:
    """Return the path of an example file that comes with the package.

    Its respondents are reconstructed so that the totals agree with a published table; the file says so.

    Raises
    ------
    OptionError
        There is no such example.

    Examples
    --------
    >>> contoh("wonoasih-2024-s2").name
    'wonoasih-2024-s2-rekonstruksi.xlsx'
    """
    folder = Path(__file__).parents[1] / "data" / "contoh"
    found = {p.name.removesuffix("-rekonstruksi.xlsx"): p for p in folder.glob("*-rekonstruksi.xlsx")}
    if nama not in found:
        raise OptionError("opsi-tidak-dikenal", opsi="nama", nilai=nama, pilihan=sorted(found))
    return found[nama]


def check(survei: Any, **opsi: Any) -> HasilPeriksa:
    """Say what is wrong, doubtful or worth knowing about a survey; the data are never changed.

    Parameters
    ----------
    survei : Survei or path
        A survey, or what `read` takes.
    **opsi
        Options of `read`, where a path is given.

    Returns
    -------
    HasilPeriksa
        Findings with code, severity, count, places, what to do, and whether the figure is touched.

    Raises
    ------
    DataError
        The file holds processed figures and no answers of respondents.

    Examples
    --------
    >>> [t.kode for t in check(contoh())]
    ['jawaban-seragam', 'baris-serupa']
    """
    read_survey = survei if isinstance(survei, Survei) else _io.read(survei, ReadOptions(**opsi))
    if not isinstance(read_survey, Survei):
        raise DataError("bukan-survei", tata_letak=kind_of(read_survey))
    return checks.examine(read_survey)


def repairs(survei: Survei, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write the repairs that a survey suggests to a file, to be decided row by row and given to ``read(perbaikan=)``.

    Spellings of one label are marked "ya"; everything else waits for a decision.
    A file that is there, perhaps with decisions in it, is replaced only with ``overwrite=True``.
    """
    return _io.write_repairs(checks.proposals(survei), path, overwrite=overwrite)


def draft_map(source: str | Path, *, sheet: str | None = None, kuesioner: Any = None) -> DraftMap:
    """Return a map of a file's columns to be completed by hand: ``.to_toml()`` is a file for ``kuesioner=``.

    Parameters
    ----------
    source : str or Path
        One workbook or text table, understood or not.
    sheet : str, optional
        Sheet to look at.
    kuesioner : str or Path, optional
        The questionnaire that columns are matched with, or a map that is filled in half: what it settles is kept.

    Examples
    --------
    >>> draft_map(contoh()).lengkap
    True
    """
    base, peta = questionnaire(kuesioner, None)
    lama = None if peta is None else read_partial(peta, len(base.nilai))
    return _io.draft_map(source, base, sheet=sheet, lama=lama)
