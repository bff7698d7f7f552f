"""The poster: every field of Lampiran IV, both lists of education, nothing outside, nothing on top of another."""

from __future__ import annotations

import itertools
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from matplotlib.text import Text

import skm
from skm import charts
from skm.charts import _poster
from skm.errors import SKMError
from skm.report import compile, write_poster  # noqa: A004


def png(width: int, height: int) -> bytes:
    """A picture of one colour, written by hand."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\xc8\x9a\x20" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def words(ax: Any) -> str:
    return " | ".join(t.get_text() for t in ax.texts)


def boxes(ax: Any) -> list[tuple[str, Any]]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    renderer = FigureCanvasAgg(ax.figure).get_renderer()
    return [(t.get_text(), t.get_window_extent(renderer)) for t in ax.texts if t.get_text().strip()]


LONG = {
    "unit": "Unit Pelaksana Teknis Daerah Pusat Kesehatan Masyarakat Rawat Inap Kecamatan Sumberlawang Selatan",
    "instansi": "Dinas Kesehatan, Pengendalian Penduduk dan Keluarga Berencana Pemerintah Kabupaten Contoh Raya",
    "periode": "Triwulan III Tahun 2026",
    "layanan": "Pelayanan rawat jalan, rawat inap, persalinan, laboratorium, farmasi, konseling gizi dan imunisasi",
    "mulai": "30 September 2026",
    "selesai": "31 Desember 2026",
    "metode": "Kuesioner daring diisi sendiri oleh pengguna layanan yang dipilih acak, sembilan unsur, skala empat",
}
SHORT = {"unit": "X"}
USUAL = {"unit": "Kecamatan Contoh", "instansi": "Pemerintah Kota Contoh", "periode": "Semester II Tahun 2024"}


@pytest.fixture(scope="module")
def survei() -> Any:
    return skm.read(skm.contoh())


@pytest.fixture(scope="module")
def hasil(survei: Any) -> Any:
    return skm.score(survei)


@pytest.fixture(scope="module")
def profil(survei: Any) -> Any:
    return skm.profile(survei)


def respondents(levels: list[str | None], sex: str = "jenis_kelamin") -> Any:
    return skm.profile(
        [{"pendidikan": e, sex: "LP"[i % 2], **{f"u{j}": 3 for j in range(1, 10)}} for i, e in enumerate(levels)]
    )


@pytest.mark.parametrize(
    ("facts", "logo", "lang"),
    [
        (USUAL, png(90, 300), "id"),
        (LONG, png(300, 90), "id"),
        (LONG, None, "en"),
        (SHORT, None, "id"),
    ],
    ids=["biasa", "panjang", "panjang en", "pendek"],
)
@pytest.mark.parametrize("ukuran", ["a4", "persegi"])
def test_nothing_lies_outside_or_on_top(
    hasil: Any, profil: Any, ukuran: str, facts: dict[str, str], logo: bytes | None, lang: str
) -> None:
    """Whatever the names, every line is on the page, free of its neighbours, and large enough to read."""
    ax = charts.poster(hasil, profil=profil, ukuran=ukuran, logo=logo, lang=lang, **facts)
    size = _poster.FORMATS[ukuran]
    placed = boxes(ax)
    for text, box in placed:
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= size.lebar * 100, text
        assert box.y1 <= size.tinggi * 100, text
    for (a, first), (b, second) in itertools.combinations(placed, 2):
        wide = min(first.x1, second.x1) - max(first.x0, second.x0)
        high = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert wide <= 1 or high <= 3, (a, b)
    least = size.kecil * 0.85
    assert min(t.get_fontsize() for t in ax.texts) >= least
    # At arm's length a letter of ten points is legible; on a telephone one of a sixtieth of the side.
    assert least >= (10 if ukuran == "a4" else size.lebar * 72 / 60)
    assert "…" not in words(ax) or facts is LONG


def test_the_fields_of_the_regulation(hasil: Any, profil: Any) -> None:
    """Title, unit, agency, period, figure, service, n, sex, education, days, thanks; and the method beside them."""
    ax = charts.poster(hasil, profil=profil, mulai="1 Juli 2024", selesai="30 September 2024", layanan="KTP", **USUAL)
    text = words(ax)
    for piece in (
        "INDEKS KEPUASAN",
        "Kecamatan Contoh",
        "Pemerintah Kota Contoh",
        "Semester II Tahun 2024",
        "NILAI IKM",
        "89,31",
        "Mutu A",
        "NAMA LAYANAN | KTP",
        "341 orang",
        "L = 178 / P = 163",
        "SD ke bawah = 105",
        "D-I/D-III/D-IV/S1 = 19",
        "1 Juli 2024 s.d.",
        "Terima kasih",
        "bobot 1/9",
    ):
        assert piece in text, piece


def test_both_lists_of_education() -> None:
    """SD to S2 with a diploma as the poster has it, S3 as the questionnaire; what was not asked is a dash."""
    rows = respondents(["SD", "SLTP", "SMA", "D3", "S-1", "S2", "S3", "S3"]).karakteristik["pendidikan"]
    shown = _poster.education(rows)
    assert [name for name, _ in shown] == list(_poster.EDUCATION)
    assert [row.jumlah if row else None for _, row in shown] == [1, 1, 1, 1, 1, 1, 2]
    partly = _poster.education(respondents(["SD", "S3"]).karakteristik["pendidikan"])
    assert [row.jumlah if row else None for _, row in partly] == [1, None, None, None, None, None, 1]


def test_a_mixed_level_stays_as_it_was_asked() -> None:
    """A level that lumps diploma and bachelor is not taken apart; blanks stay a level where there are any."""
    mixed = _poster.education(respondents(["SD", "D-I/D-III/D-IV/S1", None]).karakteristik["pendidikan"])
    assert [name for name, _ in mixed][:2] == ["SD", "D-I/D-III/D-IV/S1"]
    assert sum(row.jumlah for _, row in mixed if row) == 3


def test_small_groups_are_hidden(survei: Any, tmp_path: Path) -> None:
    """Three with a doctorate: a star, and the next smallest too, so that nobody can work it out."""
    levels = ["SD"] * 40 + ["SMA"] * 30 + ["S1"] * 9 + ["S3"] * 3
    rows = [
        {"pendidikan": e, "jenis_kelamin": "LP"[i % 2], **{f"u{j}": 3 + i % 2 for j in range(1, 10)}}
        for i, e in enumerate(levels)
    ]
    bahan = compile(rows, unit="Unit", periode="2026", u8="sarana")
    captured: list[Any] = []
    original = charts.poster

    def spy(*args: Any, **options: Any) -> Any:
        captured.append(original(*args, **options))
        return captured[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, "poster", spy)
        write_poster(bahan, tmp_path / "p.png")
    text = words(captured[0])
    assert "S3 = *" in text
    assert "S1 = *" in text
    assert "SD = 40" in text
    assert "tidak ditampilkan" in text


@pytest.mark.parametrize(("ukuran", "pixels"), [("a4", (1654, 2338)), ("persegi", (1080, 1080))])
def test_files(survei: Any, tmp_path: Path, ukuran: str, pixels: tuple[int, int]) -> None:
    """PNG of the right size, SVG, PDF, with the logo of the facts."""
    (tmp_path / "logo.png").write_bytes(png(60, 60))
    fakta = {**USUAL, "logo": str(tmp_path / "logo.png"), "survei_mulai": "1 Juli 2024", "survei_selesai": "2024-09-30"}
    bahan = compile(survei, fakta=fakta)
    content = write_poster(bahan, tmp_path / "p.png", ukuran=ukuran).read_bytes()
    width, height = struct.unpack(">II", content[16:24])
    assert (abs(width - pixels[0]), abs(height - pixels[1])) <= (1, 1)
    assert write_poster(bahan, tmp_path / "p.pdf", ukuran=ukuran).read_bytes().startswith(b"%PDF")
    assert "<svg" in write_poster(bahan, tmp_path / "p.svg", ukuran=ukuran).read_text(encoding="utf-8")


def test_a_name_with_odd_signs(hasil: Any) -> None:
    """Dollar signs are no formula, emoji vanish, a word without spaces is cut at the edge."""
    ax = charts.poster(hasil, unit="Unit $x^2$ \U0001f9fe " + "W" * 90, ukuran="a4")
    text = words(ax)
    assert "$x^2$" in text
    assert "\U0001f9fe" not in text
    assert all(isinstance(t, Text) for t in ax.texts)


@pytest.mark.parametrize(
    ("options", "code"),
    [({"ukuran": "a5"}, "opsi-tidak-dikenal"), ({"logo": b"bukan gambar"}, "gambar-bukan"), ({"logo": b"\x89PNG\r\n\x1a\nxx"}, "gambar-bukan")],
)  # fmt: skip
def test_bad_options(hasil: Any, options: dict[str, Any], code: str) -> None:
    """Format and logo."""
    with pytest.raises(SKMError) as caught:
        charts.poster(hasil, unit="X", **options)
    assert caught.value.code == code


def test_a_poster_needs_unit_and_period(survei: Any, tmp_path: Path) -> None:
    """There is nothing to fill in by hand on a poster."""
    with pytest.raises(SKMError) as caught:
        write_poster(compile(survei), tmp_path / "p.png")
    assert caught.value.code == "poster-fakta"
    assert not list(tmp_path.iterdir())
    assert "Nama unit" in caught.value.message("id")
