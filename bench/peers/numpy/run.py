"""Runs one rule over whole columns with numpy, the way OpenFisca does: every formula over every row, choices by `where` and `select`.

python3 run.py FOLDER RULE ROWS ROWS-AT-A-TIME RUNS [FOLDER FOR WHAT IS STORED]; values.json stands in FOLDER. Prints times and totals as JSON.
"""

import importlib
import json
import sys
import time

import numpy as np


class Values:
    """Figures by name. `of(name, region)` is one figure, or one for each row where regions differ; a table is asked with `key` as well."""

    def __init__(self, by_name):
        self._by_name = by_name

    def of(self, name, region=None, key=None):
        value = self._by_name[name]
        figures = np.asarray(value["all"] if "all" in value else value["each"], dtype=np.float64)
        if "each" in value:
            figures = figures[region] if key is None else figures[region, key]
        elif key is not None:
            figures = figures[key]
        return figures


def share(fen, ppm):
    """Part of an amount, half up. Doubles hold the products of every population here."""
    return np.floor((fen * (ppm / 100) + 5000) / 10000)


def main(folder, rule_name, rows, part_rows, runs, keep_in=None):
    rule = importlib.import_module(rule_name.replace("-", "_"))
    with open(f"{folder}/values.json", encoding="utf-8") as file:
        values = Values(json.load(file))
    columns = {
        name: np.fromfile(f"{folder}/{name}.bin", dtype=kind, count=rows).astype(held)
        for name, (kind, held) in rule.COLUMNS.items()
    }
    starts = range(0, rows, part_rows)
    parts = [{name: column[start : start + part_rows] for name, column in columns.items()} for start in starts]

    def totals():
        counts, sums = np.zeros(len(rule.ENDS), dtype=np.int64), {}
        for part in parts:
            ends, results = rule.decide(part, values)
            counts += np.bincount(ends, minlength=len(rule.ENDS))
            for name, fen in results.items():
                sums[name] = sums.get(name, 0) + int(np.sum(fen))
        return counts, sums

    counts, sums = totals()
    milliseconds = []
    for _ in range(runs):
        began = time.perf_counter()
        totals()
        milliseconds.append((time.perf_counter() - began) * 1e3)
    if keep_in:
        keep(keep_in, [rule.decide(part, values) for part in parts])
    named = {name: str(count) for name, count in zip(rule.ENDS, counts)}
    print(json.dumps({"milliseconds": milliseconds, "ends": named, "sums": {name: str(fen) for name, fen in sums.items()}}))


def keep(folder, decided):
    np.concatenate([ends for ends, _ in decided]).astype(np.uint8).tofile(f"{folder}/ends.bin")
    for name in decided[0][1]:
        np.concatenate([results[name] for _, results in decided]).astype(np.float64).tofile(f"{folder}/{name}.bin")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6]), *sys.argv[6:])
