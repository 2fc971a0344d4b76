// Starts Blazor and keeps the clock. Runs on every page, static or interactive.
import { followSystem, switchTheme } from '../theme.js';

const root = document.documentElement;
followSystem();

// The static pages' theme button; the interactive ones call switchTheme themselves.
document.addEventListener('click', e => {
  if (e.target.closest?.('[data-switch-theme]')) switchTheme();
});

// The language changes, the place on the page stays.
document.addEventListener('submit', e => {
  const { back, culture } = e.target.elements;
  if (back && culture) back.value = back.value.split('#')[0] + location.hash;
});

// <live-time since="unix ms"> counts up, <live-time until="unix ms"> counts down: in the browser, so that a running second costs the server nothing.
const offset = Number(root.dataset.now) - Date.now();
const times = new Set();
const two = n => String(n).padStart(2, '0');

function write(element) {
  const since = Number(element.getAttribute('since'));
  const until = Number(element.getAttribute('until'));
  if (!since && !until) { element.textContent = ''; return; }
  const now = Date.now() + offset;
  const s = Math.max(0, until ? Math.ceil((until - now) / 1000) : Math.floor((now - since) / 1000));
  const h = Math.floor(s / 3600);
  const text = h >= 100 ? `${h} h` : h ? `${h}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`;
  if (element.textContent !== text) element.textContent = text;
}

class LiveTime extends HTMLElement {
  static observedAttributes = ['since', 'until'];
  connectedCallback() { times.add(this); write(this); }
  disconnectedCallback() { times.delete(this); }
  attributeChangedCallback() { write(this); }
}
if (!customElements.get('live-time')) {
  customElements.define('live-time', LiveTime);
  setInterval(() => times.forEach(write), 1000);
}

// 1, 2, 3, 5, 8 then every 10 seconds, without end: a desk that is left open finds its way back by itself.
const waits = [0, 1000, 2000, 3000, 5000, 8000];
await Blazor.start({
  circuit: {
    reconnectionOptions: {
      maxRetries: 100000,
      retryIntervalMilliseconds: attempt => waits[attempt] ?? 10000,
    },
  },
});
