// Draft and unsent messages are kept here, in the browser, until the server has stored them.
const at = (kind, key) => `live800.${kind}.${key}`;

function read(name, otherwise) {
  try { return JSON.parse(localStorage.getItem(name)) ?? otherwise; } catch { return otherwise; }
}
function write(name, value) {
  try {
    if (value === null || value === '' || value?.length === 0) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch { /* a full or forbidden storage loses the copy, not the text in the box */ }
}


// What is selected in the box belongs to the tab: two of them may stand at different places of one draft.
function place(key, box) {
  try {
    if (box.value) sessionStorage.setItem(at('place', key), JSON.stringify([box.selectionStart, box.selectionEnd, box.selectionDirection]));
    else sessionStorage.removeItem(at('place', key));
  } catch { /* forbidden: the end of the draft, as always */ }
}
function comeBack(key, box) {
  try {
    const [start, end, direction] = JSON.parse(sessionStorage.getItem(at('place', key))) ?? [];
    if (start <= end && end <= box.value.length) box.setSelectionRange(start, end, direction);
  } catch { /* forbidden, or written by another version */ }
}

// randomUUID needs a secure context; an office may run the portal over plain http.
function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64; b[8] = (b[8] & 63) | 128;
  const h = [...b].map(x => x.toString(16).padStart(2, '0')).join('');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}

/** The message is stored or given up: its copy goes. */
export function settle(key, id) {
  write(at('outbox', key), read(at('outbox', key), []).filter(m => m.id !== id));
}

/** Everything of this agent that a lost connection or a closed page left unsent, in the order it was written. */
export function unsent(agent) {
  const found = [];
  try {
    const begin = at('outbox', `${agent}.`);
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(begin)) for (const m of read(name, [])) found.push({ conversation: name.slice(begin.length), id: m.id, text: m.text });
    }
  } catch { /* forbidden storage keeps nothing */ }
  return found;
}

export function attach(root, dotnet, key, limit, ctrlSends) {
  const box = root.querySelector('textarea');
  const button = root.querySelector('[data-send]');
  const over = root.querySelector('[data-over]');
  const lost = () => document.documentElement.hasAttribute('data-connection-lost');
  let typedAt = 0;
  let gone = false;

  async function deliver(message) {
    try {
      if (await dotnet.invokeMethodAsync('Send', message.id, message.text)) settle(key, message.id);
    } catch { /* the circuit was lost under way: the copy stays and goes out when it is back */ }
  }
  function resume() {
    if (!gone) read(at('outbox', key), []).forEach(deliver);
  }
  function send() {
    const text = box.value;
    if (!box.readOnly && text.length <= limit) root.dispatchEvent(new CustomEvent('live800:send')); // what else stands above the box goes too
    if (box.readOnly || lost() || !text.trim() || text.length > limit) { box.focus(); return; }
    const message = { id: uuid(), text };
    write(at('outbox', key), [...read(at('outbox', key), []), message]);
    box.value = '';
    input();
    box.focus();
    deliver(message);
  }
  function input() {
    write(at('draft', key), box.value);
    const tooLong = box.value.length > limit;
    over.hidden = !tooLong;
    if (tooLong) over.textContent = over.dataset.over.replace('{0}', box.value.length.toLocaleString('en'));
    button.setAttribute('aria-disabled', tooLong);
    if (box.value && !lost() && Date.now() - typedAt > 3000) {
      typedAt = Date.now();
      dotnet.invokeMethodAsync('Typing').catch(() => {});
    }
  }
  function key_(e) {
    // Enter that picks a word in an input method never sends (229: the same, as older browsers report it).
    if (e.key !== 'Enter' || e.isComposing || e.keyCode === 229 || e.shiftKey || e.altKey || e.metaKey) return;
    e.preventDefault();
    if (e.ctrlKey !== ctrlSends) {
      box.setRangeText('\n', box.selectionStart, box.selectionEnd, 'end');
      box.dispatchEvent(new Event('input', { bubbles: true }));
      box.scrollTop = box.scrollHeight;
    } else send();
  }
  const connection = e => {
    if (e.detail.lost) return;
    if (box.readOnly) ask();
    resume();
  };

  // Whatever was pressed elsewhere on the desk may bring another conversation to the front. Until the server has said that this one stays, nothing may be
  // written into it: the words would reach the wrong visitor. Events come to the server in the order in which they happened, so it is asked after them.
  let asked = 0;
  async function ask() {
    const mine = ++asked;
    box.readOnly = true;
    await new Promise(done => setTimeout(done)); // the event itself goes first
    try {
      const stays = await dotnet.invokeMethodAsync('Stays');
      if (stays && mine === asked && !gone) box.readOnly = false;
    } catch { /* the circuit was lost: asked again when it is back */ }
  }
  const leave = e => {
    if (e.target.closest?.('.desk') && !root.contains(e.target) && (e.type === 'click' || e.key === 'Enter' || e.key === ' ')) ask();
  };

  const select = () => { if (document.activeElement === box) place(key, box); };

  box.value = read(at('draft', key), '');
  comeBack(key, box);
  // Until here nothing could have been typed that would be lost.
  box.disabled = button.disabled = false;
  box.addEventListener('input', input);
  box.addEventListener('keydown', key_);
  button.addEventListener('click', send);
  window.addEventListener('live800:connection', connection);
  window.addEventListener('live800:turn', ask);
  for (const type of ['click', 'keydown']) document.addEventListener(type, leave, true);
  document.addEventListener('selectionchange', select);
  // A phone's keyboard would cover the conversation that was just opened.
  if (!matchMedia('(pointer: coarse)').matches) box.focus({ preventScroll: true });
  resume();

  return {
    sendWithCtrl(on) { ctrlSends = on; },
    dispose() {
      gone = true;
      window.removeEventListener('live800:connection', connection);
      window.removeEventListener('live800:turn', ask);
      for (const type of ['click', 'keydown']) document.removeEventListener(type, leave, true);
      document.removeEventListener('selectionchange', select);
    },
  };
}
