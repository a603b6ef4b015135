// Passkeys: asks the server what to ask the device, and sends back what the device says.
const place = document.querySelector("[data-passkey]");

async function ask() {
  const making = place.dataset.passkey === "add";
  const options = await (await fetch(place.dataset.options)).json();
  const credential = making
    ? await navigator.credentials.create({
        publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
      })
    : await navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
      });
  const answer = await fetch(place.dataset.send, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": place.dataset.token },
    body: JSON.stringify({
      credential: credential.toJSON(),
      name: document.querySelector("#passkey-name")?.value ?? "",
      next: new URLSearchParams(location.search).get("next") ?? "",
    }),
  });
  if (!answer.ok) throw new Error("refused");
  location.assign((await answer.json()).onward);
}

if (place && window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
  place.hidden = false;
  const said = place.querySelector("[role=status]");
  place.querySelector("button").addEventListener("click", () => {
    said.textContent = "";
    ask().catch(() => {
      said.textContent = place.dataset.failed;
    });
  });
}
