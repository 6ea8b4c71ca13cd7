// The dice of a cover: SplitMix64, seeded by the FNV-1a of an item's id, so that an item is drawn the
// same wherever it is.

const most = 0xffffffffffffffffn;
let state;

// hash returns the FNV-1a of a text.
export function hash(text) {
  let sum = 0xcbf29ce484222325n;
  const bytes = new TextEncoder().encode(text);
  for (let i = 0; i < bytes.length; i++) sum = ((sum ^ BigInt(bytes[i])) * 0x100000001b3n) & most;
  return sum;
}

// seed takes up the dice of an id.
export function seed(id) {
  state = hash(id);
  roll(2);
}

// roll returns a number from 0 to n-1.
export function roll(n) {
  state = (state + 0x9e3779b97f4a7c15n) & most;
  let z = ((state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n) & most;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & most;
  return Number((z ^ (z >> 31n)) % BigInt(n));
}

// between returns a number from low to high, both included.
export const between = (low, high) => low + roll(high - low + 1);
