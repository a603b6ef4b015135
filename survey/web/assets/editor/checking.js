import { forceLinting, lintGutter, lintKeymap, linter } from "@codemirror/lint";
import { EditorView, keymap } from "@codemirror/view";
import { placesIn } from "./places.js";

const PAUSE = 250; // milliseconds without typing after which the server is asked

function explained(...sentences) {
  const box = document.createElement("div");
  for (const sentence of sentences.filter(Boolean)) {
    const part = document.createElement("p");
    part.textContent = sentence;
    box.append(part);
  }
  return box;
}

/** A selector of what has the focus within a part of the page, as it will be there again. */
function focused(part) {
  const one = part.contains(document.activeElement) ? document.activeElement : null;
  const names = ["value", "data-place", "data-pointer-to"].filter((name) => one?.hasAttribute(name));
  return names.map((name) => `[${name}="${CSS.escape(one.getAttribute(name))}"]`).join("");
}

/** Put a part of the page anew: what was unfolded stays so, and the focus where it was. */
function put(part, html) {
  const open = [...part.querySelectorAll("details")].map((one) => one.open);
  const selector = focused(part);
  part.innerHTML = html;
  part.querySelectorAll("details").forEach((one, place) => { one.open = open[place] ?? one.open; });
  if (selector) part.querySelector(selector)?.focus();
}

/** Problems and advice, in the margin and below the text, as the server's checker says them. */
export class Checking {
  constructor(form, server) {
    this.form = form;
    this.server = server;
    this.findings = document.getElementById("findings");
    this.outline = document.getElementById("outline");
    this.count = document.getElementById("count");
    this.offers = null;
    this.checked = null; // the document that the marks belong to
    this.mends = new Map();
    this.extensions = [
      linter((view) => this.check(view), { delay: PAUSE }),
      lintGutter(),
      keymap.of(lintKeymap),
    ];
  }

  begin(view, afterwards) {
    this.view = view;
    this.afterwards = afterwards;
    this.findings.addEventListener("click", (event) => this.pressed(event));
    forceLinting(view);
  }

  async check(view) {
    const doc = view.state.doc;
    const text = doc.toString();
    const told = await this.server.send(this.form.dataset.check, { text }).catch(() => null);
    if (!told?.ok || view.state.doc !== doc) return [];
    const at = placesIn(text);
    this.checked = doc;
    this.offers = told.offers ?? this.offers;
    this.mends = new Map(told.problems.filter((one) => one.label).map((one) => [one.name, this.changes(one, at)]));
    this.show(told);
    this.announce(told.problems.length);
    return [
      ...told.problems.map((one) => this.problem(one, at)),
      ...told.advice.map((one) => this.remark(one, at)),
    ];
  }

  /** Put what was told into the page. */
  show(told) {
    put(this.findings, told.findings);
    if (this.outline && told.outline) put(this.outline, told.outline);
    this.afterwards?.(told);
  }

  /** Say how many problems there are to whoever does not see them, when that has changed. */
  announce(problems) {
    const said = problems ? `${problems} ${problems === 1 ? "problem" : "problems"}` : "No problems";
    if (this.count.textContent !== said) this.count.textContent = said;
  }

  changes(one, at) {
    return one.edits.map(({ from, to, insert }) => ({ from: at(from), to: at(to), insert }));
  }

  problem(one, at) {
    const actions = one.label ? [{ name: one.label, apply: () => this.mend(one.name) }] : [];
    return {
      from: at(one.from), to: at(one.to), severity: "error", source: one.code, message: one.message, actions,
      renderMessage: () => explained(one.message, one.mend),
    };
  }

  remark(one, at) {
    return {
      from: at(one.from), to: at(one.to), severity: "info", source: `${one.code}: ${one.source}`,
      message: one.message, renderMessage: () => explained(one.message, one.mend, one.better),
    };
  }

  /** Do the edits of a mend, as far as the text is still the one that was checked. */
  mend(name) {
    if (this.view.state.doc !== this.checked || !this.mends.has(name)) {
      forceLinting(this.view);
      return;
    }
    this.apply(this.mends.get(name));
  }

  apply(changes) {
    this.view.dispatch({ changes, userEvent: "input.mend" });
    this.view.focus();
    forceLinting(this.view);
  }

  pressed(event) {
    const button = event.target.closest("button[name=mend]");
    const place = event.target.closest("[data-place]")?.dataset.place;
    if (!button && place === undefined) return;
    event.preventDefault();
    if (button) this.mend(button.value);
    else this.go(placesIn(this.view.state.doc.toString())(Number(place)));
  }

  /** Put the cursor at a place of the text, and in sight. */
  go(place) {
    this.view.dispatch({ selection: { anchor: place }, effects: EditorView.scrollIntoView(place, { y: "center" }) });
    this.view.focus();
  }
}
