"""From a request to everything it asks for: the figure, groups, profile, adequacy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from skm.api.envelope.document import GroupFinding
from skm.api.envelope.request import READING, Request
from skm.basics import messages
from skm.basics.errors import DataError, EmptyDataError, OptionError, SKMError
from skm.basics.values import Finding, plain

if TYPE_CHECKING:
    from skm.answers.survei import Survei
    from skm.basics.table import Table
    from skm.counts.hitungan import Hitungan
    from skm.sampling import Adequacy
    from skm.scores.groups import HasilKelompok
    from skm.scores.profil import Profil
    from skm.scores.result import HasilIKM


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """One group of a batch: its label, its figure (None where nobody answered), its adequacy."""

    label: Mapping[str, Any]
    hasil: HasilIKM | None
    kecukupan: Adequacy | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that one call computed; what was not asked for is None."""

    keseluruhan: HasilIKM | None = None
    per: HasilKelompok | None = None
    kelompok: tuple[GroupAnswer, ...] | None = None
    profil: Profil | None = None
    kecukupan: Adequacy | None = None

    def findings(self) -> list[GroupFinding]:
        """Return every note once; what holds for some groups only says for which."""
        whole = (self.keseluruhan, self.per, self.profil)
        found = [GroupFinding(f) for part in whole for f in getattr(part, "catatan", ())]
        scored = [group for group in self.kelompok or () if group.hasil is not None]
        often = Counter(_mark(f) for group in scored for f in getattr(group.hasil, "catatan", ()))
        for group in scored:
            # What several groups have alike is told once, for all of them.
            notes = getattr(group.hasil, "catatan", ())
            found += [GroupFinding(f, group.label if often[_mark(f)] == 1 else None) for f in notes]
        kept: dict[str, GroupFinding] = {}
        for one in found:
            kept.setdefault(repr((_mark(one.finding), plain(one.kelompok))), one)
        return list(kept.values())

    def to_dict(self, lang: str) -> dict[str, Any]:
        """Return a JSON-ready mapping whose keys are always the same."""
        groups = None if self.kelompok is None else [self._group(group, lang) for group in self.kelompok]
        return {
            "keseluruhan": None if self.keseluruhan is None else self.keseluruhan.to_dict(lang),
            "kelompok": groups,
            "profil": None if self.profil is None else self.profil.to_dict(lang),
            "kecukupan": None if self.kecukupan is None else self.kecukupan.to_dict(lang),
        }

    def text(self, lang: str) -> str:
        """Return the tables one below the other."""
        parts = [self.keseluruhan, self.profil, self.kecukupan]
        tables = [part.table(lang) for part in parts if part is not None]
        if self.kelompok is not None:
            table = batch_table(self.kelompok, lang) if self.per is None else self.per.table(lang)
            found = self.findings()
            notes = [t.finding.text(lang) for t in found if t.kelompok is None and self.per is None]
            doubts = [t for t in found if t.kelompok is not None and t.finding.tingkat != "catatan"]
            notes += [f"[{_label(t.kelompok)}] {t.finding.text(lang)}" for t in doubts]
            tables.insert(1 if self.keseluruhan is not None else 0, replace(table, notes=(*table.notes, *notes)))
        return "\n\n".join(table.to_text() for table in tables)

    @staticmethod
    def _group(group: GroupAnswer, lang: str) -> dict[str, Any]:
        return {
            "kelompok": plain(group.label),
            "n": None if group.hasil is None else group.hasil.n,
            "hasil": None if group.hasil is None else group.hasil.to_dict(lang),
            "kecukupan": None if group.kecukupan is None else group.kecukupan.to_dict(lang),
        }


