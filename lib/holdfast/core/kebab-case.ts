/** Lower-case words with hyphens between them, as every name that becomes part of a route or a key is written. */
export const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Whether a name is `change-amount`, and not `changeAmount`. */
export const isKebab = (name: string): boolean => KEBAB_CASE.test(name);

const upper = (_: string, letter: string) => letter.toUpperCase();

/** As code calls a value: `change-amount` → `changeAmount`. */
export const camel = (kebab: string): string => kebab.replace(/-(.)/g, upper);

/** As a schema is called: `version-mismatch` → `VersionMismatch`. */
export const pascal = (kebab: string): string => kebab.replace(/(?:^|-)(.)/g, upper);
