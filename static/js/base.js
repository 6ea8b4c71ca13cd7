// The path of the site on its host: '' or '/repo'. It is read while the page's loader, which is
// below it in a/, runs for the first time.
export const base = new URL('..', document.currentScript.src).pathname.slice(0, -1);
