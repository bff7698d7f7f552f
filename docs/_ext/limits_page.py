"""The page of limits, made of the one table of them; ``scripts/docs_pictures.py`` writes it, a test holds it up to date."""

from __future__ import annotations

MEANING = {
    "berkas": "byte sebuah berkas yang dibaca utuh; teks dan Parquet yang lebih besar dibaca sebagian demi sebagian",
    "teks": "byte tabel teks yang dibaca utuh; di memori besarnya beberapa kali itu",
    "teks-tercetak": "byte tabel teks berisi angka tercetak",
    "terurai": "byte semua isi sebuah arsip sesudah dibuka, bersama-sama",
    "anggota": "berkas di dalam sebuah arsip; buku kerja berfoto punya ratusan",
    "sel": "sel sebuah berkas, semua lembarnya bersama-sama, yang kosong di antara isinya ikut terhitung",
    "sel-tercetak": "sel berkas berisi angka tercetak, yang dibaca beserta formatnya",
    "lembar": "lembar sebuah buku kerja",
    "kolom": "kolom sebuah tabel; selebar lembar terlebar",
    "kolom-survei": "kolom yang dilihat sebagai calon pertanyaan, masing-masing terhadap setiap unsur",
    "tanda": "bagian buku kerja yang bukan sel: teks dan gaya",
    "huruf-sel": "huruf sebuah sel; empat kali yang dapat dimuat lembar kerja",
    "huruf-judul": "huruf sebuah judul kolom yang dibandingkan dengan pertanyaan",
    "huruf-angka": "huruf sebuah angka",
    "pangkat": "pangkat sepuluh sebuah angka; yang lebih besar harus ditulis angka demi angka",
    "toml": "byte berkas TOML; peta dua ribu kolom sepersepuluhnya",
    "json": "byte dokumen JSON",
    "dalam": "tabel atau daftar yang bersarang, dan bagian kunci bertitik",
    "hitungan": "byte berkas cacah, termampat",
    "cacah": "responden; jumlah kuadrat cacahnya masih muat 64 bit",
    "detik": "detik untuk proses yang membaca sebuah berkas",
    "memori": "byte memori untuk proses itu (Linux)",
}


def page() -> str:
    """Return the page."""
    from skm.basics.limits import TABLE, setting
    from skm.basics.numbers import format_count

    lines = [
        "# Batas: seberapa banyak yang dibaca, dan mengapa",
        "",
        "Semua batas ada di satu tabel, `skm/basics/limits.py`; halaman ini dibuat darinya (`python scripts/docs_pictures.py batas`).",
        "Yang melampauinya ditolak dengan kode galat sebelum pola, pecahan, atau pengurai melihatnya. Batas yang punya variabel boleh",
        "Anda naikkan, misalnya `SKM_BATAS_SEL=50000000 skm hitung besar.xlsx`, atau di Python dengan",
        "`skm.basics.limits.raised(sel=50_000_000)`.",
        "",
        "| batas | paling banyak | variabel | apa yang dibatasi |",
        "| --- | ---: | --- | --- |",
    ]
    for name, entry in TABLE.items():
        variable = f"`{setting(name)}`" if entry.own else "-"
        lines.append(f"| {name} | {format_count(entry.value, 'id')} | {variable} | {MEANING[name]} |")
    lines += [
        "",
        "Berkas .xls, .xlsb, .sav dan .dta dibaca dalam proses tersendiri: bila berkasnya rusak, proses itulah yang berakhir. **Batas memori",
        "proses itu berlaku di Linux; di Windows dan macOS hanya batas waktunya.**",
        "",
        "## Menulis",
        "",
        "Satu fungsi menulis setiap berkas: utuh atau tidak sama sekali, tidak menimpa berkas yang ada kecuali dengan `--timpa` (di Python",
        "`overwrite=True`), tidak pernah di atas masukannya, dan izin berkas lama dipertahankan.",
    ]
    return "\n".join(lines) + "\n"
