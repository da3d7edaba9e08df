import { NOTICE_DAYS, type VersionDefinition } from './define-version.ts';

/** What clients of a version are told. */
export interface VersionPromise {
  /** Date from which it is refused. @default none: it is the newest */
  readonly sunset?: string | undefined;
  readonly noticeDays?: number;
}

/** What clients are told, by the version: the newest as well. */
export type VersionPromises = Readonly<Record<string, VersionPromise>>;

/** What a release tells its clients of its versions. */
export const versionPromises = (
  newest: string,
  older: readonly { readonly definition: Pick<VersionDefinition, 'version' | 'sunset' | 'noticeDays'> }[],
): VersionPromises => ({
  [newest]: {},
  ...Object.fromEntries(
    older.map(({ definition: { version, sunset, noticeDays = NOTICE_DAYS } }) => [
      version,
      { sunset, noticeDays },
    ]),
  ),
});
