// Lists that the builder has made in advance, for pages in which no engine runs, or not yet.
import { failure } from './failure.js';

// check fails for a question that only an engine can answer.
export function check({ rule, verb }) {
  if (rule) throw failure('filter', `no engine runs in this page, and lists made in advance know no ${rule}`);
  if (verb === 'recent') throw failure('empty', 'no engine runs in this page, so that nothing of what the visitor viewed is known');
}

// list returns {bundle, items, layers, shows, cut}: the first k of a list as the edge has it, of an item or of what is popular,
// without those of some ids. cut says that it is shorter for that.
export function list(found, { item, k, exclude = [] }) {
  if (!found?.items?.length) throw failure('empty', 'there is no list for this item');
  const items = [];
  for (let i = 0; i < found.items.length && items.length < k; i++) {
    const one = found.items[i];
    if (has(exclude, String(one.id))) continue;
    items[items.length] = { id: String(one.id), title: String(one.title ?? ''), year: Number(one.year) || 0, genres: one.genres ?? [], image: String(one.image ?? ''), url: String(one.url ?? ''), why: reasons(one.why ?? []), price: null, currency: '', brand: [], badge: [] };
  }
  const cut = items.length < k && items.length < found.items.length;
  return { cut, bundle: String(found.bundle ?? ''), items, layers: [], shows: found.popular || item === undefined ? 'popular' : 'similar' };
}

const has = (ids, id) => {
  for (let i = 0; i < ids.length; i++) if (ids[i] === id) return true;
  return false;
};

// reasons returns what a list says, as the engine would say it.
function reasons(why) {
  const all = [];
  for (let i = 0; i < why.length; i++) all[i] = { kind: String(why[i].kind), title: '', names: why[i].names ?? [] };
  return all;
}
