// <copy-button data-text data-target data-done data-hand>: the clipboard where the browser gives it, a selection where not.
class CopyButton extends HTMLElement {
  connectedCallback() {
    if (this.bound) return;
    this.bound = true;
    this.addEventListener('click', e => { if (e.target.closest('button')) this.copy(); });
  }

  async copy() {
    const copied = await this.write();
    this.querySelector('[role=status]').textContent = copied ? this.dataset.done : this.dataset.hand;
    if (!copied) return;
    this.dataset.state = 'done';
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      delete this.dataset.state;
      this.querySelector('[role=status]').textContent = '';
    }, 2000);
  }

  async write() {
    try {
      await navigator.clipboard.writeText(this.dataset.text);
      return true;
    } catch {
      // plain http or not permitted: the older way, which needs the selection
    }
    const target = document.getElementById(this.dataset.target);
    if (!target) return false;
    if (target.select) target.select();
    else getSelection().selectAllChildren(target);
    return document.execCommand('copy');
  }
}
if (!customElements.get('copy-button')) customElements.define('copy-button', CopyButton);
