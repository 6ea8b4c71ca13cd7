// The language of the first page: that of the browser where the app speaks it, unless the address names one. From
// then on the address says.
import { base } from './base.js';
import { noted } from './platform.js';

// elsewhere moves the very first visit to the page in the visitor's language, and reports whether it does.
export function elsewhere() {
  const path = location.pathname.slice(base.length);
  const named = /^\/zh(\/|$)/.test(path);
  const wanted = navigator.languages.map((one) => one.slice(0, 2).toLowerCase()).find((one) => one === 'zh' || one === 'en');
  const before = noted('sparrow-language', named ? 'zh' : wanted ?? 'en'); // which says that somebody was here
  if (before !== null || named || wanted !== 'zh' || document.referrer.startsWith(`${location.origin}/`)) return false;
  location.replace(`${base}/zh${path}${location.search}${location.hash}`);
  return true;
}
