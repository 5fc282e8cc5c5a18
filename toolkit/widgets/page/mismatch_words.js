// Words on things, as a window says them and takes them back: each believes the last word that its person saw, never the one
// that stands there by now. A row has `sequence`: the number, or numbers, of the last word on it.

export class MismatchWords {
  constructor() {
    this.asked = new Map();
    this.standing = new Map();
  }

  // Say a word on a thing whose row is shown. `ask(latest)` sends it, and resolves with the row as it is then; a word that is
  // still under way on the same thing is waited for, and what it left is believed. Resolves with what it takes to go back.
  async say(thing, row, ask) {
    const waiting = this.asked.get(thing) ?? Promise.resolve(row);
    let latest = row;
    const asked = waiting
      .catch(() => row)
      .then((one) => ask((latest = one)));
    this.asked.set(thing, asked);
    try {
      const saved = await asked;
      return { thing, saw: latest.sequence, left: saved.sequence, row: saved };
    } finally {
      if (this.asked.get(thing) === asked) this.asked.delete(thing);
    }
  }

  // Take back what was said, by a word that believes what it left; what it had seen stands again then, under another number.
  async takeBack(said, ask) {
    const row = await ask({ ...said.row, sequence: this.now(said.thing, said.left) });
    this.stand(said.thing, said.saw, row.sequence);
    return row;
  }

  async sayAgain(said, ask) {
    const row = await ask({ ...said.row, sequence: this.now(said.thing, said.saw) });
    this.stand(said.thing, said.left, row.sequence);
    return row;
  }

  // The number under which what had a number stands now, after this window took words back and said them again.
  now(thing, sequence) {
    const next = this.standing.get(`${thing}|${sequence}`);
    return next === undefined ? sequence : this.now(thing, next);
  }

  stand(thing, sequence, again) {
    if (String(sequence) !== String(again)) this.standing.set(`${thing}|${sequence}`, again);
  }
}
