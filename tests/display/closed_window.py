#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window that is closed while guests are served: they still are, a notification says so, and the same window comes back.

usage: closed_window.py APP_ID
"""

import os
import sys
import threading
import urllib.request

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import accessible
import activation
import restaurant
import tap
from accessible import pyatspi
from gi.repository import Gio, GLib

BASE = "http://127.0.0.1:8080"
# GTK has no object path for a widget of a window that is just being hidden, and says so as a critical when assistive technology asks for one: it must
# not end the program.
DEBUG = "gc-friendly"
PLACE = restaurant.Restaurant()
NOTIFICATIONS = """
<node><interface name="org.freedesktop.Notifications">
  <method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
    <arg type="u" direction="out"/></method>
</interface></node>"""


class Desktop:
    """What shows notifications, on a thread of its own: @shown has (title, text, [action, …]) of each."""

    def __init__(self):
        self.shown, self.closed = [], 0
        context = GLib.MainContext.new()
        context.push_thread_default()
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        info = Gio.DBusNodeInfo.new_for_xml(NOTIFICATIONS).interfaces[0]
        bus.register_object("/org/freedesktop/Notifications", info, self.answer, None, None)
        Gio.bus_own_name_on_connection(bus, "org.freedesktop.Notifications", Gio.BusNameOwnerFlags.NONE, None, None)
        context.pop_thread_default()
        self.loop = GLib.MainLoop.new(context, False)
        threading.Thread(target=self.serve, args=(context,), daemon=True).start()

    def serve(self, context):
        context.push_thread_default()
        self.loop.run()

    def answer(self, _bus, _sender, _path, _interface, method, arguments, invocation):  # pylint: disable=too-many-arguments
        values = arguments.unpack()
        if method == "Notify":
            self.shown.append((values[3], values[4], values[5][::2]))
            invocation.return_value(GLib.Variant("(u)", (len(self.shown),)))
        elif method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (["actions", "body"],)))
        elif method == "GetServerInformation":
            invocation.return_value(GLib.Variant("(ssss)", ("test", "test", "1", "1.2")))
        else:
            self.closed += 1
            invocation.return_value(None)



def is_served():
    try:
        with urllib.request.urlopen(BASE + "/healthz", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def window_of(program):
    return accessible.find(accessible.find_application(program.pid()), pyatspi.ROLE_FRAME, "Harbour Kitchen", showing=True)


def close(program):
    button = accessible.find(window_of(program), pyatspi.ROLE_PUSH_BUTTON, "Close", showing=True)
    assert button.queryAction().doAction(0)


def is_in_sight(program):
    """By the number of windows alone: GTK 4.18 ends a program that is asked for one by its number while all of them are hidden."""
    tree = accessible.find_application(program.pid())
    tree.clearCache()
    return tree.childCount > 0


def a_closed_window_goes_out_of_sight(program, desktop):
    program.call("ActivateAction", "(sava{sv})", "collect", [], {})
    accessible.find(window_of(program), pyatspi.ROLE_LABEL, "● Collecting")
    close(program)
    assert restaurant.wait_until(lambda: not is_in_sight(program), 20)
    assert restaurant.wait_until(lambda: desktop.shown, 20), "nothing is said"
    title, text, actions = desktop.shown[-1]
    assert title == "Still collecting answers" and "Harbour Kitchen" in text and any("stop-collecting" in action for action in actions), desktop.shown


def guests_are_still_served(program, desktop):
    assert is_served() and program.is_running()


def it_comes_back_when_the_program_is_opened(program, desktop):
    program.call("Activate", "(a{sv})", {})
    accessible.find(window_of(program), pyatspi.ROLE_LABEL, "● Collecting", showing=True)
    assert restaurant.wait_until(lambda: desktop.closed > 0, 20), "the notification stays"


def stopping_ends_it(program, desktop):
    close(program)
    assert restaurant.wait_until(lambda: len(desktop.shown) > 1, 20)
    program.call("ActivateAction", "(sava{sv})", "stop-collecting", [], {})
    assert restaurant.wait_until(lambda: not program.is_running(), 30), "the program goes on"
    assert not is_served()


def a_window_that_does_not_collect_closes(program, desktop):
    program.call("Activate", "(a{sv})", {})
    accessible.find(window_of(program), pyatspi.ROLE_LABEL, "○ Not collecting")
    shown = len(desktop.shown)
    close(program)
    assert restaurant.wait_until(lambda: not program.is_running(), 30), "the program goes on"
    assert len(desktop.shown) == shown


CASES = [a_closed_window_goes_out_of_sight, guests_are_still_served, it_comes_back_when_the_program_is_opened, stopping_ends_it,
         a_window_that_does_not_collect_closes]


def main():
    desktop = Desktop()
    program = activation.Program(sys.argv[1], {"SOBREMESA_WORKSPACE": PLACE.workspace, "XDG_CACHE_HOME": PLACE.path("cache"),
                                               "GTK_A11Y": "atspi", "G_DEBUG": DEBUG})
    with PLACE, program:
        PLACE.do("init", "--sample")
        tap.run([(case.__name__.replace("_", " "), lambda case=case: case(program, desktop)) for case in CASES])


main()
