#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Completion: what is offered, and a real bash that is sent a tab."""

import os
import pty
import select
import shlex
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import restaurant
import tap

PLACE = restaurant.Restaurant()
SCRIPT = os.path.join(restaurant.BINDIR, "..", "share", "bash-completion", "completions", "sobremesa")
SECONDS = 60


def offered(*words):
    result = PLACE.run("complete", "--", *words)
    assert result.status == 0 and result.err == "", result
    return [line.partition("\t")[0] for line in result.out.splitlines()]


def reply(line):
    """What bash's COMPREPLY holds when the cursor stands at the end of the line."""
    words = line.split(" ")
    # As readline splits: = is a word of its own.
    split = [part for word in words for part in (word.replace("=", " = ").split() if "=" in word else [word])]
    program = (f"source {shlex.quote(SCRIPT)}; compopt() {{ :; }}; COMP_WORDS=({' '.join(map(shlex.quote, split))}); COMP_CWORD={len(split) - 1}; "
               "_sobremesa; printf '%s\\n' \"${COMPREPLY[@]}\"")
    run = subprocess.run(["bash", "--norc", "-c", program], env=path_env(), check=True, text=True, cwd=PLACE.folder, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE)
    assert restaurant.without_sanitizer(run.stderr) == "", run.stderr
    return run.stdout.splitlines()


def path_env():
    return dict(PLACE.env, PATH=restaurant.BINDIR + ":" + os.environ["PATH"], TERM="dumb", PS1="> ", HOME=PLACE.folder)


def every_command_is_offered():
    commands = [command["name"] for command in PLACE.do("--json", "--help").document["commands"]]
    assert offered("") == list(dict.fromkeys(name.split()[0] for name in commands))
    for group in {name.split()[0] for name in commands if " " in name}:
        assert offered(group, "") == [name.split()[1] for name in commands if name.startswith(group + " ")]


def every_option_is_offered():
    for command in PLACE.do("--json", "--help").document["commands"]:
        words = command["name"].split()
        document = PLACE.do("--json", *words, "--help").document
        names = ["--" + option["name"] for option in document["options"] + document["global_options"]]
        assert offered(*words, "-") == names, (words, names)
    assert offered("--js") == ["--json"]


def saved_queries_and_their_parameters():
    names = [query["name"] for query in PLACE.do("--json", "query").document["queries"]]
    assert offered("query", "") == names
    assert offered("query", "wor") == ["worst-tables"]
    assert offered("query", "worst-tables", "--")[:4] == ["--from", "--to", "--store", "--least"]
    assert offered("query", "worst-tables", "") == []
    path = os.path.join(PLACE.workspace, "queries", "wordy.sql")
    with open(path, "w", encoding="utf-8") as file:
        file.write("-- title: Wordy\n-- param: how_many integer 1 How many\nSELECT :how_many AS n\n")
    assert offered("query", "wor") == ["wordy", "worst-tables"]
    assert offered("query", "wordy", "--h") == ["--how-many", "--help"]
    os.unlink(path)


def values_come_from_the_workspace():
    assert offered("query", "worst-tables", "--store", "") == ["harbour", "market"]
    assert offered("query", "worst-tables", "--store=m") == ["--store=market"]
    assert offered("cards", "--table", "14") == ["14"]
    assert offered("query", "staff-shifts", "--question", "s") == ["service"]
    assert offered("query", "days", "--from", "today-2") == ["today-27"]
    assert offered("cards", "--template", "") == ["a6", "a4"]
    assert offered("query", "--format", "j") == ["json"]
    assert offered("report", "--output", "") == [":files"]
    assert offered("-w", "") == [":folders"]
    assert offered("--workspace", "/nonexistent", "report", "--store", "") == []
    assert offered("--workspace", PLACE.workspace, "report", "--store", "h") == ["harbour"]


def nonsense_offers_nothing():
    for words in ([], ["frob", ""], ["lake", "frob", ""], ["query", "nonsense", "--"], ["query", "../x", ""], ["sync", "--frob="], ["\x1b[2J"],
                  ["lake", "forget", ""], ["sync", "--full=", ""], ["query", "--sql", ""], ["="]):
        assert offered(*words) == [], words
    assert PLACE.run("complete").out == ""


def bash_gets_the_words():
    assert reply("sobremesa que") == ["query"]
    assert set(reply("sobremesa lake ")) >= {"ls", "verify", "forget"}
    assert reply("sobremesa query worst-tables --st") == ["--store"]
    assert reply("sobremesa query worst-tables --store m") == ["market"]
    assert reply("sobremesa query worst-tables --store=") == ["harbour", "market"]
    assert reply("sobremesa query worst-tables --store=m") == ["market"]
    os.makedirs(PLACE.path("odd folder"), exist_ok=True)
    assert reply("sobremesa --workspace odd") == ["odd folder"]
    with open(PLACE.path("out.pdf"), "w", encoding="utf-8"):
        pass
    assert reply("sobremesa report --output=ou") == ["out.pdf"]


class Bash:
    """An interactive bash on a terminal of its own."""

    def __init__(self):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(PLACE.folder)
            os.execvpe("bash", ["bash", "--norc", "--noprofile", "-i"], path_env())

    def send(self, text):
        os.write(self.terminal, text.encode())

    def wait_for(self, text):
        seen = ""
        deadline = time.monotonic() + SECONDS
        while text not in seen:
            ready, _, _ = select.select([self.terminal], [], [], max(0, deadline - time.monotonic()))
            assert ready, f"bash did not write {text!r} but {seen!r}"
            seen += os.read(self.terminal, 4096).decode("utf-8", "replace")
        return seen

    def close(self):
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


def bash_completes_what_is_typed():
    bash = Bash()
    try:
        bash.send(f"source {shlex.quote(SCRIPT)}; echo rea''dy\n")
        bash.wait_for("ready")
        bash.send("sobremesa que\twor\t--st\tmar\t--format c\t\n")
        bash.wait_for("sobremesa query worst-tables --store market --format csv")
        out = bash.wait_for("market,")
        assert "store_id,table_id" in out, out
    finally:
        bash.close()


CASES = [every_command_is_offered, every_option_is_offered, saved_queries_and_their_parameters, values_come_from_the_workspace,
         nonsense_offers_nothing, bash_gets_the_words, bash_completes_what_is_typed]

if __name__ == "__main__":
    with PLACE:
        PLACE.do("init", "--sample")
        PLACE.do("sync")
        tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
