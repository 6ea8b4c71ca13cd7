// The day's tag of a network, as edge/tag_other.go gives it: HMAC-SHA-256 under a random key that
// lies in the bucket for one day (UTC) and is deleted by the cron task after it, so that tags of a
// day can be compared and no address follows from one once the day is over.

export const keyFolder = 'network-keys/';

let current = { day: '', key: null, until: 0 }; // the isolate's; no promise, which belongs to one request

// tagOf returns the tag of an address's network as 16 hexadecimal digits, '' where there is none:
// on a developer's machine.
export async function tagOf(env, address, now = Date.now()) {
  if (!address || address === '::1' || address.startsWith('127.')) return '';
  const key = await keyOf(env, now);
  const tag = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(network(address)));
  return Array.from(new Uint8Array(tag, 0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// keyOf returns the key of the day. While the bucket does not give it, feedback is taken in all
// the same, and the isolate uses a key of its own for a minute: a network then counts once more.
async function keyOf(env, now) {
  const day = new Date(now).toISOString().slice(0, 10);
  if (current.day === day && now < current.until) return current.key;
  let raw = null;
  try {
    raw = await shared(env.FEEDBACK, keyFolder + day);
  } catch (error) {
    console.error('network key:', String(error));
  }
  const key = await crypto.subtle.importKey('raw', raw ?? crypto.getRandomValues(new Uint8Array(32)), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  if (current.day !== day || now >= current.until) current = { day, key, until: raw ? Infinity : now + 60_000 };
  return current.key;
}

// shared returns the bytes of an object, which the first isolate of the day makes.
async function shared(bucket, name) {
  let found = await bucket.get(name);
  if (!found) {
    await bucket.put(name, crypto.getRandomValues(new Uint8Array(32)), { onlyIf: new Headers({ 'If-None-Match': '*' }) });
    found = await bucket.get(name);
  }
  return found.arrayBuffer();
}

// network cuts an address to /24 or /48.
export function network(address) {
  if (!address.includes(':')) return address.split('.').slice(0, 3).join('.');
  const [left, right] = address.split('::');
  const groups = left ? left.split(':') : [];
  if (right !== undefined) {
    const tail = right ? right.split(':') : [];
    while (groups.length + tail.length < 8) groups.push('0');
    groups.push(...tail);
  }
  return groups.slice(0, 3).map((g) => parseInt(g, 16).toString(16)).join(':');
}
