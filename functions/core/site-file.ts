/** One file of the documentation, as it was built. */
export interface SiteFile {
  /** `Content-Type`. */
  readonly type: string;
  readonly text: string;
  /** Entity tag of the text, quotes included. */
  readonly etag: string;
  /** Its name changes with its text, so that it may be kept for good. */
  readonly immutable: boolean;
}

/** The files of the documentation by their names. */
export type Site = Readonly<Record<string, SiteFile>>;
