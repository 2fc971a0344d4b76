// Finds while one types: the page itself is asked, so that there is one way to search. Without this script the form does the same.
const form = document.querySelector('form[role="search"]');
const input = form.elements.q;
let timer, asked;

async function find() {
  asked?.abort();
  asked = new AbortController();
  const query = input.value.trim();
  const address = '/help' + (query ? '?' + new URLSearchParams({ q: query }) : '');
  try {
    const answer = await fetch(address, { signal: asked.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const id of ['answers', 'found']) document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
    history.replaceState(null, '', address);
  } catch { /* Enter sends the form */ }
}

input.addEventListener('input', e => {
  clearTimeout(timer);
  if (!e.isComposing) timer = setTimeout(find, 200);
});
input.addEventListener('compositionend', () => { timer = setTimeout(find, 200); });
