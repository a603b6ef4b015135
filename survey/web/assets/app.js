// What makes the pages nicer where JavaScript runs. Each works without.
import { Button, Checkboxes, ErrorSummary, SkipLink } from "govuk-frontend";

const start = (Component, name) => {
  for (const element of document.querySelectorAll(`[data-module="govuk-${name}"]`)) {
    new Component(element);
  }
};

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
  start(Button, "button");
  start(Checkboxes, "checkboxes");
  start(ErrorSummary, "error-summary");
  start(SkipLink, "skip-link");
}
