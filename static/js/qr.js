// Draws a text as a QR code: ISO/IEC 18004, bytes, correction level L, the smallest version that holds them, mask 0. A
// module of its own, fetched by those who want a code.

// Of version 1 to 40 at level L: bytes of correction in each block, and blocks (table 9).
const correction = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30];
const blocks = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25];
const border = 4; // modules that readers want empty

// modulesFor returns how many modules of a version hold data and correction.
function modulesFor(version) {
  let n = (16 * version + 128) * version + 64;
  if (version < 2) return n;
  const marks = Math.floor(version / 7) + 2;
  n -= (25 * marks - 10) * marks - 55;
  return version < 7 ? n : n - 36;
}

const bytesFor = (version) => Math.floor(modulesFor(version) / 8) - correction[version - 1] * blocks[version - 1];

// times multiplies in GF(256) over x^8 + x^4 + x^3 + x^2 + 1.
function times(a, b) {
  let z = 0;
  for (let i = 7; i >= 0; i--) z = (z << 1) ^ ((z >>> 7) * 0x11d) ^ (((b >>> i) & 1) * a);
  return z;
}

// remainder returns the n bytes of Reed and Solomon that correct some others.
function remainder(bytes, n) {
  const divisor = new Array(n).fill(0);
  divisor[n - 1] = 1;
  for (let i = 0, root = 1; i < n; i++, root = times(root, 2)) {
    for (let j = 0; j < n; j++) divisor[j] = times(divisor[j], root) ^ (divisor[j + 1] ?? 0);
  }
  const rest = new Array(n).fill(0);
  for (const byte of bytes) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    divisor.forEach((d, i) => { rest[i] ^= times(d, factor); });
  }
  return rest;
}

// payload returns the bytes of a code: those of the text, filled up, in blocks with their corrections, interleaved.
function payload(text, version) {
  const bits = [];
  const put = (value, n) => { for (let i = n - 1; i >= 0; i--) bits.push((value >>> i) & 1); };
  put(4, 4); // bytes
  put(text.length, version < 10 ? 8 : 16);
  for (const byte of text) put(byte, 8);
  const room = bytesFor(version);
  put(0, Math.min(4, room * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const data = [];
  for (let i = 0; i < bits.length; i += 8) data.push(parseInt(bits.slice(i, i + 8).join(''), 2));
  for (let pad = 0xec; data.length < room; pad ^= 0xfd) data.push(pad);

  const count = blocks[version - 1];
  const each = correction[version - 1];
  const short = Math.floor(room / count);
  const parts = [];
  for (let i = 0, at = 0; i < count; i++) {
    const part = data.slice(at, at += short + (i >= count - (room % count)));
    parts.push([part, remainder(part, each)]);
  }
  const all = [];
  for (const kind of [0, 1]) {
    for (let i = 0; i < short + 1 || i < each; i++) for (const part of parts) if (i < part[kind].length) all.push(part[kind][i]);
  }
  return all;
}

// code returns the modules of a text as rows of true for dark; null where it is too long.
export function code(text) {
  const bytes = new TextEncoder().encode(text);
  let version = 1;
  while (version <= 40 && bytesFor(version) * 8 < 4 + (version < 10 ? 8 : 16) + bytes.length * 8) version++;
  if (version > 40) return null;
  const size = version * 4 + 17;
  const dark = Array.from({ length: size }, () => new Array(size).fill(false));
  const fixed = Array.from({ length: size }, () => new Array(size).fill(false));
  const set = (x, y, on) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    dark[y][x] = Boolean(on);
    fixed[y][x] = true;
  };
  for (let i = 0; i < size; i++) set(6, i, i % 2 === 0), set(i, 6, i % 2 === 0);
  for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
    for (let y = -4; y <= 4; y++) for (let x = -4; x <= 4; x++) {
      const ring = Math.max(Math.abs(x), Math.abs(y));
      set(cx + x, cy + y, ring !== 2 && ring !== 4);
    }
  }
  const at = placesOf(version, size);
  at.forEach((cy, j) => at.forEach((cx, i) => {
    const last = at.length - 1;
    if ((i === 0 && (j === 0 || j === last)) || (i === last && j === 0)) return; // a finder is there
    for (let y = -2; y <= 2; y++) for (let x = -2; x <= 2; x++) set(cx + x, cy + y, Math.max(Math.abs(x), Math.abs(y)) !== 1);
  }));
  const bch = (value, n, divisor) => {
    let rest = value;
    for (let i = 0; i < n; i++) rest = (rest << 1) ^ ((rest >>> (n - 1)) * divisor);
    return (value << n) | rest;
  };
  const format = bch(1 << 3, 10, 0x537) ^ 0x5412; // level L, mask 0
  for (let i = 0; i < 15; i++) {
    const on = (format >>> i) & 1;
    if (i < 6) set(8, i, on);
    else if (i < 8) set(8, i + 1, on);
    else if (i === 8) set(7, 8, on);
    else set(14 - i, 8, on);
    if (i < 8) set(size - 1 - i, 8, on);
    else set(8, size - 15 + i, on);
  }
  set(8, size - 8, true);
  if (version >= 7) {
    const said = bch(version, 12, 0x1f25);
    for (let i = 0; i < 18; i++) {
      const a = size - 11 + (i % 3);
      const b = Math.floor(i / 3);
      set(a, b, (said >>> i) & 1);
      set(b, a, (said >>> i) & 1);
    }
  }
  const all = payload(bytes, version);
  let n = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) for (const x of [right, right - 1]) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
      if (fixed[y][x]) continue;
      const on = n < all.length * 8 && (all[n >>> 3] >>> (7 - (n & 7))) & 1;
      dark[y][x] = Boolean(on) !== ((x + y) % 2 === 0); // mask 0
      n++;
    }
  }
  return dark;
}

// placesOf returns where the centres of the alignment marks of a version are, on both axes.
function placesOf(version, size) {
  if (version === 1) return [];
  const marks = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + marks * 3 + 5) / (marks * 4 - 4)) * 2;
  const places = [6];
  for (let at = size - 7; places.length < marks; at -= step) places.splice(1, 0, at);
  return places;
}

// draw draws the code of a text into an svg element; it stays empty where the text is too long.
export function draw(id, text) {
  const svg = document.getElementById(id);
  const rows = svg && code(text);
  if (!rows) return;
  const side = rows.length + 2 * border;
  svg.setAttribute('viewBox', `0 0 ${side} ${side}`);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', rows.flatMap((row, y) => row.map((on, x) => (on ? `M${x + border} ${y + border}h1v1h-1z` : ''))).join(''));
  svg.replaceChildren(path);
}
