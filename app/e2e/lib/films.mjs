// The demo's films as other sites have them: {id, title, year, imdb, tmdb}, read from the bundle and its links.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decode } from './segment.mjs';

const folder = path.join(import.meta.dirname, '../../../data/demo');

export function films() {
  const { bundle, links } = JSON.parse(readFileSync(path.join(folder, 'latest.json')));
  const bytes = readFileSync(path.join(folder, `${bundle}.bundle`));
  const { movies: n, numbers, titles, years } = section(bytes, 'catalog');
  const [numbersOf] = decode(readFileSync(path.join(folder, `${links}.links`)));
  const column = (b) => (i) => Array.from({ length: b.length / n }, (_, k) => b[k * n + i] * 256 ** k).reduce((a, x) => a + x, 0);
  const [imdb, tmdb] = [numbersOf.imdb, numbersOf.tmdb].map(column);
  const year = (i) => years.readUInt16LE(2 * i);
  const ids = differences(numbers);
  return titles.toString('utf8').trimEnd().split('\n').map((title, i) => ({ id: String(ids[i]), title, year: year(i), imdb: imdb(i), tmdb: tmdb(i) }));
}

// section returns a section of a bundle.
function section(bytes, wanted) {
  for (let at = 1, i = 0; i < bytes[0] - 0x80; i++) {
    const [name, from] = decode(bytes, at);
    const [value, to] = decode(bytes, from);
    if (name === wanted) return value;
    at = to;
  }
  throw new Error(`no ${wanted}`);
}

// differences reads varints that are zigzag differences to the number before.
function differences(bytes) {
  const all = [];
  for (let at = 0, last = 0; at < bytes.length;) {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * shift;
      if (byte < 128) break;
    }
    last += value % 2 ? -(value + 1) / 2 : value / 2;
    all.push(last);
  }
  return all;
}
