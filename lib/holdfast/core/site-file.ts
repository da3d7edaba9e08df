/** One file of the documentation, as it was built. */
export interface SiteFile {
  /** Header fields besides those of every answer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The files of the documentation by their names. */
export type Site = Readonly<Record<string, SiteFile>>;
