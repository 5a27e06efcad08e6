// The authorization server of `tests/interop/`: npm's oidc-provider, in memory, with two accounts.
//
//     node server.mjs SETTINGS
//
// SETTINGS is an object in JSON:
//
//     clients   the metadata of each client, as a registration has them (RFC 7591)
//     seconds   how long an access token lives; with it a client that may refresh gets refresh tokens, each of them
//               good once: one that comes again revokes everything
//     acr       how well a user proves who they are
//     pushed    whether each login must begin with a pushed request (RFC 9126)
//     port      where to listen; the issuer is that address then
//
// It prints one JSON line with its issuer and the base it listens under, and stops when its stdin closes. A line on
// stdin is one of `commands`, in JSON, and is answered by a JSON line.
//
// Without a port the issuer is https, as it is in production; the library's `Environment` finds its origin on this
// machine.

import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

// It remarks on what is wanted here: no database, no keys of its own, no TLS, perhaps an older Node.
console.info = console.warn = () => {};
const { Provider } = await import('oidc-provider');
// What is known of tokens and sessions outlives a provider, whose own adapter of this kind does not.
const { createMemoryAdapter } = await import('./node_modules/oidc-provider/lib/adapters/memory_adapter.js');

const { clients, seconds, acr, pushed, port } = JSON.parse(process.argv[2]);
const issuer = port ? `http://127.0.0.1:${port}` : 'https://op.example';

const person = (sub, name, email) => ({
  sub,
  name,
  email,
  email_verified: true,
  picture: `https://op.example/${email.split('@')[0]}.png`,
});
const accounts = [
  person('ada-1815', 'Ada Lovelace', 'ada@users.example'),
  person('grace-1906', 'Grace Hopper', 'grace@users.example'),
];

// The statuses of what this process has answered, by paths, and of what it was answered where it called itself.
const answered = {};
const posted = [];
// What was presented for each grant, and what was given for it.
const granted = [];
// How long ago a user proves who they are who does it now.
let proved = 0;
// Keys of each kind, which have other names each time. Those of RSA are the emulator's, of which there are two: to make
// one takes as long as all else.
let made = 0;
const keys = () => {
  made += 1;
  const rsa = new URL(`../../oauth-runtime/src/emulator/keys/rsa-${made}.pem`, import.meta.url);
  const kinds = {
    rsa: createPrivateKey(readFileSync(rsa)),
    ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    ed25519: generateKeyPairSync('ed25519').privateKey,
  };
  const jwk = ([kind, key]) => ({ ...key.export({ format: 'jwk' }), kid: `${kind}-${made}`, use: 'sig' });
  return { keys: Object.entries(kinds).map(jwk) };
};

const adapter = createMemoryAdapter();
const start = () => {
  const provider = new Provider(issuer, {
    adapter,
    clients,
    jwks: keys(),
    acrValues: acr ? [acr] : [],
    claims: { openid: ['sub'], profile: ['name', 'picture'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['not a secret: nothing but a test runs this'] },
    enabledJWA: {
      idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256'],
      userinfoSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256'],
    },
    features: {
      backchannelLogout: { enabled: true },
      devInteractions: { enabled: false },
      jwtUserinfo: { enabled: true },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: pushed === true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    pkce: { required: () => true },
    issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    expiresWithSession: async () => false,
    ttl: { AccessToken: seconds ?? 3600, RefreshToken: 3600, Grant: 3600, IdToken: 3600, Interaction: 3600, Session: 3600 },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => accounts.find((account) => account.sub === sub) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    // It calls no loopback address unless it is told to: here there is nothing else.
    fetch: async (url, { dispatcher, ...options }) => {
      const response = await fetch(url, options);
      posted.push({ path: new URL(url).pathname, status: response.status });
      return response;
    },
    // Whoever has logged in has agreed to what the client asks for.
    loadExistingGrant: async ({ oidc }) => {
      const { client: { clientId }, session: { accountId } } = oidc;
      const grant = new provider.Grant({ clientId, accountId });
      grant.addOIDCScope(oidc.params.scope);
      await grant.save();
      return grant;
    },
  });
  provider.on('grant.success', ({ oidc: { params }, body }) => granted.push({ ...params, ...body }));
  provider.proxy = true;
  return { provider, answer: provider.callback() };
};

let serving = start();

const commands = {
  // Signs with keys of its own making from now on, and publishes no others.
  newKeys: () => {
    serving = start();
    return {};
  },
  answered: () => answered,
  posted: () => posted,
  granted: () => granted,
  // Users who log in from now on have proved who they are so many seconds ago.
  proved: ({ ago }) => {
    proved = ago;
    return {};
  },
};

// Where another server shows its login page, this one logs an account in: the one that the client hints at.
const interact = async (request, response) => {
  const { provider } = serving;
  const { params } = await provider.interactionDetails(request, response);
  const login = {
    accountId: params.login_hint ?? accounts[0].sub,
    ts: Math.floor(Date.now() / 1000) - proved,
    acr,
  };
  // Whoever is asked agrees.
  await provider.interactionFinished(request, response, { login, consent: {} });
};

const server = createServer((request, response) => {
  const [path] = request.url.split('?');
  response.on('finish', () => (answered[path] ??= []).push(response.statusCode));
  if (path.startsWith('/interaction/')) {
    interact(request, response).catch((error) => response.writeHead(500).end(String(error)));
    return;
  }
  if (!port && path.startsWith('/.well-known/')) {
    // What a TLS front says: the metadata are those of the issuer.
    request.headers['x-forwarded-proto'] = 'https';
    request.headers['x-forwarded-host'] = new URL(issuer).host;
  }
  serving.answer(request, response);
});

server.listen(port ?? 0, '127.0.0.1', () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  console.log(JSON.stringify({ issuer, base }));
});
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const command = JSON.parse(line);
  console.log(JSON.stringify(commands[command.do](command)));
});
lines.on('close', () => process.exit());