def compute(permintaan: Request, survei: Survei | None) -> Answer:
    """Compute what a request asks for; ``survei`` is its content where that is rows."""
    from skm.api import score
    from skm.regulasi._choose import questionnaire

    opsi = dict(permintaan.opsi)
    base, peta = questionnaire(permintaan.kuesioner, opsi.pop("regulasi", None))
    if permintaan.bentuk == "data":
        try:
            answers = survey_of(permintaan, base, peta) if survei is None else survei
            return from_rows(answers, opsi, permintaan.populasi)
        except SKMError as problem:
            raise _in_rows(problem, permintaan.isi) from None
    if permintaan.bentuk == "kelompok":
        groups = _batch(permintaan.isi, base, peta, opsi)
        return Answer(_total(permintaan.isi, groups, base, peta, opsi), kelompok=groups)
    isi = _renamed(permintaan.isi, peta)
    try:
        if permintaan.bentuk == "jumlah":
            hasil = score.score_counts(isi, n=permintaan.n, kuesioner=base, **opsi)
        elif permintaan.bentuk == "total":
            n = _renamed(permintaan.n, peta) if isinstance(permintaan.n, dict) else permintaan.n
            hasil = score.score_totals(isi, n, kuesioner=base, **opsi)
        else:
            hasil = score.score_means(isi, n=permintaan.n, kuesioner=base, **opsi)
    except SKMError as problem:
        raise problem.at(jalur=_unsur_path(problem, permintaan.bentuk, permintaan.isi)) from None
    return Answer(hasil, kecukupan=_adequacy(hasil, permintaan.populasi))


def batch_table(groups: Sequence[GroupAnswer], lang: str) -> Table:
    """Return one row a group, for people."""
    from skm.basics.numbers import resolve_lang
    from skm.basics.table import Table, TableColumn

    language = resolve_lang(lang)

    def word(code: str) -> str:
        return messages.text("kelompok", code, language)

    keys = list(groups[0].label)
    columns = (
        *(TableColumn(k, k) for k in keys),
        TableColumn("n", word("kolom-n"), "count"),
        TableColumn("ikm", "IKM", "decimal", 2),
        TableColumn("mutu", word("kolom-mutu")),
    )
    rows = []
    for group in groups:
        figures = (None, None, "-") if group.hasil is None else (group.hasil.n, group.hasil.ikm, group.hasil.mutu)
        rows.append((*(word("tidak-diisi") if v is None else str(v) for v in group.label.values()), *figures))
    notes = tuple(f"[{_label(g.label)}] {_enough(g.kecukupan, language)}" for g in groups if g.kecukupan is not None)
    return Table(word("judul"), columns, tuple(rows), notes, language)


def survey_of(permintaan: Request, base: Any, peta: dict[str, Any] | None) -> Survei:
    """Return rows of an envelope as a survey, through the same door and options as a file.

    Raises
    ------
    SKMError
        They cannot be read; the error says in which row and column, and the path in the document.
    """
    from skm.answers.survei import FileSource, Survei
    from skm.io.layouts.aggregate import kind_of
    from skm.io.options import ReadOptions
    from skm.io.read import read as read_any

    opsi = permintaan.opsi
    # A map goes in as a map; what is no map is settled already.
    cara = ReadOptions(
        regulasi=None if peta is None else base.regulasi,
        kuesioner=base if peta is None else peta,
        u8=opsi.get("u8"),
        nilai_kosong=opsi.get("nilai_kosong", ()),
        skala=opsi.get("konversi"),
        label=opsi.get("label"),
        terima=opsi.get("terima", ()),
        unit=opsi.get("unit"),
        daftar_pertanyaan=opsi.get("daftar_pertanyaan"),
    )
    read = read_any(permintaan.isi, cara)
    if not isinstance(read, Survei):
        raise DataError("bukan-survei", tata_letak=kind_of(read))
    survei = replace(read, sumber=FileSource("JSON", "", read.sumber.tata_letak))
    if (periode := opsi.get("periode")) is None:
        return survei
    return survei.period(periode, urutan=opsi.get("urutan"), tanpa_tanggal=opsi.get("tanpa_tanggal", "tolak"))


