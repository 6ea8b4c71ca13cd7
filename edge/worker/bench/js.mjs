// The same handler in plain JavaScript: what the Go program is measured against. It checks the same
// things in the same order, keeps the same record and answers the same.
import { check } from './event.mjs';
import { Reader, Refusal } from './reader.mjs';

const EVENTS = { async send() {} };
const origins = new Map([['https://shop.example', 'shop']]);
const maxBody = 64 << 10;
const encoder = new TextEncoder();

export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname !== '/v1/events') return refuse(404, 'not found');
    const { headers, method } = request;
    const origin = headers.get('Origin') ?? '';
    const site = siteOf(origin, headers.get('Host') ?? '');
    if (!site) return refuse(403, 'this origin may not send feedback here');
    const cors = { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' };
    if (method === 'OPTIONS') return new Response(null, { status: 204, headers: { ...cors, 'Access-Control-Allow-Methods': 'POST', 'Access-Control-Allow-Headers': 'Content-Type', 'Access-Control-Max-Age': '86400' } });
    if (method !== 'POST') return refuse(405, 'only POST', { ...cors, Allow: 'OPTIONS, POST' });
    cors['Access-Control-Expose-Headers'] = 'Retry-After';
    if (headers.get('Sec-GPC') === '1' || headers.get('DNT') === '1') return new Response(null, { status: 204, headers: cors });
    if (!batchType(headers)) return refuse(415, 'send a batch as text/plain or application/msgpack, not compressed', cors);
    if (Number(headers.get('Content-Length') ?? maxBody + 1) > maxBody) return refuse(413, 'a batch has at most 65536 bytes', cors);
    const body = new Uint8Array(await request.arrayBuffer());
    let kept;
    try {
      kept = judge(body, site, Date.now());
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return refuse(400, error.message, cors);
    }
    try {
      await EVENTS.send(kept.record, { contentType: 'bytes' });
    } catch {
      return refuse(503, 'not stored, please send it again', { ...cors, 'Retry-After': '10' });
    }
    return answer(202, `{"stored":${kept.good.length},"dead":${kept.dead.length}}\n`, 'application/json', cors);
  },
};

function batchType(headers) {
  const coding = headers.get('Content-Encoding');
  if (coding && coding !== 'identity') return false;
  const type = (headers.get('Content-Type') ?? '').split(';')[0].trim().toLowerCase();
  return type === 'text/plain' || type === 'application/msgpack';
}

const refuse = (status, why, more = {}) => answer(status, `${why}\n`, 'text/plain; charset=utf-8', more);

function siteOf(origin, host) {
  const site = origins.get(origin);
  if (site) return site;
  return host && (origin === `http://${host}` || origin === `https://${host}`) ? 'self' : '';
}

function answer(status, body, type, more = {}) {
  return new Response(body, { status, headers: { 'Content-Type': type, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', ...more } });
}

// judge cuts the batch, checks every event and returns what is to be kept.
function judge(body, site, now) {
  const r = new Reader(body);
  let sent = 0;
  let version = 0;
  const spans = [];
  for (let n = r.map(); n > 0; n--) {
    switch (r.string()) {
      case 'v': version = r.int(); break;
      case 't': sent = r.int(); break;
      case 'e': {
        const count = r.array();
        if (count > 50) throw new Refusal('more than 50 events');
        for (let i = 0; i < count; i++) {
          const from = r.at;
          r.skip();
          spans.push([from, r.at]);
        }
        break;
      }
      default: throw new Refusal('a field that no batch has');
    }
  }
  if (r.at !== r.end || version !== 1 || !(sent >= 1) || spans.length === 0) throw new Refusal('this is no batch');
  const good = [];
  const dead = [];
  for (const [from, to] of spans) {
    try {
      const age = sent - check(new Reader(body, from, to));
      if (age > 14 * 86400000) throw new Refusal('older than 14 days');
      if (age < -300000) throw new Refusal('from the future');
      good.push([from, to]);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      dead.push([error.message, from, to]);
    }
  }
  return { good, dead, record: record(body, site, now, sent, good, dead) };
}

// record writes what wasm/event's Record.Append writes.
function record(body, site, now, sent, good, dead) {
  const out = new Uint8Array(body.length + 128 + 128 * dead.length);
  const view = new DataView(out.buffer);
  let at = 0;
  const raw = (...bytes) => { for (const byte of bytes) out[at++] = byte; };
  const string = (text) => {
    const { written } = encoder.encodeInto(text, out.subarray(at + 2));
    raw(0xd9, written);
    at += written;
  };
  const time = (ms) => {
    raw(0xcf);
    view.setBigUint64(at, BigInt(ms));
    at += 8;
  };
  const span = (from, to) => {
    out.set(body.subarray(from, to), at);
    at += to - from;
  };
  const key = (name) => raw(0xa1, name.charCodeAt(0));
  raw(0x84 + (good.length > 0) + (dead.length > 0));
  key('v');
  raw(1);
  key('o');
  string(site);
  key('r');
  time(now);
  key('t');
  time(sent);
  if (good.length) {
    key('e');
    raw(0xdc, 0, good.length);
    for (const [from, to] of good) span(from, to);
  }
  if (dead.length) {
    key('d');
    raw(0xdc, 0, dead.length);
    for (const [reason, from, to] of dead) {
      raw(0x92);
      string(reason.slice(0, 100));
      raw(0xc5, (to - from) >> 8, (to - from) & 255);
      span(from, to);
    }
  }
  return out.slice(0, at);
}
