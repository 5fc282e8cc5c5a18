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
    screen.addEventListener('ia-saved', event => window.acknowledged.push(...event.detail.map(one => `${one.l} ${one.r}`)));
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

TIMES = """() => {
    const screen = document.querySelector('.ia-screen');
    window.reviewTimes = {shown: [], stored: []};
    const pressed = new Map();
    let key = null;
    screen.addEventListener('keydown', event => {
        if (event.key !== 'y' && event.key !== 'n') return;
        key = {at: performance.now(), pair: screen.querySelector('[data-pair]').dataset.pair};
        pressed.set(key.pair, key.at);
    }, true);
    new MutationObserver(() => {
        const pair = screen.querySelector('[data-pair]')?.dataset.pair;
        if (!key || pair === key.pair) return;
        const {at} = key;
        key = null;
        // Behind the frame in which it is drawn it has been painted.
        requestAnimationFrame(() => setTimeout(() => window.reviewTimes.shown.push(performance.now() - at)));
    }).observe(screen, {subtree: true, attributes: true, attributeFilter: ['data-pair']});
    screen.addEventListener('ia-saved', event => {
        for (const one of event.detail) {
            const at = pressed.get(String(one.pair));
            if (at !== undefined) window.reviewTimes.stored.push(performance.now() - at);
        }
    });
}"""
"""Writes down how long each key takes: until the next pair is painted, and until the kernel has acknowledged it."""


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
    # The last ones are on their way.
    page.get_by_text("saving …").first.wait_for(state="hidden")
    return keys, painted