def from_rows(survei: Survei, opsi: dict[str, Any], populasi: Any) -> Answer:
    """Return the figure, groups, profile and adequacy of rows."""
    from skm.api import score

    for used in ("u8", *READING):  # they were used in reading
        opsi.pop(used, None)
    per, profil = opsi.pop("per", None), opsi.pop("profil", None)
    hasil = score.score(survei, **opsi)
    groups = score.score_by(survei, per, **opsi) if per else None
    return Answer(
        hasil,
        groups,
        None if groups is None else _groups(groups),
        score.profile(survei, ciri=None if profil is True else profil) if profil else None,
        _adequacy(hasil, populasi),
    )


def _groups(per: HasilKelompok) -> tuple[GroupAnswer, ...]:
    labels = [dict(zip(per.kunci, label, strict=True)) for label in per.hitungan.label]
    return tuple(
        GroupAnswer(label, None if letter is None else per[key])
        for label, key, letter in zip(labels, per, per.mutu, strict=True)
    )


def _enough(kecukupan: Adequacy, lang: str) -> str:
    """Return one sentence about a sample."""
    way = messages.text("sampling", f"cara-{kecukupan.options.method}", lang)
    fill = {"n": kecukupan.n, "minimum": kecukupan.required, "N": kecukupan.population, "cara": way}
    if kecukupan.adequate:
        return messages.text("sampling", "ringkas-cukup", lang, **fill)
    return messages.text("sampling", "ringkas-kurang", lang, kurang=kecukupan.shortfall, **fill)


def _batch(groups: Sequence[Mapping[str, Any]], base: Any, peta: Any, opsi: dict[str, Any]) -> tuple[GroupAnswer, ...]:
    from skm.api import score

    out = []
    for number, group in enumerate(groups):
        try:
            hasil = score.score_counts(_renamed(group["jumlah"], peta), n=group["n"], kuesioner=base, **opsi)
            out.append(GroupAnswer(group["kelompok"], hasil, _adequacy(hasil, group["populasi"])))
        except EmptyDataError as problem:
            if problem.code != "tanpa-jawaban":
                raise problem.at(jalur=f"jumlah[{number}]") from None
            out.append(GroupAnswer(group["kelompok"], None))
        except SKMError as problem:
            raise problem.at(jalur=f"jumlah[{number}]") from None
    return tuple(out)


def _total(
    given: Sequence[Mapping[str, Any]], groups: Sequence[GroupAnswer], base: Any, peta: Any, opsi: dict[str, Any]
) -> HasilIKM | None:
    """Return the figure of all respondents of all groups; None where the groups do not ask the same unsur.

    It is what one table with all respondents gives, not a mean of the groups' figures, which has to be named.
    """
    from skm.api import score

    scored = [(_renamed(g["jumlah"], peta), a.hasil) for g, a in zip(given, groups, strict=True) if a.hasil is not None]
    if len(scored) < 2 or len({frozenset(counts) for counts, _ in scored}) > 1:
        return None
    names = list(scored[0][0])
    summed = {u: [sum(int(c[u][k]) for c, _ in scored) for k in range(len(scored[0][0][u]))] for u in names}
    n = sum(hasil.n or 0 for _, hasil in scored)
    return score.score_counts(summed, n=n, kuesioner=base, **opsi)


def _unsur_path(problem: SKMError, bentuk: str, isi: Mapping[str, Any]) -> str:
    """Return the path of the unsur that an error speaks of, or of the whole content."""
    said = [problem.context.get(key) for key in ("kolom", "unsur", "butir", "untuk")]
    unsur = next((value for value in said if isinstance(value, str) and value in isi), None)
    return bentuk if unsur is None else f"{bentuk}.{unsur}"


def _in_rows(problem: SKMError, isi: Any) -> SKMError:
    """Return the same error with the path of the first cell that is wrong."""
    first = next(iter(problem.context.get("lokasi") or ()), None)
    if first is None or "baris" not in first:
        return problem
    row, column = first["baris"], first["kolom"]
    return problem.at(jalur=f"data.{column}[{row}]" if isinstance(isi, Mapping) else f"data[{row}].{column}")


