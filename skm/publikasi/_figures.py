"""The values of a printed result: every number with the decimals it was printed with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from skm.basics.numbers import format_exact
from skm.basics.reading_numbers import read_decimal
from skm.publikasi._account import AccountLine
from skm.regulasi import Regulasi


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A printed number.

    Attributes
    ----------
    nilai : Decimal
        The number with the decimals it was printed with ("3,40" has two).
    biner : bool
        True where the source held a number instead of text, which cannot show trailing zeros.
    dianggap : bool
        True where the decimals were therefore taken from its neighbours.

    Examples
    --------
    >>> PrintedNumber.read("3,40").rentang
    (Fraction(679, 200), Fraction(681, 200))
    """

    nilai: Decimal
    biner: bool = False
    dianggap: bool = False

    @classmethod
    def read(cls, value: Any, purpose: str = "") -> PrintedNumber:
        """Read a number as Indonesians type it; text keeps its decimals.

        Raises
        ------
        OptionError
            Not a number.
        """
        if isinstance(value, PrintedNumber):
            return value
        number = read_decimal(value, purpose)
        whole = isinstance(value, float) and number == number.to_integral_value()
        return cls(number.quantize(Decimal(1)) if whole else number, isinstance(value, (int, float)))

    @property
    def desimal(self) -> int:
        """Decimals printed."""
        exponent = self.nilai.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    @property
    def satuan(self) -> Fraction:
        """One unit of the last printed place."""
        return Fraction(1, 10**self.desimal)

    @property
    def tepat(self) -> Fraction:
        """The printed number itself, exact."""
        return Fraction(self.nilai)

    @property
    def rentang(self) -> tuple[Fraction, Fraction]:
        """The closed interval that prints as this number: half a unit either side, whatever ties do."""
        half = self.satuan / 2
        return self.tepat - half, self.tepat + half

    def widened(self, places: int) -> PrintedNumber:
        """Return the same number with at least so many decimals."""
        if self.desimal >= places:
            return self
        # A number that no result can hold is refused where it is judged, not for want of places here.
        exact = Context(prec=self.nilai.adjusted() + places + 2) if self.nilai.adjusted() > 0 else None
        return PrintedNumber(self.nilai.quantize(Decimal(1).scaleb(-places), context=exact), self.biner, True)

    def text(self, lang: str | None = None) -> str:
        """Return the number as printed, with the language's decimal mark."""
        return format_exact(self.nilai, lang)

    def __str__(self) -> str:
        return self.text("id")


@dataclass(frozen=True, slots=True)
class OtherPrinting:
    """Another printing of the same thing, and where it stands."""

    tempat: str
    nilai: Any


@dataclass(frozen=True, slots=True)
class PrintedUnsur:
    """What was printed about one unsur; whatever is not printed is None or empty.

    Attributes
    ----------
    id : str
        Meaning ("waktu"); ``u8`` and ``u9`` where only the code was printed, since practice uses both orders.
    kode, nama : str
        As printed.
    nilai : PrintedNumber or None
        The mean on the scale of the answers (1-4).
    nik : PrintedNumber or None
        The mean on 25-100.
    total, n : int or None
        Sum of the answers, and how many answered.
    frekuensi : tuple of int or None
        How often each level was chosen, worst first.
    nrr_tertimbang, bobot : PrintedNumber or None
        Mean times weight, and the weight.
    mutu, kinerja : str
        Letter and word.
    nilai_lain : tuple of OtherPrinting
        Other printings of the mean.
    butir : tuple of PrintedNumber
        Means of its questions, where the table prints these below it or instead of it.
    nomor : int or None
        The number of its row, which counts rows and is no code.
    peringkat : int or None
        Its printed rank among the unsur.
    persen_tingkat : tuple of PrintedNumber or None
        Which share of the answers each level has, worst first.
    """

    id: str
    kode: str = ""
    nama: str = ""
    nilai: PrintedNumber | None = None
    nik: PrintedNumber | None = None
    total: int | None = None
    n: int | None = None
    frekuensi: tuple[int, ...] | None = None
    nrr_tertimbang: PrintedNumber | None = None
    bobot: PrintedNumber | None = None
    mutu: str = ""
    kinerja: str = ""
    nilai_lain: tuple[OtherPrinting, ...] = ()
    butir: tuple[PrintedNumber, ...] = ()
    nomor: int | None = None
    peringkat: int | None = None
    persen_tingkat: tuple[PrintedNumber, ...] | None = None

    @property
    def label(self) -> str:
        """The words that name it in a sentence."""
        parts = [part for part in (self.kode, self.nama) if part]
        return " ".join(parts) or self.id


