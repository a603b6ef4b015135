// The server counts characters, a browser counts the halves of those beyond 65,535 singly.
const BEYOND = /[\ud800-\udbff]/;

/** A function from places as the server counts them to places in this text. */
export function placesIn(text) {
  if (!BEYOND.test(text)) return (place) => Math.min(place, text.length);
  const starts = [];
  let unit = 0;
  for (const character of text) {
    starts.push(unit);
    unit += character.length;
  }
  starts.push(unit);
  return (place) => starts[Math.min(place, starts.length - 1)];
}

/** A place in a text as the server counts it. */
export function toServer(text, place) {
  return [...text.slice(0, place)].length;
}
