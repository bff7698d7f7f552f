"""Seven reports as offices of other kinds write them: a health centre, a registry, a district, a city, a hospital, ...

Every figure follows from drawn totals. With ``wrong`` one figure or sentence is what it cannot be; the second value is
how the code of the finding about it begins.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

from support import twin_report

Part = str | list[list[str]]
Made = tuple[list[Part], str]

WORDS = {"A": "Sangat Baik", "B": "Baik", "C": "Kurang Baik", "D": "Tidak Baik"}
NAMES = ("Persyaratan", "Prosedur", "Waktu Pelayanan", "Biaya/Tarif", "Produk Layanan", "Kompetensi Pelaksana",
         "Perilaku Pelaksana", "Penanganan Pengaduan", "Sarana dan Prasarana")  # fmt: skip
ASKED = ("Kesesuaian persyaratan", "Kemudahan prosedur", "Kecepatan waktu pelayanan", "Kewajaran biaya/tarif",
         "Kesesuaian produk layanan", "Kemampuan petugas", "Kesopanan dan keramahan petugas",
         "Penanganan pengaduan pengguna layanan", "Kualitas sarana dan prasarana")  # fmt: skip
PERSON, NIP = "Hartono Wibisono", "197805122005011003"


def shown(value: Fraction, places: int = 2) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)).replace(".", ",")


def read(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def letter(value: Fraction) -> str:
    return next(g for g, low in (("A", "88.31"), ("B", "76.61"), ("C", "65"), ("D", "0")) if value >= Fraction(low))


def survey(seed: int, n: int, low: float = 3.0, high: float = 3.8) -> tuple[list[int], list[Fraction], Fraction]:
    rng = random.Random(seed)
    totals = [round(rng.uniform(low, high) * n) for _ in range(9)]
    means = [Fraction(t, n) for t in totals]
    return totals, means, sum(means, Fraction(0)) / 9 * 25


def health_centre(wrong: str = "") -> Made:
    """Sentences, profile tables, a list of clinics that the whole is pooled of, a list of years."""
    clinics = [
        (name, n, survey(seed, n)) for name, n, seed in (("Poli Umum", 70, 11), ("Poli Gigi", 48, 12), ("KIA", 50, 13))
    ]
    means = [Fraction(sum(c[2][0][j] for c in clinics), 168) for j in range(9)]
    ikm = sum(means, Fraction(0)) / 9 * 25
    figure = shown(ikm + 3 * (wrong == "ikm"))
    low, high = min(range(9), key=means.__getitem__), max(range(9), key=means.__getitem__)
    low = high if wrong == "rendah" else low
    grades = [WORDS[letter(read(shown(m)) * 25)] for m in means]
    if wrong == "predikat":
        grades[3] = "Tidak Baik"
    parts: list[Part] = [
        "LAPORAN HASIL SURVEI KEPUASAN PASIEN", "UPTD PUSKESMAS SUKAMAJU", "TAHUN 2025", "DAFTAR ISI",
        "BAB I PENDAHULUAN ........ 1", "BAB II METODE ........ 3", "BAB III HASIL ........ 5", "BAB IV PENUTUP ........ 9",
        "BAB I PENDAHULUAN",
        "Survei dilaksanakan oleh tim Puskesmas Sukamaju pada bulan April sampai dengan Mei 2025 terhadap 168 responden.",
        "Jumlah kunjungan selama periode survei tercatat 290 pengguna layanan.",
        "Tabel 1. Responden menurut jenis kelamin",
        [["Jenis Kelamin", "Frekuensi", "%"], ["Laki-laki", "61", "36,3"],
         ["Perempuan", "117" if wrong == "kelamin" else "107", "63,7"], ["Total", "168", "100,0"]],
        "Tabel 2. Responden menurut umur",
        [["Kelompok Umur", "Frekuensi", "%"], ["17-25", "30", "17,9"], ["26-35", "52", "31,0"], ["36-45", "46", "27,4"],
         ["46-60", "40", "23,8"], ["Total", "168", "100,0"]],
        "Tabel 3. Hasil per indikator",
        [["No", "Indikator", "Indeks", "Predikat"],
         *[[str(i + 1), ASKED[i], shown(means[i]), grades[i]] for i in range(9)]],
        f"Nilai IKM UPTD Puskesmas Sukamaju tahun 2025 adalah {figure} dengan mutu pelayanan {letter(ikm)} ({WORDS[letter(ikm)]}).",
        f"Nilai paling rendah adalah {ASKED[low]} ({shown(means[low])}), yang paling tinggi {ASKED[high]} ({shown(means[high])}).",
        "Tabel 4. IKM per poli",
        [["No", "Poli", "Responden", "IKM", "Mutu"],
         *[[str(i), a, str(n), shown(s[2]), letter(read(shown(s[2])))] for i, (a, n, s) in enumerate(clinics, 1)]],
        "Tabel 5. Perkembangan IKM",
        [["Tahun", "IKM", "Mutu"], ["2022", "81,20", "B"], ["2023", "82,75", "B"],
         ["2024", "83,90", "A" if wrong == "tren" else "B"], ["2025", figure, letter(ikm)]],
        "BAB IV PENUTUP", "Sukamaju, 12 Juni 2025", f"Kepala Puskesmas, {PERSON}, NIP {NIP}",
    ]  # fmt: skip
    codes = {
        "ikm": "ikm-",
        "rendah": "urutan-terendah",
        "kelamin": "profil-",
        "predikat": "mutu-unsur",
        "tren": "mutu-daftar",
    }
    return parts, codes.get(wrong, "")


def registry(wrong: str = "") -> Made:
    """One table a service, with totals and weighted means."""
    parts: list[Part] = ["LAPORAN SKM DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL", "Semester I Tahun 2025"]
    for i, (name, n) in enumerate((("KTP-el", 120), ("Kartu Keluarga", 95), ("Akta Kelahiran", 60))):
        totals, means, ikm = survey(20 + i, n, 3.1, 3.7)
        figure = shown(ikm - 4 * (wrong == "ikm" and i == 1))
        table = [["No", "Unsur Pelayanan", "Jumlah Nilai", "NRR", "NRR Tertimbang"]]
        table += [[str(j + 1), NAMES[j], str(totals[j]), shown(means[j], 3), shown(means[j] / 9, 3)] for j in range(9)]
        for label, value in (("Jumlah NRR Tertimbang", shown(sum(means, Fraction(0)) / 9, 3)), ("Nilai IKM", figure),
                             ("Mutu Pelayanan", letter(read(figure))), ("Jumlah Responden", str(n))):  # fmt: skip
            table.append(["", label, "", "", value])
        parts += [f"Tabel {i + 1}. Nilai unsur layanan {name}", table]
    return parts, "ikm-" if wrong else ""


def district(wrong: str = "") -> Made:
    """Two semesters beside each other, and a sentence about the change."""
    (_, one, a), (_, two, b) = survey(31, 140), survey(32, 155, 3.3, 3.9)
    first, second = shown(a), shown(b - 5 * (wrong == "ikm"))
    change = "9,99" if wrong == "selisih" else shown(abs(read(second) - read(first)))
    word = "naik" if read(second) > read(first) else "turun"
    table = [["No", "Unsur", "Semester I 2024", "Semester II 2024"]]
    table += [[str(i + 1), NAMES[i], shown(one[i]), shown(two[i])] for i in range(9)]
    table += [
        ["", "IKM", first, second],
        ["", "Mutu", letter(a), letter(read(second))],
        ["", "Jumlah responden", "140", "155"],
    ]
    parts: list[Part] = ["REKAPITULASI HASIL SURVEI KEPUASAN MASYARAKAT", "KECAMATAN MEKARSARI TAHUN 2024", table,
                         f"Nilai IKM {word} {change} poin dari {first} menjadi {second}."]  # fmt: skip
    return parts, {"ikm": "ikm-", "selisih": "klaim-selisih"}.get(wrong, "")


def city(wrong: str = "") -> Made:
    """Thirty-four units in rows, over two pages."""
    rows = []
    for i in range(34):
        n = 40 + i * 3
        _, means, ikm = survey(100 + i, n, 2.9, 3.9)
        figure = shown(ikm + 6 * (wrong == "ikm" and i == 17))
        grade = "D" if wrong == "mutu" and i == 20 else letter(read(figure))
        rows.append(
            [str(i + 1), f"Kelurahan {chr(65 + i % 26)}{i // 26 + 1}", *map(shown, means), figure, grade, str(n)]
        )
    head = ["No", "Kelurahan", *(f"U{j}" for j in range(1, 10)), "IKM", "Mutu", "Responden"]
    parts: list[Part] = ["REKAPITULASI NILAI SKM KELURAHAN SE-KOTA", "Periode Tahun 2025", [head, *rows]]
    return parts, {"ikm": "ikm-", "mutu": "mutu-"}.get(wrong, "")


def hospital(wrong: str = "") -> Made:
    """Printed weights and weighted means, the figure repeated in a sentence."""
    totals, means, ikm = survey(51, 210, 3.2, 3.7)
    weighted = [read(shown(m * Fraction(111, 1000), 3)) for m in means]
    figure = shown(sum(weighted, Fraction(0)) * 25 + 2 * (wrong == "ikm"))
    more = 50 * (wrong == "total")
    totals[4] += more
    table = [["No", "Unsur", "Total Skor", "Rata-rata", "Bobot", "Nilai Tertimbang"]]
    table += [
        [f"U{j + 1}", NAMES[j], str(totals[j]), shown(means[j]), "0,111", shown(weighted[j], 3)] for j in range(9)
    ]
    table += [
        ["", "Jumlah", str(sum(totals)), "", "", shown(sum(weighted, Fraction(0)), 3)],
        ["", "IKM (x 25)", "", "", "", figure],
    ]
    parts: list[Part] = [
        "SURVEI KEPUASAN MASYARAKAT RSUD HARAPAN", "Triwulan III Tahun 2025", "Jumlah sampel yang dianalisis 210 responden.", table,
        f"Dengan demikian indeks kepuasan masyarakat RSUD Harapan adalah {figure} kategori {WORDS[letter(ikm)]}.",
    ]  # fmt: skip
    return parts, {"ikm": "ikm-", "total": "grim-"}.get(wrong, "")


def land_office(wrong: str = "") -> Made:
    """Unsur in columns, statistics in rows, the figure on lines below."""
    totals, means, ikm = survey(61, 133, 3.0, 3.6)
    figure = shown(ikm + (wrong == "ikm"))
    table = [["Uraian", *(f"U{j}" for j in range(1, 10))], ["Jumlah nilai per unsur", *map(str, totals)],
             ["NRR per unsur", *(shown(m, 3) for m in means)], ["NRR tertimbang", *(shown(m / 9, 3) for m in means)]]  # fmt: skip
    grade = letter(read(figure))
    parts: list[Part] = ["HASIL SURVEI KANTOR PERTANAHAN", "Semester II Tahun 2025", "Responden: 133 orang", table,
                         f"IKM unit pelayanan: {figure}", f"Mutu pelayanan: {grade}", f"Kinerja unit pelayanan: {WORDS[grade]}"]  # fmt: skip
    return parts, "ikm-" if wrong else ""


def one_stop_service(wrong: str = "") -> Made:
    """Services in columns beside the whole."""
    services = [
        (name, n, survey(70 + i, n, 3.2, 3.7))
        for i, (name, n) in enumerate((("Perizinan", 80), ("Pengaduan", 40), ("Informasi", 60)))
    ]
    whole = [Fraction(sum(s[2][0][j] for s in services), 180) for j in range(9)]
    figure = "96,50" if wrong == "ikm" else shown(sum(whole, Fraction(0)) / 9 * 25)
    if wrong == "unsur":
        whole[0] += Fraction(7, 10)
    table = [["No", "Unsur", *(s[0] for s in services), "Keseluruhan"]]
    table += [[str(j + 1), NAMES[j], *(shown(s[2][1][j]) for s in services), shown(whole[j])] for j in range(9)]
    table += [
        ["", "Nilai IKM", *(shown(s[2][2]) for s in services), figure],
        ["", "Responden", *(str(s[1]) for s in services), "180"],
    ]
    codes = {"ikm": "ikm-", "unsur": ""}
    return ["DPMPTSP KOTA CONTOH", "SKM TAHUN 2025", table], codes.get(wrong, "")


REPORTS: dict[str, tuple[Callable[[str], Made], tuple[str, ...]]] = {
    "puskesmas": (health_centre, ("ikm", "rendah", "kelamin", "predikat", "tren")),
    "dukcapil": (registry, ("ikm",)),
    "kecamatan": (district, ("ikm", "selisih")),
    "kota": (city, ("ikm", "mutu")),
    "rumah-sakit": (hospital, ("ikm", "total")),
    "pertanahan": (land_office, ("ikm",)),
    "dpmptsp": (one_stop_service, ("ikm", "unsur")),
}


def as_single_spaced(parts: list[Part], folder: Path) -> Path:
    """What a reader copies out of a PDF: cells one space apart, empty ones gone."""
    lines: list[str] = []
    for part in parts:
        lines += [part] if isinstance(part, str) else [" ".join(cell for cell in row if cell) for row in part]
    path = folder / "salin.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


WRITERS: dict[str, Callable[[list[Part], Path], Path]] = {
    "teks": lambda parts, folder: twin_report.as_text(folder, parts),
    "salin": as_single_spaced,
    "word": lambda parts, folder: twin_report.as_word(folder, parts),
    "html": lambda parts, folder: twin_report.as_page(folder, parts),
    "pdf": lambda parts, folder: twin_report.as_pdf(folder, parts=parts),
    "pdf-tanpa-garis": lambda parts, folder: twin_report.as_pdf(folder, ruled=False, parts=parts),
}
