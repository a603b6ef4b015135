/*! Holds GOV.UK Frontend 6.3.0, MIT, Copyright (C) Crown Copyright (Government Digital Service). */
// What makes the pages nicer where JavaScript runs. Each works without.
import { Button, Checkboxes, ErrorSummary, NotificationBanner, SkipLink } from "govuk-frontend";

// What takes the focus last has it: errors go before what was done.
document.body.classList.add("govuk-frontend-supported");
for (const Component of [Button, Checkboxes, SkipLink, NotificationBanner, ErrorSummary]) {
  for (const element of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
    new Component(element);
  }
}

// A part that changes by itself. Nothing moves while somebody selects text in it.
for (const part of document.querySelectorAll("[data-live]")) {
  setInterval(async () => {
    if (document.hidden || part.contains(document.getSelection()?.anchorNode)) return;
    const open = part.querySelector("details")?.open;
    const answer = await fetch(part.dataset.live).catch(() => null);
    if (!answer?.ok) return;
    part.innerHTML = await answer.text();
    if (part.querySelector("[data-finished]")) location.reload();
    const details = part.querySelector("details");
    if (details && open !== undefined) details.open = open;
  }, 1000 * (part.dataset.seconds ?? 10));
}
