// Where the engine worker keeps what must survive: one IndexedDB store of keys and
// values. "profile" is the visitor's profile as the engine writes it, "journal" their notes and
// the steps that can be taken back, "profile 2" that of another person, "models" names
// the last good models. When the browser refuses storage, memory stands in. When it takes
// the database away under an open page, as it does when somebody clears its site data, the
// database is made again and gets what this tab knows.
import { deleteDatabase, openDatabase } from './platform.js';

const pause = 200; // ms from the loss of the database to the next, unless a change wants it sooner
const attempts = 10; // to open it again; a browser refuses while it is still deleting

export class Store {
  onrefused = () => {}; // from now on memory is all that there is
  #name = null; // of the database; null when nothing is to be kept
  #erased = null; // what runs when another page has deleted the database
  #connection = null; // a promise of the database, or of null where it is refused
  #refused = false;
  #lost = false; // it was there once
  #blank = false; // the database was deleted and is not there until the next change
  #memory = new Map(); // the last value of each key that this tab saw

  // durable reports whether what is put outlives the tab.
  get durable() { return this.#name !== null && !this.#refused; }

  // open finds or makes the database of that name. With erased, the database is deleted to
  // forget the visitor: when another page does, this tab forgets them too and calls it.
  // Without, a deletion is a loss like any other, and what was lost is written back.
  async open(name, erased = null) {
    this.#name = name;
    this.#connection = null;
    this.#erased = erased;
    this.#refused = this.#lost = this.#blank = false;
    await this.#connect();
  }

  // forget deletes everything, and the database of that name, if one is given. Nothing is
  // kept then until the next open.
  async forget(name) {
    this.#name = null;
    await this.clear();
    if (name) await deleteDatabase(name);
  }

  // clear forgets what this tab knows, for another has deleted everything. What is put
  // afterwards is kept.
  async clear() {
    const before = this.#connection;
    this.#connection = null;
    this.#blank = true;
    this.#memory.clear();
    (await before)?.close();
  }

  #connect() {
    if (!this.durable) return null;
    this.#connection ??= this.#restore();
    return this.#connection;
  }

  // restore opens the database and puts into it what it lacks.
  async #restore() {
    const name = this.#name;
    const open = () => openDatabase(name, (made) => made.createObjectStore('kept'));
    let found = await open();
    for (let left = this.#lost ? attempts : 0; !found && left > 0; left--) {
      await new Promise((resolve) => { setTimeout(resolve, pause); });
      found = await open();
    }
    if (!found) return this.#refuse('the browser opens no database');
    const db = new Database(found, (wish) => {
      if (!wish || !this.#erased) return this.#lose(db, true);
      this.clear();
      this.#erased();
    });
    this.#blank = false;
    const mine = [...this.#memory].filter(([, value]) => value !== undefined);
    if (!mine.length) return db;
    try {
      await db.transact((kept) => {
        for (const [key, value] of mine) kept.getKey(key).onsuccess = ({ target }) => target.result ?? kept.put(value, key);
      });
    } catch (error) {
      console.warn('sparrow: what was lost could not be written back:', error);
    }
    return db;
  }

  // lose gives a connection up. Another follows soon, or with the next change.
  async #lose(db, soon) {
    db.close();
    if (await this.#connection !== db) return;
    this.#connection = null;
    this.#lost = true;
    if (soon) setTimeout(() => this.#connect(), pause);
  }

  #refuse(why) {
    console.warn('sparrow: storage failed, going on in memory:', why);
    this.#refused = true;
    this.onrefused();
    return null;
  }

  async get(key) { return (await this.getAll([key]))[0]; }

  async getAll(keys) {
    let found = [];
    if (!this.#blank) await this.updateAll(keys, (values) => { found = [...values]; return []; });
    return found;
  }

  put(key, value) { return this.update(key, () => value); }

  // update gives the value of key (undefined when there is none) to change and keeps
  // what change returns (nothing, when it returns undefined).
  update(key, change) { return this.updateAll([key], ([value]) => [change(value)]); }

  // updateAll is update of several keys: change gets their values and returns what is kept of each.
  // Reading and writing are one transaction, so that two tabs never overwrite each other; change
  // must not wait, and runs again on what is there when the database was lost meanwhile.
  // The promise resolves when the values are on disk, or in memory if that is all we
  // have, and is rejected only with what change throws.
  async updateAll(keys, change) {
    for (let tries = 2; tries > 0; tries--) {
      const db = await this.#connect();
      if (!db) break;
      let next;
      let ran = false;
      let thrown = null;
      const remember = () => keys.forEach((key, i) => this.#memory.set(key, next[i]));
      try {
        await db.transact((kept) => {
          const values = [];
          keys.forEach((key, i) => {
            kept.get(key).onsuccess = ({ target: { result: value, transaction } }) => {
              values.push(value);
              if (i < keys.length - 1) return;
              try {
                const changed = change(values);
                next = values.map((before, k) => changed[k] ?? before);
                ran = true;
                changed.forEach((one, k) => { if (one !== undefined) kept.put(one, keys[k]); });
              } catch (error) {
                thrown = error;
                transaction.abort();
              }
            };
          });
        });
        remember();
        return;
      } catch (error) {
        if (thrown) throw thrown;
        const full = error?.name === 'QuotaExceededError';
        if (ran && (full || tries === 1)) remember();
        await this.#lose(db, false);
        if (!full && tries > 1) continue;
        this.#refuse(error);
        if (ran) return;
      }
    }
    const values = keys.map((key) => this.#memory.get(key));
    change(values).forEach((one, k) => this.#memory.set(keys[k], one ?? values[k]));
  }
}

// A Database is one connection. lost runs when it has ended: with true when another page
// deletes the database, else with false.
class Database {
  #db;
  #ends = new Set(); // of the transactions under way: a browser that clears a site's data ends them without a word

  constructor(db, lost) {
    this.#db = db;
    db.onclose = () => {
      for (const end of this.#ends) end(new Error('the browser closed the database'));
      lost(false);
    };
    db.onversionchange = ({ newVersion }) => {
      db.close(); // which waits for what is under way
      lost(newVersion === null);
    };
  }

  close() { this.#db.close(); }

  // transact resolves when what work does to the store is on disk.
  transact(work) {
    return new Promise((resolve, reject) => {
      const transaction = this.#db.transaction('kept', 'readwrite', { durability: 'strict' });
      const end = (error) => {
        this.#ends.delete(end);
        error === undefined ? resolve() : reject(error);
      };
      this.#ends.add(end);
      transaction.oncomplete = () => end();
      transaction.onabort = () => end(transaction.error);
      work(transaction.objectStore('kept'));
    });
  }
}
