# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A profile whose role wants an MFA code: the code is asked for on the terminal, and where there is none, that is said."""

import contextlib
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import fake_aws
import restaurant
import tap

SERIAL = "arn:aws:iam::123456789012:mfa/maria"
PROFILE = f"""[profile night]
region = {fake_aws.REGION}
role_arn = arn:aws:iam::123456789012:role/night
mfa_serial = {SERIAL}
credential_source = Environment
"""


@contextlib.contextmanager
def place_with_mfa():
    with restaurant.Restaurant() as place, fake_aws.FakeAws() as aws:
        place.do("init")
        place.env.update(aws.environment(place.folder, AWS_PROFILE="night"))
        with open(place.path("aws-config"), "w", encoding="utf-8") as file:
            file.write(PROFILE)
        with open(place.path("restaurant", "workspace.json"), encoding="utf-8") as file:
            text = file.read()
        with open(place.path("restaurant", "workspace.json"), "w", encoding="utf-8") as file:
            file.write(text.rstrip().removesuffix("}").rstrip() + ', "aws": {"profile": "night", "bucket": "harbour-lake"}}')
        yield place, aws


class Terminal:
    """The program on a terminal of its own: stdin and stderr are it, stdout is a pipe."""

    def __init__(self, place, *arguments):
        self.master, slave = pty.openpty()
        self.seen = ""
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen([os.path.join(restaurant.BINDIR, "sobremesa"), *arguments], env=place.env, stdin=slave,
                                        stdout=subprocess.PIPE, stderr=slave, start_new_session=True)
        os.close(slave)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        os.close(self.master)

    def read_some(self, seconds):
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.master, 4096)
        except OSError:
            return False
        self.seen += data.decode()
        return bool(data)

    def wait_for(self, text, times=1, seconds=60):
        deadline = time.monotonic() + seconds
        while self.seen.count(text) < times:
            assert time.monotonic() < deadline, f"the terminal shows {self.seen!r}"
            self.read_some(0.1)

    def type(self, text):
        os.write(self.master, text.encode())

    def end(self):
        out = self.process.stdout.read().decode()
        status = self.process.wait(30)
        while self.read_some(0.1):
            pass
        return status, out

    def echoes(self):
        return bool(termios.tcgetattr(self.master)[3] & termios.ECHO)


def code_is_asked_for():
    with place_with_mfa() as (place, aws), Terminal(place, "--json", "aws", "status") as terminal:
        terminal.wait_for(f"{SERIAL} shows:")
        assert terminal.echoes()
        terminal.type("123456\n")
        status, out = terminal.end()
        assert status == 0 and "role of profile night" in out, (status, out, terminal.seen)
        asked = [request.body.decode() for request, _ in aws.requests if request.operation == "AssumeRole"]
        assert len(asked) == 1 and "TokenCode=123456" in asked[0] and "SerialNumber=arn%3Aaws%3Aiam" in asked[0], asked


def what_is_no_code_is_asked_for_again():
    with place_with_mfa() as (place, aws), Terminal(place, "--json", "aws", "status") as terminal:
        terminal.wait_for("shows:")
        terminal.type("12345\n")
        terminal.wait_for("six digits.")
        terminal.type(" 123456 \n")
        assert terminal.end()[0] == 0, terminal.seen
        assert aws.count("AssumeRole") == 1


def wrong_code_is_asked_for_again_with_the_reason():
    with place_with_mfa() as (place, aws), Terminal(place, "--json", "aws", "status") as terminal:
        terminal.wait_for("shows:")
        terminal.type("000000\n")
        terminal.wait_for("shows:", times=2)
        assert "invalid MFA one time pass code" in terminal.seen, terminal.seen
        terminal.type("123456\n")
        status, out = terminal.end()
        assert status == 0 and "role of profile night" in out, (status, out)
        assert aws.count("AssumeRole") == 2


def wrong_codes_are_not_asked_for_for_ever():
    with place_with_mfa() as (place, aws), Terminal(place, "--json", "aws", "status") as terminal:
        for number in range(3):
            terminal.wait_for("shows:", times=number + 1)
            terminal.type("000000\n")
        status, out = terminal.end()
        assert status == 1 and "invalid MFA one time pass code" in out, (status, out)
        assert aws.count("AssumeRole") == 3


def interrupt_ends_the_question():
    for command in ("aws status", "sync", "lake promote"):
        with place_with_mfa() as (place, aws), Terminal(place, *command.split()) as terminal:
            terminal.wait_for("shows:")
            terminal.process.send_signal(signal.SIGINT)
            assert terminal.end()[0] == 1, (command, terminal.seen)
            assert aws.count() == 0


def interrupt_leaves_the_terminal_as_it_was():
    with place_with_mfa() as (place, _), Terminal(place, "aws", "keys") as terminal:
        terminal.wait_for("Access key id:")
        terminal.type("AKIDTYPED\n")
        terminal.wait_for("Secret access key:")
        assert restaurant.wait_until(lambda: not terminal.echoes(), 10), "the secret is shown"
        terminal.process.send_signal(signal.SIGINT)
        assert terminal.end()[0] == 1, terminal.seen
        assert terminal.echoes(), "the terminal stays silent"


def without_a_terminal_it_is_said():
    with place_with_mfa() as (place, aws):
        result = place.run("aws", "status")
        assert result.status == 1 and SERIAL in result.err and "terminal" in result.err, result
        assert aws.count() == 0


if __name__ == "__main__":
    tap.run([(function.__name__.replace("_", " "), function) for function in (
        code_is_asked_for, what_is_no_code_is_asked_for_again, wrong_code_is_asked_for_again_with_the_reason,
        wrong_codes_are_not_asked_for_for_ever, interrupt_ends_the_question,
        interrupt_leaves_the_terminal_as_it_was, without_a_terminal_it_is_said)])
