// Where the outbox keeps what it was given: IndexedDB, or memory where a browser refuses.
// Both offer transact(strict, work): work(t) runs alone, all of what it changes is kept or
// none, and it may wait for nothing but t. The promise resolves with what work returned,
// once the changes are on disk (strict) or with the operating system.
//
//   t.get(key), t.set(key, value)   one of a few single values; undefined deletes
//   t.put(id, record)               a record {rank, …} by the text of its id
//   t.first(n), t.lowest(rank, n)   the n oldest [id, record], of all or of a rank
//   t.read(ids)                     those of the records that are there, as [id, record]
//   t.drop(ids), t.wipe()           delete some records, or everything

const stores = ['events', 'kept'];

const result = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

class DiskView {
  constructor(transaction) { [this.events, this.kept] = stores.map((name) => transaction.objectStore(name)); }

  get(key) { return result(this.kept.get(key)); }
  set(key, value) { value === undefined ? this.kept.delete(key) : this.kept.put(value, key); }
  put(id, record) { this.events.put(record, id); }
  first(n) { return this.#list(this.events, undefined, n); }
  lowest(rank, n) { return this.#list(this.events.index('rank'), rank, n); }
  drop(ids) { for (const id of ids) this.events.delete(id); }

  async #list(source, range, n) {
    const [ids, records] = await Promise.all([result(source.getAllKeys(range, n)), result(source.getAll(range, n))]);
    return ids.map((id, i) => [id, records[i]]);
  }

  async read(ids) {
    const records = await Promise.all(ids.map((id) => result(this.events.get(id))));
    return ids.map((id, i) => [id, records[i]]).filter(([, record]) => record);
  }

  wipe() {
    this.events.clear();
    this.kept.clear();
  }
}

export class Disk {
  onclose = () => {}; // the browser took the database away

  // open returns the database's store; null when there is none and create is false: then
  // none comes into being. It is rejected where the browser refuses storage. A browser is
  // asked first, where it can be: WebKit keeps an empty database of an opening that was aborted.
  static async open(create, name = 'sparrow-outbox') {
    const all = create ? null : await indexedDB.databases?.();
    if (all && !all.some((one) => one.name === name)) return null;
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open(name, 1);
      let absent = false;
      opening.onupgradeneeded = () => {
        if (!create) {
          absent = true;
          return opening.transaction.abort();
        }
        const [events] = stores.map((store) => opening.result.createObjectStore(store));
        events.createIndex('rank', 'rank');
      };
      opening.onsuccess = () => resolve(new Disk(opening.result));
      opening.onerror = (event) => {
        event.preventDefault();
        absent ? resolve(null) : reject(opening.error);
      };
    });
  }

  constructor(db) {
    this.db = db;
    db.onclose = () => this.onclose();
    db.onversionchange = () => {
      db.close();
      this.onclose();
    };
  }

  transact(strict, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.db.transaction(stores, 'readwrite', { durability: strict ? 'strict' : 'relaxed' });
      let value;
      let failure;
      transaction.oncomplete = () => resolve(value);
      transaction.onabort = () => reject(failure ?? transaction.error);
      work(new DiskView(transaction)).then((returned) => { value = returned; }, (error) => {
        failure = error;
        transaction.abort();
      }).catch(() => {}); // abort throws when the transaction has ended already
    });
  }
}

const before = ([a], [b]) => (a < b ? -1 : 1);

export class Memory {
  #events = new Map();
  #kept = new Map();
  #turn = Promise.resolve();

  transact(strict, work) {
    const done = this.#turn.then(() => work(this));
    this.#turn = done.catch(() => {});
    return done;
  }

  async get(key) { return this.#kept.get(key); }
  set(key, value) { value === undefined ? this.#kept.delete(key) : this.#kept.set(key, value); }
  put(id, record) { this.#events.set(id, record); }
  async first(n) { return [...this.#events].sort(before).slice(0, n); }
  async lowest(rank, n) { return [...this.#events].filter(([, record]) => record.rank === rank).sort(before).slice(0, n); }
  async read(ids) { return ids.filter((id) => this.#events.has(id)).map((id) => [id, this.#events.get(id)]); }
  drop(ids) { for (const id of ids) this.#events.delete(id); }

  wipe() {
    this.#events.clear();
    this.#kept.clear();
  }
}
