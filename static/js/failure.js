// Failure is an error that a page can explain: code says which of its sentences to show, the
// message is an English one for hosts of the widget, and the cause goes to the console.
//
//   network    nothing answered             http       the server answered with an error (status)
//   page       a web page came instead      integrity  other bytes than were sent
//   decode     a model of another version   browser    a browser that lacks what this needs
//   wasm       WebAssembly is refused       memory     the device has no room for it
//   worker     the worker is refused        engine     a mistake of ours
export class Failure extends Error {
  constructor(code, text, cause, status = 0) {
    super(text, { cause });
    this.code = code;
    this.status = status;
  }
}

export const unreachable = (cause) => new Failure('network', 'What the recommender needs did not download. Check the connection, then try again.', cause);
export const instead = (cause) => new Failure('page', 'The network answered with a web page in place of a file. Perhaps it wants you to sign in; do so, then try again.', cause);
export const damaged = (cause) => new Failure('integrity', 'A file arrived damaged, so nothing of it was used. Try again.', cause);
export const noRoom = (cause) => new Failure('memory', 'There is not enough memory for the recommender. Close other tabs, then try again.', cause);

// get fetches a file, or throws the Failure that says why there is none.
export async function get(url, options) {
  const response = await fetch(url, options).catch((cause) => { throw unreachable(cause); });
  const { ok, status, headers } = response;
  if (!ok) throw new Failure('http', `The server answered with error ${status}. Try again later.`, `${url}: HTTP ${status}`, status);
  if (headers.get('Content-Type')?.startsWith('text/html')) throw instead(`${url}: text/html`);
  return response;
}
