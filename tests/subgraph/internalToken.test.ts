import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { anonymous, systemActor, type Actor } from "#shared/subgraph/actor.ts";
import { createTokenIssuer, createTokenVerifier, requireGateway } from "#shared/subgraph/internalToken.ts";
import {
  generateKeyPair,
  printServiceKeys,
  readPrivateKey,
  readServiceKeys,
  serviceOf,
  type ServiceKeys,
} from "#shared/subgraph/serviceKeys.ts";

const ada: Actor = { kind: "user", id: "ada", permissions: ["BookRead"] };
const keys = generateKeyPair();
const noon = Date.parse("2026-11-20T12:00:00Z");

function issued(at = noon, privateKey = keys.privateKey): string {
  const issuer = createTokenIssuer({ privateKey, now: () => at });
  return issuer.issue({ audience: "books", tenantId: "acme", actor: ada, traceId: "7f" });
}

function verifierAt(at = noon, publicKeys: ServiceKeys = { gateway: [keys.publicKey] }, audience = "books") {
  return createTokenVerifier({ publicKeys, audience, now: () => at });
}

function signedByHand(header: object, claims: object): string {
  const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const signature = sign(null, Buffer.from(parts.join(".")), keys.privateKey);
  return `${parts.join(".")}.${signature.toString("base64url")}`;
}

const [headerPart = "", claimsPart = ""] = issued().split(".");
const header = decoded(headerPart) as object;
const claims = decoded(claimsPart) as { iat: number; exp: number };

function decoded(part: string): unknown {
  return JSON.parse(Buffer.from(part, "base64url").toString());
}

describe("An internal token", () => {
  it("tells its audience the actor, the tenant and the trace", () => {
    expect(verifierAt().verify(issued())).toMatchObject({ actor: ada, tenantId: "acme", traceId: "7f" });
  });

  it("is good for sixty seconds and not for one more, also where it was seen before", () => {
    let now = noon;
    const verifier = createTokenVerifier({
      publicKeys: { gateway: [keys.publicKey] },
      audience: "books",
      now: () => now,
    });
    const token = issued();
    now = noon + 59_000;
    expect(verifier.verify(token).tenantId).toBe("acme");
    now = noon + 60_000;
    expect(() => verifier.verify(token)).toThrow("it has expired");
  });

  it("is refused when none was sent", () => {
    for (const nothing of [undefined, null, ""]) {
      expect(() => verifierAt().verify(nothing)).toThrow("none was sent");
    }
  });

  it("is refused by every audience but its own", () => {
    const other = verifierAt(noon, { gateway: [keys.publicKey] }, "shops");
    expect(() => other.verify(issued())).toThrow('it is for "books", not for shops');
  });

  it("is refused when another key signed it", () => {
    const stranger = generateKeyPair();
    expect(() => verifierAt().verify(issued(noon, stranger.privateKey))).toThrow(
      "not signed with a key that is known",
    );
  });

  it("is refused when a stranger signed it in the name of a known key", () => {
    const stranger = generateKeyPair();
    const [, payload] = issued().split(".");
    const start = `${issued().split(".")[0]}.${payload}`;
    const forged = `${start}.${sign(null, Buffer.from(start), stranger.privateKey).toString("base64url")}`;
    expect(() => verifierAt().verify(forged)).toThrow("its signature is wrong");
  });

  it("is refused when its claims were changed", () => {
    const [start, , signature] = issued().split(".");
    const changed = Buffer.from(JSON.stringify({ ...claims, tenantId: "other" })).toString("base64url");
    expect(() => verifierAt().verify(`${start}.${changed}.${signature}`)).toThrow("its signature is wrong");
  });

  it.each([
    ["no algorithm", { ...header, alg: "none" }, claims, "not signed with a key"],
    ["another algorithm", { ...header, alg: "HS256" }, claims, "not signed with a key"],
    ["a life of an hour", header, { ...claims, exp: claims.iat + 3_600 }, "it lives too long"],
    [
      "a beginning in the future",
      header,
      { ...claims, iat: claims.iat + 50, exp: claims.exp + 50 },
      "in the future",
    ],
    ["no actor", header, { ...claims, actor: undefined }, "its claims are incomplete"],
    [
      "an actor of no known kind",
      header,
      { ...claims, actor: { ...ada, kind: "god" } },
      "its claims are incomplete",
    ],
    [
      "permissions that are no list",
      header,
      { ...claims, actor: { ...ada, permissions: "all" } },
      "incomplete",
    ],
  ])("is refused with %s", (_what, itsHeader, itsClaims, why) => {
    expect(() => verifierAt().verify(signedByHand(itsHeader, itsClaims))).toThrow(why);
  });

  it.each(["x", "x.y.z", `${issued()}.more`, "a".repeat(20_000), "bnVsbA.bnVsbA.bnVsbA"])(
    "is refused when it is not one: %#",
    (token) => {
      expect(() => verifierAt().verify(token)).toThrow("Internal token refused");
    },
  );

  it("is accepted from the old key and the new one while keys are changed", () => {
    const next = generateKeyPair();
    const verifier = verifierAt(noon, { gateway: [next.publicKey, keys.publicKey] });
    expect(verifier.verify(issued()).actor.id).toBe("ada");
    expect(verifier.verify(issued(noon, next.privateKey)).actor.id).toBe("ada");
  });
});

