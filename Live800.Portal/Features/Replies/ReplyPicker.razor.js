// The list of canned replies above the message box. It stands before the box's own keys: while it is open, arrows, Enter, Tab and Escape are its own.
const most = 50;
const freshFor = 30_000;

/** The word after a slash that stands at the beginning or after a blank, just before the caret; null without one. */
function wordAt(box) {
  if (box.selectionStart !== box.selectionEnd) return null;
  const before = box.value.slice(0, box.selectionStart);
  const found = before.match(/(?:^|\s)\/([^\s/]*)$/);
  return found && { at: before.length - found[1].length - 1, word: found[1].toLowerCase() };
}

/** How near a reply is to what was typed: the shortcut first, then the title, then the words; null when it is none of it. */
function nearness(reply, word) {
  if (!word) return 0;
  if (reply.shortcut.startsWith(word)) return reply.shortcut === word ? 0 : 1;
  if (reply.shortcut.includes(word)) return 2;
  if (`${reply.title} ${reply.topic}`.toLowerCase().includes(word)) return 3;
  return reply.text.toLowerCase().includes(word) ? 4 : null;
}

export function attach(root, dotnet) {
  const composer = root.closest('.composer');
  const box = composer.querySelector('textarea');
  const list = root.querySelector('[data-list]');
  const items = list.querySelector('ul');
  const none = list.querySelector('[data-none]');
  let replies = [], readAt = 0, shown = [], chosen = 0, word = null, dismissed = -1, inserting = false;

  const isOpen = () => !list.hidden;
  function close() {
    list.hidden = true;
    box.removeAttribute('aria-activedescendant');
  }
  function choose(index) {
    chosen = index;
    [...items.children].forEach((item, i) => item.setAttribute('aria-selected', i === index));
    items.children[index]?.scrollIntoView({ block: 'nearest' });
    if (items.children[index]) box.setAttribute('aria-activedescendant', items.children[index].id);
    else box.removeAttribute('aria-activedescendant');
  }
  const part = (tag, words) => Object.assign(document.createElement(tag), { textContent: words });
  function draw() {
    shown = replies
      .map(reply => ({ reply, near: nearness(reply, word.word) }))
      .filter(found => found.near !== null)
      .sort((a, b) => a.near - b.near)
      .slice(0, most)
      .map(found => found.reply);
    items.replaceChildren(...shown.map((reply, i) => {
      const item = part('li', '');
      item.id = `reply-${i}`;
      item.setAttribute('role', 'option');
      item.append(part('b', reply.title), part('code', reply.shortcut && `/${reply.shortcut}`), part('span', [reply.isOwn ? list.dataset.own : reply.topic, reply.text].filter(Boolean).join(' · ')));
      item.addEventListener('click', () => insert(i));
      return item;
    }));
    items.hidden = shown.length === 0;
    none.hidden = shown.length > 0;
    list.hidden = false;
    choose(0);
  }
  async function look() {
    word = wordAt(box);
    if (!word || box.readOnly) {
      dismissed = -1;
      close();
      return;
    }
    if (word.at === dismissed) return;
    if (Date.now() - readAt > freshFor) {
      try {
        replies = await dotnet.invokeMethodAsync('Replies');
        readAt = Date.now();
      } catch {
        return; // the circuit is lost; the slash stays a slash
      }
      word = wordAt(box);
      if (!word) return;
    }
    draw();
  }
  function insert(index) {
    const reply = shown[index];
    if (!reply || box.readOnly) return;
    inserting = true;
    box.setRangeText(reply.text, word.at, box.selectionStart, 'end');
    box.dispatchEvent(new Event('input', { bubbles: true }));
    inserting = false;
    close();
    box.focus();
    box.scrollTop = box.scrollHeight;
  }

  // What an input method is still putting together is no word yet; Enter and arrows belong to it.
  const input = e => { if (!inserting && !e.isComposing) look(); };
  const keys = e => {
    if (!isOpen() || e.target !== box || e.isComposing || e.keyCode === 229 || e.altKey || e.ctrlKey || e.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step && shown.length) choose((chosen + step + shown.length) % shown.length);
    else if (e.key === 'Escape') {
      dismissed = word.at;
      close();
    } else if ((e.key === 'Enter' || e.key === 'Tab') && !e.shiftKey && shown.length) insert(chosen);
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  const leave = e => { if (!root.contains(e.relatedTarget)) close(); };
  const press = () => {
    if (box.readOnly || box.disabled) return;
    if (isOpen()) {
      close();
      return;
    }
    box.focus();
    const before = box.value.slice(0, box.selectionStart);
    dismissed = -1;
    if (wordAt(box)) look();
    else {
      box.setRangeText(!before || /\s$/.test(before) ? '/' : ' /', box.selectionStart, box.selectionEnd, 'end');
      box.dispatchEvent(new Event('input', { bubbles: true }));
    }
  };

  box.setAttribute('aria-haspopup', 'listbox');
  box.setAttribute('aria-autocomplete', 'list');
  box.setAttribute('aria-controls', items.id);
  box.addEventListener('input', input);
  box.addEventListener('compositionend', look);
  box.addEventListener('blur', leave);
  composer.addEventListener('keydown', keys, true);
  list.addEventListener('mousedown', e => { if (e.target.tagName !== 'A') e.preventDefault(); }); // the box keeps the focus
  root.querySelector('[data-open]').addEventListener('mousedown', e => e.preventDefault());
  root.querySelector('[data-open]').addEventListener('click', press);
  return {
    dispose() {
      box.removeEventListener('input', input);
      box.removeEventListener('compositionend', look);
      box.removeEventListener('blur', leave);
      composer.removeEventListener('keydown', keys, true);
    },
  };
}
