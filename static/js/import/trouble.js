// Trouble is why a file is not taken in, for the page to put into words: by its code, and by what
// was found.
export class Trouble extends Error {
  constructor(code, found = '') {
    super(`${code}: ${found}`);
    this.code = code;
    this.found = found;
  }
}

// Remarks count what of a file is not used: by kind, with the first place.
export class Remarks {
  #kinds = new Map();

  add(kind, place = '') {
    const one = this.#kinds.get(kind);
    if (one) one.count++;
    else this.#kinds.set(kind, { kind, count: 1, place });
  }

  list() { return [...this.#kinds.values()]; }
}
