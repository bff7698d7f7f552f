"""In a notebook: charts and material show themselves, documents go into streams, any results become tables."""

from __future__ import annotations

import io
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

import skm
from skm import charts, report
from skm.errors import OptionError, SKMError


@pytest.fixture(scope="module")
def survei() -> Any:
    return skm.read(skm.contoh())


@pytest.fixture(scope="module")
def bahan(survei: Any) -> report.Bahan:
    return report.compile(survei, fakta={"unit": "U", "periode": "2024-S2", "populasi": 3441})


def test_charts_show_themselves(survei: Any, bahan: report.Bahan) -> None:
    """Every chart has a picture of its own, without pyplot."""
    hasil = skm.score(survei)
    tren = skm.trend({"2023": "87,64", "2024": hasil})
    shown = [
        charts.unsur_bar(hasil),
        charts.answer_bar(hasil),
        charts.profile_bar(skm.profile(survei)),
        charts.trend_line(tren),
        charts.sample_curve(skm.adequacy(n=341, population=3441)),
        charts.poster(hasil, unit="U", periode="2024"),
    ]
    assert all(ax._repr_png_().startswith(b"\x89PNG") for ax in shown)
    import sys

    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


def test_the_trend_chart_takes_what_trend_gives(survei: Any) -> None:
    """The same picture as from its series; anything else is refused in words."""
    tren = skm.trend({"2023": "87,64", "2024": skm.score(survei)})
    assert charts.to_png(charts.trend_line(tren)) == charts.to_png(charts.trend_line(tren.seri()))
    with pytest.raises(OptionError, match="grafik-tren-jenis"):
        charts.trend_line(87.64)


def test_material_shows_itself_and_pickles(bahan: report.Bahan) -> None:
    """As HTML; and the same after a trip through another process."""
    assert "89,31" in bahan._repr_html_()
    again = pickle.loads(pickle.dumps(bahan))
    assert again.to_dict() == bahan.to_dict()
    assert skm.audit(again).to_dict() == skm.audit(bahan).to_dict()


WRITERS: dict[str, Callable[[Any, Any], Any]] = {
    "docx": lambda b, s: report.write_docx(b, s, nomor_halaman=False),
    "html": report.write_html,
    "pdf": lambda b, s: report.write_pdf(b, s, cara="typst"),
    "xlsx": report.write_workbook,
    "poster": lambda b, s: report.write_poster(b, s, jenis="pdf"),
    "tindak lanjut": lambda b, s: report.write_follow_up(b, s, jenis="html"),
    "formulir": lambda b, s: report.write_facts_form(s),
    "isian": lambda b, s: report.write_blank_answers(s),
    "kuesioner": lambda b, s: report.write_questionnaire(s),
    "tabel": lambda b, s: report.write_tables(b.hasil, s),
    "rekap": lambda b, s: report.write_recap({"Unit A": b.hasil}, s),
    "rekap json": lambda b, s: report.write_recap({"Unit A": b.hasil}, s, jenis="json"),
    "kinerja": lambda b, s: report.write_kinerja(PERFORMANCE, s, jenis="html"),
}
PERFORMANCE = {"tahun": 2024, "indikator": [{"nama": "IKM", "target": "94,14", "realisasi": "89,31"}]}
HEADS = (b"PK", b"%PDF", b"<!DOCTYPE", b"{")


@pytest.mark.parametrize("name", WRITERS)
def test_every_writer_takes_a_stream(name: str, bahan: report.Bahan) -> None:
    """The stream is written to and left open; nothing is returned."""
    stream = io.BytesIO()
    assert WRITERS[name](bahan, stream) is None
    assert stream.getvalue().startswith(HEADS)
    assert not stream.closed


@pytest.mark.parametrize("lang", ["id", "en"])
def test_any_results_as_numbered_tables(lang: str, survei: Any, tmp_path: Path) -> None:
    """Word, Excel and LaTeX hold the same captions and figures, with the sentence of the method."""
    hasil = skm.score(survei)
    results = [
        hasil,
        skm.profile(survei),
        skm.stats.cronbach_alpha(survei),
        ("Tren & IKM", skm.trend({"2023": "87,64"})),
    ]
    figure = "89,31" if lang == "id" else "89.31"
    label = "Tabel" if lang == "id" else "Table"
    path = report.write_tables(results, tmp_path / "t.docx", lang=lang)
    assert path is not None
    words = docx.Document(str(path))
    captions = [p.text for p in words.paragraphs if p.style is not None and p.style.name == "Caption"]
    assert [c.split(".")[0] for c in captions] == [f"{label} {i}" for i in range(1, 5)]
    told = "\n".join([*(p.text for p in words.paragraphs), *(c.text for t in words.tables for c in t._cells)])
    assert figure in told
    assert "Peraturan Menteri PANRB Nomor 14 Tahun 2017" in told
    assert ("bobot 1/9" if lang == "id" else "weight 1/9") in told
    book = report.write_tables(results, tmp_path / "t.xlsx", lang=lang)
    assert book is not None
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == [f"{label} {i}" for i in range(1, 5)]
    assert any(cell.value == 178 for row in sheets.worksheets[1].iter_rows() for cell in row)
    tex = report.write_tables(results, tmp_path / "t.tex", lang=lang)
    assert tex is not None
    text = tex.read_text("utf-8")
    assert text.count(r"\begin{table}") == text.count(r"\toprule") == 4
    assert r"Tren \& IKM" in text
    assert figure in text


def test_what_has_no_table_is_refused(tmp_path: Path) -> None:
    """In words, before anything is written."""
    for wrong in ([], [3], "teks"):
        with pytest.raises(SKMError):
            report.write_tables(wrong, tmp_path / "t.docx")
    with pytest.raises(OptionError):
        report.write_tables([skm.score_counts({"waktu": (0, 0, 1, 1)})], tmp_path / "t.odt")
    assert list(tmp_path.iterdir()) == []


def test_the_same_tables_are_the_same_bytes(survei: Any) -> None:
    """Two runs, one file."""
    made = []
    for _ in range(2):
        stream = io.BytesIO()
        report.write_tables([skm.score(survei)], stream)
        made.append(stream.getvalue())
    assert made[0] == made[1]
    assert zipfile.is_zipfile(io.BytesIO(made[0]))
