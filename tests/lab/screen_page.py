"""A screen in a page of its own, without JupyterLab: the real page, the real desk, and a channel between them.

Tests of one screen's keys and looks take a tenth of the time this way; that it works in JupyterLab itself is shown beside
them.
"""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from toolkit.widgets.desk import Desk, reply
from toolkit.widgets.modules import page_module, page_style

_DARK_COLOURS = """
--jp-layout-color0:#111;--jp-layout-color1:#1e1e1e;--jp-layout-color2:#303030;--jp-border-color1:#616161;--jp-border-color2:#424242;
--jp-content-font-color1:#fff;--jp-content-font-color2:#bdbdbd;--jp-brand-color1:#64b5f6;
"""
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A screen</title><style>{style}</style></head>
<body data-jp-theme-light="{is_light}" style="margin:12px;background:var(--jp-layout-color1,#fff);{colours}">
<main><h1 style="display:none">A screen</h1><div id="here"></div></main></body></html>"""
_START = """async ({module, first}) => {
    const heard = new Map();
    const model = {
        get: name => name === 'first' ? first : undefined,
        set: () => {}, save_changes: () => {},
        on: (name, run) => heard.set(name, [...(heard.get(name) ?? []), run]),
        off: (name, run) => heard.set(name, (heard.get(name) ?? []).filter(one => one !== run)),
        send: message => {
            if (window.isGone) throw new Error('Cannot send');
            window.sent.push(message);
            if (!window.isMute) window.kernel(JSON.stringify(message)).then(text => window.tell(JSON.parse(text)));
        },
    };
    window.sent = [];
    window.tell = message => (heard.get('msg:custom') ?? []).forEach(run => run(message, []));
    const url = URL.createObjectURL(new Blob([module], {type: 'text/javascript'}));
    const screen = (await import(url)).default;
    window.leave = await screen.render({model, el: document.getElementById('here')});
}"""


def open_screen(page: Any, name: str, desk: Desk, *, is_dark: bool = False, module: str | None = None) -> Any:
    """Open the page ``name`` over a desk; return the page, its screen focused.

    ``window.isMute`` keeps the kernel from hearing, ``window.isGone`` lets sending fail, ``window.sent`` is what was sent.
    """
    colours = _DARK_COLOURS if is_dark else ""
    html = _PAGE.format(style=page_style(name), is_light=str(not is_dark).lower(), colours=colours)
    page.goto("about:blank")
    page.set_content(html)
    page.expose_function("kernel", lambda text: json.dumps(reply(desk, json.loads(text)), default=str))
    # What JSON cannot hold would be lost between a kernel and its page as well.
    first = json.loads(json.dumps(desk.first()))
    page.evaluate(_START, {"module": module or page_module(name), "first": first})
    page.locator(".ia-screen").wait_for()
    page.locator(".ia-screen").focus()
    return page


def axe_faults(page: Any, place: str = ".ia-screen") -> list[str]:
    """Return what the accessibility check axe finds below ``place``: rule, how many places, the first of them."""
    spec = find_spec("axe_playwright_python")
    assert spec is not None, "pip install -e '.[test]'"
    assert spec.origin is not None
    script = Path(spec.origin).with_name("axe.min.js")
    page.evaluate(script.read_text("utf-8"))
    found = page.evaluate("async place => (await axe.run(place)).violations", place)
    return [f"{one['id']}: {len(one['nodes'])} × {one['nodes'][0]['html'][:200]}" for one in found]
