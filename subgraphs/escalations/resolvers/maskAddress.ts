/** An address with its middle left out: enough to know one's own by, too little to use. */
export function maskAddress(address: string): string {
  const shown = Math.min(4, Math.floor(address.length / 3));
  return `${address.slice(0, shown)}…${address.slice(address.length - shown)}`;
}
