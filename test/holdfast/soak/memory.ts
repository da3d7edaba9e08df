import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lives } from './lives.ts';

/** How often memory is looked at. */
const SAMPLE_MS = 5_000;

/** A service takes so long to have every function loaded; what it takes by then says nothing of growth. */
const WARM_UP_MINUTES = 2;

/** What is found of a last life; one that is too short has hardly warmed up, and is not judged. */
export type Judgement = 'flat' | 'NOT flat' | 'not judged';

/** A last life that is shorter than this is too short. */
const JUDGED_MINUTES = 5;

/**
 * The last third is flat when its last quarter takes at most so much more than its second: a heap that is collected
 * at its own times moves by as much from one look to the next.
 */
const FLAT = 1.1;

interface Sample {
  readonly life: number;
  readonly ageMinutes: number;
  readonly serviceMb: number;
  readonly emulatorMb: number;
  readonly fileMb: number;
}

/** Looks at the memory of a service and of its emulator, again and again. */
export class Memory {
  readonly #lives: Lives;
  readonly #data: string;
  readonly #samples: Sample[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(lives: Lives, data: string) {
    this.#lives = lives;
    this.#data = data;
  }

  start(): void {
    this.#timer = setInterval(() => void this.#sample().catch(() => undefined), SAMPLE_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #sample(): Promise<void> {
    const { count: life, startedAt } = this.#lives;
    const [service, emulator] = await Promise.all([this.#lives.process(), this.#lives.emulator()]);
    if (service === undefined || emulator === undefined || life !== this.#lives.count) return;
    this.#samples.push({
      life,
      ageMinutes: (Date.now() - startedAt) / 60_000,
      serviceMb: service.rssKb / 1024,
      emulatorMb: emulator.rssKb / 1024,
      fileMb: await folderMb(this.#data),
    });
  }

  /**
   * Lines for a person, and what is found of the last life.
   * @throws Error when nobody has looked at it
   */
  report(): { readonly lines: readonly string[]; readonly judgement: Judgement } {
    const last = this.#samples.filter(({ life }) => life === this.#lives.count);
    if (last.length === 0) throw new Error('the memory of the last life was never read');
    const age = last.at(-1)?.ageMinutes ?? 0;
    const quarter = (n: number) =>
      last.filter(({ ageMinutes }) => Math.floor((ageMinutes / age) * 3.9999) === n);
    const quarters = [0, 1, 2, 3].map((n) => median(quarter(n).map(({ serviceMb }) => serviceMb)));
    const growth = (quarters[3] ?? 0) / (quarters[1] ?? 1);
    const warm = last.filter(({ ageMinutes }) => ageMinutes > Math.min(WARM_UP_MINUTES, age / 4));
    return {
      lines: [
        'resident memory in MB (minimum / median / maximum), of each life by its age:',
        ...this.#byAge(),
        `last life, ${age.toFixed(1)} min without a restart: service by quarters ${quarters.map(round).join(', ')} MB; last to second ${growth.toFixed(2)}; slope after warming up ${slope(warm).toFixed(2)} MB/min`,
        `emulator: ${spread(this.#samples.map(({ emulatorMb }) => emulatorMb))} MB; its file: ${round(this.#samples[0]?.fileMb ?? 0)} MB at first, ${round(this.#samples.at(-1)?.fileMb ?? 0)} MB at last`,
      ],
      judgement: age < JUDGED_MINUTES ? 'not judged' : growth <= FLAT ? 'flat' : 'NOT flat',
    };
  }

  #byAge(): readonly string[] {
    const minutes = (sample: Sample) => Math.floor(sample.ageMinutes);
    return [...Map.groupBy(this.#samples, ({ life }) => life)].map(([life, samples]) => {
      const byMinute = [...Map.groupBy(samples, minutes)].map(
        ([minute, all]) => `${minute}–${minute + 1} min ${spread(all.map(({ serviceMb }) => serviceMb))}`,
      );
      return `  life ${life}: ${byMinute.join(', ')}`;
    });
  }
}

const round = (value: number) => String(Math.round(value));

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const spread = (values: readonly number[]) =>
  [Math.min(...values), median(values), Math.max(...values)].map(round).join(' / ');

/** Least squares over memory against age. */
function slope(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / Math.max(1, samples.length);
  const [age, memory] = [mean(({ ageMinutes }) => ageMinutes), mean(({ serviceMb }) => serviceMb)];
  const covariance = mean((sample) => (sample.ageMinutes - age) * (sample.serviceMb - memory));
  const variance = mean((sample) => (sample.ageMinutes - age) ** 2);
  return variance === 0 ? 0 : covariance / variance;
}

async function folderMb(folder: string): Promise<number> {
  const sizes = (await readdir(folder)).map((name) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1024 ** 2;
}
