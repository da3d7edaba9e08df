/** Reads one variable of the function's environment, which its template sets; the only place that reads it. */
export function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`environment variable ${name} is not set; the construct of this function sets it`);
  }
  return value;
}

/** Reads one that holds JSON, of the form that the template gives it. */
export const environmentJson = <T>(name: string): T => JSON.parse(environment(name));

/** Reads one variable that Lambda sets by itself, and that is nowhere else. */
export const lambdaEnvironment = (name: string): string | undefined => process.env[name];
