"""Notes for the office that writes the report: never in the document itself, always in catatan_penyusun.txt.

A report that is to be signed tells its reader what was found and how. What its writer should still do (fill in, check,
choose) is said on the terminal, in this text and, in Word, as comments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from skm.basics import messages
from skm.basics.numbers import Lang, resolve_lang
from skm.basics.values import Finding
from skm.report.material.bahan import Bahan
from skm.report.material.redactor import without_names

NOTES = "catatan_penyusun.txt"

# Facts about the figures that a reader needs; every other finding is for the writer.
READER = frozenset(
    {
        "nilai-kosong",
        "nilai-kosong-pengguna",
        "skala-diubah",
        "skala-seratus",
        "skala-dari-nol",
        "huruf-arah",
        "berkas-ditinggalkan",
        "usia-tidak-wajar",
        "responden-tanpa-jawaban",
        "unsur-tanpa-jawaban",
        "ikm-di-luar-skala",
        "jawaban-kembar",
        "unsur-banyak",
        "jumlah-persen",
        "indeks-hanya-lengkap",
        "usia-tanpa-kelompok",
        "regulasi-dicabut",
        "periode-disaring",
        "periode-disaring-ikut",
        "periode-nama-saja",
        "laporan-dari-hitungan",
        "laporan-dari-nilai",
    }
)


def for_reader(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that the document itself prints."""
    return tuple(_public(f) for f in findings if f.kode in READER)


def _public(finding: Finding) -> Finding:
    """Return a finding whose file names hold no person."""
    if not isinstance(files := finding.bukti.get("berkas"), (list, tuple)):
        return finding
    return replace(finding, bukti={**finding.bukti, "berkas": [without_names(str(name)) for name in files]})


def for_writer(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that only the office needs."""
    return tuple(f for f in findings if f.kode not in READER)


def with_advice(finding: Finding, lang: str) -> str:
    """Return a finding's sentence and what can be done about it."""
    text = finding.text(lang)
    code = f"{finding.kode}.saran"
    if messages.has(finding.area, code):
        return f"{text} {messages.text(finding.area, code, lang, **finding.bukti)}"
    return text


def writer_lines(bahan: Bahan, places: Iterable[tuple[str, str]], lang: Lang) -> Iterator[str]:
    """Yield the text line by line: what is not filled in, what was noticed, what concerns single places."""

    def say(code: str) -> str:
        return messages.text("laporan", code, lang)

    yield say("catatan-penyusun-judul")
    yield say("catatan-penyusun-pembuka")
    missing = bahan.missing(lang)
    if missing:
        yield from ("", say("catatan-penyusun-kosong"), *(f"- {name}" for name in missing))
    found = for_writer(bahan.findings())
    if found:
        yield from ("", say("catatan-penyusun-temuan"), *(f"- {with_advice(f, lang)}" for f in found))
    shown = {with_advice(f, lang) for f in found}
    own = [(place, text) for place, text in places if text not in shown]
    if own:
        yield from (
            "",
            say("catatan-penyusun-tempat"),
            *(f"- {place}: {text}" if place else f"- {text}" for place, text in own),
        )
    if not missing and not found and not own:
        yield from ("", say("catatan-penyusun-bersih"))


def notes_text(bahan: Bahan, places: Iterable[tuple[str, str]], lang: str | None = None) -> bytes:
    """Return the text of catatan_penyusun.txt."""
    return _for_notepad(writer_lines(bahan, places, resolve_lang(lang)))


def findings_text(findings: Iterable[Finding], lang: str | None = None) -> bytes:
    """Return catatan_penyusun.txt of a set that has findings only: what the office should settle before it signs."""
    language = resolve_lang(lang)

    def say(code: str) -> str:
        return messages.text("laporan", code, language)

    lines = [f"- {with_advice(f, language)}" for f in findings]
    parts = [say("catatan-penyusun-judul"), say("catatan-penyusun-pembuka"), ""]
    parts += [say("catatan-penyusun-temuan"), *lines] if lines else [say("catatan-penyusun-bersih")]
    return _for_notepad(parts)


def _for_notepad(lines: Iterable[str]) -> bytes:
    """Return lines with the ends and the mark that Notepad wants."""
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
