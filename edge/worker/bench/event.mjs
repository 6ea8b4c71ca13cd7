// The check of one event, field by field as wasm/event's FORMAT.md has it.
import { Refusal } from './reader.mjs';

const bit = (names) => [...names].reduce((set, name) => set | (1 << (name.charCodeAt(0) - 97)), 0);
const [always, optional] = [bit('iktvs'), bit('qba')];
const rules = new Map([
  ['impression', [bit('mp'), 0]], ['click', [bit('mp'), bit('c')]], ['view', [bit('m'), bit('c')]], ['rate', [bit('mr'), bit('pc')]],
  ...['like', 'dislike', 'not-interested', 'watchlist', 'clear'].map((kind) => [kind, [bit('m'), bit('pc')]]),
  ...['cart', 'purchase'].map((kind) => [kind, [bit('m'), bit('pcxun')]]), ['return', [bit('m'), bit('pcn')]],
  ...['play', 'read'].map((kind) => [kind, [bit('m'), bit('pcx')]]),
  ['undo', [bit('c'), 0]], ['exposure', [bit('y'), 0]], ['dropped', [bit('dn'), 0]],
]);

function refuse(reason) { throw new Refusal(reason); }

// key reads a field's name, as a number from 0 for a, and checks that it is new.
function key(r, seen) {
  const n = r.text();
  const name = r.bytes[r.start] - 97;
  if (n !== 1 || name < 0 || name > 25) refuse('a field that no event has');
  if (seen & (1 << name)) refuse(`field ${String.fromCharCode(97 + name)} comes twice`);
  return name;
}

function bin(r, want) {
  if (r.bin() !== want) refuse(`a field is not of ${want} bytes`);
}

function uuid(r) {
  bin(r, 16);
  if (r.bytes[r.start + 6] >> 4 !== 7 || r.bytes[r.start + 8] >> 6 !== 2) refuse('a field is no UUIDv7');
}

function text(r, least, most) {
  const n = r.text();
  if (n < least || n > most) refuse('a text is too short or too long');
}

function whole(r, least, most, why) {
  const n = r.int();
  if (!(n >= least && n <= most)) refuse(why);
  return n;
}

function kind(r) {
  const rule = rules.get(r.string());
  return rule ?? refuse('a field names no kind');
}

// arms reads the layers and returns them as texts.
function arms(r) {
  const n = r.map();
  if (n > 8) refuse('more than 8 arms');
  const layers = [];
  for (let i = 0; i < n; i++) {
    text(r, 1, 64);
    r.at = r.start - (r.bytes[r.start - 1] === 0xd9 ? 2 : 1); // back to its head, to read it as a string
    layers.push(r.string());
    text(r, 1, 64);
  }
  if (new Set(layers).size < n) refuse('two arms of one layer');
  return layers;
}

function place(r) {
  let seen = 0;
  for (let n = r.map(); n > 0; n--) {
    const name = key(r, seen);
    seen |= 1 << name;
    switch (name) {
      case 11: text(r, 1, 64); break; // l
      case 15: whole(r, 1, 65535, 'a position is not from 1 to 65535'); break; // p
      case 14: case 6: text(r, 0, 64); break; // o, g
      case 22: { // w
        const x = r.float();
        if (!(x >= 0 && x <= 1)) refuse('a propensity is not from 0 to 1');
        break;
      }
      default: refuse('a field that no event has');
    }
  }
  if ((seen & bit('lp')) !== bit('lp')) refuse('a place lacks a field');
}

// check reads one event to the reader's end and returns its time on the device's clock.
export function check(r) {
  let seen = 0;
  let at = 0;
  let rule = null;
  let layers = [];
  let layer = null;
  let [many, value] = [0, 0];
  for (let n = r.map(); n > 0; n--) {
    const name = key(r, seen);
    seen |= 1 << name;
    switch (name) {
      case 8: case 18: case 2: uuid(r); break; // i, s, c
      case 10: rule = kind(r); break; // k
      case 19: at = whole(r, 1, Number.MAX_SAFE_INTEGER, 'field t is no time'); break; // t
      case 21: bin(r, 16); break; // v
      case 16: whole(r, 0, 4294967295, 'field q is out of range'); break; // q
      case 1: bin(r, 32); break; // b
      case 0: layers = arms(r); break; // a
      case 12: text(r, 1, 200); break; // m
      case 17: { // r
        const x = r.float();
        if (!(x >= 0.5 && x <= 5) || 2 * x !== Math.floor(2 * x)) refuse('stars are not halves from 0.5 to 5');
        break;
      }
      case 15: place(r); break; // p
      case 24: layer = r.string(); if (!layer || layer.length > 64) refuse('a text is too short or too long'); break; // y
      case 3: kind(r); break; // d
      case 13: many = whole(r, 1, 4294967295, 'field n is out of range'); break; // n
      case 23: value = whole(r, 1, 4294967295, 'field x is out of range'); break; // x
      case 20: if (!/^[A-Z]{3}$/.test(r.string())) refuse('field u is not three capital letters'); break; // u
      default: refuse('a field that no event has');
    }
  }
  if (r.at !== r.end) refuse('bytes after the end');
  if (always & ~seen) refuse('an event lacks a field');
  if (rule[0] & ~seen) refuse('its kind lacks a field');
  if (seen & ~(always | optional | rule[0] | rule[1])) refuse('its kind has no such field');
  if (seen & bit('u') && !value) refuse('a currency without a value');
  if (value > 100 && rule === rules.get('read')) refuse('more than all was read');
  if (many > 10000 && rule !== rules.get('dropped')) refuse('more than 10000 pieces');
  if (layer !== null && !layers.includes(layer)) refuse('exposure to a layer without an arm');
  return at;
}
