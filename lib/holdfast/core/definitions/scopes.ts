/** The scope that holds every one of a resource: `payouts:approve` → `payouts:*`. */
export const wildcardOf = (scope: string): string => scope.replace(/:.*$/, ':*');

export const isWildcard = (scope: string): boolean => scope.endsWith(':*');
