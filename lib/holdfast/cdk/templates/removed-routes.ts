import type { CloudFormationTemplate } from './templates.ts';

/** Context that has the API copy its routes once more, although none has changed. */
export const ROUTES_ANEW = 'routes-anew';

/** Context of a deployment after which the API still has routes that the release removes: their methods, with commas. */
export const REMOVED_ROUTES = 'removed-routes';

/** What a service stack's template says of itself, so that a deployment that never came is planned again. */
export const removedRoutesMetadata = (context: unknown): { readonly removedRoutes?: readonly string[] } =>
  typeof context === 'string' ? { removedRoutes: context.split(',') } : {};

/** Logical ids of methods that the API of a deployed service stack may still have, although the template lacks them. */
export const removedRoutesOf = ({ Metadata }: CloudFormationTemplate): readonly string[] =>
  Metadata?.holdfast?.removedRoutes ?? [];
