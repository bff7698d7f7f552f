"""The gallery: every chart and every table, the code below it, both made of the same lines at each build."""

from __future__ import annotations

import ast
import re
import warnings
from pathlib import Path
from typing import Any

from pages import write

BEFORE = """import skm

survei = skm.read(skm.contoh())
hasil = skm.score(survei)
per = skm.score_by(survei, "layanan")
selang = skm.stats.mean_interval(survei, population=3441)
lalu = {"2024-S2": "86,20", "2025-S1": "87,02", "2025-S2": "88,02", "2026-S1": hasil}
unit = {f"Unit {huruf}": (80 + i, 0.8 + 0.05 * i, 40 + 20 * i) for i, huruf in enumerate("ABCDEF")}
daftar = [f"orang-{i:04d}" for i in range(900)]
lkjip = {
    "tahun": 2026,
    "indikator": [{"nama": "IKM", "target": "88,00", "realisasi": hasil, "program": "Pelayanan"}],
    "tahunan": [{"indikator": "IKM", "tahun": 2025, "target": "87,00", "realisasi": "88,02"}],
    "anggaran": [{"program": "Pelayanan", "pagu": 120_000_000, "realisasi": 118_500_000}],
    "triwulan": [{"triwulan": "I", "iku": "IKM", "target": "88", "realisasi": "87,5"}],
}"""
# Title -> the line that draws it. A test holds that every chart of skm.charts is here.
CHARTS = {
    "Nilai tiap unsur": "skm.charts.unsur_bar(hasil)",
    "Nilai tiap unsur, terurut, dengan selang": "skm.charts.unsur_bar(hasil, urut='nilai', interval=selang)",
    "Sebaran jawaban": "skm.charts.answer_bar(hasil)",
    "IKM tiap layanan": "skm.charts.group_bar(per)",
    "IKM tiap layanan dengan selang": "skm.charts.group_bar(per, interval=skm.stats.mean_interval(survei, by='layanan'), keseluruhan=hasil)",
    "Profil responden": "skm.charts.profile_bar(skm.profile(survei))",
    "Profil satu ciri": "skm.charts.profile_bar(skm.profile(survei), 'pendidikan')",
    "Tren": "skm.charts.trend_line(lalu, target={'2026-S1': '88,50'})",
    "Ukuran sampel": "skm.charts.sample_curve(skm.adequacy(341, 3441))",
    "Poster": "skm.charts.poster(hasil, unit='Kecamatan Contoh', periode='Semester II 2026', profil=skm.profile(survei))",
}
# Title -> the line that makes the table. A test holds that every public result with a table is here.
TABLES = {
    "Nilai resmi": "hasil",
    "Nilai per kelompok": "per",
    "Nilai gabungan": "skm.combine(per, method='simple')",
    "Profil responden": "skm.profile(survei)",
    "Apa yang terbaca": "survei.account()",
    "Pemeriksaan data": "skm.check(survei)",
    "Ukuran sampel": "skm.sample_size(3441)",
    "Kecukupan sampel": "skm.adequacy(341, 3441)",
    "Kecukupan per layanan": "skm.stats.adequacy(survei, {'Layanan kelurahan': 2900, 'Layanan kecamatan': 541}, 'layanan')",
    "Pembagian sampel": "skm.allocate(346, {'Barat': 1400, 'Tengah': 1200, 'Timur': 841})",
    "Rencana sampel": "skm.plan_sample(population=3441)",
    "Rencana mendeteksi perubahan": "skm.plan_change(2, sd=12)",
    "Rencana klaster": "skm.plan_clusters(n=346, icc=0.05, take=10)",
    "Undian": "skm.draw(daftar, 20, seed=2026)",
    "Undian sebanding ukuran": "skm.draw_pps({'Kelurahan A': 900, 'Kelurahan B': 400, 'Kelurahan C': 1500}, 2, seed=2026)",
    "Tren": "skm.trend(lalu)",
    "Prioritas": "skm.priorities(survei)",
    "Rencana tindak lanjut": "skm.prioritas.rencana([{'unsur': 'prosedur', 'kegiatan': 'Papan alur di loket', 'tw1': 'v', 'penanggung_jawab': 'Kasi Pelayanan'}], hasil=hasil)",
    "Realisasi tindak lanjut": "skm.prioritas.realisasi([{'rencana': 'Papan alur di loket', 'status': 'sudah'}])",
    "Telaah": "skm.audit('wonoasih-2024-s2')",
    "Rekap banyak unit": "skm.report.collect({'Unit A': hasil, 'Unit B': hasil}, method='simple')",
    "Bahan laporan": "skm.report.compile(survei, fakta={'unit': 'Kecamatan Contoh', 'populasi': 3441})",
    "Capaian": "skm.kinerja.capaian(target='88,00', realisasi=hasil)",
    "Kinerja": "skm.kinerja.susun([{'nama': 'IKM', 'satuan': 'indeks', 'target': '88,00', 'realisasi': hasil}])",
    "Anggaran": "skm.kinerja.anggaran(pagu=120_000_000, realisasi=118_500_000)",
    "Belanja": "skm.kinerja.belanja(lkjip['anggaran'])",
    "Triwulan": "skm.kinerja.triwulan(lkjip['triwulan']).table(1)",
    "LKjIP": "skm.kinerja.lkjip(lkjip)",
    "Selang kepercayaan": "selang",
    "Selang per kelompok": "skm.stats.mean_interval(survei, by='layanan')",
    "Validitas butir": "skm.stats.item_validity(survei)",
    "Reliabilitas": "skm.stats.cronbach_alpha(survei)",
    "Korelasi antarunsur": "skm.stats.association(survei)",
    "Beda antarkelompok": "skm.stats.compare(survei, by='pendidikan')",
    "Pasangan kelompok": "skm.stats.compare(survei, by='pendidikan').pairs",
    "Bagian jawaban menurut kelompok": "skm.stats.share_test(survei, 'jenis_kelamin', 'waktu')",
    "Kecenderungan menurut kelompok": "skm.stats.ordered_trend(survei, 'jenis_kelamin', ['Laki-laki', 'Perempuan'])",
    "Peringkat unit": "skm.stats.rank_units(survei, by='layanan')",
    "Peringkat unsur": "skm.stats.rank_unsur(survei)",
    "Unit kecil": "skm.stats.shrink_units(unit)",
    "Kepentingan dan kinerja": "skm.stats.importance_performance(survei)",
    "Indeks kepuasan pelanggan (CSI)": "skm.stats.csi(hasil, {unsur: 3.6 for unsur in hasil.unsur})",
    "Perubahan antara dua survei": "skm.stats.difference(survei, survei)",
    "Perubahan tiap unit": "skm.stats.changes(survei, survei, 'layanan')",
    "Kecenderungan menurut waktu": "skm.stats.mann_kendall([84.2, 85.1, 86.2, 88.0, 89.3])",
    "Bagan kendali": "skm.stats.control_chart({f'202{i}': (86 + i % 3, 0.8, 340) for i in range(6)})",
    "Bobot raking": "skm.stats.rake(survei, {'jenis_kelamin': {'Laki-laki': 1700, 'Perempuan': 1741}})",
    "Pengelompokan saran": "skm.stats.group_suggestions(['loketnya satu, antre lama', 'petugas ramah', ''])",
}


