// <passkey-form>: asks the browser for a passkey, and lets its form go out with the answer.
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), sign => sign.charCodeAt(0));
const text = buffer => buffer ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '') : undefined;
const ids = list => (list || []).map(one => ({ ...one, id: bytes(one.id) }));

// Written out, because older browsers and some password managers lack parse…FromJSON and toJSON.
const make = o => navigator.credentials.create({ publicKey: { ...o, challenge: bytes(o.challenge), user: { ...o.user, id: bytes(o.user.id) }, excludeCredentials: ids(o.excludeCredentials) } });
const find = o => navigator.credentials.get({ publicKey: { ...o, challenge: bytes(o.challenge), allowCredentials: ids(o.allowCredentials) } });
const answer = credential => {
  const said = credential.response;
  const response = said.attestationObject
    ? { clientDataJSON: text(said.clientDataJSON), attestationObject: text(said.attestationObject), transports: said.getTransports?.() || [] }
    : { clientDataJSON: text(said.clientDataJSON), authenticatorData: text(said.authenticatorData), signature: text(said.signature), userHandle: text(said.userHandle) };
  return JSON.stringify({
    id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
    authenticatorAttachment: credential.authenticatorAttachment || undefined, clientExtensionResults: credential.getClientExtensionResults?.() || {},
  });
};

class PasskeyForm extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector('form');
    if (!form || !window.PublicKeyCredential || location.hostname !== this.dataset.host) {
      document.querySelectorAll('[data-without-passkeys]').forEach(note => { note.hidden = false; });
      return;
    }
    const field = form.elements.Answer;
    const button = form.querySelector('.do button');
    const said = form.querySelector('.said');
    field.value = '';
    this.hidden = false;
    form.addEventListener('submit', async event => {
      if (field.value) return;
      event.preventDefault();
      if (button.disabled) return;
      button.disabled = true;
      said.hidden = true;
      try {
        const options = JSON.parse(this.dataset.options || await this.ask(form));
        field.value = answer(await (options.user ? make : find)(options));
        // Where somebody stays signed in is ticked in the form above.
        const keep = document.querySelector('form input[type=checkbox][name=Keep]');
        if (keep && form.elements.KeepToo) form.elements.KeepToo.value = keep.checked ? 'yes' : '';
        form.submit();
      } catch (fault) {
        const why = fault.name === 'InvalidStateError' ? 'known' : fault.name === 'NotAllowedError' || fault.name === 'AbortError' ? 'notGiven' : 'failed';
        said.textContent = fault.said || this.dataset[why];
        said.hidden = false;
        button.disabled = false;
      }
    });
    // Back from the next page: what was answered is used up.
    addEventListener('pageshow', () => { field.value = ''; button.disabled = false; });
  }

  async ask(form) {
    const response = await fetch(this.dataset.ask, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { accept: 'application/json' } });
    if (response.ok) return response.text();
    throw Object.assign(new Error(), { said: response.status === 429 ? await response.text() : '' });
  }
}
if (!customElements.get('passkey-form')) customElements.define('passkey-form', PasskeyForm);
