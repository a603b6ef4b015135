/*! Holds CodeMirror 6 and Lezer, MIT, Copyright (C) Marijn Haverbeke and others. */
// Turns the text area of a manuscript into an editor that checks, completes and keeps while its
// author types. Without it the text area works as it is.
import { Completing } from "./editor/completing.js";
import { Beside } from "./editor/beside.js";
import { Checking } from "./editor/checking.js";
import { Keeping } from "./editor/keeping.js";
import { Outline } from "./editor/outline.js";
import { Server } from "./editor/server.js";
import { acceptFiles, editorIn } from "./editor/view.js";

const form = document.getElementById("workbench");
const area = form.elements.source;
const server = new Server(form);
const known = server.fetched(form.dataset.known);
const checking = new Checking(form, server);
const completing = new Completing(known, () => checking.offers);
const keeping = new Keeping(form, server);
const view = editorIn(document.getElementById("editor"), area, [
  completing.extensions,
  checking.extensions,
  keeping.extensions,
  acceptFiles((message) => keeping.say(message)),
]);
const outline = new Outline(form, server, view, checking);
const beside = new Beside(form, keeping, outline);

area.closest(".govuk-form-group").hidden = true;
document.getElementById("editor").hidden = false;
form.classList.add("workbench--live");
checking.begin(view, ({ problems }) => {
  beside.problems = problems.length;
  moved();
});
keeping.begin(view);
view.dom.addEventListener("keyup", moved);
view.dom.addEventListener("click", moved);

/** The cursor is elsewhere, or something else is there. */
function moved() {
  outline.mark();
  beside.show();
}
