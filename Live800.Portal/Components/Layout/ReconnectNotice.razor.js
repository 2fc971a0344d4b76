// While the connection is lost nothing can be sent: what would send is made inert, the composer stays typable and its draft is kept by the browser.
const notice = document.getElementById('components-reconnect-modal');
const root = document.documentElement;

function lock(lost) {
  root.toggleAttribute('data-connection-lost', lost);
  document.querySelectorAll('[data-locks]').forEach(part => { part.inert = lost; });
  window.dispatchEvent(new CustomEvent('live800:connection', { detail: { lost } }));
}

async function retry() {
  try {
    if (await Blazor.reconnect()) return;
    // The server is there but this circuit is not (restart, long sleep): a fresh page resumes by sequence, drafts are in storage.
    location.reload();
  } catch { /* still unreachable: the next attempt is already scheduled */ }
}

notice?.addEventListener('components-reconnect-state-changed', e => {
  const state = e.detail.state;
  if (state === 'rejected') { location.reload(); return; }
  lock(state !== 'hide');
});
document.getElementById('components-reconnect-button')?.addEventListener('click', retry);
// A laptop that wakes does not wait for the countdown.
const wake = () => { if (root.hasAttribute('data-connection-lost') && document.visibilityState === 'visible') retry(); };
document.addEventListener('visibilitychange', wake);
window.addEventListener('online', wake);
