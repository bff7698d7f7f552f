"""What a person has to say before, or about, a figure: each with the option that says it and the choices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from skm.answers.account import OpenQuestion
from skm.answers.understand import Reading
from skm.basics.errors import SKMError
from skm.basics.messages import Phrase
from skm.regulasi._unsur import is_ambiguous

_AREA = "akun"


def questions_in(bacaan: Reading) -> Iterator[OpenQuestion]:
    """Yield what is assumed in an understood table, and what stands in the way of counting it."""
    for problem in bacaan.halangan:
        if (asked := question_of(problem)) is not None:
            yield asked
    if bacaan.u8 != "bernama" and is_ambiguous(bacaan.kuesioner.regulasi):
        yield _u8(wajib=False)


def question_of(problem: SKMError) -> OpenQuestion | None:
    """Return the question that a refusal puts, or None where no option settles it.

    The choices are those of that very input: an unsur, a sheet, a label set, a code for missing.

    Examples
    --------
    >>> from skm.errors import DataError
    >>> q = question_of(DataError("lembar-mendua", pilihan=["KTP", "KK"], contoh="KTP"))
    >>> q.opsi, [value for value, _ in q.pilihan]
    ('sheet', ['KTP', 'KK'])
    """
    build = _QUESTIONS.get(problem.code)
    return None if build is None else build(problem)


def _weak(problem: SKMError) -> OpenQuestion:
    choices: list[tuple[str, Phrase]] = []
    for unsur, columns in problem.context.get("usulan", {}).items():
        choices.append((unsur, Phrase(_AREA, "pilih-unsur", {"unsur": unsur, "kolom": columns[0]})))
        choices.append((f"tanpa-{unsur}", Phrase(_AREA, "pilih-tanpa", {"unsur": unsur})))
    return _asked(problem, "terima", choices)


def _missing(problem: SKMError) -> OpenQuestion:
    unsur = problem.context.get("unsur", [])
    return _asked(problem, "terima", [(f"tanpa-{u}", Phrase(_AREA, "pilih-tanpa", {"unsur": u})) for u in unsur])


def _blocks(problem: SKMError) -> OpenQuestion:
    words, titles = problem.context.get("blok", []), problem.context.get("pilihan", [])
    offered = zip(words, titles, strict=True)
    return _asked(problem, "terima", [(w, Phrase(_AREA, "pilih-blok", {"blok": t})) for w, t in offered])


def _withdrawn(problem: SKMError) -> OpenQuestion:
    many = problem.context.get("banyak", 0)
    offered = [(word, Phrase(_AREA, f"pilih-{word}", {"banyak": many})) for word in problem.context.get("kata", [])]
    return _asked(problem, "terima", offered)


def _sheet(problem: SKMError) -> OpenQuestion:
    names = problem.context.get("pilihan", [])
    return _asked(problem, "sheet", [(n, Phrase(_AREA, "pilih-lembar", {"lembar": n})) for n in names])


def _hundred(problem: SKMError) -> OpenQuestion:
    return _asked(problem, "skala", [("25-100", Phrase(_AREA, "pilih-seratus", {}))])


def _longer(problem: SKMError) -> OpenQuestion:
    levels = ("5-proporsional", "5-linear", "6-proporsional", "6-linear")
    return _asked(problem, "skala", [(name, Phrase(_AREA, f"pilih-{name}", {})) for name in levels])


def _blank(problem: SKMError) -> OpenQuestion:
    named = [str(code).rpartition(" (")[0] for code in problem.context.get("kode", ())]
    return _asked(problem, "nilai_kosong", [(v, Phrase(_AREA, "pilih-kosong", {"nilai": v})) for v in named])


def _zero(problem: SKMError) -> OpenQuestion:
    return _asked(problem, "nilai_kosong", [("0", Phrase(_AREA, "pilih-kosong", {"nilai": "0"}))])


def _order(problem: SKMError) -> OpenQuestion:
    names = ("hari-bulan", "bulan-hari")
    return _asked(problem, "urutan", [(name, Phrase(_AREA, f"pilih-{name}", {})) for name in names])


def _split(problem: SKMError) -> OpenQuestion:
    unsur = str(problem.context.get("unsur", ""))
    return _asked(problem, "perbaikan", [(f"gabung-kolom {unsur}", Phrase(_AREA, "pilih-gabung", {"unsur": unsur}))])


def _labels(problem: SKMError) -> OpenQuestion:
    names = problem.context.get("rangkaian", ())
    return _asked(problem, "label", [(str(n), Phrase(_AREA, "pilih-label", {"nama": str(n)})) for n in names])


def _rows(problem: SKMError) -> OpenQuestion:
    layouts = {"rekap": "pilih-rekap", "tabel-rapi": "pilih-responden"}
    return _asked(problem, "layout", [(name, Phrase(_AREA, code, {})) for name, code in layouts.items()])


def _u8(*, wajib: bool) -> OpenQuestion:
    choices = [(name, Phrase(_AREA, f"pilih-u8-{name}", {})) for name in ("pengaduan", "sarana")]
    return OpenQuestion("u8-dianggap", "u8", tuple(choices), Phrase(_AREA, "tanya-u8", {}), wajib)


def _asked(problem: SKMError, option: str, choices: Sequence[tuple[str, Phrase]]) -> OpenQuestion:
    sentence = Phrase("galat", problem.code, dict(problem.context))
    return OpenQuestion(problem.code, option, tuple(choices), sentence)


_QUESTIONS: dict[str, Callable[[SKMError], OpenQuestion]] = {
    "kolom-lemah": _weak,
    "kolom-mendua": _blocks,
    "kolom-kode": _blocks,
    "baris-batal": _withdrawn,
    "kolom-unsur-hilang": _missing,
    "lembar-mendua": _sheet,
    "jawaban-seratus": _hundred,
    "jawaban-skala-lain": _longer,
    "jawaban-kode-kosong": _blank,
    "jawaban-nol": _zero,
    "jawaban-label": _labels,
    "jawaban-label-set": _labels,
    "tanggal-mendua": _order,
    "rekap-atau-responden": _rows,
    "kolom-terbelah": _split,
    "laporan-u8": lambda _: _u8(wajib=True),
}
