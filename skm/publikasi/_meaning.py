"""What a header, a label at the left of a row, or a cell means. Words only; what the numbers say is looked at later."""

from __future__ import annotations

import re
from typing import Any

from skm.basics.errors import OptionError
from skm.basics.words import normalise
from skm.publikasi._document import cell_text
from skm.publikasi._figures import PrintedNumber

# Header of a column (or label of a row) in a table of unsur -> its meaning; the first that fits.
_COLUMNS = (
    ("no", r"no|nomor|no urut|nr|nmr|number"),
    ("kode", r"kode|kode unsur|kode pertanyaan"),
    ("harapan", r".*\b(harapan|kepentingan|ekspektasi|importance|expect\w*|diharapkan)\b.*"),
    ("selisih", r".*\b(gap|kesenjangan|selisih|deviasi|perubahan|naik turun)\b.*"),
    ("target", r".*\btarget\b.*"),
    ("tertimbang", r".*(tertimbang|tertbg|weighted|nrr x bobot|nilai x bobot|dikali bobot).*"),
    ("nik", r".*(konversi|\bnik\b|\bx ?\d{2}\b|skala 100|\d\d 100\b|nilai interval).*"),
    (
        "n",
        (r".*\b(jumlah|banyak\w*|total)? ?(responden|pengisi|respondents?)\b.*|n|sampel"
         r"|(jumlah )?jawaban( terisi| masuk)?"
         r"|(jumlah )?(kuesioner|angket) (yang )?(terisi|diisi|masuk|kembali|diolah)"),
    ),
    (
        "total",
        (r"(jumlah|total|sigma|sum)( nilai| skor| jawaban)?( per)?( unsur)?"
         r"|nilai per unsur|(jumlah|total) (nilai|skor).*"),
    ),
    ("bobot", r".*\b(bobot|penimbang|weight)\b.*"),
    ("peringkat", r".*\b(peringkat|ranking|rank|prioritas|urutan)\b.*"),
    ("mutu", r".*\b(mutu|kategori|grade|huruf)\b.*"),
    ("kinerja", r".*\b(kinerja|kenyataan|persepsi|aktual|performance|dirasakan|predikat|keterangan|kriteria)\b.*"),
    ("nilai", r".*\b(nrr|rata|rerata|mean|average|indeks|index|nilai|skor|score|ikm|skm|hasil)\b.*"),
    ("nama", r".*\b(unsur|indikator|aspek|variabel|ruang lingkup|komponen|dimensi|uraian|pernyataan)\b.*"),
)  # fmt: skip

# Label of a row, or before a colon -> a figure of the whole survey.
_FIGURES = (
    (
        "sampel_minimum",
        (r"(?!.*\b((ke)?kurang\w*|selisih|cara|metode|rumus)\b)(.*\b(sampel|sample|responden) minim\w*.*"
         r"|(.*\b)?minim\w* (sampel|sample|responden).*)"),
    ),
    (
        "n",
        (r"(jumlah|banyak\w*|total)? ?(seluruh |total |sampel |data )?(responden|respondents)( .{0,30})?"
         r"|n|(jumlah )?sampel|(jumlah )?(kuesioner|angket)( yang)? (sah|valid|terisi|(dapat )?diolah|dianalisis)"),
    ),
    (
        "populasi",
        (r"(jumlah |total |besar(nya)? )?(populasi|(penerima|pengguna) layanan)( .{0,40})?"
         r"|n populasi|population"),
    ),
    ("target", r".*\btarget\b.*"),
    ("mutu", r"(nilai )?(mutu|kategori)( pelayanan| layanan| unit)?( .{0,30})?"),
    ("kinerja", r"kinerja( unit)?( pelayanan| layanan)?|predikat"),
    ("periode", r"periode( survei| pelaksanaan)?|tahun|semester|triwulan"),
    ("unit", r"(nama )?(unit( (kerja|layanan|pelayanan|penyelenggara))?|opd|instansi|skpd|perangkat daerah|upp)"),
    (
        "indeks",
        (r"(nilai )?indeks( unsur)?"
         r"|((jumlah|total|sigma) )?(nrr )?tertimbang( .{0,20})?|nilai indeks( .{0,20})?"),
    ),
    (
        "ikm",
        (r".*\b(ikm|skm|ikp|indeks kepuasan|survei kepuasan|nilai kepuasan)\b.*"
         r"|((nilai|hasil|skor|angka|indeks) )?((setelah|hasil) )?(di)?konversi(kan)?( .{0,30})?|nilai unit( .{0,40})?"
         r"|(nilai|skor|hasil|angka) akhir( .{0,30})?|nilai dasar( \d\d)? (x|kali) .*"
         r"|.*\b(x|kali|dikali(kan)?( dengan)?) (\d\d|nilai dasar)|\d\d (x|kali) .*"),
    ),
    ("rata", r".*\b(rata|rerata|mean|average)\b.*"),
    ("jumlah", r"(jumlah|total|sigma|sum|grand total|sub ?total)( .{0,40})?"),
)  # fmt: skip
_SERVICE = re.compile(r"\b(?:layanan|pelayanan|jenis|loket|produk)\b")
_TOTAL = re.compile(
    r"(total|jumlah|gabungan|keseluruhan|seluruh\w*|semua|rata|rerata|kota|kabupaten|provinsi"
    r"|ikm|skm|nilai akhir|overall)\b.*"
)
_PERIOD = re.compile(
    r"\b(?:(?:semester|smt|sem|triwulan|tw|kuartal|tahun|ta|bulan)\b.*|(?:19|20)\d\d"
    r"|jan(?:uari)?|feb(?:ruari)?|pebruari|mar(?:et)?|apr(?:il)?|mei|jun[ie]?|jul[iy]?|agustus|ags?t?|sept?(?:ember)?"
    r"|okt(?:ober)?|no[vp](?:ember)?|des(?:ember)?)\b"
)
_GRADED = r"(?:[a-e]\b(?!-)|sangat |kurang |tidak |baik|puas|memuaskan)"
SHARE = re.compile(r"%|persen|percent|proporsi")
LETTER = re.compile(r"[A-E](?:\b.*)?")
_LONG = 10**7
_LEVEL = re.compile(r"(?:(?:banyak\w*|jumlah|frekuensi) )?(?:f|jawaban|nilai|skor|frekuensi|level)? ?([1-9])(?: .*)?")
_CODE = re.compile(r"(?:u|p|q|a|unsur|butir|pertanyaan) ?0*(\d{1,2})")
_SUBCODE = re.compile(r"(?:u|p|q|unsur)? ?0{0,3}(\d{1,2})[ .](?:0{0,3}\d{1,2}|[a-z])(?: .*)?")


