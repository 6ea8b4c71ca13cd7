// The language of the first page: that of the browser where the app speaks it. From then on the address says.
import { base } from './base.js';

const key = 'sparrow-language'; // what is kept says that somebody was here before

// elsewhere moves the very first visit to the page in the visitor's language, and reports whether it does.
export function elsewhere() {
  const path = location.pathname.slice(base.length);
  const here = /^\/zh(\/|$)/.test(path) ? 'zh' : 'en';
  if (localStorage.getItem(key)) return false;
  const wanted = navigator.languages.map((one) => one.slice(0, 2).toLowerCase()).find((one) => one === 'zh' || one === 'en') ?? here;
  localStorage.setItem(key, wanted);
  if (wanted === here || document.referrer.startsWith(`${location.origin}/`)) return false;
  location.replace(base + (wanted === 'zh' ? `/zh${path}` : path.slice(3) || '/') + location.search + location.hash);
  return true;
}
