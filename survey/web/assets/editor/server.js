/** Nobody is signed in any longer, or the page's token is out of date. */
export class SignedOut extends Error {}

/** Speaks to the pages that a manuscript's form names. */
export class Server {
  constructor(form) {
    this.form = form;
  }

  /** What an address answers to a script. Throws where it cannot be reached, or SignedOut. */
  async send(address, body) {
    const answer = await fetch(address, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrf_token.value },
      body: JSON.stringify(body),
    });
    if (answer.type === "opaqueredirect" || answer.status === 400 || answer.status === 401) {
      throw new SignedOut();
    }
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
      throw new Error(`status ${answer.status}`);
    }
    return { ok: answer.ok, ...(await answer.json()) };
  }

  /** A document for scripts; null where it cannot be had. */
  async fetched(address) {
    const answer = await fetch(address, { redirect: "manual" }).catch(() => null);
    return answer?.ok ? answer.json() : null;
  }

  /** Ask for a fresh token after signing in again; whether there is one. */
  async renew() {
    const answer = await fetch(location.pathname, { redirect: "manual" }).catch(() => null);
    if (!answer?.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("#workbench [name=csrf_token]")?.value;
    if (token) this.form.elements.csrf_token.value = token;
    return Boolean(token);
  }
}
