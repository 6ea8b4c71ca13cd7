// People of a data set, whom the owner of the site has put beside the model: users.json. latest.json names the first of
// them. app.wasm has app.js import this module for the page of one, and for the Lab's link to the first.
import { damaged, get, instead } from './failure.js';

const patience = 30e3; // ms
const mostBytes = 4_000_000; // as the builder writes at most
const mostEntries = 500; // of one person
const longestID = 200; // bytes of an item's

// first resolves with the id of the first person, '' where the site has none.
export async function first(base) {
  const response = await get(`${base}latest.json`, { cache: 'no-cache', signal: AbortSignal.timeout(patience) });
  const { users } = await response.json().catch((cause) => { throw instead(cause); }) ?? {};
  return typeof users === 'string' ? users : '';
}

// find resolves with what Go reads of the person of that id, as JSON: {Of, ID, Rated, Since, Before, After, Odd, Entries: [{ID, Stars, At}]}, the
// newest first. Before and After are the ids of the people next to them, Odd is how many entries mean nothing and are left out. It is '' where
// the site has no people, and names no id where it has none of that id.
export async function find(base, id) {
  const start = await first(base);
  return start ? JSON.stringify(one(await read(base), id, start)) : '';
}

async function read(base) {
  const response = await get(`${base}users.json`, { cache: 'no-cache', signal: AbortSignal.timeout(patience) });
  const chunks = [];
  let length = 0;
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > mostBytes) {
      reader.cancel();
      throw damaged(`users.json has more than ${mostBytes} bytes`);
    }
    chunks.push(value);
  }
  try {
    const all = JSON.parse(await new Blob(chunks).text());
    if (!Array.isArray(all.users)) throw new TypeError('no users');
    return all;
  } catch (cause) {
    throw damaged(cause);
  }
}

// one returns the person of an id among all that the file has.
export function one({ of, users }, id, start = '') {
  const named = users.filter((user) => typeof user?.id === 'string' && user.id && Array.isArray(user.entries));
  const at = named.findIndex((user) => user.id === id);
  const set = typeof of === 'string' ? of : '';
  if (at < 0) return { Of: set, Before: start };
  const user = named[at];
  const entries = user.entries.slice(0, mostEntries).filter(sound).map(([ID, Stars, At]) => ({ ID, Stars, At }));
  return {
    Of: set, ID: id, Rated: Math.max(whole(user.rated) ? user.rated : 0, entries.length), Since: whole(user.since) ? user.since : 0, Before: named[at - 1]?.id, After: named[at + 1]?.id,
    Odd: Math.min(user.entries.length, mostEntries) - entries.length, Entries: entries,
  };
}

const whole = (n) => Number.isSafeInteger(n) && n >= 0;

// sound reports whether an entry is [id of an item, stars in halves up to 5 or 0 for none, Unix seconds or 0 for none].
const sound = (entry) => Array.isArray(entry) && typeof entry[0] === 'string' && entry[0] !== '' && new TextEncoder().encode(entry[0]).length <= longestID
  && whole(entry[1] * 2) && entry[1] <= 5 && whole(entry[2]);
