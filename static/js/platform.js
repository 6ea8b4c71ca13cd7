// What a browser may refuse, or may not have: with cookies blocked, on plain http, in an old
// browser or an embedded view. A mere look at some of it throws, so all of it is looked up
// here, and what is missing is null.

const look = (at) => {
  try {
    return at() ?? null;
  } catch {
    return null;
  }
};

export const serviceWorkers = () => look(() => navigator.serviceWorker);
export const subtle = () => look(() => crypto.subtle);
export const channelTo = (name) => look(() => new BroadcastChannel(name));

// withCaches resolves with what use makes of Cache Storage, or with otherwise.
export async function withCaches(use, otherwise = null) {
  try {
    return await use(caches);
  } catch {
    return otherwise;
  }
}

// persist requests that the browser does not evict this site when space runs short.
export const persist = async () => { await look(() => navigator.storage.persist())?.catch(() => {}); };

// openDatabase resolves with a database of IndexedDB, or null. grow makes its stores.
export const openDatabase = (name, grow) => request(() => indexedDB.open(name, 1), (opening) => {
  opening.onupgradeneeded = () => grow(opening.result);
});

export const deleteDatabase = (name) => request(() => indexedDB.deleteDatabase(name));

const request = (make, prepare) => new Promise((resolve) => {
  const made = look(make);
  if (!made) return resolve(null);
  prepare?.(made);
  made.onsuccess = () => resolve(made.result ?? null);
  made.onerror = made.onblocked = () => resolve(null);
});

// hasDatabase reports whether there is a database of that name. No database comes into being.
export async function hasDatabase(name) {
  try {
    const all = await indexedDB.databases();
    for (let i = 0; i < all.length; i++) if (all[i].name === name) return true;
  } catch {
    // what cannot be listed keeps nothing, or is too old to have been kept by us
  }
  return false;
}

// noted returns what is kept under a key in localStorage, null for nothing, and keeps value there where nothing is.
export function noted(key, value) {
  const before = localStorage.getItem(key);
  if (before === null) localStorage.setItem(key, value);
  return before;
}

// textAt returns what is kept under a key in localStorage, null for nothing.
export const textAt = (key) => look(() => localStorage.getItem(key));

// standIn puts storage in memory in the place of localStorage and sessionStorage where the
// browser refuses them: go-app looks through them as it starts, and ends when that throws.
export function standIn() {
  for (const name of ['localStorage', 'sessionStorage']) {
    if (look(() => globalThis[name])) continue;
    const kept = new Map();
    look(() => Object.defineProperty(globalThis, name, {
      configurable: true,
      value: {
        get length() { return kept.size; },
        key: (i) => [...kept.keys()][i] ?? null,
        getItem: (key) => kept.get(String(key)) ?? null,
        setItem: (key, value) => { kept.set(String(key), String(value)); },
        removeItem: (key) => { kept.delete(String(key)); },
        clear: () => kept.clear(),
      },
    }));
  }
}
