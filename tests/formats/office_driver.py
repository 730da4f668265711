"""Lets LibreOffice accept or reject tracked changes. Run by the system's Python, which has its `uno` module.

Reads lines of JSON from standard input (source, target, filter, action) and answers each with one.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

ACTIONS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}


def main(program: str, profile: str) -> None:
    pipe = f"zhengben{Path(profile).name}"
    office = subprocess.Popen(
        [
            program,
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--norestore",
            "--nologo",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        context = connect(pipe, office)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        print(json.dumps({"ready": True}), flush=True)
        for line in sys.stdin:
            print(json.dumps(serve(json.loads(line), desktop, dispatcher)), flush=True)
        desktop.terminate()
    finally:
        office.terminate()
        office.wait(30)


def connect(pipe: str, office: subprocess.Popen[bytes]):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and office.poll() is None:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.2)
    raise SystemExit("LibreOffice does not answer")


def serve(request: dict[str, str], desktop, dispatcher) -> dict[str, object]:
    # RepairPackage is not set: a document that needs repair does not load.
    document = desktop.loadComponentFromURL(url(request["source"]), "_blank", 0, (value("Hidden", True),))
    if document is None:
        return {"loaded": False}
    try:
        changes = document.Redlines
        authors = [change.RedlineAuthor for change in iterate(changes)]
        if request["action"] in ACTIONS:
            frame = document.CurrentController.Frame
            dispatcher.executeDispatch(frame, ACTIONS[request["action"]], "", 0, ())
        document.storeToURL(url(request["target"]), (value("FilterName", request["filter"]),))
        left = sum(1 for _ in iterate(document.Redlines))
        return {"loaded": True, "revisions": len(authors), "left": left, "authors": sorted(set(authors))}
    finally:
        document.close(True)


def iterate(container):
    items = container.createEnumeration()
    while items.hasMoreElements():
        yield items.nextElement()


def url(path: str) -> str:
    return uno.systemPathToFileUrl(path)


def value(name: str, content: object) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, content
    return made


if __name__ == "__main__":
    main(*sys.argv[1:])
