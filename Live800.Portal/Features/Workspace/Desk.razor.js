// What only the browser knows: widths of the panes, whether somebody looks, and the shortcuts before the browser takes them.
const limits = { left: [320, 900, 640], right: [240, 520, 300] };

// Where a shortcut goes without asking anybody.
const places = { Write: '.composer textarea', GoToQueue: '[role=grid]', Search: '.tools input[type=search]', GoToVisitor: '.pane.right' };

export function attach(root, dotnet, agent, keys) {
  const panes = root.querySelector('[data-panes]');
  const left = panes.querySelector('.left');
  const key = `live800.desk.${agent}.panes`;
  const stop = new AbortController();
  const on = (target, type, act, more) => target.addEventListener(type, act, { signal: stop.signal, ...more });

  let kept = {};
  try { kept = JSON.parse(localStorage.getItem(key)) ?? {}; } catch { /* forbidden or damaged: the usual widths */ }
  function set(side, width, keep) {
    const [least, most] = limits[side];
    const px = Math.round(Math.min(most, Math.max(least, width)));
    panes.style.setProperty(`--${side}`, `${px}px`);
    panes.querySelector(`[data-divider="${side}"]`).setAttribute('aria-valuenow', px);
    kept[side] = px;
    if (keep) try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* forbidden: kept for this page only */ }
  }
  for (const divider of panes.querySelectorAll('[data-divider]')) {
    const side = divider.dataset.divider;
    if (kept[side]) set(side, kept[side]);
    const width = () => (side === 'left' ? left : panes.querySelector('.right')).getBoundingClientRect().width;
    on(divider, 'pointerdown', e => {
      const start = { x: e.clientX, width: width() };
      divider.setPointerCapture(e.pointerId);
      divider.toggleAttribute('data-dragging', true);
      const move = m => set(side, start.width + (side === 'left' ? m.clientX - start.x : start.x - m.clientX));
      const end = () => {
        divider.removeEventListener('pointermove', move);
        divider.toggleAttribute('data-dragging', false);
        set(side, width(), true);
      };
      divider.addEventListener('pointermove', move);
      divider.addEventListener('lostpointercapture', end, { once: true });
    });
    on(divider, 'dblclick', () => set(side, limits[side][2], true));
    on(divider, 'keydown', e => {
      const step = { ArrowLeft: -16, ArrowRight: 16 }[e.key];
      if (!step) return;
      e.preventDefault();
      set(side, width() + (side === 'left' ? step : -step), true);
    });
  }

  let told = '';
  function look() {
    const watched = document.visibilityState === 'visible';
    const compact = left.clientWidth > 0 ? left.clientWidth < 460 : innerWidth < 600;
    if (told === `${watched}${compact}`) return;
    told = `${watched}${compact}`;
    dotnet.invokeMethodAsync('Look', watched, compact).catch(() => { told = ''; });
  }
  // The tab in front is in sight, however many there are.
  const front = new MutationObserver(() => root.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
  front.observe(panes, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-current'] });
  // Where the focus was is gone with an ended conversation or a closed tab: a keyboard goes on at the tab in front, not at the top of the page.
  let last = null;
  on(root, 'focusin', e => { last = e.target; });
  const gone = new MutationObserver(() => {
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    last = null;
    (root.querySelector('.tabs [aria-current]') ?? root.querySelector(places.GoToQueue))?.focus({ preventScroll: true });
  });
  gone.observe(panes, { subtree: true, childList: true });
  const size = new ResizeObserver(look);
  size.observe(left);
  on(document, 'visibilitychange', look);
  // In the capturing phase: no field and no menu key comes first.
  on(window, 'keydown', e => {
    if (e.isComposing) return;
    const action = keys[`${e.altKey ? 'Alt+' : ''}${e.ctrlKey ? 'Ctrl+' : ''}${e.metaKey ? 'Meta+' : ''}${e.shiftKey ? 'Shift+' : ''}${e.code}`];
    if (!action || document.querySelector('.mud-dialog')) return;
    e.preventDefault();
    e.stopPropagation();
    if (e.repeat) return;
    // Another conversation may come to the front: nothing is written until it is known which.
    if (action === 'NextConversation' || action === 'AcceptFirst') window.dispatchEvent(new Event('live800:turn'));
    dotnet.invokeMethodAsync('Press', action).catch(() => {});
    // A pane that is not in sight takes the focus when it has been turned to.
    if (places[action]) requestAnimationFrame(() => requestAnimationFrame(() => root.querySelector(places[action])?.focus()));
  }, { capture: true });
  look();

  return { use(map) { keys = map; }, dispose() { stop.abort(); size.disconnect(); front.disconnect(); gone.disconnect(); } };
}
