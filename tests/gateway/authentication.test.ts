import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ExposedError } from "#shared/errors/exposed.ts";
import { createLog } from "#shared/log/log.ts";
import { listen, type HttpServer } from "#shared/http/server.ts";
import { answer, rpcServer } from "#shared/rpc/rpcServer.ts";
import { httpTransport, rpcClient } from "#shared/rpc/rpcClient.ts";
import {
  createTokenIssuer,
  createTokenVerifier,
  type InternalIdentity,
} from "#shared/subgraph/internalToken.ts";
import { generateKeyPairs } from "#shared/subgraph/serviceKeys.ts";
import { messages } from "../../gateway/errors.ts";
import { callers } from "#supergraph/rpc/callers.ts";
import { IdentityService } from "#supergraph/rpc/identity_pb.ts";
import { openAuthentication, type IdentityQuestions } from "../../gateway/authentication/authentication.ts";
import { authenticationOf } from "../../gateway/authentication/providers.ts";
import { readGatewayConfig } from "../../gateway/config.ts";
import { openDevelopmentIssuer } from "../../standalone/developmentIssuer.ts";
import { ACME, OTHER } from "./support/testGateway.ts";

const log = createLog({ service: "gateway", level: "silent" });
const ISSUER = "https://id.example";
const AUDIENCE = "tocsin";

