// The offline message (5): sent once, however often it is pressed; thanks in its place. Loaded with the first one.
const text = {/* texts, by language */}[document.documentElement.lang];
let id = ""; // of what is being sent; the same words keep it until the server has them

export default ({ $, make, button, uuid, post, unable, done }) => {
  const b = $("leave");
  if (b.disabled) return;
  id = id || uuid();
  b.disabled = $("refused").hidden = true;
  post("offline", { id, name: $("on").value, contact: $("oc").value, x: $("ox").value }).then(() => {
    id = $("ox").value = "";
    const thanks = $("thanks") || make("section"), again = $("again") || button(text.Again);
    if (!thanks.id) {
      thanks.id = "thanks";
      thanks.tabIndex = -1;
      again.id = "again";
      thanks.append(make("h2", "", text.Title), make("p", "", text.Text), again);
      $("offline").after(thanks);
    }
    again.onclick = () => done(false);
    done(true);
    thanks.focus();
  }, no => unable(no.m)).then(() => { b.disabled = false; });
};
