# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed program as the session bus starts it, by its service file: what a launcher, a file manager and a desktop's search do."""

import os

import gi
from gi.repository import Gio, GLib

import restaurant

gi.require_version("Gio", "2.0")

# Of the test's environment, what the started program needs beside its own.
PASSED = ("DISPLAY", "HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS", "GSETTINGS_BACKEND", "GDK_BACKEND",
          "GSK_RENDERER", "GDK_DEBUG", "ADW_DISABLE_PORTAL", "LC_ALL", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "G_DEBUG", "GIO_USE_VFS")
TIMEOUT_MS = 60000


class Program:
    """A context manager: at its end the program runs no more."""

    def __init__(self, app_id, environment):
        self.app_id = app_id
        self.path = "/" + app_id.replace(".", "/")
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        passed = {name: os.environ[name] for name in PASSED if name in os.environ}
        self.ask("UpdateActivationEnvironment", GLib.Variant("(a{ss})", ({**passed, **environment},)))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.is_running():
            self.quit()

    def ask(self, method, arguments):
        """Asks the bus itself."""
        return self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method, arguments, None,
                                  Gio.DBusCallFlags.NONE, TIMEOUT_MS).unpack()

    def is_running(self):
        return self.ask("NameHasOwner", GLib.Variant("(s)", (self.app_id,)))[0]

    def pid(self):
        return self.ask("GetConnectionUnixProcessID", GLib.Variant("(s)", (self.app_id,)))[0]

    def call(self, method, signature="()", *arguments, interface="org.freedesktop.Application", path=None):
        """Calls the program, which the bus starts for it."""
        return self.bus.call_sync(self.app_id, path or self.path, interface, method, GLib.Variant(signature, arguments), None,
                                  Gio.DBusCallFlags.NONE, TIMEOUT_MS).unpack()

    def act(self, action):
        """One of its actions, which starts it where it does not run."""
        self.call("ActivateAction", "(sava{sv})", action, [], {})

    def quit(self):
        pid = self.pid()
        self.act("quit")
        if not restaurant.wait_until(lambda: not os.path.exists(f"/proc/{pid}"), 30):
            os.kill(pid, 9)
            raise AssertionError("the program does not end")
