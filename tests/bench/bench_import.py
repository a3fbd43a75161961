# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A million rows of a till and of another survey tool, imported and imported again; beside DuckDB, which only turns the same CSV into gzip JSON lines."""

import json
import os
import random

DISHES = ["Harbour fish soup", "Cod from the oven", "Burrata, tomatoes", "Rump steak 250 g", "Lemon sorbet", "Riesling, Mosel", "Coffee"]
GOAL_SECONDS = 30
PEER = """
import duckdb, sys
duckdb.sql("SET threads = 2")
duckdb.sql(f"COPY (SELECT * FROM read_csv('{sys.argv[1]}')) TO '{sys.argv[2]}' (FORMAT json, COMPRESSION gzip)")
"""


def write_till(path, rows):
    dice = random.Random(1)
    with open(path, "w", encoding="utf-8") as file:
        file.write("Receipt,Date,Time,Table,Article,Quantity,Amount\n")
        for number in range(rows):
            dish = dice.randrange(len(DISHES))
            file.write(f"{number // 3},{2024 + number % 2}-{1 + number // 30 % 12:02d}-{1 + number % 28:02d},{11 + number % 12}:{number % 60:02d},"
                       f"{1 + number % 14},\"{DISHES[dish]}\",{1 + dice.randrange(3)},{dice.randrange(300, 4000) / 100:.2f}\n")


def write_survey(path, rows):
    dice = random.Random(2)
    with open(path, "w", encoding="utf-8") as file:
        file.write("Response ID,Submitted at,Table,Food,Service,Would you recommend us?,Comment\n")
        for number in range(rows):
            comment = f"\"Nothing to say, but {number}\"" if dice.random() < 0.3 else ""
            file.write(f"r{number},{2024 + number % 2}-{1 + number // 30 % 12:02d}-{1 + number % 28:02d} {11 + number % 12}:{number % 60:02d}:{number % 59:02d},"
                       f"{1 + number % 14},{1 + dice.randrange(5)},{1 + dice.randrange(5)},{dice.randrange(11)},{comment}\n")


def take(bench, env, path, added):
    """Seconds and peak memory of an import that has to add so many rows of the file's."""
    seconds, resident, said = bench.measure([bench.program("sobremesa"), "--json", "--quiet", "lake", "import", path], env)
    report = json.loads(said)["files"][0]
    if report["added"] != added or report["rejected"] != 0:
        raise RuntimeError(f"{report['added']} rows of {path} were added, not {added}, {report['rejected']} rejected")
    return seconds, resident


def run(bench):
    home = os.path.join(bench.scratch, "import")
    os.makedirs(home)
    env = {**os.environ, "HOME": home, "XDG_CACHE_HOME": f"{home}/cache", "TZ": "UTC", "SOBREMESA_WORKSPACE": f"{home}/workspace"}
    rows = bench.scale * 1000000
    bench.measure([bench.program("sobremesa"), "init"], env)
    python = bench.peers()
    for name, write in (("order lines", write_till), ("answers", write_survey)):
        path = os.path.join(home, f"{name.replace(' ', '-')}.csv")
        write(path, rows)
        seconds, resident = take(bench, env, path, rows)
        again, _ = take(bench, env, path, 0)
        bench.figure(f"import: a million {name}", seconds / bench.scale, "s", GOAL_SECONDS)
        bench.figure(f"import: the same {name} again, nothing added", again / bench.scale, "s", GOAL_SECONDS)
        bench.note(f"import: peak resident memory, {name}", resident / 2**20, "MiB")
        if python is not None:
            peer, _, _ = bench.measure([python, "-c", PEER, path, os.path.join(home, "peer.json.gz")], env)
            bench.note(f"import: DuckDB only rewriting the same {name} as gzip JSON lines", peer / bench.scale, "s")
