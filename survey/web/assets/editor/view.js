import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  HighlightStyle, bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import {
  EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

const LARGEST = 1024 * 1024;

// Colours are the page's custom properties, which reach into the shadow root: dark mode included.
const looks = EditorView.theme({
  "&": { fontSize: "15px", backgroundColor: "var(--field)", color: "inherit", height: "100%" },
  "&.cm-focused": { outline: "3px solid var(--govuk-focus-colour, #ffcf33)", outlineOffset: "0" },
  ".cm-scroller": { fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace", lineHeight: "1.5" },
  ".cm-gutters": { backgroundColor: "var(--wash)", color: "var(--govuk-secondary-text-colour, #4a5965)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--step-2) 22%, transparent)" },
  ".cm-cursor": { borderLeftColor: "currentColor" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--step-3) 45%, transparent)" },
  ".cm-tooltip, .cm-panels": { backgroundColor: "var(--govuk-body-background-colour, #fff)", color: "inherit", borderColor: "var(--govuk-border-colour, #c4ced6)" },
  ".cm-tooltip": { boxShadow: "0 2px 8px rgb(0 0 0 / 25%)", maxWidth: "34rem", fontFamily: "system-ui, sans-serif" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "system-ui, sans-serif", maxHeight: "14rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "4px 8px", lineHeight: "1.35" },
  ".cm-completionLabel": { fontWeight: "600" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--button)", color: "var(--on-button)" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "1" },
  ".cm-diagnostic": { padding: "8px 12px" },
  ".cm-diagnostic p": { margin: "0 0 4px" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--step-3)" },
  ".cm-diagnosticAction": { backgroundColor: "var(--button)", color: "var(--on-button)", padding: "6px 10px", fontSize: "14px" },
  // In place of pictures in data addresses, which the policy refuses.
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--govuk-error-colour, #b3261e)", textDecorationSkipInk: "none" },
  ".cm-lintRange-info": { borderBottom: "2px dotted var(--step-4)" },
  ".cm-lint-marker": { width: "12px", height: "12px", margin: "5px 1px", borderRadius: "50%" },
  ".cm-lint-marker-error": { content: "''", backgroundColor: "var(--govuk-error-colour, #b3261e)" },
  ".cm-lint-marker-info": { content: "''", border: "3px solid var(--step-4)", boxSizing: "border-box" },
  ".hover": { padding: "8px 12px", maxWidth: "30rem" },
  ".hover p": { margin: "0" },
  ".cm-panels input, .cm-panels button": { fontSize: "14px" },
});

const colours = syntaxHighlighting(HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--govuk-link-colour, #12567a)" },
  { tag: tags.string, color: "inherit" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--accent)" },
  { tag: tags.invalid, color: "var(--govuk-error-colour, #b3261e)" },
]));

/** An editor in a shadow root: there its styles are a sheet, which a strict policy allows. */
export function editorIn(host, area, extensions) {
  const root = host.attachShadow({ mode: "open" });
  const label = document.querySelector(`label[for="${area.id}"]`).textContent;
  return new EditorView({
    doc: area.value,
    root,
    parent: root,
    extensions: [
      lineNumbers(), foldGutter(), codeFolding(), history(), drawSelection(), indentOnInput(),
      bracketMatching(), closeBrackets(), highlightActiveLine(), highlightActiveLineGutter(),
      highlightSelectionMatches(), search({ top: true }), indentUnit.of("  "), json(), colours, looks,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
      extensions,
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap]),
    ],
  });
}

/** A file that is dropped on the editor takes the place of its text. */
export function acceptFiles(say) {
  return EditorView.domEventHandlers({
    drop(event, view) {
      const file = event.dataTransfer?.files[0];
      if (!file) return false;
      event.preventDefault();
      if (file.size > LARGEST) {
        say(`“${file.name}” has ${file.size.toLocaleString("en")} bytes; at most 1,048,576 can be kept.`);
        return true;
      }
      file.arrayBuffer().then((bytes) => {
        const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
        say(`The text of “${file.name}” is here now. Undo brings the other back.`);
      }).catch(() => say(`“${file.name}” is not UTF-8 text. Save it as UTF-8 first.`));
      return true;
    },
  });
}
