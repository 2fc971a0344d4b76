// <own-zone>: chooses the browser's own time zone where the page offers it and nobody has chosen yet; otherwise what the page chose stays.
class OwnZone extends HTMLElement {
  connectedCallback() {
    const select = this.querySelector('select');
    if (!select || this.hasAttribute('chosen')) return;
    const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    // Browsers go by old names where machines have new ones, as Asia/Calcutta for Asia/Kolkata: the browser says which it takes a name for.
    const taken = name => {
      try {
        return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
      } catch {
        return null;
      }
    };
    const names = [...select.options].map(option => option.value);
    const found = names.find(name => name === own) ?? names.find(name => taken(name) === own);
    if (found) select.value = found;
  }
}
if (!customElements.get('own-zone')) customElements.define('own-zone', OwnZone);
