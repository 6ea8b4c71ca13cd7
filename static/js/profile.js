// Where the engine worker keeps what must survive: one IndexedDB store of keys and
// values. "profile" is the visitor's profile as the engine writes it, "models" names
// the last good models. When the browser refuses storage, memory stands in.

export class Store {
  #db = null;
  #memory = new Map(); // the last value of each key that this tab saw

  // durable reports whether what is put outlives the tab.
  get durable() { return this.#db !== null; }

  // open finds or makes the database of that name.
  async open(name) {
    this.#db = await new Promise((resolve) => {
      try {
        const request = indexedDB.open(name, 1);
        request.onupgradeneeded = () => request.result.createObjectStore('kept');
        request.onsuccess = () => resolve(request.result);
        request.onerror = request.onblocked = () => resolve(null);
      } catch {
        resolve(null);
      }
    });
    if (!this.#db) return;
    this.#db.onclose = () => this.#close(); // the visitor cleared the site's data
    this.#db.onversionchange = () => this.#close();
  }

  // forget deletes everything, and the database of that name, if one is given.
  async forget(name) {
    this.#close();
    this.#memory.clear();
    if (!name) return;
    await new Promise((resolve) => {
      try {
        const deleting = indexedDB.deleteDatabase(name);
        deleting.onsuccess = deleting.onerror = deleting.onblocked = resolve;
      } catch {
        resolve(); // a browser that refuses storage has kept nothing
      }
    });
  }

  #close() {
    this.#db?.close();
    this.#db = null;
  }

  get(key) {
    let found;
    return this.update(key, (value) => { found = value; }).then(() => found);
  }

  put(key, value) { return this.update(key, () => value); }

  // update gives the value of key (undefined when there is none) to change and keeps
  // what change returns (nothing, when it returns undefined). Reading and writing are
  // one transaction, so that two tabs never overwrite each other; change must not wait.
  // The promise resolves when the value is on disk, or in memory if that is all we
  // have, and is rejected only with what change throws.
  async update(key, change) {
    let ran = false;
    let thrown = null;
    const apply = (value) => {
      ran = true;
      try {
        const next = change(value);
        this.#memory.set(key, next ?? value);
        return next;
      } catch (error) {
        thrown = error;
        throw error;
      }
    };
    try {
      if (this.#db) await this.#transact(key, apply);
    } catch (error) {
      if (thrown) throw thrown;
      console.warn('sparrow: storage failed, going on in memory:', error);
      this.#close();
    }
    if (!ran) apply(this.#memory.get(key));
  }

  #transact(key, apply) {
    return new Promise((resolve, reject) => {
      const transaction = this.#db.transaction('kept', 'readwrite', { durability: 'strict' });
      const kept = transaction.objectStore('kept');
      kept.get(key).onsuccess = (event) => {
        try {
          const next = apply(event.target.result);
          if (next !== undefined) kept.put(next, key);
        } catch {
          transaction.abort();
        }
      };
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  }
}