def space() -> dict[str, Any]:
    """Return the names that the lines use."""
    found: dict[str, Any] = {}
    exec(BEFORE, found)
    return found


def gallery(made: Path) -> None:
    """Write both pages."""
    import matplotlib as mpl

    mpl.use("Agg")
    import skm

    names = space()
    start = ["```python", BEFORE, "```", ""]
    said = "dibuat ulang setiap kali situs ini dibangun, dari kode di bawahnya. Semuanya bermula dari baris-baris ini:"
    charts = ["# Galeri grafik", "", f"Gambar di bawah {said}", "", *start]
    for title, code in CHARTS.items():
        target = made / "galeri" / f"{_file(title)}.svg"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(skm.charts.to_svg(eval(code, names)), encoding="utf-8")
        charts += [f"## {title}", "", f"![{title}](galeri/{target.name})", "", *_code(code)]
    write(made / "galeri.md", charts)
    tables = ["# Galeri tabel", "", f"Tabel di bawah {said}", "", *start]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for title, code in TABLES.items():
            line = code if ".table(" in code else f"{code}.table()"
            body = eval(line, names).to_html()
            tables += [f"## {title}", "", "```{raw} html", f'<div class="tabel">{body}</div>', "```", "", *_code(line)]
    write(made / "galeri-tabel.md", tables)


def _file(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _code(line: str) -> list[str]:
    """Return a long call one argument a line."""
    return ["```python", ast.unparse(ast.parse(line)) if len(line) < 90 else _wrapped(line), "```", ""]


def _wrapped(line: str) -> str:
    call = ast.parse(line, mode="eval").body
    method = ""
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and not call.args and not call.keywords:
        method, call = f".{call.func.attr}()", call.func.value
    if not isinstance(call, ast.Call):
        return line
    parts = [*(ast.unparse(a) for a in call.args), *(f"{k.arg}={ast.unparse(k.value)}" for k in call.keywords)]
    return "\n".join([f"{ast.unparse(call.func)}(", *(f"    {part}," for part in parts), f"){method}"])
