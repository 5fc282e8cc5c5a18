// Under which number stands now what this window once found or left under another.
//
// What is taken back stands again as it was, but as a new word. A step that came before may then be taken back as well: nobody
// else has said anything since. Where somebody has, no number leads on from that of the step, and the kernel refuses it.
export class SaidAgain {
  constructor() {
    this.numbers = new Map();
  }

  // What stood of `thing` as word `number` stands now as word `now`.
  note(thing, number, now) {
    if (now > number) this.numbers.set(`${thing}\n${number}`, now);
  }

  now(thing, number) {
    let found = number;
    while (this.numbers.has(`${thing}\n${found}`)) found = this.numbers.get(`${thing}\n${found}`);
    return found;
  }
}