describe("The key of a service other than the gateway", () => {
  const own = generateKeyPair();
  const verifier = verifierAt(noon, { gateway: [keys.publicKey], shops: [own.publicKey] });
  const from = (actor: Actor) => {
    const issuer = createTokenIssuer({ privateKey: own.privateKey, now: () => noon });
    return verifier.verify(issuer.issue({ audience: "books", tenantId: "acme", actor }));
  };

  it("speaks for that service", () => {
    expect(from(systemActor("shops"))).toMatchObject({ service: "shops", actor: { id: "shops" } });
  });

  it.each<[string, Actor]>([
    ["a person", ada],
    ["an API key", { ...ada, kind: "apiKey" }],
    ["the gateway", systemActor("gateway")],
    ["another service", systemActor("alerts")],
    ["nobody", anonymous],
    ["itself with permissions", { ...systemActor("shops"), permissions: ["BookRead"] }],
  ])("does not speak for %s", (_whom, actor) => {
    expect(() => from(actor)).toThrow("speaks for system:shops");
  });

  it("asks no GraphQL", () => {
    expect(() => requireGateway(from(systemActor("shops")))).toThrow("only the gateway may");
    expect(requireGateway(verifier.verify(issued())).actor.id).toBe("ada");
  });
});

describe("The keys of the environment", () => {
  const next = generateKeyPair();
  const other = generateKeyPair();
  const print = printServiceKeys;

  it("are read from PEM behind the names of services, two of one while its key is changed", () => {
    const text = print({ gateway: [next.publicKey, keys.publicKey], shops: [other.publicKey] });
    for (const written of [text, text.replaceAll("\n", "\\n")]) {
      const read = readServiceKeys(written);
      const verifier = verifierAt(noon, read);
      for (const pair of [keys, next]) {
        const pem = pair.privateKey.export({ type: "pkcs8", format: "pem" });
        expect(verifier.verify(issued(noon, readPrivateKey(pem))).tenantId).toBe("acme");
      }
      expect(serviceOf(read, other.privateKey)).toBe("shops");
      expect(serviceOf(read, generateKeyPair().privateKey)).toBeNull();
    }
  });

  it("are refused unless each is an Ed25519 key of one service, and one is the gateway's", () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
    const bare = keys.publicKey.export({ type: "spki", format: "pem" });
    expect(() => readServiceKeys(print({ gateway: [publicKey] }))).toThrow("not an Ed25519 key");
    expect(() => readServiceKeys("nothing of the kind")).toThrow("not a list of <service>: <PEM public key>");
    expect(() => readServiceKeys(bare)).toThrow("not a list of <service>: <PEM public key>");
    expect(() => readServiceKeys(print({ shops: [other.publicKey] }))).toThrow("no key of the gateway");
    const twice = print({ gateway: [keys.publicKey], shops: [keys.publicKey] });
    expect(() => readServiceKeys(twice)).toThrow("one key for both gateway and shops");
  });
});
