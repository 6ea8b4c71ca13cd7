// Links that visitors send each other.

// send hands an address to another app; where the browser has no way to, it copies it. It calls tell
// with "sent", "copied", "failed", or "" where the visitor went back.
export async function send(title, url, tell) {
  try {
    if (navigator.share) {
      await navigator.share({ title, url });
      return tell('sent');
    }
  } catch (error) {
    if (error.name === 'AbortError') return tell('');
  }
  try {
    await navigator.clipboard.writeText(url);
    tell('copied');
  } catch {
    tell('failed');
  }
}

// tidy drops a fragment with a % that escapes nothing, now and when another address is opened on
// this page: Go reads no such address, and would end.
export function tidy() {
  const look = () => {
    if (/%(?![0-9a-f]{2})/i.test(location.hash)) history.replaceState(history.state, '', location.pathname + location.search);
  };
  look();
  addEventListener('popstate', look);
}
