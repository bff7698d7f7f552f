"""What stands before the chapters: the preface, and the lists of contents, tables and figures."""

from __future__ import annotations

from skm.report.chapters.blocks import Blok, Contents, Cover, Paragraph, SignatureBlock
from skm.report.chapters.sentences import Sentences


def cover(k: Sentences) -> list[Blok]:
    """Title, unit, agency, period, logo."""
    logo = k.bahan.fakta.get("logo")
    return [Cover(k.say("sampul-judul"), k.fact("unit"), k.fact("instansi"), k.fact("periode"), logo)]


def preface(k: Sentences) -> list[Blok]:
    """Thank, say what the report holds, and sign."""
    fields = {"unit": k.fact("unit"), "periode": k.fact("periode"), "peraturan": k.bahan.hasil.regulasi.nama}
    return [*(Paragraph(k.say(f"pengantar-{i}", **fields)) for i in range(1, 4)), signature(k)]


def contents(_: Sentences) -> list[Blok]:
    """Return the table of contents."""
    return [Contents()]


def tables(_: Sentences) -> list[Blok]:
    """Return the list of tables."""
    return [Contents("tabel")]


def figures(_: Sentences) -> list[Blok]:
    """Return the list of figures."""
    return [Contents("gambar")]


def signature(k: Sentences) -> SignatureBlock:
    """Return place and date, office, name and number of the person who signs."""
    nip = k.bahan.fakta.text("nip_penanda_tangan", k.lang)
    return SignatureBlock(
        f"{k.fact('tempat_tanda_tangan')}, {k.fact('tanggal_laporan')}",
        k.fact("jabatan_penanda_tangan"),
        k.fact("nama_penanda_tangan"),
        f"NIP {spaced(nip)}" if nip else "",
    )


def spaced(nip: str) -> str:
    """Write a number of eighteen digits the way decrees do: day of birth, first day of service, sex, place in line.

    >>> spaced("198001012005011001"), spaced("12")
    ('19800101 200501 1 001', '12')
    """
    digits = "".join(nip.split())
    if len(digits) != 18 or not digits.isdigit():
        return nip
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"