def _adequacy(hasil: HasilIKM, populasi: Any) -> Adequacy | None:
    if populasi is None:
        return None
    from skm.sampling import adequacy

    if hasil.n is None:
        raise DataError("populasi-tanpa-n", jalur="n")
    try:
        return adequacy(hasil.n, populasi)
    except SKMError as problem:
        raise problem.at(jalur="populasi") from None


def given_of(permintaan: Request, base: Any, peta: dict[str, Any] | None) -> Survei | Hitungan | HasilIKM:
    """Return what a report can be made of: answers, counts, counts by group, or a figure from totals or means.

    Raises
    ------
    OptionError
        The counts name U8 and U9 by their codes only: a report prints names.
    DataError
        The groups do not ask the same unsur: they are no one survey.
    """
    if permintaan.bentuk == "data":
        return survey_of(permintaan, base, peta)
    u8 = permintaan.opsi.get("u8")
    if permintaan.bentuk == "jumlah":
        return _counts_of(permintaan.isi, permintaan.n, base, peta, u8)
    if permintaan.bentuk == "kelompok":
        return _group_counts(permintaan.isi, base, peta, u8)
    hasil = compute(permintaan, None).keseluruhan
    if hasil is None:  # pragma: no cover - totals and means always give a figure or an error
        raise EmptyDataError("tanpa-jawaban")
    return hasil


def _counts_of(isi: Mapping[str, Any], n: Any, base: Any, peta: Any, u8: Any) -> Hitungan:
    from skm.api import score
    from skm.counts.hitungan import from_counts

    isi = _renamed(isi, peta)
    if any(any(row) for row in isi.values()):
        hasil = score.score_counts(isi, n=n, kuesioner=base, u8=u8)
        if any(f.kode == "u8-dianggap" for f in hasil.catatan):
            raise OptionError("laporan-u8")
    return from_counts(isi, base, n=n, u8=u8)


def _group_counts(groups: Sequence[Mapping[str, Any]], base: Any, peta: Any, u8: Any) -> Hitungan:
    """Return the counts of all groups, each under its label."""
    from skm.counts.hitungan import merge

    parts = []
    for number, group in enumerate(groups):
        try:
            counts = _counts_of(group["jumlah"], group["n"], base, peta, u8)
        except SKMError as problem:
            raise problem.at(jalur=f"jumlah[{number}]") from None
        keys, labels = tuple(group["kelompok"]), tuple(group["kelompok"].values())
        parts.append(replace(counts, kunci=keys, label=(labels,)))
    asked = [frozenset(b.unsur for b in part.kuesioner.butir) for part in parts]
    different = next((i for i, one in enumerate(asked) if one != asked[0]), None)
    if different is not None:
        raise DataError("laporan-kelompok-beda", jalur=f"jumlah[{different}].jumlah")
    apart = sum(group["populasi"] is not None for group in groups)
    told = (Finding("laporan-populasi-kelompok", "catatan", "laporan", {"banyak": apart}),) if apart else ()
    return replace(merge(parts), catatan=told)


def _renamed(values: Mapping[str, Any], peta: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the same values keyed by unsur where the request says which of its keys is which unsur."""
    owner = {}
    for unsur, names in (peta or {}).items():
        for name in names if isinstance(names, (list, tuple)) else [names]:
            owner[name] = unsur
    out: dict[str, Any] = {}
    for key, value in values.items():
        unsur = owner.get(key, key)
        if unsur in out:
            raise DataError("unsur-ganda", kolom=key, unsur=unsur)
        out[unsur] = value
    return out


def _mark(finding: Finding) -> tuple[str, str]:
    return finding.kode, repr(plain(finding.bukti))


def _label(kelompok: Mapping[str, Any] | None) -> str:
    return " / ".join("-" if v is None else str(v) for v in (kelompok or {}).values())
