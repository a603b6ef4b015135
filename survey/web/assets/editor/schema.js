import { syntaxTree } from "@codemirror/language";

const VALUES = new Set(["Object", "Array", "String", "Number", "True", "False", "Null"]);

function children(node, names) {
  const found = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (names.has(child.name)) found.push(child);
  }
  return found;
}

function unquoted(state, node) {
  try {
    return JSON.parse(state.sliceDoc(node.from, node.to));
  } catch {
    return state.sliceDoc(node.from, node.to).replaceAll('"', "");
  }
}

/** The texts directly in an object, by key; other values are there as undefined. */
export function textsOf(state, object) {
  const texts = {};
  for (const property of children(object, new Set(["Property"]))) {
    const name = property.getChild("PropertyName");
    const value = property.getChild("String");
    if (name) texts[unquoted(state, name)] = value ? unquoted(state, value) : undefined;
  }
  return texts;
}

/**
 * Where a place is: the objects and keys that lead to it, the token that stands there, and whether
 * it is a key. Null where nothing can be said.
 */
export function whereIs(state, place, side = -1) {
  let node = syntaxTree(state).resolveInner(place, side);
  if (node.type.isError && node.parent) node = node.parent;
  const token = node.name === "PropertyName" || node.name === "String" ? node : null;
  const isKey = node.name === "PropertyName" || node.name === "Object";
  const path = [];
  let within = node.name === "Object" ? node : null;
  for (let at = node; at.parent; at = at.parent) {
    const parent = at.parent;
    if (node === at && at.name === "Array") path.unshift(children(at, VALUES).filter((one) => one.to <= place).length);
    if (parent.name === "Property" && at.name !== "PropertyName") path.unshift(unquoted(state, parent.getChild("PropertyName") ?? at));
    if (node === at && at.name === "Property") path.unshift(unquoted(state, at.getChild("PropertyName") ?? at));
    if (parent.name === "Array") path.unshift(children(parent, VALUES).filter((one) => one.to <= at.from).length);
    if (parent.name === "Object" && !within) within = parent;
  }
  const objects = [];
  for (let at = within; at; at = at.parent) if (at.name === "Object") objects.unshift(at);
  if (node.name === "JsonText") return null;
  return { node, token, isKey, path, within, objects };
}

/** The JSON Schema of a file: what is allowed at a path, given what is written there already. */
export class SchemaReader {
  constructor(schema) {
    this.schema = schema;
  }

  resolved(schema) {
    let found = schema;
    while (found?.$ref) found = this.schema.$defs[found.$ref.split("/").pop()];
    return (found?.anyOf ?? [found]).flatMap((one) => (one?.$ref || one?.anyOf ? this.resolved(one) : one ? [one] : []));
  }

  /** Of several shapes those that what is written can still become. */
  fitting(schemas, texts) {
    const keys = Object.keys(texts);
    const fits = (schema) => {
      if (!schema.properties) return keys.length === 0 || Boolean(schema.additionalProperties);
      const kinds = schema.properties.kind;
      const kind = texts.kind;
      if (kinds && kind && (kinds.enum ?? [kinds.const]).includes(kind)) return true;
      if (kinds && kind && schemas.some((other) => other.properties?.kind?.const === kind)) return false;
      return keys.every((key) => key in schema.properties || key.startsWith("x-") || key === "");
    };
    const found = schemas.filter(fits);
    return found.length ? found : schemas;
  }

  /** The schemas of what stands at the end of a path through these objects. */
  at(state, path, objects) {
    let schemas = this.resolved(this.schema);
    let depth = 0;
    for (const key of path) {
      if (typeof key === "number") {
        schemas = schemas.flatMap((one) => (one.items ? this.resolved(one.items) : []));
        continue;
      }
      const texts = objects[depth] ? textsOf(state, objects[depth]) : {};
      depth += 1;
      schemas = this.fitting(schemas, texts).flatMap((one) => {
        const inner = one.properties?.[key] ?? (one.additionalProperties || null);
        return inner ? this.resolved(inner) : [];
      });
    }
    return schemas;
  }
}
