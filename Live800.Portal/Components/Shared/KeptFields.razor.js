// A form's words, kept in the browser until its owner says that they are stored or given up.
const most = 100_000; // bytes; what no circuit could carry back is not kept

export function attach(root, name, start) {
  const form = root.closest('form');
  const fields = () => [...form.elements].filter(field => field.name);
  const write = kept => {
    try {
      const text = JSON.stringify(kept);
      if (new Blob([text]).size <= most) localStorage.setItem(name, text);
    } catch { /* a full or forbidden storage loses the copy, not the text in the form */ }
  };
  const keep = () => {
    const typed = Object.fromEntries(fields().map(field => [field.name, field.value]));
    if (Object.values(typed).some(value => value)) write({ start, fields: typed });
    else try { localStorage.removeItem(name); } catch { /* forbidden: nothing was kept */ }
  };
  // What was typed while nobody could hear it is told when the connection is back.
  const back = e => {
    if (!e.detail.lost) for (const field of fields()) field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }));
  };
  for (const type of ['input', 'change']) form.addEventListener(type, keep);
  window.addEventListener('live800:connection', back);
  return {
    dispose() {
      for (const type of ['input', 'change']) form.removeEventListener(type, keep);
      window.removeEventListener('live800:connection', back);
      // Put away by hand and not by an accident: it does not open again by itself.
      try {
        const kept = JSON.parse(localStorage.getItem(name));
        if (kept) write({ ...kept, shut: true });
      } catch { /* forbidden or damaged */ }
    },
  };
}
