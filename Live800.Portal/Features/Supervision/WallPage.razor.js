// A screen nobody touches for weeks: it stays awake, says since when its numbers are old, and comes back by itself.
const OLD = 65000;      // three beats of the server missed
const LOST = 180000;    // the page is loaded anew as soon as the server answers
const SIGNED = 7200000; // an open page alone does not keep a sign-in: it is used every two hours

export function attach(root) {
  const stop = new AbortController();
  const { signal } = stop;
  const mark = root.querySelector('[data-stale]');
  const since = root.querySelector('[data-stale-since]');
  const full = root.querySelector('[data-full]');
  let alive = Date.now();
  let lost = document.documentElement.hasAttribute('data-connection-lost');
  let lock = null;
  let asking = false;

  // The server's sign of life is an attribute; when it came is this clock's matter, so that two clocks need not agree.
  const beats = new MutationObserver(() => { alive = Date.now(); look(); });
  beats.observe(root, { attributes: true, attributeFilter: ['data-alive'] });

  function look() {
    const age = Date.now() - alive;
    const old = lost || age > OLD;
    if (mark.hidden === old) {
      mark.hidden = !old;
      since.textContent = old ? new Date(alive).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' }) : '';
    }
    if (age > LOST) void again();
  }

  // A half-open connection, or one the page has given up: ask whether the server is there, then begin afresh.
  async function again() {
    if (asking) return;
    asking = true;
    try {
      if ((await fetch('/health/live', { cache: 'no-store', signal })).ok) location.reload();
    } catch { /* not yet: the next look asks again */ }
    asking = false;
  }

  async function wake() {
    if (document.visibilityState !== 'visible' || lock || !navigator.wakeLock) return;
    try {
      lock = await navigator.wakeLock.request('screen');
      lock.addEventListener('release', () => { lock = null; }, { once: true });
      if (signal.aborted) await lock.release();
    } catch { lock = null; /* low battery, or the browser's owner does not want it */ }
  }

  window.addEventListener('live800:connection', e => { lost = e.detail.lost; look(); }, { signal });
  document.addEventListener('visibilitychange', wake, { signal });
  if (!document.fullscreenEnabled) full.hidden = true;
  full.addEventListener('click', () => document.documentElement.requestFullscreen().catch(() => {}), { signal });
  const timer = setInterval(() => { look(); void wake(); }, 5000);
  const signed = setInterval(() => { fetch('/wall', { method: 'HEAD', cache: 'no-store', signal }).catch(() => {}); }, SIGNED);
  void wake();
  look();

  return {
    dispose() {
      stop.abort();
      clearInterval(timer);
      clearInterval(signed);
      beats.disconnect();
      void lock?.release();
    },
  };
}
