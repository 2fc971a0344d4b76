// <peek-password>: gives the password field inside a button that shows and hides what was typed.
class PeekPassword extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector('input');
    const icons = this.querySelector('template');
    if (!input || !icons || this.querySelector('button')) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'ib';
    const paint = () => {
      const open = input.type === 'text';
      button.setAttribute('aria-label', open ? this.dataset.hide : this.dataset.show);
      button.setAttribute('aria-pressed', String(open));
      button.replaceChildren(icons.content.querySelector(open ? '.hidden' : '.shown').cloneNode(true));
    };
    button.addEventListener('click', () => {
      input.type = input.type === 'password' ? 'text' : 'password';
      paint();
      input.focus();
    });
    // Whatever was shown goes out as a password, so that the browser can offer to keep it.
    input.form?.addEventListener('submit', () => { input.type = 'password'; });
    paint();
    this.append(button);
  }
}
if (!customElements.get('peek-password')) customElements.define('peek-password', PeekPassword);
