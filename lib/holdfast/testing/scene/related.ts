import { freshOf, type GivenInput, type Input, inputWith, namedIn } from '../examples.ts';

/** Resources whose ids are in inputs of examples: each is made once in a tenant, so that an input is the same again there. */
export class Related {
  readonly #make: (name: string, tenant: string) => Promise<string>;
  readonly #ids = new Map<string, Promise<string>>();

  /** @param make one of a resource in a tenant, and tells its id */
  constructor(make: (name: string, tenant: string) => Promise<string>) {
    this.#make = make;
  }

  /** An input whose resources are there, as it is sent under a key. */
  async inputOf(given: GivenInput, tenant: string, key = ''): Promise<Input> {
    const names = namedIn(given);
    const ids: string[] = [];
    for (const [i, name] of names.entries()) {
      const nth = names.slice(0, i).filter((each) => each === name).length;
      ids.push(await this.#idOf(name, nth, tenant));
    }
    return inputWith(given, () => ids.shift() ?? '', freshOf(key));
  }

  #idOf(name: string, nth: number, tenant: string): Promise<string> {
    const key = JSON.stringify([tenant, name, nth]);
    const id = this.#ids.get(key) ?? this.#make(name, tenant);
    this.#ids.set(key, id);
    return id;
  }
}
