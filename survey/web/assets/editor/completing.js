import { autocompletion, completionKeymap, snippet, startCompletion } from "@codemirror/autocomplete";
import { hoverTooltip, keymap } from "@codemirror/view";
import { SchemaReader, textsOf, whereIs } from "./schema.js";

const MOST = 100; // things offered at once

/** What a new value begins as, with a place to go on typing; #{} is where the cursor stops. */
function beginning(schema) {
  if (schema?.const !== undefined) return JSON.stringify(schema.const);
  if (schema?.enum || schema?.type === "string") return '"#{}"';
  if (schema?.type === "array") return "[#{}]";
  if (schema?.type === "object") return "{#{}}";
  if (schema?.type === "boolean") return "true";
  return "#{}";
}

/** How well an option fits what was typed: its id or its name begins so, or has it somewhere. */
function rank({ label, detail }, typed) {
  const id = label.toLowerCase();
  const name = (detail ?? "").toLowerCase();
  if (id.startsWith(typed)) return 4;
  if (name.startsWith(typed)) return 3;
  if (id.includes(`/${typed}`)) return 2;
  return id.includes(typed) || name.includes(typed) ? 1 : 0;
}

/** Completion and help from the JSON Schema, and from the names of all that can be named. */
export class Completing {
  constructor(known, offers) {
    this.offers = offers;
    this.names = {};
    known.then((found) => {
      if (!found) return;
      this.names = found.names;
      this.reader = new SchemaReader(found.schema);
    });
    this.extensions = [
      autocompletion({ override: [(context) => this.complete(context)], icons: false, maxRenderedOptions: MOST }),
      keymap.of(completionKeymap),
      hoverTooltip((view, place) => this.help(view, place)),
    ];
  }

  complete(context) {
    const where = this.reader && whereIs(context.state, context.pos);
    if (!where || (!where.token && !context.explicit)) return null;
    const from = where.token ? where.token.from : context.pos;
    const typed = where.token ? context.state.sliceDoc(from + 1, context.pos).toLowerCase() : "";
    const options = where.isKey ? this.keys(context.state, where) : this.values(context.state, where);
    const wanted = options.filter((one) => rank(one, typed) > 0);
    wanted.sort((a, b) => rank(b, typed) - rank(a, typed));
    const to = where.token ? where.token.to : context.pos;
    return wanted.length ? { from, to, options: wanted.slice(0, MOST), filter: false } : null;
  }

  keys(state, where) {
    const present = textsOf(state, where.within);
    if (where.token) delete present[state.sliceDoc(where.token.from + 1, where.token.to - 1)];
    const around = this.reader.at(state, where.path, where.objects.slice(0, -1));
    const offered = new Map();
    for (const schema of this.reader.fitting(around, present)) {
      for (const [key, value] of Object.entries(schema.properties ?? {})) {
        if (key in present || offered.has(key)) continue;
        offered.set(key, this.key(state, where, key, value, schema.required?.includes(key)));
      }
      for (const [id, name] of Object.entries(this.named(state, where, schema.propertyNames))) {
        if (!(id in present)) offered.set(id, this.key(state, where, id, schema.additionalProperties, false, name));
      }
    }
    return [...offered.values()].sort((a, b) => b.boost - a.boost);
  }

  key(state, where, key, schema, isRequired, name) {
    const [value] = this.reader.resolved(schema);
    const goesOn = where.token && /^\s*:/.test(state.sliceDoc(where.token.to, where.token.to + 20));
    const text = goesOn ? JSON.stringify(key) : `${JSON.stringify(key)}: ${beginning(value)}`;
    return {
      label: key,
      detail: name ?? schema?.description ?? value?.description,
      boost: isRequired ? 1 : 0,
      apply: goesOn ? text : this.snippet(text),
    };
  }

  values(state, where) {
    const schemas = this.reader.at(state, where.path, where.objects);
    const offered = schemas.flatMap((schema) => [
      ...(schema.enum ?? (schema.const === undefined ? [] : [schema.const])).map((value) => this.value(value, this.kindHelp(state, where, value))),
      ...(schema.type === "boolean" ? [this.value(true), this.value(false)] : []),
      ...Object.entries(this.named(state, where, schema)).map(([id, name]) => this.value(this.typed(id, schema), name)),
      ...(schema.properties ? [this.whole(schema)] : []),
    ]);
    return [...new Map(offered.map((one) => [one.label, one])).values()];
  }

  /** Steps and points of a scale are numbers in a condition. */
  typed(id, schema) {
    return schema["x-names"] === "answer" && /^\d+$/.test(id) ? Number(id) : id;
  }

  value(value, detail) {
    return { label: String(value), detail, apply: JSON.stringify(value) };
  }

  /** An object with all that it has to have. */
  whole(schema) {
    const required = schema.required ?? [];
    const members = required.map((key) => `${JSON.stringify(key)}: ${beginning(this.reader.resolved(schema.properties[key])[0])}`);
    return { label: schema.title, detail: schema.description, apply: this.snippet(`{${members.join(", ") || "#{}"}}`) };
  }

  snippet(text) {
    const apply = snippet(text);
    return (view, completion, from, to) => {
      apply(view, completion, from, to);
      if (text.includes('"#{}"')) startCompletion(view);
    };
  }

  /** Id to name of what a schema says that a text is the id of. */
  named(state, where, schema) {
    const what = schema?.["x-names"];
    const offers = this.offers();
    if (!what) return {};
    if (what in this.names) return this.names[what];
    if (what === "question") return offers?.questions ?? {};
    if (what === "text") return offers?.texts ?? {};
    if (what === "answer-set") return Object.fromEntries((offers?.answer_sets ?? []).map((id) => [id, "answer set"]));
    if (what === "answer") return offers?.answers[textsOf(state, where.objects.at(-1)).question] ?? {};
    return {};
  }

  /** What a kind of question is, of those that can stand here. */
  kindHelp(state, where, value) {
    const around = this.reader.at(state, where.path.slice(0, -1), where.objects.slice(0, -1));
    return around.find((one) => one.properties?.kind?.const === value)?.description;
  }

  /** What stands under the pointer, in words. */
  help(view, place) {
    const where = this.reader && whereIs(view.state, place, 1);
    if (!where?.token) return null;
    const text = where.isKey ? this.keyHelp(view.state, where) : this.valueHelp(view.state, where);
    if (!text) return null;
    const create = () => {
      const dom = document.createElement("div");
      dom.className = "hover";
      dom.append(Object.assign(document.createElement("p"), { textContent: text }));
      return { dom };
    };
    return { pos: where.token.from, end: where.token.to, create };
  }

  keyHelp(state, where) {
    const key = state.sliceDoc(where.token.from + 1, where.token.to - 1);
    const around = this.reader.fitting(this.reader.at(state, where.path, where.objects.slice(0, -1)), textsOf(state, where.within));
    for (const schema of around) {
      const property = schema.properties?.[key];
      if (property) return property.description;
      const name = this.named(state, where, schema.propertyNames)[key];
      if (name) return name;
    }
    return null;
  }

  valueHelp(state, where) {
    const value = state.sliceDoc(where.token.from + 1, where.token.to - 1);
    for (const schema of this.reader.at(state, where.path, where.objects)) {
      const name = this.named(state, where, schema)[value] ?? (schema.const === value || schema.enum?.includes(value) ? this.kindHelp(state, where, value) : null);
      if (name) return name;
    }
    return null;
  }
}
