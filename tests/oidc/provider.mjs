// A certified OpenID provider on this machine. Who signs in is whatever address is typed.
import Provider from "oidc-provider";

const [port, callback] = process.argv.slice(2);
const verified = (id) => !id.startsWith("unverified");

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "maturity-survey",
      client_secret: "a secret of the tests, long enough",
      redirect_uris: [callback],
    },
  ],
  pkce: { required: () => true },
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  conformIdTokenClaims: false,
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: `subject-of-${id}`, email: id, email_verified: verified(id) }),
  }),
  cookies: { keys: ["a key of the tests"] },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
