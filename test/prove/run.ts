/** What is proven, each in the folder of its name: how, and what it prints, stands there. */
const PROOFS = ['crash', 'model', 'mutants', 'fuzz', 'soak', 'spec'] as const;

const [name, ...args] = process.argv.slice(2);
const proof = PROOFS.find((each) => each === name);
if (proof === undefined) {
  console.error(`usage: npm run prove -- ${PROOFS.join(' | ')} [options]`);
  process.exit(2);
}
const { prove } = (await import(`../${proof}/prove.ts`)) as {
  /** Prints what it tries and finds; whether everything held. */
  prove(args: readonly string[]): Promise<boolean>;
};
try {
  process.exit((await prove(args)) ? 0 : 1);
} catch (error) {
  const { code = '', message } = error as { code?: string; message?: string };
  if (!code.startsWith('ERR_PARSE_ARGS')) throw error;
  console.error(message);
  process.exit(2);
}
