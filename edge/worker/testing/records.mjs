// What the edge stored, read back by a reader that is not ours: segments and records as
// wasm/event/FORMAT.md has them. A map becomes an object, bytes a Uint8Array.
import { decode, decodeMulti } from '@msgpack/msgpack';

// records reads a segment.
export const records = (segment) => Array.from(decodeMulti(segment), (raw) => decode(raw));

// ids returns the ids of the good events of records, as text.
export const ids = (list) => list.flatMap((record) => (record.e ?? []).map((event) => hex(event.i)));

// idsOf returns the ids of the events of a batch, which is a request's body.
export const idsOf = (body) => ids([decode(body)]);

export const hex = (bytes) => Buffer.from(bytes).toString('hex');
