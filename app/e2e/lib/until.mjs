// Waiting for what somebody else does: the edge, a browser, the disk.
import { setTimeout as sleep } from 'node:timers/promises';

// until waits for something to become true, as long as playwright waits for a page, and returns it.
export async function until(what, condition, patience = 30e3) {
  for (const end = Date.now() + patience; ; await sleep(50)) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`${what}: not within ${patience} ms`);
  }
}
