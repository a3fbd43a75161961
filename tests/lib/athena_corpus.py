# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The queries of athena-queries.sql, which says how it is read, and of trino-queries.sql."""

import os
import re

FOLDER = os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "integration", "query")


def load():
    """Each query: its name, its SQL, DuckDB's SQL, and what its comments say; trino: whether it is asked of Trino only."""
    return [{**query, "trino": name != "athena-queries.sql"} for name in ("athena-queries.sql", "trino-queries.sql") for query in load_file(name)]


def load_file(file_name):
    with open(os.path.join(FOLDER, file_name), encoding="utf-8") as file:
        text = file.read()
    queries = []
    for part in re.split(r"^-- query: ", text, flags=re.MULTILINE)[1:]:
        name, *lines = part.strip().split("\n")
        query = {"name": name, "sql": "", "gives": [], "further": False}
        into = "sql"
        for line in lines:
            word = re.match(r"-- (types|gives|because|refused|duckdb|further):? ?(.*)", line)
            if word is None:
                query[into] = query.get(into, "") + line + "\n"
            elif word[1] == "gives":
                query["gives"].append([None if cell == "NULL" else cell for cell in word[2].split(" | ")])
            elif word[1] == "duckdb":
                into = "duckdb"
                query["duckdb"] = query["sql"] if word[2] == "same" else ""
            else:
                query[word[1]] = True if word[1] == "further" else word[2]
        queries.append(query)
    return queries
