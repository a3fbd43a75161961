# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's side of the portals ("XDG Desktop Portal", backend interfaces): answers as a person would, and keeps what was asked.

The portals themselves are the real ones; this is what they ask to show a dialog, print a page or put up a notification.
"""

import os
import subprocess
import threading

from gi.repository import Gio, GLib

NAME = "org.freedesktop.impl.portal.desktop.sobremesatest"
PATH = "/org/freedesktop/portal/desktop"
DIALOG = '<arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>'
RESULT = '<arg type="u" direction="out"/><arg type="a{sv}" direction="out"/>'
INTERFACES = f"""
<node>
  <interface name="org.freedesktop.impl.portal.FileChooser">
    <method name="OpenFile">{DIALOG}<arg type="a{{sv}}" direction="in"/>{RESULT}</method>
    <method name="SaveFile">{DIALOG}<arg type="a{{sv}}" direction="in"/>{RESULT}</method>
  </interface>
  <interface name="org.freedesktop.impl.portal.Print">
    <method name="PreparePrint">{DIALOG}<arg type="a{{sv}}" direction="in"/><arg type="a{{sv}}" direction="in"/>
      <arg type="a{{sv}}" direction="in"/>{RESULT}</method>
    <method name="Print">{DIALOG}<arg type="h" direction="in"/><arg type="a{{sv}}" direction="in"/>{RESULT}</method>
  </interface>
  <interface name="org.freedesktop.impl.portal.Notification">
    <method name="AddNotification"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{{sv}}" direction="in"/></method>
    <method name="RemoveNotification"><arg type="s" direction="in"/><arg type="s" direction="in"/></method>
    <signal name="ActionInvoked"><arg type="s"/><arg type="s"/><arg type="s"/><arg type="av"/></signal>
  </interface>
  <interface name="org.freedesktop.impl.portal.Background">
    <method name="GetAppState"><arg type="a{{sv}}" direction="out"/></method>
    <method name="NotifyBackground"><arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>{RESULT}</method>
    <method name="EnableAutostart"><arg type="s" direction="in"/><arg type="b" direction="in"/><arg type="as" direction="in"/>
      <arg type="u" direction="in"/><arg type="b" direction="out"/></method>
    <signal name="RunningApplicationsChanged"/>
  </interface>
</node>"""


class Desktop:
    """Set @folder to what the person chooses to open, @file to where they save. @calls has (method, [argument, …]) of what was asked."""

    def __init__(self):
        self.calls, self.folder, self.file, self.printed = [], None, None, None
        context = GLib.MainContext.new()
        context.push_thread_default()
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        for interface in Gio.DBusNodeInfo.new_for_xml(INTERFACES).interfaces:
            self.bus.register_object(PATH, interface, self.answer, None, None)
        Gio.bus_own_name_on_connection(self.bus, NAME, Gio.BusNameOwnerFlags.NONE, None, None)
        context.pop_thread_default()
        threading.Thread(target=self.serve, args=(context,), daemon=True).start()

    @staticmethod
    def serve(context):
        context.push_thread_default()
        GLib.MainLoop.new(context, False).run()

    def answer(self, _bus, _sender, _path, _interface, method, arguments, invocation):  # pylint: disable=too-many-arguments
        values = arguments.unpack()
        self.calls.append((method, values))
        if method == "OpenFile":
            self.give(invocation, {"uris": GLib.Variant("as", ["file://" + self.folder]), "writable": GLib.Variant("b", True)})
        elif method == "SaveFile":
            self.give(invocation, {"uris": GLib.Variant("as", ["file://" + self.file])})
        elif method == "PreparePrint":
            self.give(invocation, {"settings": arguments.get_child_value(4), "page-setup": arguments.get_child_value(5),
                                   "token": GLib.Variant("u", 7)})
        elif method == "Print":
            self.take_print(values[4], invocation)
        elif method == "GetAppState":
            invocation.return_value(GLib.Variant("(a{sv})", ({},)))
        elif method == "NotifyBackground":
            self.give(invocation, {"result": GLib.Variant("u", 1)})
        elif method == "EnableAutostart":
            invocation.return_value(GLib.Variant("(b)", (True,)))
        else:
            invocation.return_value(None)

    @staticmethod
    def give(invocation, results):
        invocation.return_value(GLib.Variant("(ua{sv})", (0, results)))

    def take_print(self, handle, invocation):
        number = invocation.get_message().get_unix_fd_list().get(handle)
        with os.fdopen(number, "rb") as file:
            self.printed = file.read()
        self.give(invocation, {})

    def asked(self, method):
        return [values for name, values in self.calls if name == method]

    def press(self, label):
        """The person presses a button of the last notification. What it does is an action that the program exports, which desktops call there."""
        app_id, _, notification = self.asked("AddNotification")[-1]
        action = next(button["action"] for button in notification["buttons"] if button["label"] == label)
        assert action.startswith("app."), action
        self.bus.call_sync(app_id, "/" + app_id.replace(".", "/"), "org.freedesktop.Application", "ActivateAction",
                           GLib.Variant("(sava{sv})", (action.removeprefix("app."), [], {})), None, Gio.DBusCallFlags.NONE, 60000)

    def opened(self):
        """What its browser was asked to open."""
        path = os.path.join(os.environ["SESSION_FOLDER"], "opened")
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as file:
            return file.read().splitlines()


class BusMonitor:
    """Every call of one interface on the bus, as dbus-monitor writes it; a context manager."""

    def __init__(self, interface):
        self.path = os.path.join(os.environ["SESSION_FOLDER"], interface + ".calls")
        self.rule = f"interface='{interface}'"

    def __enter__(self):
        self.file = open(self.path, "w", encoding="utf-8")  # pylint: disable=consider-using-with  # closed by __exit__
        self.process = subprocess.Popen(["dbus-monitor", "--session", self.rule], stdout=self.file)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.file.close()

    def said(self):
        with open(self.path, encoding="utf-8") as file:
            return file.read()


def press(keys, title):
    """The person presses a key in a window."""
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title], stdout=subprocess.PIPE, text=True, check=False).stdout.split()
    assert found, f"no window {title!r}"
    subprocess.run(["xdotool", "windowfocus", "--sync", found[0], "key", "--clearmodifiers", keys], check=True)


def is_shown(title):
    tree = subprocess.run(["xwininfo", "-root", "-tree"], check=True, stdout=subprocess.PIPE, text=True).stdout
    found = [line for line in tree.splitlines() if f'"{title}"' in line]
    for line in found:
        state = subprocess.run(["xwininfo", "-id", line.split()[0]], stdout=subprocess.PIPE, text=True, check=False).stdout
        if "IsViewable" in state:
            return True
    return False
