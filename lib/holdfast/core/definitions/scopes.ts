/** The scope that holds every one of a resource: `payouts:approve` → `payouts:*`. */
export const wildcardOf = (scope: string): string => scope.replace(/:.*$/, ':*');

/** Whether somebody has a scope, by its name or with all of its resource's. */
export const holdsScope = (held: readonly string[], scope: string): boolean =>
  held.includes(scope) || held.includes(wildcardOf(scope));

export const isWildcard = (scope: string): boolean => scope.endsWith(':*');
