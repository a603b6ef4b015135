import { EditorView, keymap } from "@codemirror/view";
import { SignedOut } from "./server.js";
import { toServer } from "./places.js";

const PAUSE = 1500; // milliseconds without typing after which the text keeps itself
const AGAIN = 10_000; // and after which an attempt that failed is repeated

/** Loses nothing: what is typed is in the browser at once, and on the server soon after. */
export class Keeping {
  constructor(form, server) {
    this.form = form;
    this.server = server;
    this.state = document.getElementById("state");
    this.name = `manuscript:${form.dataset.manuscript}`;
    this.halted = "conflict" in form.dataset;
    this.extensions = [
      EditorView.updateListener.of((update) => update.docChanged && this.changed()),
      keymap.of([{ key: "Mod-s", preventDefault: true, run: () => { this.keep("saved"); return true; } }]),
    ];
  }

  get revision() {
    return this.form.elements.revision;
  }

  get text() {
    return this.view.state.doc.toString();
  }

  begin(view) {
    this.view = view;
    this.kept = view.state.doc;
    this.form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("beforeunload", (event) => { if (!this.isKept) event.preventDefault(); });
    for (const link of document.querySelectorAll(".tabs a")) {
      link.addEventListener("click", (event) => this.leave(event, link));
    }
    this.restore();
  }

  get isKept() {
    return this.view.state.doc.eq(this.kept);
  }

  /** Bring back what was typed here and never reached the server. */
  restore() {
    if (this.halted) return this.remember(); // of two texts, this one is on no server yet
    const found = this.remembered();
    const arrived = found?.sent && found.revision !== this.revision.value;
    if (!found || arrived || found.text === this.text) return this.forget();
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: found.text } });
    if (found.revision !== this.revision.value) {
      this.revision.value = found.revision;
      return this.conflict();
    }
    this.say("What you typed here and could not save is back. Undo leaves it out.");
  }

  changed() {
    this.remember();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep("autosave"), PAUSE);
  }

  /** Send the text, one sending at a time. Whether it is on the server now. */
  async keep(how) {
    clearTimeout(this.timer);
    if (this.halted) return false;
    await this.sending;
    this.sending = this.send(how);
    return this.sending;
  }

  async send(how) {
    if (how === "autosave" && this.isKept) return true;
    const doc = this.view.state.doc;
    const answer = await this.server
      .send(this.form.dataset.keep, { text: doc.toString(), revision: Number(this.revision.value), how })
      .catch((fault) => fault);
    if (answer instanceof SignedOut) return this.signedOut();
    if (answer instanceof Error) return this.unreached();
    if (answer.conflict) return this.conflict();
    if (!answer.ok) return this.refused(answer);
    this.revision.value = answer.revision;
    this.kept = doc;
    if (this.isKept) this.forget();
    const now = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    this.say(how === "saved" ? `Saved at ${now}.` : `All changes kept, ${now}.`);
    return true;
  }

  unreached() {
    this.say("Not saved yet: no connection. Your text is kept in this browser, and sent as soon as it can be.");
    this.timer = setTimeout(() => this.keep("autosave"), AGAIN);
    return false;
  }

  refused({ message, what_to_do }) {
    this.say(`Not saved. ${message} ${what_to_do}`);
    return false;
  }

  signedOut() {
    const link = Object.assign(document.createElement("a"), {
      className: "govuk-link", href: "/sign-in", target: "_blank", rel: "noopener",
      textContent: "Sign in again in a new tab",
    });
    this.say("You were signed out. Your text is kept in this browser. ", link, ", then ", this.button("save it", async () => {
      if (await this.server.renew()) this.keep("saved");
      else this.signedOut();
    }), ".");
    return false;
  }

  conflict() {
    this.halted = true;
    this.say("Somebody else saved this meanwhile. Nothing of yours is lost. ", this.button("See both texts", () => {
      this.form.elements.source.value = this.text;
      this.kept = this.view.state.doc;
      this.remember({ sent: true });
      this.form.submit();
    }));
    return false;
  }

  button(text, press) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button-link", textContent: text });
    made.addEventListener("click", press);
    return made;
  }

  say(...parts) {
    this.state.replaceChildren(...parts);
  }

  /** Saving stays on the page; anything else that sends the form takes the text along. */
  submitted(event) {
    const pressed = event.submitter?.name;
    this.form.elements.source.value = this.text;
    if (pressed || this.halted) {
      this.kept = this.view.state.doc;
      this.remember({ sent: true }); // until it is known to have arrived
      return;
    }
    event.preventDefault();
    this.keep("saved");
  }

  /** Another page of this manuscript opens with what was typed just now. */
  async leave(event, link) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!this.isKept && !(await this.keep("autosave"))) return;
    const target = new URL(link.href);
    if (target.pathname.endsWith("/preview")) {
      target.searchParams.set("at", toServer(this.text, this.view.state.selection.main.head));
    }
    location.assign(target);
  }

  remember(more = {}) {
    try {
      localStorage.setItem(this.name, JSON.stringify({ text: this.text, revision: this.revision.value, ...more }));
    } catch { /* a browser that keeps nothing still saves to the server */ }
  }

  remembered() {
    try {
      return JSON.parse(localStorage.getItem(this.name));
    } catch {
      return null;
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.name);
    } catch { /* nothing was kept */ }
  }
}
