/** The one action that a bundle holds; resolved when it is bundled. */
declare module '@action' {
  const action: import('../core/definitions/define-action.ts').Action;
  export default action;
  export const transitions: readonly import('../core/definitions/representation.ts').Transition[];
}

/** The one resource that a bundle holds; resolved when it is bundled. */
declare module '@resource' {
  const resource: import('../core/definitions/define-resource.ts').Resource;
  export default resource;
  export const transitions: readonly import('../core/definitions/representation.ts').Transition[];
}

/** Every resource of the service; resolved when the bundle is made. */
declare module '@resources' {
  const resources: readonly import('../core/definitions/define-resource.ts').Resource[];
  export default resources;
}

/** Every older version of the contract; resolved when the bundle is made. */
declare module '@versions' {
  const versions: readonly import('../core/versions/define-version.ts').VersionDefinition[];
  export default versions;
}

/** Every operation of the service; resolved when the bundle is made. */
declare module '@operations' {
  const operations: readonly import('../core/definitions/define-operation.ts').Operation[];
  export default operations;
}

/** Where the calls of the one partner that a bundle calls get their credentials; undefined where it asks for none. */
declare module '@credentials' {
  const source: import('./partners/partner-credentials.ts').CredentialSource | undefined;
  export default source;
}

/** What the service is called; written when the bundle is made. */
declare module '@service' {
  const service: import('../core/problems/service-names.ts').ServiceNames;
  export default service;
}

/** The documentation of the service; written when the bundle is made. */
declare module '@site' {
  const site: import('../core/site-file.ts').Site;
  export default site;
}
