#!/usr/bin/env bash
# One would guess: when the kernel of a notebook was restarted, the widget that is still on the screen cannot send any more: an
# exception is thrown, or 'comm_live' of its model turns false.
# What happens: it depends on who restarted it. After a restart over the server's interface (POST /api/kernels/ID/restart, as a
# second window, an extension or a script does) nothing is thrown and no event comes: what the widget sends is taken by the new
# kernel, which knows no such widget, and is gone. Only the status tells: 'busy' and 'idle' come for the message, and no answer
# between them. After a kernel that died 'comm_live_update' is triggered, but 'comm_live' is undefined on the model that
# anywidget gives to a page; then, sending throws.
# Why it matters: a page that shows a decision as saved once it was sent without an exception loses it.
# Heeded: toolkit/widgets/page/frame.js shows nothing as saved before the kernel answered, takes 'idle' without an answer for
# a kernel that is gone, and tries to send when 'comm_live_update' comes (tests/lab/test_frame.py).
# Versions: jupyterlab 4.6.6, ipykernel 7.4.0, ipywidgets 8.1.9, anywidget 0.11.0, Chromium. Source: this run.
set -euo pipefail
folder=$(mktemp -d)
lab=
trap '[ -z "$lab" ] || kill "$lab"; wait; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check jupyterlab==4.6.6 ipykernel==7.4.0 ipywidgets==8.1.9 \
  anywidget==0.11.0 playwright==1.65.2
cat >try.py <<'PY'
import json, os, signal, sys, time, urllib.request
from playwright.sync_api import sync_playwright

port, token = sys.argv[1:]
base = f"http://127.0.0.1:{port}"
CELL = '''
import os, anywidget
class Asking(anywidget.AnyWidget):
    _esm = """export default { render({ model, el }) {
      window.log = []; window.live = () => String(model.comm_live);
      model.on("comm_live_update", () => window.log.push("event"));
      model.on("msg:custom", () => window.log.push("answer"));
      const status = (message) => window.log.push(message.content.execution_state);
      window.ask = () => { try { model.send({}, { iopub: { status } }); window.log.push("sent"); } catch { window.log.push("thrown"); } };
      el.textContent = "here"; } };"""
    def __init__(self):
        super().__init__()
        self.on_msg(lambda widget, content, buffers: self.send({}))
print("process", os.getpid())
Asking()
'''


def api(method, path):
    request = urllib.request.Request(f"{base}/{path}", method=method, headers={"Authorization": f"token {token}"})
    return json.loads(urllib.request.urlopen(request, timeout=30).read())


for _ in range(600):
    try:
        api("GET", "api/status")
        break
    except OSError:
        time.sleep(0.1)
cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": CELL, "outputs": [], "execution_count": None}
kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
open("root/a.ipynb", "w").write(json.dumps({"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}))


def run(page):
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
    page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
    page.wait_for_timeout(6000)
    return int(page.locator(".jp-OutputArea-output", has_text="process ").inner_text().split()[-1])


def asked(page):
    page.evaluate("window.ask()")
    page.wait_for_timeout(4000)
    return page.evaluate("[window.log.splice(0).sort(), window.live()]")


with sync_playwright() as driver:
    browser = driver.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
    page = browser.new_page()
    page.goto(f"{base}/lab/tree/a.ipynb?token={token}&reset")
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for(timeout=60000)
    run(page)
    alive = asked(page)
    api("POST", f"api/kernels/{api('GET', 'api/sessions')[0]['kernel']['id']}/restart")
    page.wait_for_timeout(5000)
    unasked = page.evaluate("window.log.splice(0)")
    restarted = asked(page)
    process = run(page)
    page.evaluate("window.log.splice(0)")
    os.kill(process, signal.SIGKILL)
    page.wait_for_timeout(8000)
    died = page.evaluate("[window.log.splice(0), window.live()]")
    thrown = asked(page)
    browser.close()
for name in ("alive", "unasked", "restarted", "died", "thrown"):
    print("seen:", name, json.dumps(globals()[name]))
expected = (
    alive[0] == ["answer", "busy", "idle", "sent"] and unasked == [] and restarted[0] == ["busy", "idle", "sent"]
    and set(died[0]) == {"event"} and died[1] == "undefined" and thrown[0] == ["thrown"]
)
sys.exit(None if expected else "changed: what a page is told of a kernel that was restarted or died.")
PY
mkdir -p root jupyter/config/labconfig
echo '{"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": true}}' >jupyter/config/labconfig/page_config.json
export JUPYTER_CONFIG_DIR=$folder/jupyter/config JUPYTER_DATA_DIR=$folder/jupyter/data JUPYTER_RUNTIME_DIR=$folder/jupyter/run
export JUPYTERLAB_WORKSPACES_DIR=$folder/jupyter/work JUPYTERLAB_SETTINGS_DIR=$folder/jupyter/set IPYTHONDIR=$folder/ipython
port=$(python3 -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])")
venv/bin/jupyter lab --no-browser --allow-root --ServerApp.ip=127.0.0.1 --ServerApp.port="$port" --ServerApp.port_retries=0 \
  --IdentityProvider.token=loopback --ServerApp.root_dir="$folder/root" >lab.log 2>&1 &
lab=$!
PATH=$folder/venv/bin:$PATH venv/bin/python try.py "$port" loopback
