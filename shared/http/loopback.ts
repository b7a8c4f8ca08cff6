/** Whether a host's name, or an address as sockets report it, is this very machine and reached by no other. */
export function isLoopback(host: string): boolean {
  return /^(localhost|\[?::1\]?|(::ffff:)?127(\.\d{1,3}){3})$/i.test(host);
}
