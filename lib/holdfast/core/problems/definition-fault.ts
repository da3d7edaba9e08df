/**
 * A fault of what a team has written, met while it runs: an internal error for the client, with nothing stored. Its message
 * names definitions, members and paths and no value of theirs, so that it may stand in a log, and in the answer of a
 * service on one's own machine.
 */
export class DefinitionFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DefinitionFault';
  }
}
