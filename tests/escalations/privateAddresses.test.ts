import { describe, expect, it } from "vitest";
import { guardedFetch, privateAddressOf } from "../../subgraphs/escalations/notifiers/guardedFetch.ts";

const hostOf = (address: string) => new URL(address).hostname;

describe("a webhook's address", () => {
  it.each([
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://0.0.0.0/",
    "http://10.1.2.3/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://172.31.255.255/",
    "http://192.0.0.192/",
    "http://192.168.1.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::]/",
    "http://[::1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[64:ff9b::169.254.169.254]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
  ])("is known to lead to no public network: %s", (address) => {
    expect(privateAddressOf(hostOf(address))).not.toBeNull();
  });

  it.each([
    "http://8.8.8.8/",
    "http://172.32.0.1/",
    "http://100.128.0.1/",
    "http://[2606:4700:4700::1111]/",
    "http://[::ffff:8.8.8.8]/",
    "http://[64:ff9b::8.8.8.8]/",
    "https://pager.example.com/",
  ])("is not mistaken for a private one: %s", (address) => {
    expect(privateAddressOf(hostOf(address))).toBeNull();
  });

  it("is refused for good when its name leads to a private network at the moment of connecting", async () => {
    const outgoing = { method: "POST", headers: {}, body: "", signal: AbortSignal.timeout(5_000) } as const;
    await expect(guardedFetch("http://localhost:9/", false)(outgoing)).rejects.toMatchObject({
      name: "FinalDeliveryError",
      message: "RECEIVER_NOT_ALLOWED",
    });
  });
});
