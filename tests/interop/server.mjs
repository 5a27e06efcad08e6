// The authorization server of `interop.rs`: npm's oidc-provider, in memory, with one account.
//
//     node server.mjs REDIRECT_URI [SECONDS]
//
// With SECONDS an access token lives so long, and a client gets refresh tokens, each of them good once: one that
// comes again revokes everything.
//
// It prints one JSON line with its issuer and the base it listens under, and stops when its stdin closes.
// The issuer is https, as it is in production; the library's `Environment` finds its origin on this machine.

import { createServer } from 'node:http';

// It remarks on what is wanted here: no database, no keys of its own, no TLS, perhaps an older Node.
console.info = console.warn = () => {};
const { Provider } = await import('oidc-provider');

const issuer = 'https://op.example';
const [redirectUri, seconds] = process.argv.slice(2);

const account = {
  sub: 'ada-1815',
  name: 'Ada Lovelace',
  email: 'ada@users.example',
  email_verified: true,
  picture: 'https://op.example/ada.png',
};

// A secret with what form encoding changes: RFC 6749 s2.3.1 has it encoded before the Basic scheme.
const client = (method) => ({
  client_id: method,
  client_secret: `${method}: a+b/c=%&`,
  token_endpoint_auth_method: method,
  redirect_uris: [redirectUri],
  grant_types: seconds ? ['authorization_code', 'refresh_token'] : ['authorization_code'],
});

const provider = new Provider(issuer, {
  clients: [client('client_secret_basic'), client('client_secret_post')],
  claims: { openid: ['sub'], profile: ['name', 'picture'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  cookies: { keys: ['not a secret: nothing but a test runs this'] },
  features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
  pkce: { required: () => true },
  issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  expiresWithSession: async () => false,
  ttl: { AccessToken: Number(seconds ?? 3600), RefreshToken: 3600, Grant: 3600, IdToken: 3600, Interaction: 3600, Session: 3600 },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => account }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  // Whoever has logged in has agreed to what the client asks for.
  loadExistingGrant: async ({ oidc }) => {
    const { client: { clientId }, session: { accountId } } = oidc;
    const grant = new provider.Grant({ clientId, accountId });
    grant.addOIDCScope(oidc.params.scope);
    await grant.save();
    return grant;
  },
});

const answer = provider.callback();
const server = createServer((request, response) => {
  if (!request.url.startsWith('/interaction/')) {
    answer(request, response);
    return;
  }
  // Where another server shows its login page, this one logs the account in.
  const result = { login: { accountId: account.sub } };
  provider.interactionFinished(request, response, result).catch((error) => {
    response.writeHead(500).end(String(error));
  });
});

server.listen(0, '127.0.0.1', () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  console.log(JSON.stringify({ issuer, base }));
});
process.stdin.resume().on('end', () => process.exit());
