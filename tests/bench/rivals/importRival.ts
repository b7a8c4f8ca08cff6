/** Imports a package of this folder's own package.json, of which the product knows nothing. */
export function importRival<T>(name: string): Promise<T> {
  return import(name) as Promise<T>;
}
