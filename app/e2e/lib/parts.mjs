// Splits a bundle of one file, with all of its transition lists in the first, into two
// (wasm/bundle/FORMAT.md): the second has what no list needs.
import { createHash } from 'node:crypto';
import { Packed, encode } from '../../../static/js/event.js';
import { decode } from './segment.mjs';

const sha256 = (body) => createHash('sha256').update(body).digest();

// parts returns {hash, body, supplement} of a bundle, also where it is in two files.
export function parts(bundle, second) {
  if (second) return { hash: sha256(bundle).toString('hex'), body: bundle, supplement: second };
  const sections = new Map();
  for (let at = 1, i = 0; i < bundle[0] - 0x80; i++) {
    const [name, from] = decode(bundle, at);
    const [value, to] = decode(bundle, from);
    sections.set(name, { value, raw: new Packed(bundle.subarray(from, to)) });
    at = to;
  }
  const { card, ...meta } = sections.get('meta').value;
  const golden = sections.get('golden')?.value ?? [];
  const supplement = Buffer.from(encode({
    'sparrow supplement': 1, card, pointwise: sections.get('pointwise').raw, golden: golden.map(([, , scores]) => scores.slice(2)),
  }));
  const named = { models: sections.get('pointwise').value.length, supplement: [new Uint8Array(sha256(supplement)), supplement.length] };
  const first = Object.fromEntries([...sections].map(([name, { raw }]) => [name, raw]));
  first.meta = { ...named, ...meta };
  first.golden = golden.map(([history, items, scores]) => [history, items, scores.slice(0, 2)]);
  delete first.pointwise;
  const body = Buffer.from(encode(first));
  return { hash: sha256(body).toString('hex'), body, supplement };
}
