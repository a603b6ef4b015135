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
