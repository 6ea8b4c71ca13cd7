// A server and a browser that all tests of a file share.
import { after } from 'node:test';
import { launch } from './browser.mjs';
import { Server } from './server.mjs';

export async function stage() {
  const server = await new Server().start();
  after(() => server.stop());
  const browser = await launch();
  after(() => browser.close());
  return { server, browser };
}
