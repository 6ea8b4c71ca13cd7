// One Go program per isolate, kept from request to request. Upstream's entry of syumai/workers
// starts the program again for every event, which costs 5 ms of CPU each time.
//
// A request goes in as one text and one body, written straight into the program's memory, and
// comes out as one text. The program never sleeps and never waits for a channel on the way: the
// handler runs as a coroutine that stops exactly where it hands a record to the queue, and it is
// resumed by this very request when the queue's promise has settled. So nothing that belongs to
// one request ever runs inside another, which Workers forbid.
import './wasm_exec.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const heads = new Map(); // first lines of answers, already parsed; answers are alike
const batchesPerProgram = 1000;

// Program is one running Go program.
class Program {
  broken = false; // it panicked or exited: what it still held is lost, and was not acknowledged
  retired = false; // it may finish what it holds but gets nothing new
  batches = 0;
  #sends = new Map(); // call → promise of the queue
  #exports;
  #binding = {}; // where syumai/workers leaves the functions for queue and cron

  constructor(module, env) {
    const go = new globalThis.Go();
    go.exit = () => { this.broken = true; };
    const { gojs } = go.importObject;
    // A timer would belong to the request that happens to run and die with it. Nothing here
    // needs one: the runtime's own (returning memory) are looked at whenever Go runs.
    gojs['runtime.scheduleTimeoutEvent'] = (sp) => go.mem.setInt32((sp >>> 0) + 16, 1, true);
    gojs['runtime.clearTimeoutEvent'] = () => {};
    const instance = new WebAssembly.Instance(module, {
      ...go.importObject,
      workers: { ready() {} },
      edge: {
        send: (call, at, length) => { this.#sends.set(call, post(env, this.#bytes(at, length))); },
        retire: () => { this.retired = true; },
      },
    });
    this.#exports = instance.exports;
    globalThis.context = { env, binding: this.#binding }; // read once, while the program starts; no ctx: waitUntil would lose work
    go.run(instance).catch(() => {});
    delete globalThis.context;
    this.inbox = this.#exports.inbox();
    this.outbox = this.#exports.outbox();
  }

  memory() { return new Uint8Array(this.#exports.mem.buffer); }

  #bytes(at, length) { return new Uint8Array(this.#exports.mem.buffer, at, length); }

  // serve answers one request: head as main_js.go reads it, body a Uint8Array; length may be
  // more than that of body, for a body that was refused unread.
  async serve(head, body, length = body.length) {
    const memory = this.memory();
    const { written } = encoder.encodeInto(head, memory.subarray(this.inbox, this.inbox + 8192));
    memory.set(body, this.inbox + written);
    let answer = this.#run(() => this.#exports.serve(written, length));
    while (answer < 0) {
      const call = ~answer;
      const sent = this.#sends.get(call);
      this.#sends.delete(call);
      const kept = await sent;
      answer = this.#run(() => this.#exports.settle(call, kept));
    }
    return this.#answer(answer);
  }

  // #run enters Go. Whatever comes back as an exception ends the program.
  #run(enter) {
    if (this.broken) throw new Error('the program has ended');
    try {
      const answer = enter();
      if (!this.broken) return answer;
    } catch (error) {
      this.broken = true;
      throw error;
    }
    throw new Error('the program has ended');
  }

  #answer(length) {
    const text = decoder.decode(this.#bytes(this.outbox, length));
    const end = text.indexOf('\n\n');
    const head = text.slice(0, end);
    let known = heads.get(head);
    if (!known) {
      const [status, ...lines] = head.split('\n');
      known = { status: Number(status), headers: lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]) };
      if (heads.size < 256) heads.set(head, known);
    }
    return new Response(text.length > end + 2 ? text.slice(end + 2) : null, known);
  }

  // check reads a live overlay, as MessagePack, and returns {fault}: what is wrong with it, or
  // {unused, remarks}: how much of it does nothing, and the first of that.
  check(packed) {
    return this.#run(() => {
      const at = this.#exports.draft(packed.length);
      this.memory().set(packed, at);
      const length = this.#exports.check();
      const text = decoder.decode(this.#bytes(this.outbox, length < 0 ? -1 - length : length));
      if (length >= 0) return { fault: text };
      const [unused, ...remarks] = text.split('\n');
      return { unused: Number(unused), remarks };
    });
  }

  // event hands a queue batch or a cron event to the functions that syumai/workers left.
  async event(name, event) {
    return this.#run(() => this.#binding[name](event));
  }
}

// post gives a record to the queue and reports whether it is durable: 1 or 0. It never rejects,
// so that a send that fails while the program ends is no unhandled rejection.
async function post(env, record) {
  try {
    await env.EVENTS.send(record.slice(), { contentType: 'bytes' });
    return 1;
  } catch (error) {
    console.error('queue:', String(error));
    return 0;
  }
}

// Instance is the isolate's one program, started at the first request that needs it: randomness
// does not exist before. One that broke is replaced at the next.
export class Instance {
  #module;
  program = null;
  starts = 0;

  constructor(module) { this.#module = module; }

  #get(env) {
    if (!this.program || this.program.broken || this.program.retired) {
      this.program = new Program(this.#module, env);
      this.starts++;
    }
    return this.program;
  }

  serve(env, head, body, length) { return this.#get(env).serve(head, body, length); }

  check(env, packed) { return this.#get(env).check(packed); }

  // consume stores a batch of the queue. Every promise that syumai/workers waits for leaves a
  // callback behind, so the program is renewed now and then.
  async consume(env, batch) {
    const program = this.#get(env);
    if (++program.batches >= batchesPerProgram) program.retired = true;
    await program.event('handleQueueMessageBatch', batch);
  }

  // sweep runs the cron task, in a program of its own: it reads much, and what it
  // leaves behind in memory goes with it.
  async sweep(env, event) {
    await new Program(this.#module, env).event('runScheduler', event);
  }
}
