// The agent's files and signs. What waits or goes up is kept beside the component, so that looking at another conversation neither stops nor loses it.
import { accepted, grid, most, send, shrink, size, thumb } from '../../w/tray.js';

const kept = new Map(); // by agent and conversation: what stands above the message box

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64; b[8] = (b[8] & 63) | 128;
  const h = [...b].map(x => x.toString(16).padStart(2, '0')).join('');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}

const part = (tag, cls, words) => {
  const e = document.createElement(tag);
  e.className = cls;
  if (words) e.textContent = words;
  return e;
};

/** One file above the message box: waiting, on its way, or failed. */
class Item {
  constructor(list, given, url, token, words) {
    Object.assign(this, { list, file: given, url, token, words, id: uuid(), state: 'reading', job: null });
    this.view = part('div', 'up');
    this.view.setAttribute('role', 'group');
    this.view.setAttribute('aria-label', given.name);
    this.what = part('span', 'what');
    this.what.append(part('b', 'cut', given.name), part('span', 'note num', size(given.size)));
    this.foot = part('span', 'foot');
    this.view.append(this.what, this.foot);
    this.read(given);
  }

  async read(given) {
    this.file = await shrink(given);
    this.what.firstChild.textContent = this.file.name;
    this.what.lastChild.textContent = size(this.file.size);
    if (!accepted(this.file)) this.fail(this.words.NotTaken, false);
    else if (this.file.size > most) this.fail(this.words.TooLarge, false);
    else this.wait();
    try {
      const canvas = await thumb(this.file);
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', this.words.Preview.replace('{0}', () => this.file.name));
      this.view.prepend(canvas);
    } catch { /* no picture */ }
  }

  button(words, act) {
    const b = part('button', 'link b', words);
    b.type = 'button';
    b.addEventListener('click', act);
    return b;
  }

  wait() {
    this.state = 'waiting';
    this.foot.replaceChildren(part('span', '', this.words.Waiting), this.button(this.words.Delete, () => this.remove()));
  }

  /** Resolves when it is stored, given up or has failed. */
  async go() {
    this.state = 'going';
    this.view.classList.remove('bad');
    const bar = document.createElement('progress');
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute('aria-label', this.words.Sending.replace('{0}', () => this.file.name));
    const job = this.job = send(new URL(this.url, document.baseURI), { id: this.id, n: this.file.name }, this.file, { RequestVerificationToken: this.token() }, done => { bar.value = done; });
    this.foot.replaceChildren(bar, this.button(this.words.Cancel, () => { this.job = null; job.stop(); this.remove(); }));
    try {
      await job.done;
      this.remove();
    } catch (no) {
      if (this.job === job) this.fail(no.m || this.words.Failed, !no.r || no.status >= 500 || no.r === 'FileCut' || no.r === 'SeatLost' || no.r === 'SeatMoved');
    }
  }

  fail(words, again) {
    this.state = 'failed';
    this.view.classList.add('bad');
    const said = part('span', '', words);
    said.setAttribute('role', 'alert');
    this.foot.replaceChildren(said, ...(again ? [this.button(this.words.Retry, () => this.go())] : []), this.button(this.words.Delete, () => this.remove()));
  }

  remove() {
    const had = this.view.contains(document.activeElement) && this.view.closest('.composer');
    this.list.delete(this);
    this.view.remove();
    if (had) had.querySelector('textarea').focus();
  }
}

export function attach(root, key, url, words) {
  const composer = root.closest('.composer');
  const box = composer.querySelector('textarea');
  const above = composer.querySelector('[data-above]');
  const chooser = root.querySelector('[data-file]');
  const signs = root.querySelector('[data-signs]');
  const smile = root.querySelector('[data-smile]');
  const token = () => root.querySelector('input[name="__RequestVerificationToken"]')?.value ?? '';
  if (!kept.has(key)) kept.set(key, new Set());
  const list = kept.get(key);
  for (const item of list) item.token = token;
  above.replaceChildren(...[...list].map(item => item.view));

  function add(files) {
    for (const file of files) {
      const item = new Item(list, file, url, token, words);
      list.add(item);
      above.append(item.view);
    }
    box.focus();
  }
  // One after the other, so that they stand in the order in which they were chosen.
  async function sendAll() {
    for (const item of [...list]) if (item.state === 'waiting') await item.go();
  }
  const paste = e => {
    const files = [...e.clipboardData.files];
    if (!files.length) return;
    e.preventDefault();
    add(files);
  };
  const holdsFiles = e => e.dataTransfer && [...e.dataTransfer.types].includes('Files');
  // Dropped anywhere on the page: it must not take the place of the desk.
  const over = e => {
    if (!holdsFiles(e)) return;
    e.preventDefault();
    composer.classList.add('drop');
  };
  const out = e => { if (!e.relatedTarget) composer.classList.remove('drop'); };
  const drop = e => {
    composer.classList.remove('drop');
    if (!holdsFiles(e)) return;
    e.preventDefault();
    add(e.dataTransfer.files);
  };
  const close = () => {
    signs.hidden = true;
    smile.setAttribute('aria-expanded', false);
  };
  const press = () => {
    if (!signs.hidden) return close();
    signs.hidden = false;
    smile.setAttribute('aria-expanded', true);
    grid(signs, box, 'live800.signs', close);
  };
  const beside = e => { if (!root.contains(e.target)) close(); };

  root.querySelector('[data-clip]').addEventListener('click', () => chooser.click());
  chooser.addEventListener('change', () => { add([...chooser.files]); chooser.value = ''; });
  smile.addEventListener('click', press);
  composer.addEventListener('live800:send', sendAll);
  box.addEventListener('paste', paste);
  document.addEventListener('pointerdown', beside);
  document.addEventListener('dragover', over);
  document.addEventListener('dragleave', out);
  document.addEventListener('drop', drop);
  return {
    dispose() {
      composer.removeEventListener('live800:send', sendAll);
      box.removeEventListener('paste', paste);
      document.removeEventListener('pointerdown', beside);
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', out);
      document.removeEventListener('drop', drop);
    },
  };
}