def column_meaning(header: str) -> str:
    """Return what a column of a table of unsur holds, by its header; empty where the words do not say.

    >>> [column_meaning(h) for h in ("Nilai Harapan", "NRR Tertimbang", "Nilai Rata-rata", "KTP")]
    ['harapan', 'tertimbang', 'nilai', '']
    """
    key = _key(header)
    if SHARE.search(header.casefold()):
        return "persen"
    if not key:
        return ""
    return next((role for role, pattern in _COLUMNS if re.fullmatch(pattern, key)), "")


def level_of(header: str) -> int | None:
    """Return the answer level whose frequency a column holds: "1", "Nilai 4", "f2", "a", "4 (Sangat Baik)"."""
    key = normalise(header)
    match = _LEVEL.fullmatch(key)
    if match is not None and not re.search(r"(19|20)\d\d", key):
        return int(match[1])
    return ord(key) - ord("a") + 1 if len(key) == 1 and "a" <= key <= "f" else None


def figure_meaning(label: str) -> str:
    """Return which figure of the whole survey a label announces; empty where it announces none.

    >>> [figure_meaning(x) for x in ("NILAI IKM", "Jumlah Responden", "Rata-rata", "Kenyamanan")]
    ['ikm', 'n', 'rata', '']
    """
    key = _key(label)
    if not key or len(key) > 90:
        return ""
    return next((role for role, pattern in _FIGURES if re.fullmatch(pattern, key)), "")


def heads_services(header: str) -> bool:
    """Tell whether services, not offices, stand below a header.

    >>> [heads_services(h) for h in ("Jenis Layanan", "Loket", "Unit Layanan", "OPD", "Nama")]
    [True, True, False, False, False]
    """
    return bool(_SERVICE.search(_key(header))) and figure_meaning(header) != "unit"


def is_total(label: str) -> bool:
    """Tell whether a label stands for all of what the rows or columns beside it are parts of."""
    return bool(_TOTAL.fullmatch(_key(label)))


def _key(text: str) -> str:
    """Return the words of a label; the sign of a sum is a word."""
    return normalise(re.sub("[\u03a3\u2211\u03c3]", "jumlah ", text))


def is_period(label: str) -> bool:
    """Tell whether a label names a time.

    >>> is_period("Semester I 2024"), is_period("2023"), is_period("Dinas A")
    (True, True, False)
    """
    return len(label) <= 60 and _PERIOD.search(normalise(label)) is not None


def code_number(value: Any) -> int | None:
    """Return the number in a code such as U3."""
    match = _CODE.fullmatch(normalise(cell_text(value)))
    return int(match[1]) if match else None


def sub_number(value: Any) -> int | None:
    """Return the number of the unsur that a sub-question such as "3.1", "U3a" belongs to."""
    text = cell_text(value).casefold().strip()
    match = re.fullmatch(r"(?:u|p|q|unsur)?\s?0*(\d{1,2})(?:[.\-]\s?0*(\d{1,2})|[.\-]?([a-z]))[.)]?", text)
    return int(match[1]) if match else None


def counting(value: Any) -> int | None:
    """Return a number that counts rows: 3, "3", "3."."""
    text = cell_text(value).rstrip(".)")
    if re.fullmatch(r"\d{1,2}(\.0)?", text):
        return int(float(text))
    return None


def number(value: Any) -> PrintedNumber | None:
    """Return the number that a cell is, or begins with: "94,17 (Sangat Baik)", "52,20 %"."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, str):
        match = re.match(r"\s*([+-]?\d[\d.,]*\d|[+-]?\d)\s*%?\s*(.*)$", value, re.DOTALL)
        rest = "" if match is None else match[2].strip()
        if (
            match is None
            or len(value) > 60
            or re.match(rf"[-/:]?\s*\d|[-/\u2013](?!\s*{_GRADED})|s\.?/?d|th\b|tahun|orang|hari", rest, re.IGNORECASE)
        ):
            return None
        if rest and not re.match(r"[\[(=;,/|A-Za-z\u2013-]", rest):
            return None
        if re.match(r"[a-z]*\d", value[match.end(1) :], re.IGNORECASE) and rest[:1].isalnum():
            return None  # letters and digits in one word are a code
        value = match[1]
    try:
        found = PrintedNumber.read(value)
    except OptionError:
        return None
    # A long row of digits is a number of a person, an account or a telephone, never a figure of a result.
    return None if abs(found.nilai) >= _LONG else found


def lead(value: Any) -> Any:
    """Return the number at the start of a cell as it was printed."""
    if not isinstance(value, str):
        return value
    match = re.match(r"\s*([+-]?\d[\d.,]*\d|[+-]?\d)", value)
    return match[1] if match else value