@dataclass(frozen=True, slots=True)
class PrintedProfileRow:
    """One level of a characteristic of respondents."""

    tingkat: str
    jumlah: int | None = None
    persen: PrintedNumber | None = None
    persen_lain: tuple[OtherPrinting, ...] = ()
    jumlah_lain: tuple[OtherPrinting, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedProfile:
    """A printed table of respondents; ``total`` and ``total_persen`` are its printed bottom row."""

    karakteristik: str
    judul: str
    baris: tuple[PrintedProfileRow, ...]
    total: int | None = None
    total_persen: PrintedNumber | None = None


@dataclass(frozen=True, slots=True)
class PrintedGrade:
    """A row of a printed table of grades: the letter, and its intervals on either scale."""

    mutu: str
    selang: tuple[tuple[PrintedNumber, PrintedNumber], ...]


@dataclass(frozen=True, slots=True)
class UnsurClaim:
    """A sentence that places an unsur: its rank and value where they were printed."""

    unsur: str
    peringkat: int | None = None
    nilai: PrintedNumber | None = None


@dataclass(frozen=True, slots=True)
class PrintedPeriod:
    """The IKM of a period as printed in a trend."""

    periode: str
    ikm: PrintedNumber


@dataclass(frozen=True, slots=True)
class PrintedTrend:
    """A sentence about the movement over periods: ``arah`` is naik, turun or tetap."""

    arah: str = ""
    dari: str = ""
    sampai: str = ""
    nilai: tuple[PrintedPeriod, ...] = ()


@dataclass(frozen=True, slots=True)
class DifferenceClaim:
    """A sentence about a difference: from one figure to another, by so much."""

    dari: PrintedNumber
    ke: PrintedNumber
    selisih: PrintedNumber | None = None
    arah: str = ""


@dataclass(frozen=True, slots=True)
class PrintedIndicator:
    """A line of a performance table: target, realisation, achievement, budget and efficiency.

    ``indikator`` is what a programme is measured by; ``kumulatif`` says that the quarter counts from the beginning of
    the year.
    """

    nama: str = ""
    target: PrintedNumber | None = None
    realisasi: PrintedNumber | None = None
    capaian: PrintedNumber | None = None
    pagu: int | None = None
    realisasi_anggaran: int | None = None
    serapan: PrintedNumber | None = None
    efisiensi: PrintedNumber | None = None
    indikator: str = ""
    triwulan: int | None = None
    kumulatif: bool = False
    porsi: PrintedNumber | None = None


@dataclass(frozen=True, slots=True)
class PrintedBudgetLine:
    """A row of a budget table.

    ``tingkat`` is 1 for a programme, 2 for a kegiatan, ..., 0 where it is not seen; ``lanjutan`` marks the first row on
    a further page.
    """

    nama: str
    pagu: int
    realisasi_anggaran: int
    serapan: PrintedNumber | None = None
    total: bool = False
    tingkat: int = 0
    lanjutan: bool = False
    sisa: int | None = None


@dataclass(frozen=True, slots=True)
class PrintedBudget:
    """A budget table: where it stands, its rows, and of which quarter it is."""

    tempat: str
    baris: tuple[PrintedBudgetLine, ...]
    triwulan: int | None = None
    kumulatif: bool = False


@dataclass(frozen=True, slots=True)
class PrintedPeopleLine:
    """A row of a table of people: men, women, both."""

    nama: str
    laki: int
    perempuan: int
    jumlah: int | None = None
    total: bool = False


@dataclass(frozen=True, slots=True)
class PrintedPeople:
    """A table of people by sex."""

    tempat: str
    baris: tuple[PrintedPeopleLine, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """What the text says besides the tables."""

    terendah: tuple[UnsurClaim, ...] = ()
    tertinggi: tuple[UnsurClaim, ...] = ()
    prioritas: tuple[str, ...] = ()
    prioritas_menurut: str = ""
    target: PrintedNumber | None = None
    realisasi: PrintedNumber | None = None
    capaian: PrintedNumber | None = None
    predikat_capaian: str = ""
    target_tercapai: bool | None = None
    tren: PrintedTrend = PrintedTrend()
    selisih: tuple[DifferenceClaim, ...] = ()
    indikator: tuple[PrintedIndicator, ...] = ()
    anggaran: tuple[PrintedBudget, ...] = ()
    penduduk: tuple[PrintedPeople, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedEvent:
    """Something that happened on a day or over months, as printed in one place."""

    tempat: str = ""
    tanggal: date | None = None
    mulai: str = ""
    selesai: str = ""
    hari: str = ""
    nama: str = ""
    hari_kerja: int | None = None


@dataclass(frozen=True, slots=True)
class PartFigure:
    """A service, a unit or a period with its own IKM: a part of an aggregate, or a line of a list.

    ``jenis`` is "layanan" where the list says that services stand in it.
    """

    nama: str
    ikm: PrintedNumber
    n: int | None = None
    mutu: str = ""
    kinerja: str = ""
    jenis: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Publikasi:
    """A printed result. Nothing in it is judged; `skm.audit` does that.

    Attributes
    ----------
    unit, wilayah, periode : str
        Whose result, and of when ("2024-S2", "2024-TW3", "2024").
    regulasi : str
        Id of the regulation named in the publication; empty where none is named.
    peraturan : Regulasi or None
        That regulation itself; an office's own one is not found by its id.
    unsur : tuple of PrintedUnsur
        In printed order.
    jumlah_unsur : int or None
        Unsur in the survey; more than ``len(unsur)`` where only some were printed.
    ikm, indeks : PrintedNumber or None
        The figure on 25-100 and on 1-4.
    mutu, kinerja : str
        Letter and word of the figure.
    n, populasi : int or None
        Respondents, and people served.
    sampel_kurang : int or None
        By how many respondents the publication itself says that it falls short of its minimum.
    tanpa_kosong : bool or None
        Whether the publication says that nobody left an answer blank.
    pertanyaan_per_unsur : int or None
        Questions asked per unsur.
    profil, klaim, kegiatan, bagian
        Tables of respondents, sentences, dates, and the parts of an aggregate.
    daftar : tuple of PartFigure
        Units, services or periods that are listed with an IKM and its grade.
    bagian_rata : tuple of PrintedNumber
        Means of the parts, printed beside the figure of the whole.
    bobot_lain : tuple of PartFigure
        The index under other weights, ``nama`` being the weight.
    rata, jumlah : PrintedNumber
        Printed mean and sum of the unsur's values.
    jumlah_lain : mapping of str to PrintedNumber
        Printed sums of other columns: ``total``, ``n``, ``nik``, ``bobot``, and ``f1``, ``f2``, ... of the levels.
    jawaban : tuple of PrintedUnsur
        Sums of the answers that stand in the same document: ``total`` and ``n`` of every unsur.
    tabel_sampel : tuple of tuple of int
        Population and sample, where the table of sample sizes is printed.
    tabel_mutu : tuple of PrintedGrade
        The printed table of grades.
    tutup : bool
        Whether a printed total closes the list of unsur.
    ragu : tuple of PrintedUnsur
        Rows behind the list that may be unsur or not.
    mendua : tuple of tuple of str
        Headers of columns that could each be the value; nothing was taken from them.
    lain : tuple of Publikasi
        Other results in the same document: periods, units, services; ``nama`` and ``tempat`` say which and where.
    akun : tuple of AccountLine
        What every table, column, row and figure was taken for.
    """

    id: str = ""
    unit: str = ""
    wilayah: str = ""
    periode: str = ""
    regulasi: str = ""
    peraturan: Regulasi | None = None
    unsur: tuple[PrintedUnsur, ...] = ()
    jumlah_unsur: int | None = None
    ikm: PrintedNumber | None = None
    ikm_lain: tuple[OtherPrinting, ...] = ()
    indeks: PrintedNumber | None = None
    mutu: str = ""
    kinerja: str = ""
    kinerja_lain: tuple[OtherPrinting, ...] = ()
    n: int | None = None
    n_lain: tuple[OtherPrinting, ...] = ()
    populasi: int | None = None
    populasi_satuan: str = ""
    populasi_dasar: str = ""
    populasi_perkiraan: bool = False
    sampel_minimum: int | None = None
    sampel_kurang: int | None = None
    sampel_metode: str = ""
    tanpa_kosong: bool | None = None
    pertanyaan_per_unsur: int | None = None
    profil: tuple[PrintedProfile, ...] = ()
    klaim: Claims = Claims()
    kegiatan: Mapping[str, tuple[PrintedEvent, ...]] = field(default_factory=dict)
    bagian: tuple[PartFigure, ...] = ()
    daftar: tuple[PartFigure, ...] = ()
    bagian_rata: tuple[PrintedNumber, ...] = ()
    bobot_lain: tuple[PartFigure, ...] = ()
    rata: tuple[PrintedNumber, ...] = ()
    jumlah: PrintedNumber | None = None
    jumlah_lain: Mapping[str, PrintedNumber] = field(default_factory=dict)
    jawaban: tuple[PrintedUnsur, ...] = ()
    tabel_sampel: tuple[tuple[int, int], ...] = ()
    tabel_mutu: tuple[PrintedGrade, ...] = ()
    tutup: bool = False
    ragu: tuple[PrintedUnsur, ...] = ()
    mendua: tuple[tuple[str, ...], ...] = ()
    lain: tuple[Publikasi, ...] = ()
    nama: str = ""
    tempat: str = ""
    akun: tuple[AccountLine, ...] = ()

    @property
    def k(self) -> int:
        """Unsur in the survey, as far as known."""
        return max(self.jumlah_unsur or 0, len(self.unsur))

    def find(self, name: str) -> PrintedUnsur | None:
        """Return the unsur with this id or printed code."""
        wanted = name.casefold()
        return next((u for u in self.unsur if wanted in (u.id.casefold(), u.kode.casefold())), None)

    def label(self, name: str) -> str:
        """Return the words that name an unsur, or the name itself where it was not printed."""
        found = self.find(name)
        return found.label if found else name

    def title(self) -> str:
        """Return unit and period in one line."""
        return ", ".join(part for part in (self.unit, self.wilayah, self.periode) if part) or self.id

    def __repr__(self) -> str:
        figure = f"IKM {self.ikm}" if self.ikm else f"indeks {self.indeks}" if self.indeks else "tanpa IKM"
        return f"Publikasi({self.title() or '-'}: {len(self.unsur)} unsur, {figure})"


_LETTER = re.compile(r"(?<![^\W_])([A-E])(?![^\W_])")


def split_grade(text: str) -> tuple[str, str]:
    """Return letter and word of a printed grade, whichever way round they stand.

    >>> split_grade("A (Sangat Baik)"), split_grade("SANGAT BAIK"), split_grade("Sangat Baik / A")
    (('A', 'Sangat Baik'), ('', 'SANGAT BAIK'), ('A', 'Sangat Baik'))
    """
    match = _LETTER.search(text.strip() if len(text.strip()) > 1 else text.strip().upper())
    if match is None:
        return "", text.strip(" ()/-,.;:=\n\t")
    stripped = text.strip() if len(text.strip()) > 1 else ""
    word = (stripped[: match.start()] + " " + stripped[match.end() :]) if stripped else ""
    return match[1], re.sub(r"\s+", " ", word).strip(" ()/-,.;:=")
