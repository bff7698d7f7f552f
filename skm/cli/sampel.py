"""``skm sampel``: how many respondents are needed, whether those reached are enough, and how to plan and draw them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from skm.api.envelope.document import Done
from skm.basics import messages
from skm.basics.errors import OptionError
from skm.cli.parser import Commands

# What the functions call an option -> what it is called on the command line.
_NAMES = {
    "method": "--metode",
    "level": "--tingkat",
    "margin": "--margin",
    "p": "--p",
    "rounding": "--pembulatan",
    "chi2": "--chi2",
    "n": "--n",
    "points": "--perubahan",
    "sd": "--simpangan",
    "power": "--daya",
    "response": "--respons",
    "deff": "--deff",
    "icc": "--klaster",
    "take": "--per-klaster",
    "size": "--isi-klaster",
    "clusters": "--banyak-klaster",
    "cost_cluster": "--biaya-klaster",
    "cost_person": "--biaya-orang",
    "minimum": "--paling-sedikit",
    "total": "--n",
    "seed": "--benih",
}
_PLANS = ("perubahan", "indeks", "klaster", "bagi", "pps", "tarik")


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("sampel", run, _NAMES)
    parser.fill("populasi", "meta-n", "sampel.populasi", needed=False)
    parser.option("--n", "meta-n-kecil", "sampel.n")
    parser.option("--metode", "meta-cara", "sampel.metode", default="krejcie-morgan")
    parser.option("--tingkat", "meta-bagian", "sampel.tingkat", default="0.95")
    parser.option("--margin", "meta-bagian", "sampel.margin", default="0.05")
    parser.option("--p", "meta-bagian", "sampel.p", default="0.5")
    parser.option("--pembulatan", "meta-cara", "sampel.pembulatan", default="half-up")
    parser.option("--chi2", "meta-cara", "sampel.chi2", default="tabel")
    parser.option("--perubahan", "meta-nilai", "sampel.perubahan")
    parser.option("--indeks", "meta-nilai", "sampel.indeks")
    parser.option("--simpangan", "meta-nilai", "sampel.simpangan")
    parser.option("--jawaban", "meta-berkas", "sampel.jawaban")
    parser.option("--daya", "meta-bagian", "sampel.daya", default="0.8")
    parser.option("--respons", "meta-bagian", "sampel.respons")
    parser.option("--deff", "meta-nilai", "sampel.deff", default="1")
    parser.option("--klaster", "meta-nilai", "sampel.klaster")
    parser.option("--per-klaster", "meta-n-kecil", "sampel.per-klaster")
    parser.option("--isi-klaster", "meta-n", "sampel.isi-klaster")
    parser.option("--banyak-klaster", "meta-n", "sampel.banyak-klaster")
    parser.option("--biaya-klaster", "meta-nilai", "sampel.biaya-klaster")
    parser.option("--biaya-orang", "meta-nilai", "sampel.biaya-orang")
    parser.option("--strata", "meta-berkas", "sampel.strata")
    parser.option("--bagi", "meta-cara", "sampel.bagi")
    parser.option("--paling-sedikit", "meta-n-kecil", "sampel.paling-sedikit", default="0")
    parser.option("--pps", "meta-n-kecil", "sampel.pps")
    parser.option("--tarik", "meta-n-kecil", "sampel.tarik")
    parser.option("--benih", "meta-n-kecil", "sampel.benih")


def run(args: argparse.Namespace) -> Done:
    """Compute the minimum, or the plan that was asked for."""
    asked = [name for name in _PLANS if getattr(args, name) is not None]
    if len(asked) > 1:
        raise OptionError("sampel-satu-rencana", opsi=[f"--{name}" for name in asked])
    if asked:
        return _planned(args, asked[0])
    if args.populasi is None:
        raise OptionError("argumen-hilang", isian=messages.text("cli", "meta-n", args.lang))
    from skm.sampling import adequacy, sample_size

    if args.n is None:
        size, enough = sample_size(args.populasi, **_options(args)), None
    else:
        enough = adequacy(args.n, args.populasi, **_options(args), deff=args.deff)
        size = enough.size
    table = (size if enough is None else enough).table(args.lang)
    hasil = {
        "ukuran": size.to_dict(args.lang),
        "kecukupan": None if enough is None else enough.to_dict(args.lang),
        "rencana": None,
        "tampil": {"judul": table.title, "catatan": list(table.notes)},
    }
    return Done(lambda: hasil, table.to_text)


def _options(args: argparse.Namespace) -> dict[str, Any]:
    return {
        "method": args.metode,
        "level": args.tingkat,
        "margin": args.margin,
        "p": args.p,
        "rounding": args.pembulatan,
        "chi2": args.chi2,
    }


def _planned(args: argparse.Namespace, kind: str) -> Done:
    """Return a plan as text and JSON."""
    makers: dict[str, Callable[[argparse.Namespace], Any]] = {
        "perubahan": _change,
        "indeks": _index,
        "klaster": _clusters,
        "bagi": _allocated,
        "pps": _drawn_by_size,
        "tarik": _drawn,
    }
    plan = makers[kind](args)
    table = plan.table(args.lang)
    hasil = {
        "ukuran": None,
        "kecukupan": None,
        "rencana": {"jenis": kind, "kalimat": plan.kalimat(args.lang), "isi": plan.to_dict()},
        "tampil": {"judul": table.title, "catatan": list(table.notes)},
    }
    return Done(lambda: hasil, table.to_text)


def _needed(args: argparse.Namespace, option: str, *others: str) -> Any:
    """Return what an option gives; refuse where it is missing."""
    value = getattr(args, option.replace("-", "_"))
    if value is None:
        raise OptionError("sampel-perlu", opsi=[f"--{name}" for name in (option, *others)])
    return value


def _change(args: argparse.Namespace) -> Any:
    from skm.sampling import plan_change

    return plan_change(
        args.perubahan, sd=_needed(args, "simpangan"), n=args.n, power=args.daya, level=args.tingkat,
        population=args.populasi, deff=args.deff,
    )  # fmt: skip


def _index(args: argparse.Namespace) -> Any:
    from skm.basics.reading_numbers import read_decimal
    from skm.sampling import plan_sample
    from skm.stats import plan_index

    margin, response = read_decimal(args.indeks, "--indeks"), 1 if args.respons is None else args.respons
    if args.jawaban is not None:
        return plan_index(args.jawaban, margin, population=args.populasi, level=args.tingkat, response=response)
    spread = _needed(args, "simpangan", "jawaban")
    return plan_sample(
        args.populasi, target="indeks", margin=margin, sd=spread, level=args.tingkat, response=response, deff=args.deff
    )


def _simple(args: argparse.Namespace) -> Any:
    """Return the respondents of a simple random sample: --n, or the minimum for the population."""
    from skm.sampling import sample_size

    if args.n is not None:
        return args.n
    if args.populasi is None:
        raise OptionError("sampel-perlu", opsi=["--n", messages.text("cli", "meta-n", args.lang)])
    return sample_size(args.populasi, **_options(args))


def _clusters(args: argparse.Namespace) -> Any:
    from skm.sampling import plan_clusters

    return plan_clusters(
        _simple(args), icc=args.klaster, take=args.per_klaster, size=args.isi_klaster, clusters=args.banyak_klaster,
        cost_cluster=args.biaya_klaster, cost_person=args.biaya_orang,
    )  # fmt: skip


def _allocated(args: argparse.Namespace) -> Any:
    from skm.io.population import read_strata
    from skm.sampling import allocate, sample_size

    table = read_strata(_needed(args, "strata"))
    people = sum(table.population.values())
    total = sample_size(people, **_options(args)) if args.n is None else args.n
    method = args.bagi
    return allocate(
        total,
        table.population,
        method=method,
        minimum=args.paling_sedikit,
        sd=table.sd if method in ("neyman", "daya") else None,
        cost=table.cost if method == "neyman" else None,
    )


def _drawn_by_size(args: argparse.Namespace) -> Any:
    from skm.io.population import read_strata
    from skm.sampling import draw_pps

    return draw_pps(read_strata(_needed(args, "strata")).population, args.pps, seed=args.benih)


def _drawn(args: argparse.Namespace) -> Any:
    from skm.sampling import draw

    if args.populasi is None:
        raise OptionError("argumen-hilang", isian=messages.text("cli", "meta-n", args.lang))
    return draw(args.populasi, args.tarik, seed=args.benih)
