/** The survey beside the text: the question at the cursor, anew whenever the text has been kept. */
export class Beside {
  constructor(form, keeping, outline) {
    Object.assign(this, { form, keeping, outline });
    this.box = document.getElementById("beside");
    if (!this.box) return;
    this.frame = this.box.querySelector("iframe");
    this.state = document.getElementById("beside-state");
    this.choice = document.getElementById("beside-choice");
    this.choice.hidden = false;
    this.choice.addEventListener("click", (event) => this.choose(event.target.value));
  }

  choose(what) {
    if (!what) return;
    const isPreview = what === "preview";
    for (const button of this.choice.children) {
      button.setAttribute("aria-pressed", String(button.value === what));
    }
    this.box.hidden = !isPreview;
    this.outline.box.hidden = isPreview;
    this.form.querySelector(".workbench__columns").classList.toggle("workbench__columns--previewing", isPreview);
    this.shown = null;
    this.show();
  }

  /** Show what is at the cursor, unless it is shown already, or the text has problems. */
  async show() {
    if (!this.box || this.box.hidden) return;
    if (!this.keeping.isKept && !(await this.keeping.keep("autosave"))) return;
    const place = this.outline.current ?? "";
    const wanted = `${this.form.elements.revision.value} ${place}`;
    if (this.problems) {
      this.state.textContent = "It comes up to date when the problems are mended.";
      return;
    }
    this.state.textContent = "";
    if (wanted === this.shown) return;
    this.shown = wanted;
    // Replaced, so that going back leaves the page and not a question.
    this.frame.contentWindow.location.replace(`${this.box.dataset.survey}?at=${encodeURIComponent(place)}`);
  }
}
