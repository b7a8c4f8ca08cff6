import { describe, it } from "vitest";
import { guestBookAndDoor } from "../support/guests.ts";
import { voicesOver } from "../support/voices.ts";

describe("an extension, in Federation 2, of another subgraph's type", () => {
  const voices = voicesOver(
    guestBookAndDoor({ federation: 2, doorGuest: 'extend type Guest @key(fields: "id")' }),
  );

  it("is found with what its owner has, on the way and at the owner's", () =>
    voices.agree(`{ guestAtDoor { id name } guest(id: "g2") { id name nickname } }`, {
      guestAtDoor: { id: "g1", name: "g1 by name" },
      guest: { id: "g2", name: "g2 by name", nickname: "g2 for short" },
    }));
  it("has its key and its own fields at hand", () =>
    voices.agree(`{ guestAtDoor { id badge } }`, { guestAtDoor: { id: "g1", badge: "badge of g1" } }));
  it("joins its own fields with those of its owner", () =>
    voices.agree(`{ guestAtDoor { id badge name } }`, {
      guestAtDoor: { id: "g1", badge: "badge of g1", name: "g1 by name" },
    }));
  it("is told with a field of its owner's that is provided", () =>
    voices.agree(`{ announcedGuest { id badge name } }`, {
      announcedGuest: { id: "g1", badge: "badge of g1", name: "g1 by name" },
    }));
});
