// A queue and a bucket on the disk of this process, which goes on living when workerd is killed.
// What send or put answered is synced to the disk before.
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

export class Durable {
  #folder = mkdtempSync(path.join(tmpdir(), 'sparrow-durable-'));
  #server;
  #sent = 0;
  #open = new Map(); // number → record, not confirmed yet
  // at is called at every commit point and may end workerd there; it returns whether it did.
  at = async () => false;

  async start() {
    this.#server = createServer((request, response) => {
      const chunks = [];
      request.on('error', () => {});
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => this.#take(request, response, Buffer.concat(chunks)).catch((error) => response.writeHead(500).end(String(error))));
    });
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.port = this.#server.address().port;
    return this;
  }

  async #take(request, response, body) {
    const [, what, key] = /^\/(send|object)\/?(.*)$/.exec(request.url);
    if (await this.at(`before ${what}`)) return request.socket.destroy();
    if (what === 'send') {
      this.#write(`message-${this.#sent}`, body);
      this.#open.set(this.#sent++, body);
    } else this.#write(`object-${key.replaceAll('/', '_')}`, body);
    if (await this.at(`after ${what}`)) return request.socket.destroy();
    response.end('kept');
  }

  #write(name, body) {
    mkdirSync(this.#folder, { recursive: true });
    const file = openSync(path.join(this.#folder, name), 'w');
    writeSync(file, body);
    fsyncSync(file);
    closeSync(file);
  }

  get waiting() { return this.#open.size; }

  // deliver hands up to 4 messages to the worker's consumer and forgets them once it confirmed.
  async deliver(origin) {
    const batch = [...this.#open].slice(0, 4);
    if (batch.length === 0) return;
    const answer = await fetch(`${origin}/test/deliver`, { method: 'POST', body: JSON.stringify(batch.map(([, record]) => record.toString('base64'))) });
    if (answer.ok) for (const [number] of batch) this.#open.delete(number);
  }

  // objects returns the bytes of everything in the bucket.
  objects() {
    return readdirSync(this.#folder).filter((name) => name.startsWith('object-')).map((name) => new Uint8Array(readFileSync(path.join(this.#folder, name))));
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
