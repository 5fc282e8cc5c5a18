"""A script that reviews as a person does: it looks at the pair that is shown, presses one key, and goes on to the next."""

import time
from typing import Any

READ = """() => {
    const panel = document.querySelector('[data-pair]');
    if (!panel) return null;
    const row = panel.querySelector('tr[data-column="tax_id"]');
    if (!row) return null;
    const [left, right] = [...row.querySelectorAll('td')].slice(0, 2).map(one => one.innerText);
    return {pair: panel.dataset.pair, isSame: left === right};
}"""

ANSWERS = """({count, pause}) => {
    // What the page sends and what the kernel acknowledges is written down as it passes.
    window.acknowledged = window.acknowledged ?? [];
    const screens = document.querySelectorAll('.ia-screen');
    const screen = screens[screens.length - 1];
    let done = 0;
    clearInterval(window.answering);
    const seen = new Set();
    new MutationObserver(() => {}).observe(screen, {childList: true, subtree: true});
    screen.addEventListener('ia-saved', event => window.acknowledged.push(...event.detail));
    window.answering = setInterval(() => {
        if (done >= count || screen.dataset.connection === 'gone') { clearInterval(window.answering); return; }
        const panel = screen.querySelector('[data-pair]');
        if (!panel || seen.has(panel.dataset.pair)) return;
        seen.add(panel.dataset.pair);
        const cells = panel.querySelectorAll('tr[data-column="tax_id"] td');
        const key = cells[0]?.innerText === cells[1]?.innerText ? 'y' : 'n';
        screen.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
        done += 1;
    }, pause);
}"""
"""Starts a review in the page itself; ``window.acknowledged`` holds the pairs that the page has shown as saved."""


def answered_by_keys(page: Any, count: int, *, seconds: float = 60) -> tuple[int, set[str]]:
    """Review pairs by the keyboard; return how many keys were pressed, and which pairs were seen painted.

    Parameters
    ----------
    page
        With the screen, focused.
    count
        How many pairs.
    seconds
        After so long it is given up.
    """
    painted: set[str] = set()
    keys = 0
    until = time.monotonic() + seconds
    while len(painted) < count and time.monotonic() < until:
        read = page.evaluate(READ)
        if read is None or read["pair"] in painted:
            page.wait_for_timeout(5)
            continue
        painted.add(read["pair"])
        page.keyboard.press("y" if read["isSame"] else "n")
        keys += 1
    page.wait_for_function("document.querySelectorAll('[data-pair]').length === 0 || !document.querySelector('.ia-waiting')")
    return keys, painted
