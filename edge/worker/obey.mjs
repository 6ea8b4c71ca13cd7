// What the live overlay leaves of a list made in advance: ../changes/obey.go does the same natively.

let known = { etag: '', rules: [], items: {} }; // the isolate's: the overlay that was read last

// overlayOf returns the overlay as it is now, or null where there is none.
async function overlayOf(bucket) {
  const found = await bucket.get('live.json', known.etag ? { onlyIf: { etagDoesNotMatch: known.etag } } : undefined);
  if (!found) return null;
  if (!found.body) return known; // as it was
  const { items = {}, rules = {} } = await new Response(found.body).json();
  const excluding = Object.values(rules ?? {}).filter((rule) => rule?.do === 'exclude');
  known = { etag: found.etag, items: items ?? {}, rules: excluding.map(({ items: ids, where, from, until }) => ({ ids: new Set(ids), where: Boolean(where), from: at(from, -Infinity), until: at(until, Infinity) })) };
  return known;
}

const at = (text, otherwise) => (text ? Date.parse(text) : otherwise);

// obey returns {list, used}: the bytes of a list as it is by now, null where nothing is left of it or a rule
// excludes by a filter, which asks for more than a list knows; and whether there is an overlay.
export async function obey(bucket, list, now = Date.now()) {
  const overlay = await overlayOf(bucket);
  if (!overlay) return { list, used: false };
  const rules = overlay.rules.filter(({ from, until }) => from <= now && now < until);
  if (rules.some(({ where }) => where)) return { list: null, used: true };
  const all = JSON.parse(new TextDecoder().decode(list));
  let changed = false;
  const items = [];
  for (const card of all.items ?? []) {
    const live = Object.hasOwn(overlay.items, card.id) ? overlay.items[card.id] ?? {} : {};
    const out = live.hidden || live.stock <= 0 && live.stock !== null || rules.some(({ ids }) => ids.has(card.id));
    const other = Object.fromEntries(['title', 'image', 'url', 'price', 'currency'].filter((key) => live[key] !== undefined && live[key] !== null).map((key) => [key, live[key]]));
    changed ||= out || Object.keys(other).length > 0;
    if (!out) items.push({ ...card, ...other });
  }
  if (!changed) return { list, used: true };
  return { list: items.length ? new TextEncoder().encode(JSON.stringify({ ...all, items })) : null, used: true };
}
