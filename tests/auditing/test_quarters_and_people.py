"""The annex of a performance report: measurement by quarter, and people by sex. Right ones are silent, wrong ones told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skm.auditing.audit import audit
from skm.auditing.result import HasilTelaah

# Name, indicator, unit, target, reached, ceiling, spent: up to the first quarter.
LINES: tuple[tuple[Any, ...], ...] = (
    ("PROGRAM PELAYANAN PUBLIK", "Persentase layanan tepat waktu", "%", 100, 25, 1_981_567_018, 284_668_290),
    ("Koordinasi Pelayanan Terpadu", "Dokumen koordinasi", "Dokumen", 12, 3, 1_215_800_000, 181_929_400),
    ("Penyusunan Standar Pelayanan", "Standar yang disusun", "Standar", 8, 2, 765_767_018, 102_738_890),
    ("PROGRAM PEMBERDAYAAN KELURAHAN", "Persentase lembaga aktif", "%", 95, 35, 2_054_012_000, 179_379_756),
    ("Musyawarah Kelurahan", "Musyawarah yang terlaksana", "Kegiatan", 30, 30, 1_350_000_000, 135_970_100),
    ("Pelatihan Lembaga", "Lembaga yang dilatih", "Lembaga", 4, 1, 704_012_000, 43_409_656),
)
HEAD = ("Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja", "Satuan", "Target", "Realisasi s.d. TW {q}", "%", "Pagu",
        "Realisasi s.d. TW {q}", "%")  # fmt: skip
Edit = Callable[[list[Any], int], None]


def rupiah(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def share(a: int, b: int) -> str:
    return f"{a / b * 100:.2f}".replace(".", ",")


def rows(quarter: int, edit: Edit | None = None) -> list[list[str]]:
    """Return a quarter: four times as much is reached in the fourth, money is spent in step."""
    out = []
    for i, line in enumerate(LINES):
        name, indicator, unit, target, reached, ceiling, spent = line
        cells = [name, indicator, unit, target, min(target, reached * quarter), ceiling, spent * quarter, None, None]
        if edit is not None:
            edit(cells, i)
        work = cells[7] or share(cells[4], cells[3])
        money = cells[8] or share(cells[6], cells[5])
        out.append([*map(str, cells[:5]), work, rupiah(cells[5]), rupiah(cells[6]), money])
    total = [sum(int(row[c].replace(".", "")) for row in out if row[0].startswith("PROGRAM")) for c in (6, 7)]
    return [*out, ["JUMLAH", "", "", "", "", "", rupiah(total[0]), rupiah(total[1]), share(total[1], total[0])]]


def page(folder: Path, *quarters: tuple[str, list[list[str]]]) -> Path:
    """Print quarters as a page with a header of two rows."""
    body = []
    for q, lines in quarters:
        first = "".join(f"<th rowspan=2>{h}" for h in HEAD[:3])
        second = "".join(f"<th>{h.format(q=q)}" for h in HEAD[3:])
        head = f"<tr>{first}<th colspan=3>Kinerja<th colspan=3>Anggaran (Rp)</tr><tr>{second}</tr>"
        told = "".join("<tr>" + "".join(f"<td>{c}" for c in line) + "</tr>" for line in lines)
        body.append(f"<p>Tabel Pengukuran Kinerja Triwulan {q} Tahun 2024</p><table>{head}{told}</table>")
    path = folder / "lampiran.html"
    path.write_text(f"<html><body>{''.join(body)}</body></html>", encoding="utf-8")
    return path


def word(folder: Path, *quarters: tuple[str, list[list[str]]]) -> Path:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for q, lines in quarters:
        document.add_paragraph(f"Pengukuran Kinerja Triwulan {q} Tahun 2024")
        table = document.add_table(rows=2 + len(lines), cols=len(HEAD))
        for c, text in enumerate(HEAD):
            table.cell(1, c).text = text.format(q=q)
        for first, last, text in ((3, 5, "Kinerja"), (6, 8, "Anggaran (Rp)")):
            table.cell(0, first).merge(table.cell(0, last)).text = text
        for r, line in enumerate(lines, start=2):
            for c, cell in enumerate(line):
                table.cell(r, c).text = cell
    path = folder / "lampiran.docx"
    document.save(str(path))
    return path


def serious(hasil: HasilTelaah) -> set[str]:
    return {f.kode for f in hasil.temuan if f.tingkat != "catatan"}


@pytest.mark.parametrize("write", [page, word])
def test_right_quarters_are_silent(write: Callable[..., Path], tmp_path: Path) -> None:
    hasil = audit(write(tmp_path, *((q, rows(i)) for i, q in enumerate(("I", "II", "III"), start=1))))
    assert not serious(hasil), hasil.to_text()
    assert {t.triwulan for t in hasil.publikasi.klaim.anggaran} == {1, 2, 3}
    assert len(hasil.publikasi.klaim.indikator) == 3 * len(LINES)


def _put(row: int, column: int, value: Any) -> Edit:
    def edit(cells: list[Any], i: int) -> None:
        if i == row:
            cells[column] = value

    return edit


WRONG: dict[str, tuple[Edit, str]] = {
    "capaian": (_put(4, 7, "90,00"), "klaim-capaian"),
    "serapan": (_put(2, 8, "31,42"), "anggaran-persen"),
    "anggaran-turun": (_put(1, 6, 900_000), "anggaran-triwulan-turun"),
    "kinerja-turun": (_put(1, 4, 2), "klaim-triwulan-turun"),
    "anak-di-atas-program": (_put(2, 5, 2_900_000_000), "anggaran-anak-melebihi"),
    "lebih-dari-pagu": (_put(5, 6, 800_000_000), "anggaran-lebih"),
}


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("write", [page, word])
def test_what_cannot_be_is_told(kind: str, write: Callable[..., Path], tmp_path: Path) -> None:
    edit, code = WRONG[kind]
    found = serious(hasil := audit(write(tmp_path, ("I", rows(1)), ("II", rows(2, edit)))))
    assert code in found, hasil.to_text()


def test_quarters_of_their_own_may_fall(tmp_path: Path) -> None:
    """Without "s.d." a quarter counts by itself, and may be smaller than the one before."""
    path = page(tmp_path, ("I", rows(1)), ("II", rows(2, _put(1, 6, 900_000))))
    path.write_text(path.read_text(encoding="utf-8").replace(" s.d. TW", " TW"), encoding="utf-8")
    assert "anggaran-triwulan-turun" not in serious(hasil := audit(path)), hasil.to_text()


def test_less_is_better(tmp_path: Path) -> None:
    """A rate that should fall: twice the target less what was reached, or the target over it."""
    lines = ["Indikator;Target;Realisasi;Capaian (%)", "Angka kemiskinan;5,20;4,90;105,77", "Waktu tunggu;30;25;120,00",
             "Lembaga aktif;80;85;100,00"]  # fmt: skip
    path = tmp_path / "k.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert not serious(hasil := audit(path)), hasil.to_text()


def test_the_quarters_of_a_real_report(shared_data: Path, tmp_path: Path) -> None:
    """The two quarters that are transcribed whole: every line read, no finding."""
    import csv

    with (shared_data / "lkjip-2024" / "triwulan.csv").open(encoding="utf-8") as file:
        source = [r for r in csv.DictReader(file) if r["triwulan"] in ("I", "II")]
    quarters = []
    for q in ("I", "II"):
        lines = []
        for r in (r for r in source if r["triwulan"] == q):
            money = [r["pagu"], r["realisasi_anggaran_sd"]]
            told = share(int(money[1]), int(money[0])) if all(x.isdigit() and int(x) for x in money) else "-"
            shown = [rupiah(int(x)) if x.isdigit() else x for x in money]
            name, indicator = r["program_kegiatan_subkegiatan"], r["indikator"]
            lines.append([name, indicator, r["satuan"], r["target"], r["realisasi_sd"], "-", *shown, told])
        quarters.append((q, lines))
    hasil = audit(page(tmp_path, *quarters))
    assert not serious(hasil), hasil.to_text()
    assert sum(len(t.baris) for t in hasil.publikasi.klaim.anggaran) > 70


PEOPLE = [("Mawar", 3_100, 3_205), ("Melati", 4_604, 4_611), ("Kenanga", 980, 1_012)]


@pytest.mark.parametrize(("row", "column", "code"), [
    (None, 0, ""), (1, 3, "penduduk-baris"), (3, 1, "penduduk-jumlah"), (3, 2, "penduduk-jumlah"), (0, 1, "penduduk-baris"),
])  # fmt: skip
@pytest.mark.parametrize("heads", [("Laki-laki", "Perempuan", "Jumlah"), ("L", "P", "L+P")])
def test_people_by_sex(row: int | None, column: int, code: str, heads: tuple[str, ...], tmp_path: Path) -> None:
    table = [[name, m, w, m + w] for name, m, w in PEOPLE]
    table.append(["Jumlah", *(sum(line[c] for line in table) for c in (1, 2, 3))])  # type: ignore[misc]
    if row is not None:
        table[row][column] += 69  # type: ignore[operator]
    path = tmp_path / "penduduk.csv"
    told = [";".join([str(a), *(rupiah(int(x)) for x in rest)]) for a, *rest in table]
    path.write_text("\n".join([";".join(["Kelurahan", *heads]), *told]), encoding="utf-8")
    found = serious(hasil := audit(path))
    assert (code in found) if code else not found, hasil.to_text()
