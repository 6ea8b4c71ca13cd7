// What lies in the bucket, by a file that lies in it, too: published.json has of each object the
// hash of what was uploaded. So an upload is of what has changed, and what nothing needs any more
// is found and deleted. An object's hash is '' while it is being uploaded: a run that ends there is
// made up for by the next.
import { createHash } from 'node:crypto';

const file = 'published.json';
const day = 86400e3; // ms that a bundle outlives its place in the folder: pages may be loading it
const isBundle = (key) => /^[0-9a-f]{64}\.(bundle|supplement|links)(\.br|\.[0-9a-f]{64}\.dcz)?$/.test(key); // or another form of one

export const sha256 = (body) => createHash('sha256').update(body).digest('hex');

export class Published {
  #bucket; // {get(key) → Buffer or null, put(key, body, type), delete(key)}
  #files; // key → {hash, unused: ms since the epoch, of what the folder has no more}

  constructor(bucket, files) {
    this.#bucket = bucket;
    this.#files = files;
  }

  // read reads the file; a bucket without one holds nothing that is known of.
  static async read(bucket) {
    const body = await bucket.get(file);
    if (!body) return new Published(bucket, new Map());
    let files;
    try {
      ({ files } = JSON.parse(body));
      if (!Object.values(files).every(({ hash }) => typeof hash === 'string')) throw new Error('a file without a hash');
    } catch (error) {
      throw new Error(`${file} in the bucket is damaged (${error.message}): --all uploads everything and writes it again`);
    }
    return new Published(bucket, new Map(Object.entries(files)));
  }

  // begin returns those of all wanted objects, {key, hash, …}, that the bucket lacks, and notes that
  // they are on their way.
  async begin(wanted, now) {
    const changed = wanted.filter(({ key, hash }) => this.#files.get(key)?.hash !== hash);
    const keys = new Set(wanted.map(({ key }) => key));
    let noted = changed.length > 0;
    for (const [key, entry] of this.#files) {
      noted ||= keys.has(key) === 'unused' in entry;
      if (keys.has(key)) delete entry.unused;
      else entry.unused ??= now;
    }
    for (const { key } of changed) this.#files.set(key, { hash: '' });
    if (noted) await this.#write();
    return changed;
  }

  // due returns the keys that may be deleted: at once what is asked for by its name and would
  // otherwise be answered for ever, bundles after a day.
  due(now) {
    return [...this.#files].filter(([key, { unused }]) => unused !== undefined && (!isBundle(key) || now - unused > day)).map(([key]) => key);
  }

  // end notes what was uploaded and deleted.
  async end(uploaded, deleted) {
    for (const { key, hash } of uploaded) this.#files.set(key, { hash });
    for (const key of deleted) this.#files.delete(key);
    if (uploaded.length + deleted.length) await this.#write();
  }

  #write() { return this.#bucket.put(file, Buffer.from(`${JSON.stringify({ files: Object.fromEntries(this.#files) })}\n`), 'application/json'); }
}
