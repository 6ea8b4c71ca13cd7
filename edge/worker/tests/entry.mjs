// The worker with doors that production does not have: tests break things through them.
import worker, { instance } from './worker.mjs';

let fault = ''; // what goes wrong with the next records
let count = 0;

// queue stands before the real one.
const faulty = (queue) => ({
  async send(body, options) {
    count++;
    if (fault === 'all') throw new Error('the queue is down');
    if (fault === 'third' && count % 3 === 0) {
      await scheduler.wait(5);
      throw new Error('the queue is down for this one');
    }
    if (fault === 'slow') await scheduler.wait(count % 7);
    return queue.send(body, options);
  },
});

// broken is a binding of which every call fails.
const broken = (name) => new Proxy({}, { get: () => async () => { throw new Error(`${name} is down`); } });
// failing answers 500 as the static files do when they cannot be read.
const failing = { fetch: async () => new Response('internal error', { status: 500 }) };

// doors are what a test may call below /test/.
const doors = {
  fault: (argument) => { fault = argument; },
  // memory overwrites the program's own with nonsense, as no request could.
  memory: () => instance.program?.memory().fill(0xff, 4096),
  // panic hands the program a request that ingest.mjs would never let through.
  panic: async (argument, env) => {
    const answer = await instance.serve(env, 'POST\n/v1/events\nh\n\n\n', new Uint8Array(0), 1 << 20).catch((error) => String(error));
    return answer instanceof Response ? `${answer.status}` : answer;
  },
  starts: () => instance.starts,
  // foreign puts a message into the queue that the worker did not make.
  foreign: (argument, env) => env.EVENTS.send(new TextEncoder().encode(argument), { contentType: 'bytes' }),
};

export default {
  async fetch(request, env) {
    const [, door, argument] = /^\/test\/(\w+)\/?(.*)$/.exec(new URL(request.url).pathname) ?? [];
    if (door) return new Response(String(await doors[door](argument, env) ?? ''));
    const down = fault === 'files' ? { BUNDLES: broken('R2'), ASSETS: failing } : {};
    return worker.fetch(request, { ...env, EVENTS: faulty(env.EVENTS), ...down });
  },
  async queue(batch, env) {
    if (fault === 'bucket' && batch.queue === 'sparrow-events') throw new Error('the bucket is down');
    return worker.queue(batch, env);
  },
  scheduled: (event, env) => worker.scheduled(event, env),
};
