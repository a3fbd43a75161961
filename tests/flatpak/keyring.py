#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS keys that somebody types in, without a sandbox: the programs as a package installs them, on the session's own keyring."""

import os
import subprocess

import installed

import fake_aws  # pylint: disable=wrong-import-order  # installed says where the tests' library is
import restaurant
import tap
from gi.repository import Gio, GLib

restaurant.BINDIR = os.path.join(installed.TOP, "_build", "release-root", "bin")
SERVICE = "org.freedesktop.secrets"
BUS = Gio.bus_get_sync(Gio.BusType.SESSION)
PLACE = restaurant.Restaurant()
AWS = fake_aws.FakeAws()
OTHER_ID, OTHER_SECRET = "AKIDFAKE0000000002", "canary-secret-of-the-other/+0123456789"


def call(path, interface, method, arguments, reply):
    return BUS.call_sync(SERVICE, path, interface, method, arguments, GLib.VariantType(reply), Gio.DBusCallFlags.NONE, 60000, None).unpack()


def kept(profile):
    """The secrets that the keyring has for a profile, asked by the Secret Service API as any program of the user's can."""
    attributes = {"xdg:schema": "io.github.sobremesa.Sobremesa.AwsKeys", "profile": profile}
    found = call("/org/freedesktop/secrets", "org.freedesktop.Secret.Service", "SearchItems", GLib.Variant("(a{ss})", (attributes,)), "(aoao)")[0]
    session = call("/org/freedesktop/secrets", "org.freedesktop.Secret.Service", "OpenSession",
                   GLib.Variant("(sv)", ("plain", GLib.Variant("s", ""))), "(vo)")[1]
    return [bytes(call(path, "org.freedesktop.Secret.Item", "GetSecret", GLib.Variant("(o)", (session,)), "((oayays))")[0][2]).decode() for path in found]


def type_keys(profile, key_id, secret):
    done = subprocess.run([os.path.join(restaurant.BINDIR, "sobremesa"), "aws", "keys", "--profile", profile], input=f"{key_id}\n{secret}\n",
                          env=PLACE.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=60)
    assert done.returncode == 0 and secret not in done.stdout, done.stdout


def status(profile):
    """How "aws status" ends with a profile of the AWS settings, and the key ids that its requests were signed with."""
    before = len(AWS.requests)
    PLACE.env["AWS_PROFILE"] = profile
    result = PLACE.run("--json", "aws", "status")
    return result, {request.headers["authorization"].split("Credential=")[1].split("/")[0] for request, _ in AWS.requests[before:]}


def before_there_are_keys_it_is_said():
    result, used = status("kitchen")
    assert result.status == 1 and not used and not kept("kitchen"), result


def typed_keys_are_in_the_keyring():
    type_keys("kitchen", fake_aws.KEY_ID, fake_aws.SECRET)
    assert kept("kitchen") == [f"{fake_aws.KEY_ID} {fake_aws.SECRET}"], "the keyring has something else"


def calls_are_signed_with_them():
    result, used = status("kitchen")
    assert result.status == 0 and used == {fake_aws.KEY_ID} and "keyring" in result.document["keys"], result


def each_profile_has_its_own():
    AWS.keys[OTHER_ID] = None
    type_keys("office", OTHER_ID, OTHER_SECRET)
    assert status("office")[1] == {OTHER_ID} and status("kitchen")[1] == {fake_aws.KEY_ID}


def typed_again_they_are_replaced():
    type_keys("kitchen", OTHER_ID, OTHER_SECRET)
    assert kept("kitchen") == [f"{OTHER_ID} {OTHER_SECRET}"]


def no_file_has_them_in_clear():
    """Nor has the keyring's own."""
    seen = []
    for top in (PLACE.folder, os.environ["SESSION_FOLDER"]):
        for folder, _, names in os.walk(top):
            for name in names:
                path = os.path.join(folder, name)
                if os.path.isfile(path):
                    seen.append(name)
                    with open(path, "rb") as file:
                        text = file.read()
                    assert fake_aws.SECRET.encode() not in text and OTHER_SECRET.encode() not in text, path
    assert any(name.endswith(".keyring") for name in seen), seen


def what_is_cleared_is_gone():
    PLACE.do("aws", "keys", "--profile", "kitchen", "--clear")
    assert kept("kitchen") == [] and kept("office"), "the wrong keys went"
    result, used = status("kitchen")
    assert result.status == 1 and not used, result


def without_a_keyring_it_is_said():
    environment = {**PLACE.env, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
    done = subprocess.run([os.path.join(restaurant.BINDIR, "sobremesa"), "aws", "keys", "--profile", "kitchen"],
                          input=f"{fake_aws.KEY_ID}\n{fake_aws.SECRET}\n", env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, timeout=60)
    assert done.returncode == 1 and "The keyring cannot be used" in done.stdout and fake_aws.SECRET not in done.stdout, done.stdout


CASES = [before_there_are_keys_it_is_said, typed_keys_are_in_the_keyring, calls_are_signed_with_them, each_profile_has_its_own,
         typed_again_they_are_replaced, no_file_has_them_in_clear, what_is_cleared_is_gone, without_a_keyring_it_is_said]


def main():
    with PLACE, AWS:
        PLACE.env.update(AWS.environment(PLACE.folder), DBUS_SESSION_BUS_ADDRESS=os.environ["DBUS_SESSION_BUS_ADDRESS"])
        del PLACE.env["AWS_ACCESS_KEY_ID"], PLACE.env["AWS_SECRET_ACCESS_KEY"]
        with open(PLACE.path("aws-config"), "w", encoding="utf-8") as file:
            file.write("".join(f"[profile {name}]\nregion = {fake_aws.REGION}\n" for name in ("kitchen", "office")))
        PLACE.do("init")
        tap.run([(case.__name__.replace("_", " "), case) for case in CASES])


main()