/** An identity provider on loopback that can go away and come back. */
async function openProvider() {
  const keys = await Promise.all(
    ["RS256", "ES256", "EdDSA", "PS256"].map(async (alg) => ({
      alg,
      ...(await generateKeyPair(alg, { extractable: true })),
    })),
  );
  const jwks = {
    keys: await Promise.all(
      keys.map(async ({ alg, publicKey }) => ({ ...(await exportJWK(publicKey)), kid: alg, use: "sig" })),
    ),
  };
  let isAway = false;
  let fetches = 0;
  const server = createServer((_request, response) => {
    fetches += 1;
    response.writeHead(isAway ? 503 : 200, { "content-type": "application/json" }).end(JSON.stringify(jwks));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const keyOf = (alg: string) => keys.find((key) => key.alg === alg)!;
  const sign = (claims: JWTPayload = {}, { alg = "ES256", kid = alg }: { alg?: string; kid?: string } = {}) =>
    new SignJWT({ iss: ISSUER, aud: AUDIENCE, sub: "ada", tenants: [ACME], exp: seconds() + 600, ...claims })
      .setProtectedHeader({ alg, kid })
      .sign(keyOf(alg).privateKey);
  return {
    sign,
    keyOf,
    fetches: () => fetches,
    goAway: () => void (isAway = true),
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const seconds = () => Math.floor(Date.now() / 1_000);
const bearer = (token: string, more: Record<string, string> = {}) =>
  new Headers({ authorization: `Bearer ${token}`, ...more });
const refused = (code: string) => (error: unknown) => error instanceof ExposedError && error.code === code;

let provider: Awaited<ReturnType<typeof openProvider>>;
beforeAll(async () => {
  provider = await openProvider();
});
afterAll(() => provider.close());

function oidc(env: Record<string, string> = {}) {
  const config = readGatewayConfig({
    AUTH_PROVIDER: "oidc",
    AUTH_ISSUER: ISSUER,
    AUTH_AUDIENCE: AUDIENCE,
    AUTH_JWKS_URL: provider.url,
    ...env,
  });
  return authenticationOf(config, { identity: null, log })!;
}

describe("a token", () => {
  it.each(["RS256", "ES256", "EdDSA"])("signed with %s by the provider is believed", async (alg) => {
    const token = await provider.sign({ permissions: ["NoteRead"] }, { alg });
    expect(await oidc().authenticate(bearer(token))).toMatchObject({
      tenantId: ACME,
      actor: { kind: "user", id: "ada", permissions: ["NoteRead"] },
    });
  });

  it("of another algorithm is refused: none, HMAC with the public key, RSA-PSS", async () => {
    const claims = { iss: ISSUER, aud: AUDIENCE, sub: "ada", tenants: [ACME], exp: seconds() + 600 };
    const publicKey = new TextEncoder().encode(await exportSPKI(provider.keyOf("RS256").publicKey));
    const forged = [
      new UnsecuredJWT(claims).encode(),
      await new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "RS256" }).sign(publicKey),
      await provider.sign({}, { alg: "PS256" }),
    ];
    for (const token of forged) {
      await expect(oidc().authenticate(bearer(token))).rejects.toSatisfy(refused("UNAUTHENTICATED"));
    }
  });

  it.each([
    ["another issuer", { iss: "https://evil.example" }],
    ["another audience", { aud: "somebody else" }],
    ["no audience", { aud: undefined }],
    ["a time gone by", { exp: seconds() - 60 }],
    ["no end", { exp: undefined }],
    ["a time to come", { nbf: seconds() + 600 }],
    ["no subject", { sub: undefined }],
  ])("with %s is refused", async (_name, claims) => {
    const token = await provider.sign(claims as JWTPayload);
    await expect(oidc().authenticate(bearer(token))).rejects.toSatisfy(refused("UNAUTHENTICATED"));
  });

  it("that has just run out is believed for as long as clocks may differ", async () => {
    const token = await provider.sign({ exp: seconds() - 20 });
    await expect(oidc().authenticate(bearer(token))).rejects.toSatisfy(refused("UNAUTHENTICATED"));
    expect(await oidc({ AUTH_CLOCK_SKEW_SECONDS: "60" }).authenticate(bearer(token))).toMatchObject({
      tenantId: ACME,
    });
  });

  it("is refused when it is changed, cut short, or something else altogether", async () => {
    const token = await provider.sign();
    const [header, , signature] = token.split(".");
    const payload = Buffer.from(
      JSON.stringify({ sub: "root", tenants: [OTHER], exp: seconds() + 600 }),
    ).toString("base64url");
    for (const forged of [`${header}.${payload}.${signature}`, token.slice(0, -8), "x", "a.b.c", "tsk_1_2"]) {
      await expect(oidc().authenticate(bearer(forged))).rejects.toSatisfy(refused("UNAUTHENTICATED"));
    }
    await expect(oidc().authenticate(new Headers({ authorization: "Basic YTpi" }))).rejects.toSatisfy(
      refused("UNAUTHENTICATED"),
    );
  });

  it("tells whose it was as soon as it was good, and not before, nor in another tenant or of another token", async () => {
    const authentication = oidc();
    const token = await provider.sign({ tenants: [ACME, OTHER] });
    const good = bearer(token, { "x-tenant-id": OTHER });
    expect(authentication.lastTenantOf?.(good)).toBeUndefined();
    await authentication.authenticate(good);
    const forged = bearer(`${token.slice(0, -8)}AAAAAAAA`, { "x-tenant-id": OTHER });
    await expect(authentication.authenticate(forged)).rejects.toThrow();
    const others = [
      bearer(token),
      bearer(token, { "x-tenant-id": ACME }),
      forged,
      new Headers({ authorization: "?" }),
      new Headers(),
    ];
    expect([
      authentication.lastTenantOf?.(good),
      ...others.map((headers) => authentication.lastTenantOf?.(headers)),
    ]).toEqual([OTHER, ...others.map(() => undefined)]);
  });

  it("opens only the tenants that it lists", async () => {
    const token = await provider.sign({ tenants: [ACME, OTHER] });
    expect(await oidc().authenticate(bearer(token, { "x-tenant-id": OTHER }))).toMatchObject({
      tenantId: OTHER,
    });
    for (const wanted of ["0192f5d0-0000-7000-8000-000000000001", "", "__proto__", `${ACME},${OTHER}`]) {
      await expect(oidc().authenticate(bearer(token, { "x-tenant-id": wanted }))).rejects.toSatisfy(
        refused("TENANT_NOT_LISTED"),
      );
    }
    const none = await provider.sign({ tenants: undefined });
    await expect(oidc().authenticate(bearer(none, { "x-tenant-id": ACME }))).rejects.toSatisfy(
      refused("TENANT_NOT_LISTED"),
    );
  });

  it("says at the top what may be done in its only tenant, and in none of several", async () => {
    const permissions = ["NoteRead", "SecretRead"];
    const mayIn = async (tenants: unknown, wanted: string) => {
      const token = await provider.sign({ tenants, permissions });
      return (await oidc().authenticate(bearer(token, { "x-tenant-id": wanted })))?.actor.permissions;
    };
    expect(await mayIn([ACME], ACME)).toEqual(permissions);
    expect(await mayIn({ [ACME]: {} }, ACME)).toEqual(permissions);
    for (const wanted of [ACME, OTHER]) {
      expect(await mayIn([ACME, OTHER], wanted)).toEqual([]);
      expect(await mayIn({ [ACME]: {}, [OTHER]: null }, wanted)).toEqual([]);
    }
    const each = { [ACME]: { permissions: ["NoteRead"] }, [OTHER]: {} };
    expect(await mayIn(each, ACME)).toEqual(["NoteRead"]);
    expect(await mayIn(each, OTHER)).toEqual([]);
  });

  it("is no reason to ask a cookie, and none at all is nobody", async () => {
    const token = await provider.sign();
    expect(await oidc().authenticate(new Headers({ cookie: `DS=${token}` }))).toBeNull();
    expect(await oidc().authenticate(new Headers())).toBeNull();
  });
});

describe("Descope", () => {
  const descope = () => oidc({ AUTH_PROVIDER: "descope" });

  it("says what a person may do in each tenant", async () => {
    const tenants = {
      [ACME]: { permissions: ["NoteRead"], roles: ["Reader"] },
      [OTHER]: { permissions: ["NoteWrite"] },
    };
    const token = await provider.sign({ tenants, permissions: ["SecretRead"], drn: "DS" });
    const found = await descope().authenticate(bearer(token, { "x-tenant-id": ACME }));
    expect(found?.actor.permissions).toEqual(["NoteRead"]);
  });

  it("says it at the top where there is one tenant", async () => {
    const token = await provider.sign({ tenants: undefined, dct: ACME, permissions: ["NoteRead"] });
    expect(await descope().authenticate(bearer(token))).toMatchObject({
      tenantId: ACME,
      actor: { permissions: ["NoteRead"] },
    });
  });

  it("keeps the session in the cookie DS; the refresh token is no session, wherever it stands", async () => {
    const session = await provider.sign({ drn: "DS", tenants: { [ACME]: {} } });
    const refresh = await provider.sign({ drn: "DSR", tenants: { [ACME]: {} } });
    const cookies = new Headers({ cookie: `a=b; DSR=${refresh}; DS=${session}` });
    expect(await descope().authenticate(cookies)).toMatchObject({ tenantId: ACME });
    expect(await descope().authenticate(new Headers({ cookie: `DSR=${refresh}` }))).toBeNull();
    await expect(descope().authenticate(bearer(refresh))).rejects.toSatisfy(refused("UNAUTHENTICATED"));
  });
});

describe("a provider that is away", () => {
  it("leaves those signed in who were, and is not asked by every request", async () => {
    const own = await openProvider();
    const authentication = authenticationOf(
      readGatewayConfig({
        AUTH_PROVIDER: "oidc",
        AUTH_ISSUER: ISSUER,
        AUTH_AUDIENCE: AUDIENCE,
        AUTH_JWKS_URL: own.url,
      }),
      { identity: null, log },
    )!;
    expect(await authentication.authenticate(bearer(await own.sign()))).not.toBeNull();
    own.goAway();
    expect(await authentication.authenticate(bearer(await own.sign({ jti: "new" })))).not.toBeNull();
    const before = own.fetches();
    for (let index = 0; index < 20; index += 1) {
      const forged = await own.sign({ jti: String(index) }, { alg: "ES256", kid: `unknown-${index}` });
      await expect(authentication.authenticate(bearer(forged))).rejects.toSatisfy(refused("UNAUTHENTICATED"));
    }
    expect(own.fetches() - before).toBeLessThanOrEqual(1);
    await own.close();
  });

  it("is told from a bad token when it has never been there", async () => {
    const own = await openProvider();
    own.goAway();
    const authentication = oidc({ AUTH_JWKS_URL: own.url });
    await expect(authentication.authenticate(bearer(await own.sign()))).rejects.toSatisfy(
      refused("SERVICE_UNAVAILABLE"),
    );
    await own.close();
  });
});

describe("identity", () => {
  const questions: string[] = [];
  let server: HttpServer;
  let identity: IdentityQuestions;
  beforeAll(async () => {
    const { privateKey, publicKey } = generateKeyPairs(["gateway"])["gateway"]!;
    const verifier = createTokenVerifier({ publicKeys: { gateway: [publicKey] }, audience: "identity" });
    const issuer = createTokenIssuer({ privateKey });
    const answers = answer(IdentityService, {
      resolveActor: async ({ subject, email }, { tenantId }) => {
        questions.push(`${tenantId} ${subject} ${email}`);
        return subject === "ghost" ? {} : { exists: true, userId: "user-1", permissions: ["NoteRead"] };
      },
      verifyApiKey: async ({ key }) => {
        questions.push(key);
        if (key !== "tsk_1_good") return { valid: false };
        const expiresAt = timestampFromDate(new Date(Date.now() + 60_000));
        return { valid: true, apiKeyId: "key-1", tenantId: ACME, permissions: ["NoteWrite"], expiresAt };
      },
      findUsers: async () => ({ users: [] }),
      findAdministrators: async () => ({ administrators: [] }),
      findTeams: async () => ({ teams: [] }),
    });
    const verify = (token: string) => {
      const { service, tenantId } = verifier.verify(token);
      return { service, tenantId: tenantId ?? "" };
    };
    const { routes } = rpcServer({ answers: [answers], callers, verify, log, messages });
    server = await listen({ port: 0, host: "127.0.0.1", routes, ready: async () => ({}), log });
    identity = rpcClient(IdentityService, {
      name: "identity",
      transport: httpTransport(server.url),
      token: (caller: InternalIdentity) => issuer.issue({ ...caller, audience: "identity" }),
    });
  });
  afterAll(() => server.close());

  const withIdentity = (more: Record<string, string> = {}) => {
    const config = {
      AUTH_PROVIDER: "oidc",
      AUTH_ISSUER: ISSUER,
      AUTH_AUDIENCE: AUDIENCE,
      AUTH_JWKS_URL: provider.url,
      ...more,
    };
    return authenticationOf(readGatewayConfig(config), { identity, log })!;
  };

  it("is asked with each request, so that what was revoked is so at once", async () => {
    questions.length = 0;
    const authentication = withIdentity();
    const token = await provider.sign({ email: "ada@acme.test", email_verified: true });
    for (let request = 0; request < 3; request++) await authentication.authenticate(bearer(token));
    expect(questions).toEqual(Array.from({ length: 3 }, () => `${ACME} ada ada@acme.test`));
  });

  it("says who a token's subject is and what they may do, and is asked once in the time it is to be believed", async () => {
    questions.length = 0;
    const authentication = withIdentity({ AUTH_ACTOR_CACHE_SECONDS: "5" });
    const token = await provider.sign({ email: "ada@acme.test", email_verified: true });
    const found = await Promise.all(
      Array.from({ length: 50 }, () => authentication.authenticate(bearer(token))),
    );
    expect(found[0]).toMatchObject({
      tenantId: ACME,
      actor: { kind: "user", id: "user-1", permissions: ["NoteRead"] },
    });
    expect(questions).toEqual([`${ACME} ada ada@acme.test`]);
  });

  it("is asked what may be done in one of several tenants, whatever the token says of all of them", async () => {
    const token = await provider.sign({ tenants: [ACME, OTHER], permissions: ["SecretRead"] });
    const found = await withIdentity().authenticate(bearer(token, { "x-tenant-id": OTHER }));
    expect(found).toMatchObject({ tenantId: OTHER, actor: { permissions: ["NoteRead"] } });
  });

  it("is told an e-mail address only when the provider has verified it", async () => {
    questions.length = 0;
    await withIdentity().authenticate(
      bearer(await provider.sign({ email: "root@acme.test", email_verified: false })),
    );
    expect(questions).toEqual([`${ACME} ada `]);
  });

  it("knows who is not in the tenant", async () => {
    const token = await provider.sign({ sub: "ghost" });
    await expect(withIdentity().authenticate(bearer(token))).rejects.toSatisfy(refused("TENANT_NOT_LISTED"));
  });

  it("says whose an API key is; a key opens its own tenant only", async () => {
    const authentication = withIdentity();
    expect(await authentication.authenticate(bearer("tsk_1_good"))).toMatchObject({
      tenantId: ACME,
      actor: { kind: "apiKey", id: "key-1", permissions: ["NoteWrite"] },
    });
    await expect(authentication.authenticate(bearer("tsk_1_bad"))).rejects.toSatisfy(
      refused("UNAUTHENTICATED"),
    );
    await expect(
      authentication.authenticate(bearer("tsk_1_good", { "x-tenant-id": OTHER })),
    ).rejects.toSatisfy(refused("TENANT_NOT_LISTED"));
  });

  it("that cannot be reached lets nobody in, and is asked again by the next request", async () => {
    const away = rpcClient(IdentityService, {
      name: "identity",
      transport: httpTransport("http://127.0.0.1:9"),
      token: () => "x",
    });
    const authentication = openAuthentication({
      tokens: {
        cookie: null,
        verify: async () => ({ subject: "ada", email: null, tenants: new Map([[ACME, null]]) }),
      },
      identity: away,
      cacheSeconds: 5,
    });
    await expect(authentication.authenticate(bearer("t"))).rejects.toSatisfy(refused("SERVICE_UNAVAILABLE"));
  });
});

describe("the development issuer", () => {
  const people = [{ id: "ada", email: "ada@acme.test", name: "Ada", tenantIds: [ACME] }];

  it("gives tokens of seeded people on loopback, which the gateway believes", async () => {
    const issuer = await openDevelopmentIssuer({ people, environment: "development" });
    const authentication = oidc({
      AUTH_ISSUER: issuer.issuer,
      AUTH_AUDIENCE: issuer.audience,
      AUTH_JWKS_URL: issuer.jwksUrl,
    });
    for (const init of [{ method: "GET" }, { method: "POST" }]) {
      const token = (await (await fetch(`${issuer.issuer}/token?person=ADA@acme.test`, init)).text()).trim();
      expect(await authentication.authenticate(bearer(token))).toMatchObject({
        tenantId: ACME,
        actor: { id: "ada" },
      });
    }
    expect((await fetch(`${issuer.issuer}/token?person=root`)).status).toBe(404);
    expect(new URL(issuer.issuer).hostname).toBe("127.0.0.1");
    await issuer.close();
  });

  it("gives none to a page of the web that had its own name lead here", async () => {
    const issuer = await openDevelopmentIssuer({ people, environment: "development" });
    const { port } = new URL(issuer.issuer);
    const status = await new Promise((resolve) =>
      get({ port, path: "/token?person=ada", headers: { host: `rebound.test:${port}` } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }),
    );
    expect(status).toBe(403);
    await issuer.close();
  });

  it("refuses to start in production", async () => {
    await expect(openDevelopmentIssuer({ people, environment: "production" })).rejects.toThrow("production");
  });
});
