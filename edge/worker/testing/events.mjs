// Batches as devices send them, for tests and measurements.
import { encodeBatch, encodeEvent, uuid } from '../../../static/js/event.js';

const lists = ['for-you', 'similar', 'popular', 'because'];
export const bundleHash = Uint8Array.from({ length: 32 }, (_, i) => i * 7);

// visitor returns the n-th visitor.
export const visitor = (n) => Uint8Array.from({ length: 16 }, (_, i) => (n * 31 + i * 17) & 0xff);

// impressions returns n events of one visitor, most of them impressions: the bytes of each.
export function impressions(n, { who = visitor(1), at = Date.now(), session = uuid(at) } = {}) {
  return Array.from({ length: n }, (_, i) => encodeEvent({
    id: uuid(at), kind: i % 8 === 7 ? 'rate' : 'impression', stars: i % 8 === 7 ? 4.5 : 0, at: at - 10 * (n - i), visitor: who, session, seq: i,
    bundle: bundleHash, arms: [['mix', 'more-transitions'], ['ranking', 'control']], item: String(100 + i * 37),
    place: { list: lists[i % 4], position: 1 + (i % 12), source: i % 3 ? 'taste+transition' : 'popular', propensity: i % 5 ? 0 : 0.25 },
  }));
}

// batch returns the body of one request with n good events.
export const batch = (n, options = {}) => encodeBatch(options.at ?? Date.now(), impressions(n, options));

export { encodeBatch, encodeEvent, uuid };
