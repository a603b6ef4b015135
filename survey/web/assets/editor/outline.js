import { placesIn } from "./places.js";

/** The outline beside the text: leads to places, and puts what is dragged elsewhere. */
export class Outline {
  constructor(form, server, view, checking) {
    Object.assign(this, { form, server, view, checking, box: document.getElementById("outline") });
    if (!this.box) return;
    this.box.addEventListener("click", (event) => this.pressed(event));
    this.box.addEventListener("dragstart", (event) => this.taken(event));
    this.box.addEventListener("dragover", (event) => this.over(event));
    this.box.addEventListener("drop", (event) => this.dropped(event));
    this.box.addEventListener("dragend", () => this.clear());
  }

  /** Show in which entry the cursor is. */
  mark() {
    if (!this.box) return;
    const line = this.view.state.doc.lineAt(this.view.state.selection.main.head).number;
    const links = [...this.box.querySelectorAll("[data-line]")];
    const current = links.filter((link) => Number(link.dataset.line) <= line).pop();
    for (const link of links) {
      if (link === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
    this.current = current?.dataset.pointerTo;
    this.focusAgain();
  }

  pressed(event) {
    const button = event.target.closest("button[name=move]");
    const link = event.target.closest("[data-line]");
    if (!button && !link) return;
    event.preventDefault();
    if (link) {
      const lines = this.view.state.doc.lines;
      this.checking.go(this.view.state.doc.line(Math.min(Number(link.dataset.line), lines)).from);
      this.mark();
      return;
    }
    const [pointer, way] = button.value.split(" ");
    this.move({ pointer, way });
  }

  /** Ask for the edits that move an entry, and do them, so that undo takes them back. */
  async move(where) {
    const doc = this.view.state.doc;
    const text = doc.toString();
    const told = await this.server.send(this.form.dataset.move, { text, ...where }).catch(() => null);
    if (!told?.ok || this.view.state.doc !== doc || !told.edits.length) return;
    const at = placesIn(text);
    this.refocus = where.way && `${told.pointer} ${where.way}`;
    this.checking.apply(told.edits.map(({ from, to, insert }) => ({ from: at(from), to: at(to), insert })));
  }

  /** The button that moved an entry keeps the focus, wherever the entry is now. */
  focusAgain() {
    if (!this.refocus) return;
    this.box.querySelector(`button[value="${CSS.escape(this.refocus)}"]`)?.focus();
    this.refocus = null;
  }

  taken(event) {
    const entry = event.target.closest?.("li[data-pointer]");
    if (!entry) return;
    event.stopPropagation();
    this.dragged = entry;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", entry.dataset.pointer);
  }

  /** Sections go among sections, questions among the questions of any section. */
  target(event) {
    const kind = this.dragged?.classList.contains("outline__section") ? "outline__section" : "outline__entry";
    const entry = event.target.closest?.(`li.${kind}[data-pointer]`);
    if (!entry || entry === this.dragged) return null;
    const about = (one) => one.dataset.pointer.startsWith("/about_you");
    if (about(entry) !== about(this.dragged)) return null;
    const { top, height } = entry.getBoundingClientRect();
    return { entry, after: event.clientY > top + height / 2 };
  }

  over(event) {
    const target = this.dragged && this.target(event);
    this.clear(false);
    if (!target) return;
    event.preventDefault();
    target.entry.classList.add(target.after ? "outline--after" : "outline--before");
  }

  dropped(event) {
    const target = this.dragged && this.target(event);
    const pointer = this.dragged?.dataset.pointer;
    this.clear();
    if (!target) return;
    event.preventDefault();
    const to = target.entry.parentElement.dataset.list;
    const place = Number(target.entry.dataset.pointer.split("/").pop()) + (target.after ? 1 : 0);
    this.move({ pointer, to, place });
  }

  clear(whole = true) {
    for (const one of this.box.querySelectorAll(".outline--before, .outline--after")) {
      one.classList.remove("outline--before", "outline--after");
    }
    if (whole) this.dragged = null;
  }
}
