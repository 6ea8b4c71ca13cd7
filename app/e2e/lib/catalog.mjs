// Makes a copy of a bundle with another catalog's texts: other bytes in one
// section, all other sections unchanged.
import { createHash } from 'node:crypto';
import { Packed, encode } from '../../../static/js/event.js';
import { decode } from './segment.mjs';

const lines = (texts) => new TextEncoder().encode(texts.map((text) => `${text.replaceAll('\n', ' ')}\n`).join(''));

// rewritten returns {hash, body} of a bundle whose columns titles, images, urls
// and genreNames are replaced; each is a function of the index, or left out.
export function rewritten(bundle, columns) {
  const sections = bundle[0] - 0x80; // of a map of at most 15 pairs
  if (sections < 7 || sections > 15) throw new Error('not a bundle of seven sections or more');
  const parts = [bundle.subarray(0, 1)];
  for (let at = 1, i = 0; i < sections; i++) {
    const [name, from] = decode(bundle, at);
    const [section, to] = decode(bundle, from);
    parts.push(bundle.subarray(at, from), name === 'catalog' ? catalog(section, columns) : bundle.subarray(from, to));
    at = to;
  }
  const body = Buffer.concat(parts);
  return { hash: createHash('sha256').update(body).digest('hex'), body };
}

function catalog(section, { titles, images, urls, genreNames }) {
  const all = (make) => lines(Array.from({ length: section.movies }, (_, i) => make(i)));
  const genres = new TextDecoder().decode(section.genreNames).trimEnd().split('\n').length;
  const next = { ...section };
  if (titles) next.titles = all(titles);
  if (genreNames) next.genreNames = lines(Array.from({ length: genres }, (_, i) => genreNames(i)));
  if (images) {
    next.images = all(images);
    delete next.imagePattern;
  }
  if (urls) {
    next.urls = all(urls);
    delete next.urlPattern;
  }
  return encode(new Packed(encode(next)));
}
